import PacketFormats
import TestSupport

extension Layered {
  private static let snap = Packets.snap(packet, etherType: 0x0800)
  private static let radio = Packets.wireless(snap)
  private static let v6 = Packets.snap(packetV6, etherType: 0x86dd)

  private static func number(_ rawValue: Int32) -> LinkType { LinkType(rawValue: rawValue) }

  /// Every way to the datagram.
  static let all = links + tunnels + wireless + recorded

  /// IEEE 802.11, with and without what recorders put in front.
  static let wireless: [Layered] = [
    Layered(name: "802.11", frame: radio, linkType: .wireless),
    Layered(name: "802.11 from the network", frame: Packets.wireless(snap, flags: 2), linkType: .wireless),
    Layered(name: "802.11, four addresses", frame: Packets.wireless(snap, flags: 3), linkType: .wireless),
    Layered(name: "802.11, repeated", frame: Packets.wireless(snap, flags: 0x3a), linkType: .wireless),
    Layered(name: "802.11, order without a class", frame: Packets.wireless(snap, flags: 0x81), linkType: .wireless),
    Layered(name: "802.11, class", frame: Packets.wireless(snap, subtype: 8), linkType: .wireless),
    Layered(name: "802.11, all", frame: Packets.wireless(snap, subtype: 8, flags: 0x83), linkType: .wireless),
    Layered(name: "802.11, acknowledging", frame: Packets.wireless(snap, subtype: 3), linkType: .wireless),
    Layered(
      name: "802.11, VLAN", frame: Packets.wireless(Packets.snap([0, 7, 8, 0] + packet, etherType: 0x8100)),
      linkType: .wireless),
    Layered(
      name: "802.11, aggregate of one",
      frame: Packets.wireless(Packets.wirelessAggregate([snap]), subtype: 8, classControl: 0x80), linkType: .wireless),
    Layered(name: "radiotap", frame: Packets.radiotap(radio), linkType: .radiotap),
    Layered(name: "radiotap, no flags", frame: Packets.radiotap(radio, flags: nil), linkType: .radiotap),
    Layered(
      name: "radiotap, all",
      frame: Packets.radiotap(
        Packets.wireless(snap, subtype: 8, isPadded: true), flags: 0x30, hasTime: true, words: 3), linkType: .radiotap),
    Layered(
      name: "radiotap, time in two words",
      frame: Packets.radiotap(
        Packets.wireless(snap, subtype: 8, isPadded: true), flags: 0x20, hasTime: true, words: 2), linkType: .radiotap),
    Layered(name: "PPI", frame: Packets.perPacketInformation(radio), linkType: .perPacketInformation),
    Layered(
      name: "PPI of Ethernet", frame: Packets.perPacketInformation(inner, linkType: 1),
      linkType: .perPacketInformation),
    Layered(name: "Prism", frame: Packets.prism(radio), linkType: .prism),
    Layered(name: "Prism of Atheros", frame: Packets.prism(radio, code: 0x41, isLittleEndian: false), linkType: .prism),
    Layered(name: "Prism that is AVS", frame: Packets.avs(radio), linkType: .prism),
    Layered(name: "AVS", frame: Packets.avs(radio), linkType: .avs),
    Layered(name: "TZSP of radio", frame: overUDP(37_008, Packets.tzsp(radio, encapsulation: 18))),
    Layered(name: "TZSP of Prism", frame: overUDP(37_008, Packets.tzsp(Packets.prism(radio), encapsulation: 119))),
    Layered(name: "TZSP of AVS", frame: overUDP(37_008, Packets.tzsp(Packets.avs(radio), encapsulation: 127))),
    Layered(
      name: "cooked radio", frame: cooked(801, Packets.frame(radio, linkType: .linuxCooked)), linkType: .linuxCooked),
    Layered(
      name: "cooked Prism", frame: cooked(802, Packets.frame(Packets.prism(radio), linkType: .linuxCooked)),
      linkType: .linuxCooked),
    Layered(
      name: "cooked radiotap", frame: cooked(803, Packets.frame(Packets.radiotap(radio), linkType: .linuxCooked)),
      linkType: .linuxCooked),
  ]

  /// Other headers of recorders, and link layers of wide areas.
  static let recorded: [Layered] = [
    Layered(name: "NFLOG", frame: Packets.netfilterLog(packet), linkType: .netfilterLog),
    Layered(name: "NFLOG, big", frame: Packets.netfilterLog(packet, isLittleEndian: false), linkType: .netfilterLog),
    Layered(name: "NFLOG of a bridge", frame: Packets.netfilterLog(packet, family: 7), linkType: .netfilterLog),
    Layered(name: "Juniper Ethernet", frame: Packets.juniper(inner), linkType: .juniperEthernet),
    Layered(
      name: "Juniper, extended", frame: Packets.juniper(inner, flags: 0x80, extensions: [1, 2, 3, 4]),
      linkType: .juniperEthernet),
    Layered(name: "Juniper, bare", frame: Packets.juniper(packet, flags: 2), linkType: .juniperEthernet),
    Layered(name: "Juniper PPPoE", frame: Packets.juniper(inner), linkType: number(167)),
    Layered(name: "Juniper PPP", frame: Packets.juniper([0xff, 3, 0, 0x21] + packet), linkType: number(179)),
    Layered(
      name: "Juniper Frame Relay", frame: Packets.juniper([0x18, 0x41, 3, 0xcc] + packet), linkType: number(180)),
    Layered(name: "Juniper HDLC", frame: Packets.juniper([0x0f, 0, 8, 0] + packet), linkType: number(181)),
    Layered(name: "pktap", frame: Packets.packetTap(inner), linkType: .packetTap),
    Layered(
      name: "pktap of loopback", frame: Packets.packetTap([2, 0, 0, 0] + packet, linkType: 0), linkType: .packetTap),
    Layered(name: "pktap of IP", frame: Packets.packetTap(packet, linkType: 12), linkType: .packetTap),
    Layered(name: "MPLS alone", frame: Packets.mpls(packet, labels: 2), linkType: .mpls),
    Layered(name: "Frame Relay", frame: [0x18, 0x41, 3, 0xcc] + packet, linkType: .frameRelay),
    Layered(name: "Frame Relay, three bytes", frame: [0x18, 0x40, 0x01, 3, 0xcc] + packet, linkType: .frameRelay),
    Layered(name: "Frame Relay, four bytes", frame: [0x18, 0x40, 0, 0x01, 3, 0xcc] + packet, linkType: .frameRelay),
    Layered(name: "Frame Relay, SNAP", frame: [0x18, 0x41, 3, 0, 0x80, 0, 0, 0, 8, 0] + packet, linkType: .frameRelay),
    Layered(
      name: "Frame Relay, bridged", frame: [0x18, 0x41, 3, 0, 0x80, 0, 0x80, 0xc2, 0, 7] + inner,
      linkType: .frameRelay),
    Layered(name: "Frame Relay, PPP", frame: [0x18, 0x41, 3, 0xcf, 0, 0x21] + packet, linkType: .frameRelay),
    Layered(name: "Frame Relay of Cisco", frame: [0x18, 0x41, 8, 0] + packet, linkType: .frameRelay),
    Layered(
      name: "cooked Frame Relay",
      frame: cooked(770, Packets.frame([0x18, 0x41, 3, 0xcc] + packet, linkType: .linuxCooked)),
      linkType: .linuxCooked),
    Layered(name: "ATM", frame: snap, linkType: .llcOverATM),
    Layered(name: "ATM as written in files", frame: snap, linkType: number(100)),
    Layered(
      name: "ATM, bridged", frame: [0xaa, 0xaa, 3, 0, 0x80, 0xc2, 0, 7, 0, 0] + inner, linkType: .llcOverATM),
    Layered(name: "ATM, PPP", frame: [0xfe, 0xfe, 3, 0xcf, 0, 0x21] + packet, linkType: .llcOverATM),
    Layered(name: "ENC", frame: [2, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0] + packet, linkType: .securityInterface),
    Layered(name: "ENC, big", frame: [0, 0, 0, 2, 0, 0, 1, 0, 0, 0, 2, 0] + packet, linkType: .securityInterface),
  ]

  /// What the above say of IPv6.
  static let recordedV6: [Layered] = [
    Layered(name: "802.11", frame: Packets.wireless(v6), linkType: .wireless),
    Layered(
      name: "NFLOG", frame: Packets.netfilterLog(packetV6, family: 10, etherType: 0x86dd), linkType: .netfilterLog),
    Layered(
      name: "NFLOG of a bridge", frame: Packets.netfilterLog(packetV6, family: 7, etherType: 0x86dd),
      linkType: .netfilterLog),
    Layered(name: "Juniper, bare", frame: Packets.juniper(packetV6, flags: 2), linkType: .juniperEthernet),
    Layered(name: "MPLS", frame: Packets.mpls(packetV6), linkType: .mpls),
    Layered(name: "Frame Relay", frame: [0x18, 0x41, 3, 0x8e] + packetV6, linkType: .frameRelay),
    Layered(name: "ATM", frame: [0xfe, 0xfe, 3, 0x8e] + packetV6, linkType: .llcOverATM),
    Layered(
      name: "ENC", frame: [28, 0, 0, 0, 0, 0, 1, 0, 0, 2, 0, 0] + packetV6, linkType: .securityInterface),
  ]
}
