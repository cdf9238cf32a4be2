import PacketFormats
import Primitives
import TestSupport
import Testing

/// What is wrong in, or not meant to be read behind, the headers of recorders and wide-area links.
struct RecordedLayerTests {
  private static let packet = Layered.packet

  private static func number(_ rawValue: Int32) -> LinkType { LinkType(rawValue: rawValue) }

  @Test(arguments: Layered.recordedV6)
  func ipv6IsFoundBelowEveryLayer(_ layered: Layered) {
    let count = layered.frame.count
    let expected = UDPDatagram(source: phoneV6, destination: applianceV6, payload: count - text.count..<count)
    #expect(decode(layered.frame, linkType: layered.linkType) == .udp(expected))
  }

  @Test(
    arguments: [
      ("NFLOG version 1", Packets.netfilterLog(packet, version: 1), LinkType.netfilterLog, .unknownRecorderHeader),
      ("NFLOG of ARP", Packets.netfilterLog([0, 1], family: 3, etherType: 0x0806), .netfilterLog, .arp),
      (
        "NFLOG without a type", [7, 0, 0, 5, 8, 0, 9, 0] + packet, .netfilterLog, .unknownAddressFamily
      ),
      ("NFLOG that lies", Packets.netfilterLog(packet, family: 10), .netfilterLog, .unexpectedIPVersion),
      ("Juniper without its letters", [0x4d, 0x47, 0x44, 0] + Layered.inner, .juniperEthernet, .unknownRecorderHeader),
      ("Juniper, bare, of ISO", Packets.juniper([0x83, 1], flags: 2), .juniperEthernet, .unexpectedIPVersion),
      ("pktap of no packet", Packets.packetTap(Layered.inner, type: 2), .packetTap, .unknownRecorderHeader),
      ("pktap of USB", Packets.packetTap([1, 2], linkType: 189), .packetTap, .unsupportedLinkType),
      ("pktap of pktap", Packets.packetTap(Packets.packetTap(packet), linkType: 258), .packetTap, .unsupportedLinkType),
      ("a label of nothing known", Packets.mpls([0x70, 1, 2]), .mpls, .mpls),
      ("Frame Relay management", [0, 1, 3, 8, 0, 0x75], .frameRelay, .frameRelay),
      ("Frame Relay of OSI", [0x18, 0x41, 3, 0x81, 1], .frameRelay, .frameRelay),
      ("Frame Relay, supervisory", [0x18, 0x41, 1, 2, 1], .frameRelay, .frameRelay),
      ("Frame Relay without end of address", [0, 0, 0, 0, 3, 0xcc] + packet, .frameRelay, .frameRelay),
      ("Frame Relay of ARP", [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 6], .frameRelay, .arp),
      ("ATM of OSI", [0xfe, 0xfe, 3, 0x81, 1], .llcOverATM, .logicalLinkControl),
      ("ATM, bridged token ring", [0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 9, 0, 0], .llcOverATM, .logicalLinkControl),
      ("ENC of no family", [7, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0] + packet, .securityInterface, .unknownAddressFamily),
      (
        "ENC that lies", [28, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0] + packet + text, .securityInterface, .unexpectedIPVersion
      ),
    ] as [(String, [UInt8], LinkType, OtherReason)])
  func whatIsNoIPIsNamed(_ name: String, _ frame: [UInt8], _ linkType: LinkType, _ reason: OtherReason) {
    #expect(decode(frame, linkType: linkType) == .other(reason), "\(name)")
  }

  @Test(
    arguments: [
      (LinkType.netfilterLog, FrameError.Layer.netfilterLog, 4), (.juniperEthernet, .juniper, 4),
      (number(167), .juniper, 4), (.packetTap, .packetTap, 12), (.mpls, .mplsLabel, 4), (.frameRelay, .frameRelay, 1),
      (.llcOverATM, .logicalLinkControl, 3), (.securityInterface, .securityInterface, 12), (.exported, .exportedTag, 4),
      (.wireless, .wireless, 2), (.radiotap, .radiotap, 8), (.perPacketInformation, .perPacketInformation, 8),
      (.prism, .prism, 8), (.avs, .avs, 8),
    ] as [(LinkType, FrameError.Layer, Int)])
  func aHeaderCutOffAnywhereSaysWhatItNeeds(_ linkType: LinkType, _ layer: FrameError.Layer, _ required: Int) {
    for count in 0..<required {
      let error = FrameError(layer: layer, offset: 0, required: required, available: count, source: .capturedFrame)
      #expect(decode([UInt8](repeating: 0, count: count), linkType: linkType) == .malformed(error))
    }
    #expect(linkType.isSupported)
    #expect(!linkType.name.hasPrefix("DLT"))
  }

  @Test(
    arguments: [
      (
        "an attribute of 3 bytes", [2, 0, 0, 5, 3, 0, 1, 0], LinkType.netfilterLog, FrameError.Layer.netfilterLog, 4, 4,
        3
      ),
      ("an attribute of none", [2, 0, 0, 5, 0, 0, 0, 1], .netfilterLog, .netfilterLog, 4, 4, 0),
      ("an attribute beyond the end", [2, 0, 0, 5, 9, 0, 1, 0, 1, 2], .netfilterLog, .netfilterLog, 4, 12, 6),
      ("no packet behind it", [2, 0, 0, 5, 8, 0, 1, 0, 8, 0, 1, 0], .netfilterLog, .netfilterLog, 12, 4, 0),
      (
        "a packet of 9 bytes", Packets.netfilterLog(packet, length: 13), .netfilterLog, .ipv4, 28, 20, 9
      ),
      ("extensions beyond the end", [0x4d, 0x47, 0x43, 0x80, 0xff, 0xff, 1], .juniperEthernet, .juniper, 0, 65_541, 7),
      ("half a length", [0x4d, 0x47, 0x43, 0x80, 0], .juniperEthernet, .juniper, 0, 6, 5),
      ("nothing in place of a link", [0x4d, 0x47, 0x43, 2, 0, 0], .juniperEthernet, .juniper, 0, 8, 6),
      ("a header within itself", Packets.packetTap([], length: 11), .packetTap, .packetTap, 0, 12, 11),
      ("a header of 4 GiB", Packets.packetTap([], length: .max), .packetTap, .packetTap, 0, 4_294_967_295, 108),
      ("an address that goes on", [0x18, 0x40], .frameRelay, .frameRelay, 0, 3, 2),
      ("a control byte and no more", [0x18, 0x41, 3], .frameRelay, .frameRelay, 0, 4, 3),
      ("padding and no more", [0x18, 0x41, 3, 0], .frameRelay, .frameRelay, 0, 5, 4),
      ("an organisation cut off", [0x18, 0x41, 3, 0x80, 0, 0], .frameRelay, .logicalLinkControl, 4, 5, 2),
      ("a number cut off", [0xfe, 0xfe, 3], .llcOverATM, .logicalLinkControl, 0, 4, 3),
      ("padding cut off", [0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 7, 0], .llcOverATM, .logicalLinkControl, 0, 10, 9),
    ] as [(String, [UInt8], LinkType, FrameError.Layer, Int, Int, Int)])
  func aLengthThatLiesIsRefusedWhereItStands(
    _ name: String, _ frame: [UInt8], _ linkType: LinkType, _ layer: FrameError.Layer, _ offset: Int, _ required: Int,
    _ available: Int
  ) {
    guard case .malformed(let error) = decode(frame, linkType: linkType) else {
      Issue.record("\(name): \(decode(frame, linkType: linkType))")
      return
    }
    #expect(error.layer == layer, "\(name)")
    #expect(error.offset == offset, "\(name)")
    #expect(error.required == required, "\(name)")
    #expect(error.available == available, "\(name)")
  }

  @Test func aLoggedPacketThatTheRecorderCutIsCut() {
    let cut = Packets.netfilterLog(Array(Self.packet.dropLast(9)))
    guard case .udp(let datagram) = decode(cut, linkType: .netfilterLog) else {
      Issue.record("no datagram")
      return
    }
    #expect(datagram.isCut)
    #expect(datagram.payload.count == text.count - 9)
  }

  @Test func framesWithinFramesEnd() {
    var frame = Layered.outer(text, 17)
    for _ in 0..<12 {
      let radio = Packets.wireless(Packets.snap(frame, etherType: 0x0800))
      frame = Layered.outer(Packets.udp(Packets.tzsp(radio, encapsulation: 18), from: 50_000, to: 37_008), 17)
    }
    #expect(decode(frame, linkType: .ipv4) == .other(.nestedTooDeeply))
  }
}
