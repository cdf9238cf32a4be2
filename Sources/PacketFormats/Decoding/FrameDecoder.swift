/// Finds the UDP datagram or TCP segment within one captured frame.
///
/// Allocates nothing and copies nothing: the results are offsets into the frame.
public enum FrameDecoder {
  /// Says what a frame of this link type carries; total over all inputs.
  public static func decode(_ frame: UnsafeRawBufferPointer, linkType: LinkType) -> FrameContent {
    var bytes = FrameBytes(frame)
    switch linkType.framing {
    case .ethernet: return LinkLayer.ethernet(&bytes)
    case .linuxCooked: return LinkLayer.linuxCooked(&bytes)
    case .linuxCooked2: return LinkLayer.linuxCooked2(&bytes)
    case .loopback: return LinkLayer.loopback(&bytes)
    case .rawIP: return LinkLayer.rawIP(&bytes)
    case .ipv4: return NetworkLayer.ipv4(&bytes, at: 0)
    case .ipv6: return NetworkLayer.ipv6(&bytes, at: 0)
    case nil: return .other(.unsupportedLinkType)
    }
  }
}
