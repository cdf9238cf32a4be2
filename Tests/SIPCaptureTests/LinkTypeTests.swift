import PacketFormats
import Primitives
import SIP
import SIPCapture
import TestSupport
import Testing

/// The same message behind every link type that a trace may have.
@Suite struct LinkTypeTests {
  /// A frame that holds `message("a")` between `phone` and `appliance`.
  struct Recorded: CustomTestStringConvertible, Sendable {
    let name: String
    let linkType: LinkType
    let frame: [UInt8]
    var transport = SIPTransport.udp

    var testDescription: String { name }

    init(_ name: String, _ linkType: LinkType, _ frame: [UInt8], transport: SIPTransport = .udp) {
      self.name = name
      self.linkType = linkType
      self.frame = frame
      self.transport = transport
    }
  }

  static let packet = Packets.udpFrame(message("a"), from: phone, to: appliance, linkType: .rawIP)
  static let ethernet = Packets.frame(packet)
  static let radio = Packets.wireless(Packets.snap(packet, etherType: 0x0800), subtype: 8)

  static let plain: [LinkType] = [.ethernet, .linuxCooked, .linuxCooked2, .rawIP, .ipv4, .null, .loop]

  static let recorded: [Recorded] =
    plain.map { Recorded($0.name, $0, Packets.frame(packet, linkType: $0)) } + [
      Recorded("PPP", .ppp, [0xff, 3, 0, 0x21] + packet),
      Recorded("Cisco HDLC", .ciscoHDLC, [0x0f, 0, 8, 0] + packet),
      Recorded("PPPoE", .pppoe, Packets.pppoe([0, 0x21] + packet)),
      Recorded("802.11", .wireless, radio),
      Recorded("radiotap", .radiotap, Packets.radiotap(radio + [1, 2, 3, 4], flags: 0x10)),
      Recorded("PPI", .perPacketInformation, Packets.perPacketInformation(radio)),
      Recorded("Prism", .prism, Packets.prism(radio)),
      Recorded("AVS", .avs, Packets.avs(radio)),
      Recorded("NFLOG", .netfilterLog, Packets.netfilterLog(packet)),
      Recorded("exported", .exported, Packets.exported(message("a"), from: phone, to: appliance)),
      Recorded(
        "exported of TCP", .exported, Packets.exported(message("a"), from: phone, to: appliance, portType: 2),
        transport: .tcp),
      Recorded(
        "exported of SCTP", .exported, Packets.exported(message("a"), from: phone, to: appliance, portType: 1),
        transport: .sctp),
      Recorded("Juniper", .juniperEthernet, Packets.juniper(ethernet, flags: 0x80, extensions: [1, 1, 7])),
      Recorded("pktap", .packetTap, Packets.packetTap(ethernet)),
      Recorded("MPLS", .mpls, Packets.mpls(packet, labels: 2)),
      Recorded("Frame Relay", .frameRelay, [0x18, 0x41, 3, 0xcc] + packet),
      Recorded("ATM", .llcOverATM, Packets.snap(packet, etherType: 0x0800)),
      Recorded("ENC", .securityInterface, [2, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0] + packet),
    ]

  @Test(arguments: recorded) func theMessageIsFoundBehindEveryLinkType(_ recorded: Recorded) {
    var extraction = Extraction()
    extraction.receive(recorded.frame, linkType: recorded.linkType)
    extraction.finish()
    #expect(
      extraction.seen == [
        Extraction.Seen(
          frame: 1, seconds: 1, transport: recorded.transport, source: phone, destination: appliance, callID: "a",
          bodyLength: 0)
      ])
    #expect(extraction.account.fates.map(\.fate) == [.message])
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test(arguments: recorded) func aFrameCutAnywhereHasOneFateAndNoWholeMessage(_ recorded: Recorded) {
    for count in 0..<recorded.frame.count - 4 where recorded.linkType != .radiotap || count < recorded.frame.count - 8 {
      var extraction = Extraction()
      extraction.receive(Array(recorded.frame.prefix(count)), linkType: recorded.linkType)
      extraction.finish()
      #expect(extraction.account.fates.count == 1)
      #expect(extraction.account[.message]?.frames ?? 0 == 0 || recorded.linkType == .exported)
    }
  }

  @Test func aTraceOfManyLinkTypesIsReadAsOne() {
    var extraction = Extraction(duplicates: nil)
    for recorded in Self.recorded { extraction.receive(recorded.frame, linkType: recorded.linkType) }
    extraction.finish()
    #expect(extraction.callIDs == Self.recorded.map { _ in "a" })
  }

  private func aggregate(_ payloads: [[UInt8]]) -> [UInt8] {
    let packets = payloads.map {
      Packets.snap(Packets.udpFrame($0, from: phone, to: appliance, linkType: .rawIP), etherType: 0x0800)
    }
    return Packets.wireless(Packets.wirelessAggregate(packets), subtype: 8, classControl: 0x80)
  }

  @Test func everyMessageOfAFrameWithSeveralPacketsIsFound() {
    var extraction = Extraction()
    let media = [0x80, 8] + [UInt8](repeating: 1, count: 30)
    extraction.receive(aggregate([message("a"), media, message("b")]), linkType: .wireless)
    extraction.receive(aggregate([media, media]), linkType: .wireless)
    extraction.receive(aggregate([Array("SIP/2.0 99 X\r\n\r\n".utf8), message("c")]), linkType: .wireless)
    extraction.finish()
    #expect(extraction.callIDs == ["a", "b", "c"])
    #expect(extraction.seen.map(\.frame) == [1, 1, 3])
    #expect(extraction.account.fates.map(\.fate) == [.message, .notSIP(.media)])
    #expect(extraction.account.diagnostics == [.unreadableMessage("badStatus"): .init(count: 1, firstFrame: 3)])
    #expect(extraction.account.datagrams == 7)
  }

  @Test func aPacketThatIsLostInAFrameWithAMessageIsSaid() {
    var extraction = Extraction()
    let whole = Packets.snap(Self.packet, etherType: 0x0800)
    let frames = [
      [whole, Packets.snap([0x45, 0], etherType: 0x0800)], [Packets.snap([1], etherType: 0x88e5), whole],
    ].map { Packets.wireless(Packets.wirelessAggregate($0), subtype: 8, classControl: 0x80) }
    for frame in frames { extraction.receive(frame, linkType: .wireless) }
    extraction.finish()
    #expect(extraction.callIDs == ["a", "a"])
    #expect(extraction.account.fates.map(\.fate) == [.malformed(.ipv4), .notCarried(.macsec)])
    #expect(extraction.account.fates.map(\.tally.messages) == [1, 1])
    #expect(extraction.account.fates.first?.tally.first.byte == frames[0].count - 2)
  }

  private func exported(_ payload: [UInt8], name: String = "sip") -> [UInt8] {
    Packets.exported(payload, name: name, from: phone, to: appliance, portType: 2)
  }

  @Test(arguments: ["sip", "sip.tcp"])
  func bytesExportedOfATCPConnectionMayBeSeveralMessages(_ name: String) {
    var extraction = Extraction()
    let whole = message("a") + [13, 10, 13, 10] + message("b", body: 5) + Array(message("c", body: 50).dropLast(9))
    extraction.receive(exported(whole, name: name), linkType: .exported)
    extraction.finish()
    #expect(extraction.seen.map(\.bodyLength) == (name == "sip" ? [0, 5, 41] : [0, 5]))
    #expect(extraction.account.fates.map(\.fate) == [name == "sip" ? .cutMessage : .message])
    #expect(extraction.account.keepAlives == 1)
  }

  /// What Wireshark writes of a message that came over TLS in two records.
  @Test func aMessageExportedAtEveryLayerIsOne() {
    let bytes = message("a", body: 90)
    let frames = [
      exported(Array(bytes[..<30]), name: "sip.tcp"), exported(bytes, name: "sip.tcp"), exported(bytes),
      exported(Array("GET / HTTP/1.1\r\n\r\n".utf8) + bytes, name: "http_tls"),
    ]
    var extraction = Extraction()
    for frame in frames { extraction.receive(frame, linkType: .exported, at: Instant(seconds: 1)) }
    extraction.finish()
    #expect(extraction.seen.map(\.frame) == [2])
    #expect(
      extraction.account.fates.map(\.fate) == [.kept, .message, .duplicate, .notCarried(.exportedProtocol)])
    var each = Extraction(duplicates: nil)
    for frame in frames { each.receive(frame, linkType: .exported, at: Instant(seconds: 1)) }
    #expect(each.seen.map(\.frame) == [2, 3])
  }

  @Test func aMessageExportedAgainLaterIsAnother() {
    var extraction = Extraction()
    for _ in 0..<2 { extraction.receive(exported(message("a")), linkType: .exported) }
    #expect(extraction.callIDs == ["a", "a"])
  }

  @Test(
    arguments: [
      (Packets.exported([1, 2, 3], name: "tls", from: phone, to: appliance, portType: 2), .exportedProtocol),
      (Packets.exported([1, 2, 3], name: "m3ua", from: phone, to: appliance, portType: 1), .exportedProtocol),
      (Packets.exported([1, 2, 3], name: "mtp3", from: nil, to: nil, portType: 0), .exportedProtocol),
      (Packets.exported(message("a"), from: nil, to: nil), .exportedWithoutAddresses),
    ] as [([UInt8], OtherReason)])
  func whatIsExportedAndIsNoSIPHasItsPlaceInTheAccount(_ frame: [UInt8], _ reason: OtherReason) {
    var extraction = Extraction()
    extraction.receive(frame, linkType: .exported)
    extraction.finish()
    #expect(extraction.seen.isEmpty)
    #expect(extraction.account.fates.map(\.fate) == [.notCarried(reason)])
    #expect(extraction.account.diagnostics.isEmpty)
  }

  @Test func exportedMediaAndBrokenMessagesAreNamedAsTheyAreElsewhere() {
    var extraction = Extraction()
    let media = [0x80, 8] + [UInt8](repeating: 1, count: 30)
    extraction.receive(Packets.exported(media, name: "rtp", from: phone, to: appliance), linkType: .exported)
    let bad = Array("SIP/2.0 99 X\r\n\r\n".utf8)
    extraction.receive(Packets.exported(bad, from: phone, to: appliance, portType: 2), linkType: .exported)
    for nothing in [[13, 10, 13, 10], []] as [[UInt8]] {
      extraction.receive(exported(nothing), linkType: .exported)
    }
    extraction.finish()
    #expect(
      extraction.account.fates.map(\.fate) == [.notSIP(.media), .unreadable(.badStatus), .keepAlive])
  }

  @Test func whatAWirelessNetworkEncryptsMayHideMessages() {
    var extraction = Extraction()
    extraction.receive(Packets.wireless([UInt8](repeating: 7, count: 90), flags: 0x41), linkType: .wireless)
    extraction.receive([0x80, 0] + [UInt8](repeating: 0, count: 40), linkType: .wireless)
    extraction.finish()
    let fates = extraction.account.fates.map(\.fate)
    #expect(fates == [.notCarried(.wirelessEncrypted), .notCarried(.wirelessWithoutData)])
    #expect(fates.map(\.mayHideMessages) == [true, false])
    #expect(fates.first?.phrase.contains("encrypted by the wireless network") == true)
  }
}
