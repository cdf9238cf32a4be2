import PacketFormats
import Primitives
import TestSupport
import Testing

struct NetworkLayerTests {
  let datagram = Packets.udp(text, from: 5062, to: 5060)

  func v4(
    _ payload: [UInt8], protocolNumber: UInt8 = 17, options: [UInt8] = [], totalLength: Int? = nil,
    headerLength: Int? = nil, fragment: UInt16 = 0
  ) -> [UInt8] {
    Packets.ipv4(
      payload, protocolNumber: protocolNumber, from: phone.address, to: appliance.address, options: options,
      totalLength: totalLength, headerLength: headerLength, fragment: fragment)
  }

  func v6(
    _ payload: [UInt8], protocolNumber: UInt8 = 17, extensions: [(type: UInt8, bytes: [UInt8])] = [],
    payloadLength: Int? = nil
  ) -> [UInt8] {
    Packets.ipv6(
      payload, protocolNumber: protocolNumber, from: phoneV6.address, to: applianceV6.address,
      extensions: extensions, payloadLength: payloadLength)
  }

  func error(
    _ layer: FrameError.Layer, at offset: Int, required: Int, available: Int, _ source: FrameError.LengthSource
  ) -> FrameContent {
    .malformed(FrameError(layer: layer, offset: offset, required: required, available: available, source: source))
  }

  @Test(arguments: 0...10)
  func optionsOfIPv4ArePassedOver(_ words: Int) {
    let packet = v4(datagram, options: [UInt8](repeating: 1, count: words * 4))
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
  }

  @Test func paddingBehindThePacketIsNoPayload() {
    let padding = [UInt8](repeating: 0xaa, count: 18)
    #expect(payload(decode(v4(datagram) + padding, linkType: .rawIP)) == 28..<28 + text.count)
    #expect(payload(decode(v6(datagram) + padding, linkType: .rawIP)) == 48..<48 + text.count)
    let empty = Packets.tcp([], from: 5062, to: 5060)
    #expect(payload(decode(v4(empty, protocolNumber: 6) + [0, 0, 0, 0, 0, 0], linkType: .rawIP)) == 40..<40)
  }

  @Test func aTotalLengthOfZeroTakesWhatIsThere() {
    let segment = Packets.tcp(text, from: 5062, to: 5060)
    let range = 40..<40 + text.count
    #expect(payload(decode(v4(segment, protocolNumber: 6, totalLength: 0), linkType: .rawIP)) == range)
    let range6 = 60..<60 + text.count
    #expect(payload(decode(v6(segment, protocolNumber: 6, payloadLength: 0), linkType: .rawIP)) == range6)
  }

  @Test(arguments: [(0x2000, 0, true), (0x2001, 8, true), (0x0001, 8, false), (0x1fc0, 0xfe00, false)])
  func everyFragmentOfIPv4IsOne(_ field: UInt16, _ offset: Int, _ hasMore: Bool) {
    let part = Array(datagram.prefix(24))
    let expected = IPFragment(
      source: phone.address, destination: appliance.address, protocolNumber: 17, identification: 1, offset: offset,
      hasMore: hasMore, payload: 20..<44)
    #expect(decode(v4(part, fragment: field), linkType: .rawIP) == .fragment(expected))
  }

  @Test(arguments: [0, 1, 7, 9, 23])
  func allButTheLastFragmentAreMultiplesOfEightBytes(_ count: Int) {
    let whole = max(8, (count + 7) / 8 * 8)
    let part = [UInt8](repeating: 7, count: count)
    #expect(
      decode(v4(part, fragment: 0x2001), linkType: .rawIP)
        == error(.ipFragment, at: 0, required: whole, available: count, .ipv4TotalLength))
    let v6 = v6(part, extensions: [(44, [0, 0, 0, 9, 0, 0, 0, 1])])
    #expect(
      decode(v6, linkType: .rawIP)
        == error(.ipFragment, at: 40, required: whole, available: count, .ipv6PayloadLength))
  }

  @Test func aFragmentThatReachesBeyondTheLargestDatagramIsRefused() {
    let part = [UInt8](repeating: 7, count: 16)
    #expect(
      decode(v4(part, fragment: 0x1fff), linkType: .rawIP)
        == error(.ipFragment, at: 0, required: 65_544, available: 65_535, .largestDatagram))
    #expect(
      decode(v6(part, extensions: [(44, [0, 0, 0xff, 0xf8, 0, 0, 0, 1])]), linkType: .rawIP)
        == error(.ipFragment, at: 40, required: 65_544, available: 65_535, .largestDatagram))
  }

  @Test func aFragmentCutBySnapLengthSaysHowLongItWas() {
    let whole = v4([UInt8](repeating: 7, count: 24), fragment: 0x2001)
    for count in 20..<44 {
      guard case .fragment(let fragment) = decode(Array(whole.prefix(count)), linkType: .rawIP) else {
        Issue.record("no fragment of \(count) bytes")
        continue
      }
      #expect(fragment.payload == 20..<count)
      #expect(fragment.lengthOnWire == 24)
      #expect(fragment.isCut)
    }
  }

  @Test func theIdentificationOfIPv4GoesWithTheDatagram() {
    let packet = Packets.ipv4(
      datagram, protocolNumber: 17, from: phone.address, to: appliance.address, identification: 0xbeef)
    guard case .udp(let v4) = decode(packet, linkType: .rawIP),
      case .udp(let v6) = decode(v6(datagram), linkType: .rawIP)
    else {
      Issue.record("no datagrams")
      return
    }
    #expect(v4.identification == 0xbeef)
    #expect(v6.identification == 0)
  }

  @Test func dontFragmentIsNoFragment() {
    #expect(payload(decode(v4(datagram, fragment: 0x4000), linkType: .rawIP)) == 28..<28 + text.count)
  }

  @Test(arguments: [0, 43, 60, 135, 51] as [UInt8], [0, 1, 3] as [UInt8])
  func extensionHeadersOfIPv6ArePassedOver(_ type: UInt8, _ length: UInt8) {
    // Authentication headers count words of four bytes, the others of eight.
    let count = 8 + Int(length) * (type == 51 ? 4 : 8)
    let header = [0, length] + [UInt8](repeating: 0, count: count - 2)
    let hopByHop: [UInt8] = [0, 0, 1, 4, 0, 0, 0, 0]
    let packet = v6(datagram, extensions: [(0, hopByHop), (type, header)])
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
  }

  @Test(arguments: [(0, true), (8, true), (0x0b00, false)])
  func aFragmentHeaderOfIPv6MakesAFragment(_ offset: Int, _ hasMore: Bool) {
    let packet = Packets.fragment(
      Array(datagram.prefix(24)), offset: offset, hasMore: hasMore, identification: 0xdead_beef,
      from: phoneV6.address, to: applianceV6.address)
    let expected = IPFragment(
      source: phoneV6.address, destination: applianceV6.address, protocolNumber: 17, identification: 0xdead_beef,
      offset: offset, hasMore: hasMore, payload: 48..<72)
    #expect(decode(packet, linkType: .rawIP) == .fragment(expected))
  }

  @Test func aChainOfExtensionHeadersEndsWithTheFrame() {
    let header: (type: UInt8, bytes: [UInt8]) = (60, [0, 0, 1, 4, 0, 0, 0, 0])
    let packet = v6(datagram, extensions: Array(repeating: header, count: 8000))
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
    #expect(
      decode(Array(packet.prefix(40 + 8 * 4000 + 3)), linkType: .rawIP)
        == error(.ipv6Extension, at: 40 + 8 * 4000, required: 8, available: 3, .capturedFrame))
  }

  @Test func aJumbogramTakesWhatIsThere() {
    let length = UInt8(datagram.count + 8)
    let packet = v6(datagram, extensions: [(0, [0, 0, 0xc2, 4, 0, 0, 0, length])], payloadLength: 0)
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
  }

  @Test func anAtomicFragmentOfIPv6IsAWholeDatagram() {
    let packet = v6(datagram, extensions: [(44, [0, 0, 0, 0, 0, 0, 0, 1])])
    #expect(payload(decode(packet, linkType: .rawIP)) == packet.count - text.count..<packet.count)
  }

  @Test(
    arguments: [
      (1, OtherReason.icmp), (58, .icmp), (2, .igmp), (50, .ipsec), (59, .noNextHeader), (89, .unknownIPProtocol),
      (255, .unknownIPProtocol),
    ] as [(UInt8, OtherReason)])
  func aProtocolOtherThanUDPAndTCPIsNamed(_ number: UInt8, _ reason: OtherReason) {
    #expect(decode(v4(datagram, protocolNumber: number), linkType: .rawIP) == .other(reason))
    #expect(decode(v6(datagram, protocolNumber: number), linkType: .rawIP) == .other(reason))
  }

  @Test(arguments: 0..<5)
  func anIPv4HeaderLengthBelowTheMinimumIsRefused(_ words: Int) {
    let expected = error(.ipv4, at: 14, required: 20, available: words * 4, .ipv4HeaderLength)
    #expect(decode(Packets.frame(v4(datagram, headerLength: words))) == expected)
  }

  @Test func anIPv4HeaderLengthBeyondTheFrameIsRefused() {
    let expected = error(.ipv4, at: 0, required: 60, available: 28, .capturedFrame)
    #expect(decode(v4(Packets.udp([], from: 1, to: 2), headerLength: 15), linkType: .rawIP) == expected)
  }

  @Test(arguments: [1, 19, 20, 23])
  func aTotalLengthWithinTheHeaderIsRefused(_ length: Int) {
    let packet = v4(datagram, options: [1, 1, 1, 0], totalLength: length)
    #expect(
      decode(packet, linkType: .rawIP) == error(.ipv4, at: 0, required: 24, available: length, .ipv4TotalLength))
  }

  @Test func aTotalLengthThatLeavesNoRoomForTheNextHeaderIsToBlame() {
    #expect(
      decode(v4(datagram, totalLength: 27), linkType: .rawIP)
        == error(.udp, at: 20, required: 8, available: 7, .ipv4TotalLength))
    #expect(
      decode(v6(datagram, payloadLength: 3), linkType: .rawIP)
        == error(.udp, at: 40, required: 8, available: 3, .ipv6PayloadLength))
  }

  @Test func anExtensionHeaderCutOffIsLocated() {
    let long = v6([], extensions: [(60, [0, 4, 0, 0, 0, 0, 0, 0])], payloadLength: 100)
    #expect(
      decode(long, linkType: .rawIP) == error(.ipv6Extension, at: 40, required: 40, available: 8, .capturedFrame))
    let short = v6([], extensions: [(0, [0])], payloadLength: 1)
    #expect(
      decode(short, linkType: .rawIP) == error(.ipv6Extension, at: 40, required: 8, available: 1, .ipv6PayloadLength))
    let none = v6([], protocolNumber: 44, payloadLength: 200)
    #expect(
      decode(none, linkType: .rawIP) == error(.ipv6Extension, at: 40, required: 8, available: 0, .capturedFrame))
  }

  @Test func anErrorReadsAsASentence() {
    let error = FrameError(layer: .udp, offset: 34, required: 8, available: 7, source: .ipv4TotalLength)
    #expect(error.description == "UDP header at byte 34 needs 8 bytes, but the IPv4 total length field leaves 7")
  }
}
