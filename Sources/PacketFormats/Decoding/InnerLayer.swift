/// Layers as tunnels and rare link types call them: the plain way from Ethernet to a datagram is inlined into one
/// function, and only there.
enum InnerLayer {
  @inline(never)
  static func ethernet(_ bytes: FrameBytes, at start: Int) -> FrameContent { LinkLayer.ethernet(bytes, at: start) }

  @inline(never)
  static func etherType(_ type: UInt16, _ bytes: FrameBytes, at start: Int) -> FrameContent {
    LinkLayer.etherType(type, bytes, at: start)
  }

  @inline(never)
  static func ip(_ bytes: FrameBytes, at start: Int) -> FrameContent { LinkLayer.ip(bytes, at: start) }

  @inline(never)
  static func ipv4(_ bytes: FrameBytes, at start: Int) -> FrameContent { NetworkLayer.ipv4(bytes, at: start) }

  @inline(never)
  static func ipv6(_ bytes: FrameBytes, at start: Int) -> FrameContent { NetworkLayer.ipv6(bytes, at: start) }
}
