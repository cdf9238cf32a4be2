/// Tunnels within UDP datagrams. A port alone proves nothing: a datagram that doesn't begin like the tunnel of its
/// port stays a datagram, and no SIP message begins like any of them.
enum DatagramTunnel {
  @inline(__always)
  static func isPort(_ port: UInt16) -> Bool {
    switch port {
    case 2152, 4789, 4790, 6081, 6635, 8472, 9899, 37_008: true
    default: false
    }
  }

  /// What the tunnel holds; nil, with nothing changed, where the payload at `start` is no tunnel.
  @inline(never)
  static func decode(
    _ bytes: FrameBytes, at start: Int, _ source: UInt16, _ destination: UInt16,
    _ addresses: NetworkLayer.Addresses
  ) -> FrameContent? {
    var bytes = bytes
    guard let kind = kind(bytes, at: start, port: destination) ?? kind(bytes, at: start, port: source) else {
      return nil
    }
    guard bytes.enter() else { return .other(.nestedTooDeeply) }
    switch kind {
    case .vxlan: return InnerLayer.ethernet(bytes, at: start + 8)
    case .vxlanOfIP: return InnerLayer.ip(bytes, at: start + 8)
    case .mpls: return LabelSwitching.decode(bytes, at: start)
    case .geneve: return geneve(bytes, at: start)
    case .gtpU: return UserPlaneTunnel.decode(bytes, at: start)
    case .tzsp: return tzsp(bytes, at: start)
    case .sctp: return TransportLayer.sctp(bytes, at: start, addresses)
    }
  }

  private enum Kind {
    case vxlan, vxlanOfIP, geneve, gtpU, tzsp, sctp, mpls
  }

  private static func kind(_ bytes: FrameBytes, at start: Int, port: UInt16) -> Kind? {
    guard bytes.left(from: start) >= 8 else { return nil }
    let first = bytes.byte(start)
    switch port {
    // RFC 7348 section 5: a valid network identifier, and zeros but for the group policy that some put there.
    // 8472 is the port Linux took before there was one.
    case 4789, 8472: return first & 0x7f == 0x08 && bytes.byte(start + 7) == 0 ? .vxlan : nil
    // draft-ietf-nvo3-vxlan-gpe section 3.1: the bit that announces the next protocol, 1 IPv4, 2 IPv6, 3 Ethernet.
    case 4790:
      guard first & 0xfd == 0x0c, bytes.byte(start + 7) == 0 else { return nil }
      switch bytes.byte(start + 3) {
      case 1, 2: return .vxlanOfIP
      case 3: return .vxlan
      default: return nil
      }
    // RFC 7510: a label stack.
    case 6635: return isLabelOverIP(bytes, at: start) ? .mpls : nil
    // RFC 8926 section 3.4: version 0, six and eight bits of zeros.
    case 6081:
      let isHeader = first >> 6 == 0 && bytes.byte(start + 1) & 0x3f == 0 && bytes.byte(start + 7) == 0
      return isHeader && isGenevePayload(bytes.word16(start + 2)) ? .geneve : nil
    // 3GPP TS 29.281 section 5.1: version 1, GTP rather than GTP', a spare zero; a G-PDU, which is what users send.
    case 2152: return first & 0xf8 == 0x30 && bytes.byte(start + 1) == 255 ? .gtpU : nil
    // Version 1, a frame received or to be sent; the encapsulation is a small number.
    case 37_008:
      return first == 1 && bytes.byte(start + 1) <= 1 && bytes.byte(start + 2) == 0 ? .tzsp : nil
    case 9899: return isSCTP(bytes, at: start) ? .sctp : nil
    default: return nil
    }
  }

  /// One or two labels with an IP header under the last one.
  private static func isLabelOverIP(_ bytes: FrameBytes, at start: Int) -> Bool {
    var offset = start
    for _ in 0..<2 {
      guard bytes.left(from: offset) >= 24 else { return false }
      let isBottom = bytes.byte(offset + 2) & 1 == 1
      offset += 4
      if isBottom {
        let version = bytes.byte(offset) >> 4
        return version == 6 || (version == 4 && bytes.byte(offset) & 0x0f >= 5)
      }
    }
    return false
  }

  private static func isGenevePayload(_ type: UInt16) -> Bool {
    switch type {
    case 0x0800, 0x86dd, 0x6558, 0x8847: true
    default: false
    }
  }

  /// RFC 6951: an SCTP packet as it is. Its first chunk is of a known type, has no flags but known ones, and fits.
  private static func isSCTP(_ bytes: FrameBytes, at start: Int) -> Bool {
    guard bytes.left(from: start) >= 16 else { return false }
    let length = Int(bytes.word16(start + 14))
    guard length >= 4, length <= bytes.left(from: start + 12) + bytes.missing, bytes.byte(start + 13) <= 0x0f else {
      return false
    }
    switch bytes.byte(start + 12) {
    case 0...15, 64, 128, 130, 132, 192...194: return bytes.word16(start) != 0 && bytes.word16(start + 2) != 0
    default: return false
    }
  }

  private static func geneve(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    let length = 8 + Int(bytes.byte(start) & 0x3f) * 4
    guard bytes.left(from: start) >= length else { return bytes.tooShort(.geneve, at: start, required: length) }
    let type = bytes.word16(start + 2)
    return type == 0x6558
      ? InnerLayer.ethernet(bytes, at: start + length) : InnerLayer.etherType(type, bytes, at: start + length)
  }

  /// What MikroTik's sniffers and others send. Source: the header as Wireshark's dissector describes it.
  private static func tzsp(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var offset = start + 4
    // Tags with a length, up to the one without that ends them; type 0 has none either and only fills.
    while true {
      guard bytes.left(from: offset) >= 1 else {
        return bytes.tooShort(.tzsp, at: start, required: offset - start + 1)
      }
      let tag = bytes.byte(offset)
      offset += 1
      if tag == 1 { break }
      if tag == 0 { continue }
      guard bytes.left(from: offset) >= 1 else {
        return bytes.tooShort(.tzsp, at: start, required: offset - start + 1)
      }
      offset += 1 + Int(bytes.byte(offset))
    }
    switch bytes.word16(start + 2) {
    case 1: return InnerLayer.ethernet(bytes, at: offset)
    case 18: return WirelessFrame.decode(bytes, at: offset)
    case 119: return RadioHeader.prism(bytes, at: offset)
    case 127: return RadioHeader.avs(bytes, at: offset)
    default: return .other(.unknownTunnelPayload)
    }
  }
}
