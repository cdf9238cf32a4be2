import PacketFormats
import Primitives
import TestSupport
import Testing

/// A frame whose last bytes are `text` in a UDP datagram from `phone` to `appliance`, below one kind of layers.
struct Layered: CustomTestStringConvertible, Sendable {
  let name: String
  let frame: [UInt8]
  var linkType = LinkType.ethernet

  var testDescription: String { name }

  static let packet = Packets.udpFrame(text, from: phone, to: appliance, linkType: .rawIP)
  static let packetV6 = Packets.udpFrame(text, from: phoneV6, to: applianceV6, linkType: .rawIP)
  static let inner = Packets.frame(packet)

  /// An IPv4 packet of a mirror's own.
  static func outer(_ payload: [UInt8], _ protocolNumber: UInt8) -> [UInt8] {
    Packets.ipv4(
      payload, protocolNumber: protocolNumber, from: IPAddress(v4: 0x0a00_0001), to: IPAddress(v4: 0x0a00_0002),
      identification: 77)
  }

  static func over(_ protocolNumber: UInt8, _ payload: [UInt8]) -> [UInt8] {
    Packets.frame(outer(payload, protocolNumber))
  }

  static func overUDP(_ port: UInt16, _ payload: [UInt8]) -> [UInt8] {
    over(17, Packets.udp(payload, from: 50_000, to: port))
  }

  static func overGRE(_ type: UInt16, _ payload: [UInt8], flags: UInt16 = 0) -> [UInt8] {
    over(47, Packets.gre(payload, protocolType: type, flags: flags))
  }

  static let links: [Layered] = [
    Layered(name: "QinQ", frame: Packets.frame(packet, tags: [0x88a8, 0x8100])),
    Layered(name: "backbone", frame: Packets.frame([0, 0, 0, 9] + inner, tags: [0x88a8], etherType: 0x88e7)),
    Layered(name: "MPLS", frame: Packets.frame(Packets.mpls(packet), etherType: 0x8847)),
    Layered(name: "three labels", frame: Packets.frame(Packets.mpls(packet, labels: 3), etherType: 0x8848)),
    Layered(name: "pseudo-wire", frame: Packets.frame(Packets.mpls(inner), etherType: 0x8847)),
    Layered(name: "control word", frame: Packets.frame(Packets.mpls([0, 0, 0, 1] + inner), etherType: 0x8847)),
    Layered(name: "PPPoE", frame: Packets.frame(Packets.pppoe([0, 0x21] + packet), etherType: 0x8864)),
    Layered(name: "PPPoE, short protocol", frame: Packets.frame(Packets.pppoe([0x21] + packet), etherType: 0x8864)),
    Layered(
      name: "PPPoE, MPLS", frame: Packets.frame(Packets.pppoe([2, 0x81] + Packets.mpls(packet)), etherType: 0x8864)),
    Layered(
      name: "VLAN, PPPoE", frame: Packets.frame(Packets.pppoe([0, 0x21] + packet), tags: [0x8100], etherType: 0x8864)),
    Layered(name: "SNAP", frame: lengthFrame(Packets.snap(packet, etherType: 0x0800))),
    Layered(name: "SNAP of bridges", frame: lengthFrame(Packets.snap(packet, etherType: 0x0800, organisation: 0xf8))),
    Layered(name: "LLC", frame: lengthFrame([6, 6, 3] + packet)),
    Layered(name: "PPP", frame: [0, 0x21] + packet, linkType: .ppp),
    Layered(name: "PPP with address", frame: [0xff, 3, 0, 0x21] + packet, linkType: .ppp),
    Layered(name: "serial", frame: [0xff, 3, 0x21] + packet, linkType: .pppSerial),
    Layered(name: "Cisco HDLC", frame: [0x0f, 0, 8, 0] + packet, linkType: .pppSerial),
    Layered(name: "Cisco HDLC, broadcast", frame: [0x8f, 0, 8, 0] + packet, linkType: .ciscoHDLC),
    Layered(name: "PPPoE alone", frame: Packets.pppoe([0, 0x21] + packet), linkType: .pppoe),
    Layered(name: "pppd, sent", frame: [1, 3, 0, 0x21] + packet, linkType: .pppWithDirection),
    Layered(name: "pppd, received", frame: [0, 0xff, 3, 0, 0x21] + packet, linkType: .pppWithDirection),
    Layered(name: "pppd, bare", frame: [0xff, 3, 0, 0x21] + packet, linkType: LinkType(rawValue: 204)),
    Layered(
      name: "cooked loopback", frame: cooked(0x0304, Packets.frame(packet, linkType: .linuxCooked)),
      linkType: .linuxCooked),
    Layered(
      name: "cooked PPP", frame: cooked(0x0200, Packets.frame(packet, linkType: .linuxCooked)), linkType: .linuxCooked),
    Layered(
      name: "cooked GRE",
      frame: cooked(778, Packets.frame(inner, linkType: .linuxCooked, etherType: 0x6558)), linkType: .linuxCooked),
    Layered(
      name: "cooked LLC",
      frame: Packets.frame(Packets.snap(packet, etherType: 0x0800), linkType: .linuxCooked, etherType: 4),
      linkType: .linuxCooked),
  ]

  static let tunnels: [Layered] = [
    Layered(name: "GRE", frame: overGRE(0x0800, packet)),
    Layered(name: "GRE with all", frame: overGRE(0x0800, packet, flags: 0xb000)),
    Layered(name: "GRE with a key", frame: overGRE(0x0800, packet, flags: 0x2000)),
    Layered(name: "GRE bridging", frame: overGRE(0x6558, inner)),
    Layered(name: "GRE, PPP", frame: overGRE(0x880b, [0xff, 3, 0, 0x21] + packet)),
    Layered(name: "PPTP", frame: overGRE(0x880b, [0xff, 3, 0, 0x21] + packet, flags: 0x3081)),
    Layered(name: "ERSPAN I", frame: overGRE(0x88be, inner)),
    Layered(name: "ERSPAN II", frame: overGRE(0x88be, Packets.erspan(inner, version: 1), flags: 0x1000)),
    Layered(name: "ERSPAN III", frame: overGRE(0x22eb, Packets.erspan(inner, version: 2), flags: 0x1000)),
    Layered(
      name: "ERSPAN III of a platform",
      frame: overGRE(0x22eb, Packets.erspan(inner, version: 2, hasPlatform: true), flags: 0x1000)),
    Layered(
      name: "ERSPAN III of IP",
      frame: overGRE(0x22eb, Packets.erspan(packet, version: 2, frameType: 2), flags: 0x1000)),
    Layered(name: "VXLAN", frame: overUDP(4789, Packets.vxlan(inner))),
    Layered(name: "VXLAN of Linux, with a policy", frame: overUDP(8472, Packets.vxlan(inner, flags: 0x88))),
    Layered(name: "VXLAN-GPE", frame: overUDP(4790, [0x0c, 0, 0, 3, 0, 0, 7, 0] + inner)),
    Layered(name: "VXLAN-GPE of IP", frame: overUDP(4790, [0x0c, 0, 0, 1, 0, 0, 7, 0] + packet)),
    Layered(name: "MPLS in UDP", frame: overUDP(6635, Packets.mpls(packet))),
    Layered(name: "WCCP", frame: overGRE(0x883e, packet)),
    Layered(name: "WCCP, version 2", frame: overGRE(0x883e, [0, 0, 0, 7] + packet)),
    Layered(name: "Geneve", frame: overUDP(6081, Packets.geneve(inner, protocolType: 0x6558))),
    Layered(name: "Geneve of IP", frame: overUDP(6081, Packets.geneve(packet, protocolType: 0x0800, optionWords: 3))),
    Layered(name: "GTP-U", frame: overUDP(2152, Packets.gtpU(packet))),
    Layered(name: "GTP-U with numbers", frame: overUDP(2152, Packets.gtpU(packet, flags: 2))),
    Layered(
      name: "GTP-U with extensions",
      frame: overUDP(2152, Packets.gtpU(packet, flags: 4, extensions: [[1, 2], [1, 2, 3, 4, 5, 6]]))),
    Layered(name: "TZSP", frame: overUDP(37_008, Packets.tzsp(inner))),
    Layered(name: "IP in IP", frame: over(4, packet)),
    Layered(name: "EtherIP", frame: over(97, [0x30, 0] + inner)),
    Layered(name: "MPLS in IP", frame: over(137, Packets.mpls(packet))),
    Layered(name: "AH", frame: over(51, Packets.authenticated(packet, next: 4))),
    Layered(name: "VXLAN, GRE", frame: overUDP(4789, Packets.vxlan(overGRE(0x0800, packet)))),
    Layered(name: "GTP-U, VXLAN, ERSPAN II", frame: threefold),
  ]

  private static let threefold = overGRE(
    0x88be,
    Packets.erspan(
      overUDP(4789, Packets.vxlan(overUDP(2152, Packets.gtpU(packet)), flags: 0x08)), version: 1), flags: 0x1000)

  static func lengthFrame(_ payload: [UInt8], length: Int? = nil) -> [UInt8] {
    Packets.frame(payload, etherType: UInt16(truncatingIfNeeded: length ?? payload.count))
  }

  static func cooked(_ hardware: UInt16, _ frame: [UInt8]) -> [UInt8] {
    frame[..<2] + [UInt8(hardware >> 8), UInt8(hardware & 0xff)] + frame[4...]
  }
}
