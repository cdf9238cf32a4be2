import PacketFormats
import Primitives
import SIPCapture
import TestSupport
import Testing

@Suite struct HEPTests {
  static let agent = IPEndpoint(address: IPAddress(v4: 0x0a00_0001), port: 40_000)
  static let collector = IPEndpoint(address: IPAddress(v4: 0x0a00_0002), port: 9060)
  static let phoneV6 = IPEndpoint(address: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 1), port: 5060)
  static let applianceV6 = IPEndpoint(address: IPAddress(v6High: 0x2001_0db8_0000_0000, low: 2), port: 5061)

  static func packet(_ callID: String, type: UInt8 = 1) -> [UInt8] {
    HEPPackets.packet(HEPPackets.chunks(message(callID), from: phone, to: appliance, type: type))
  }

  @Test(arguments: [(phone, appliance), (phoneV6, applianceV6)], [(17 as UInt8, SIPTransport.udp), (6, .tcp)])
  func aMessageIsReportedWithTheEndpointsItHad(
    ends: (source: IPEndpoint, destination: IPEndpoint), transport: (number: UInt8, name: SIPTransport)
  ) {
    var extraction = Extraction()
    let chunks = HEPPackets.chunks(message("a"), from: ends.source, to: ends.destination, transport: transport.number)
    extraction.datagram(HEPPackets.packet(chunks), from: Self.agent, to: Self.collector)
    #expect(
      extraction.seen == [
        Extraction.Seen(
          frame: 1, seconds: 1, transport: transport.name, source: ends.source, destination: ends.destination,
          callID: "a", bodyLength: 0)
      ])
    #expect(extraction.account.diagnostics.isEmpty)
    #expect(extraction.account.datagramsWithoutSIP == 0)
  }

  @Test(arguments: [1, 2] as [UInt8], [(phone, appliance), (phoneV6, applianceV6)])
  func theOlderVersionsAreRead(version: UInt8, ends: (source: IPEndpoint, destination: IPEndpoint)) {
    var extraction = Extraction()
    let packed = HEPPackets.packed(message("a"), version: version, from: ends.source, to: ends.destination)
    extraction.datagram(packed, from: Self.agent, to: Self.collector)
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.seen.first?.source == ends.source)
    #expect(extraction.seen.first?.destination == ends.destination)
  }

  @Test(arguments: Extraction.Feed.allCases)
  func aStreamOfPacketsIsCutAtTheirLengths(feed: Extraction.Feed) {
    var extraction = Extraction()
    extraction.segments([Self.packet("a"), Self.packet("report", type: 5), Self.packet("b")], feed)
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.seen.allSatisfy { $0.source == phone && $0.transport == .udp })
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func behindAGapTheNextPacketIsFound() {
    var extraction = Extraction()
    extraction.segment(Self.packet("a"))
    extraction.segment(Array(Self.packet("lost")[100...]) + Self.packet("b"), leavingOut: 100)
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b"])
    #expect(extraction.count(.streamGap) == 100)
  }

  @Test(arguments: Extraction.Feed.allCases)
  func aPacketBehindOtherBytesIsFoundInWhateverPieces(feed: Extraction.Feed) {
    for junk in [[0x80, 0, 7], Array("tail of a body ".utf8), [9]] as [[UInt8]] {
      var extraction = Extraction()
      extraction.connect()
      extraction.segments([junk + Self.packet("a"), Self.packet("b")], feed)
      extraction.finish()
      #expect(extraction.callIDs == ["a", "b"], "\(junk)")
      #expect(extraction.count(.streamJunk) == junk.count)
    }
  }

  /// Found by fuzzing: in one segment it began a packet, in several none.
  @Test(arguments: Extraction.Feed.allCases)
  func whatAPacketBeginsWithIsLookedForInFrontOfAStartLineOnly(feed: Extraction.Feed) {
    var behind = Extraction()
    behind.connect()
    behind.segments([Array("\tSIP/2.0 180 HEP3".utf8), Array("\r\ni: a\r\n\r\n".utf8), message("b")], feed)
    behind.finish()
    #expect(behind.callIDs == ["a", "b"])
    var inFront = Extraction()
    inFront.connect()
    // The two letters behind its name make it a packet of 21,321 bytes, which are waited for.
    inFront.segments([Array("\tHE".utf8), Array("P3SIP/2.0 180\n\n".utf8), message("b")], feed)
    inFront.finish()
    #expect(inFront.callIDs == [])
  }

  @Test func mediaReportsAndLogsAreNoSIP() {
    var extraction = Extraction()
    for type in [5, 34, 100] as [UInt8] { extraction.datagram(Self.packet("x", type: type)) }
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.datagramsWithoutSIP == 3)
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func aCompressedPayloadIsReported() {
    var extraction = Extraction()
    var chunks = HEPPackets.chunks(message("a"), from: phone, to: appliance)
    chunks[chunks.count - 1] = HEPPackets.chunk(16, [0x78, 0x9c, 1, 2])
    extraction.datagram(HEPPackets.packet(chunks))
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.diagnostics == [.compressedHEP: .init(count: 1, firstFrame: 1)])
    #expect(CaptureAccount.Diagnostic.compressedHEP.mayHideMessages)
  }

  @Test func aMessageWithoutItsAddressesIsReported() {
    var extraction = Extraction()
    extraction.datagram(HEPPackets.packet([HEPPackets.chunk(11, [1]), HEPPackets.chunk(15, message("a"))]))
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.diagnostics.keys.map(\.name) == ["unreadable-message-hep-without-addresses"])
  }

  @Test(arguments: [
    HEPPackets.packet([HEPPackets.chunk(15, message("a"))], length: 60_000),
    HEPPackets.packet([HEPPackets.chunk(15, message("a"))], length: 5),
    HEPPackets.packet([HEPPackets.chunk(15, message("a"), length: 60_000)]),
    HEPPackets.packet([HEPPackets.chunk(15, message("a"), length: 3)]),
    HEPPackets.packet([HEPPackets.chunk(15, message("a"), length: 0)]),
    Array("HEP3".utf8), Array("HEP3\0".utf8),
    HEPPackets.packed(message("a"), version: 1, from: phone, to: appliance, length: 200),
    HEPPackets.packed(message("a"), version: 3, from: phone, to: appliance),
    Array(HEPPackets.packed(message("a"), version: 2, from: phone, to: appliance).prefix(20)),
    HEPPackets.packed([1, 2, 3], version: 1, from: phone, to: appliance),
  ])
  func aPacketWhoseLengthsLieIsNone(payload: [UInt8]) {
    var extraction = Extraction()
    extraction.datagram(payload)
    extraction.datagram(message("b"))
    #expect(extraction.callIDs == ["b"])
    #expect(extraction.account.datagramsWithoutSIP == 1)
  }

  @Test func chunksOfOtherVendorsAndOfWrongSizesSayNothing() {
    var extraction = Extraction()
    let odd = [
      HEPPackets.chunk(15, message("other"), vendor: 24), HEPPackets.chunk(3, [1, 2]), HEPPackets.chunk(7, [1]),
      HEPPackets.chunk(0x7fff, []),
    ]
    extraction.datagram(HEPPackets.packet(odd + HEPPackets.chunks(message("a"), from: phone, to: appliance) + odd))
    #expect(extraction.callIDs == ["a"])
    #expect(extraction.seen.first?.source == phone)
  }
}
