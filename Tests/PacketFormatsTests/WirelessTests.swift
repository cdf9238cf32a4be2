import PacketFormats
import Primitives
import TestSupport
import Testing

/// IEEE 802.11 where it carries no plain packet, or more than one, and headers of recorders that lie.
struct WirelessTests {
  private static let snap = Packets.snap(Layered.packet, etherType: 0x0800)

  @Test(
    arguments: [
      ("a beacon", [0x80, 0, 0, 0] + [UInt8](repeating: 2, count: 40), OtherReason.wirelessWithoutData),
      ("an acknowledgment", [0xd4, 0, 0, 0, 2, 0, 0, 0, 0, 1], .wirelessWithoutData),
      ("an extension", [0x0c, 0] + [UInt8](repeating: 0, count: 30), .wirelessWithoutData),
      ("another version", [0x09, 1] + [UInt8](repeating: 0, count: 30), .wirelessWithoutData),
      ("a null frame", Packets.wireless([], subtype: 4), .wirelessWithoutData),
      ("a null frame with a class", Packets.wireless([], subtype: 12), .wirelessWithoutData),
      ("an encrypted frame", Packets.wireless([UInt8](repeating: 7, count: 60), flags: 0x41), .wirelessEncrypted),
      ("an encrypted frame of nothing", Packets.wireless([], flags: 0x41), .wirelessEncrypted),
      (
        "an encrypted aggregate",
        Packets.wireless([UInt8](repeating: 7, count: 60), subtype: 8, flags: 0x41, classControl: 0x80),
        .wirelessEncrypted
      ),
      ("a first fragment", Packets.wireless(snap, flags: 0x05), .wirelessFragment),
      ("a last fragment", Packets.wireless(snap, fragment: 3), .wirelessFragment),
      ("spanning tree", Packets.wireless([0x42, 0x42, 3, 0, 0]), .logicalLinkControl),
      ("a login to the network", Packets.wireless(Packets.snap([1, 3], etherType: 0x888e)), .unknownEtherType),
      ("ARP", Packets.wireless(Packets.snap([0, 1], etherType: 0x0806)), .arp),
    ] as [(String, [UInt8], OtherReason)])
  func whatIsNoPlainPacketIsNamed(_ name: String, _ frame: [UInt8], _ reason: OtherReason) {
    #expect(decode(frame, linkType: .wireless) == .other(reason), "\(name)")
    let headers: [([UInt8], LinkType)] = [
      (Packets.radiotap(frame), .radiotap), (Packets.perPacketInformation(frame), .perPacketInformation),
      (Packets.prism(frame), .prism), (Packets.avs(frame), .avs),
    ]
    for (recorded, linkType) in headers {
      #expect(decode(recorded, linkType: linkType) == .other(reason), "\(name), \(linkType.name)")
    }
  }

  @Test(arguments: [0, 4, 8])
  func aFrameThatTheRecorderDecryptedIsReadThoughMarkedAsProtected(_ numbers: Int) {
    let front = [UInt8](repeating: 0x20, count: numbers)
    let frame = Packets.wireless(front + Self.snap + [1, 2, 3, 4, 5, 6, 7, 8], subtype: 8, flags: 0x41)
    #expect(payload(decode(frame, linkType: .wireless))?.upperBound == frame.count - 8)
  }

  @Test func aChecksumAtTheEndIsNoPayload() {
    let checksum: [UInt8] = [0xde, 0xad, 0xbe, 0xef]
    let frame = Packets.radiotap(Packets.wireless(Self.snap) + checksum, flags: 0x10)
    #expect(payload(decode(frame, linkType: .radiotap)) == frame.count - 4 - text.count..<frame.count - 4)
    let single = Packets.wireless(Packets.wirelessAggregate([Self.snap]) + checksum, subtype: 8, classControl: 0x80)
    #expect(payload(decode(single, linkType: .wireless))?.upperBound == single.count - 4)
  }

  private func contents(_ frame: [UInt8], linkType: LinkType = .wireless) -> [FrameContent] {
    guard case .aggregate(var aggregate) = decode(frame, linkType: linkType) else { return [] }
    var found: [FrameContent] = []
    while found.count < 100, let next = frame.withUnsafeBytes({ FrameDecoder.next(&aggregate, in: $0) }) {
      found.append(next)
    }
    return found
  }

  private func aggregate(_ packets: [[UInt8]], length: Int? = nil) -> [UInt8] {
    Packets.wireless(Packets.wirelessAggregate(packets, length: length), subtype: 8, classControl: 0x80)
  }

  @Test func everyPacketOfAnAggregateIsHandedOut() {
    let arp = Packets.snap([0, 1, 8], etherType: 0x0806)
    for end in [[], [1, 2, 3, 4], [0, 0, 0, 1, 2, 3, 4]] as [[UInt8]] {
      let frame = aggregate([Self.snap, arp, Self.snap]) + end
      let found = contents(frame)
      #expect(found.count == 3)
      #expect(found.first.flatMap(payload)?.count == text.count)
      #expect(found.dropFirst().first == .other(.arp))
      #expect(found.last.flatMap(payload) == frame.count - end.count - text.count..<frame.count - end.count)
    }
  }

  @Test(arguments: [0, 1, 7, 20, 200, 65_535])
  func anAggregateWhoseLengthsLieEndsWithItsFrame(_ length: Int) {
    let frame = aggregate([Self.snap, Self.snap, Self.snap], length: length)
    for count in 0...frame.count {
      let cut = Array(frame.prefix(count))
      let found = contents(cut)
      #expect(found.count < 20)
      for content in found {
        #expect(payload(content).map { $0.upperBound <= count } ?? true)
        if case .malformed(let error) = content { #expect(error.offset <= count) }
      }
    }
  }

  @Test func anAggregateIsNotReadBeyondAnotherFrame() {
    guard case .aggregate(var aggregate) = decode(aggregate([Self.snap, Self.snap]), linkType: .wireless) else {
      Issue.record("no aggregate")
      return
    }
    let short = [UInt8](repeating: 0, count: 40)
    #expect(short.withUnsafeBytes { FrameDecoder.next(&aggregate, in: $0) } == nil)
  }

  @Test(
    arguments: [
      ("radiotap of another version", Packets.radiotap(Packets.wireless(snap), version: 1), LinkType.radiotap),
      (
        "PPI of another version", Packets.perPacketInformation(Packets.wireless(snap), version: 1),
        .perPacketInformation
      ),
      ("Prism of another code", Packets.prism(Packets.wireless(snap), code: 0x45), .prism),
      ("AVS without its number", Packets.avs(Packets.wireless(snap), version: 0x8021_2001), .avs),
    ] as [(String, [UInt8], LinkType)])
  func anUnknownHeaderIsNamed(_ name: String, _ frame: [UInt8], _ linkType: LinkType) {
    #expect(decode(frame, linkType: linkType) == .other(.unknownRecorderHeader), "\(name)")
  }

  @Test func aLinkTypeThatPPIDoesNotNameIsNamed() {
    for number in [0, 192, 113, 147, UInt32.max] {
      let frame = Packets.perPacketInformation(Packets.wireless(Self.snap), linkType: number)
      let expected: OtherReason = number == 0 ? .unknownAddressFamily : .unsupportedLinkType
      #expect(decode(frame, linkType: .perPacketInformation) == .other(expected))
    }
  }

  @Test(
    arguments: [
      (Packets.radiotap([], length: 7), LinkType.radiotap, FrameError.Layer.radiotap, 8, 7),
      (Packets.radiotap([1], length: 65_535), .radiotap, .radiotap, 65_535, 11),
      (Packets.perPacketInformation([], length: 0), .perPacketInformation, .perPacketInformation, 8, 0),
      (Packets.perPacketInformation([], length: 33), .perPacketInformation, .perPacketInformation, 33, 32),
      (Packets.prism([], length: 4), .prism, .prism, 8, 4),
      (Packets.prism([], length: .max), .prism, .prism, 4_294_967_295, 144),
      (Packets.avs([], length: 0), .avs, .avs, 8, 0),
      (Packets.avs([], length: .max), .avs, .avs, 4_294_967_295, 64),
    ] as [([UInt8], LinkType, FrameError.Layer, Int, Int)])
  func aHeaderWhoseLengthLiesIsRefused(
    _ frame: [UInt8], _ linkType: LinkType, _ layer: FrameError.Layer, _ required: Int, _ available: Int
  ) {
    let source: FrameError.LengthSource = required == 8 ? .recorderHeaderLength : .capturedFrame
    #expect(
      decode(frame, linkType: linkType)
        == .malformed(FrameError(layer: layer, offset: 0, required: required, available: available, source: source)))
  }

  @Test func bitsOfRadiotapThatNeverEndAreLeftAlone() {
    let bits = [UInt8](repeating: 0xff, count: 24)
    let frame = [0, 0, 28, 0] + bits + Packets.wireless(Self.snap)
    #expect(payload(decode(frame, linkType: .radiotap))?.count == text.count)
  }
}
