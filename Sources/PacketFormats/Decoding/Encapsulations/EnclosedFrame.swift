/// A frame behind a recorder's header that names its link type.
enum EnclosedFrame {
  /// Reads the link types that such headers are known to name; a trace's own header may name more.
  static func decode(_ linkType: LinkType, _ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    guard bytes.enter() else { return .other(.nestedTooDeeply) }
    switch linkType.framing {
    case .ethernet: return InnerLayer.ethernet(bytes, at: start)
    case .rawIP: return InnerLayer.ip(bytes, at: start)
    case .ipv4: return InnerLayer.ipv4(bytes, at: start)
    case .ipv6: return InnerLayer.ipv6(bytes, at: start)
    case .loopback: return LinkLayer.loopback(bytes, at: start)
    case .ppp: return PointToPoint.serial(bytes, at: start)
    case .wireless: return WirelessFrame.decode(bytes, at: start)
    case .radiotap: return RadioHeader.radiotap(bytes, at: start)
    case .linuxCooked, .linuxCooked2, .pppoe, .pppWithDirection, .perPacketInformation, .prism, .avs, .netfilterLog,
      .exported, .juniper, .packetTap, .mpls, .frameRelay, .llcOverATM, .securityInterface, nil:
      return .other(.unsupportedLinkType)
    }
  }
}
