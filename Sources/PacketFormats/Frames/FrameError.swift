/// A header that needs more bytes than there are, and who says how many there are.
public struct FrameError: Error, Hashable, Sendable {
  /// The header being read.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    case ethernet = "Ethernet"
    case vlanTag = "VLAN tag"
    case linuxCooked = "Linux cooked capture"
    case linuxCooked2 = "Linux cooked capture v2"
    case loopback = "loopback"
    case ip = "IP"
    case ipv4 = "IPv4"
    case ipv6 = "IPv6"
    case ipv6Extension = "IPv6 extension header"
    case udp = "UDP"
    case tcp = "TCP"
  }

  /// Who claimed the length in `available`.
  public enum LengthSource: String, Hashable, Sendable, CaseIterable {
    case capturedFrame = "the captured frame"
    case ipv4HeaderLength = "the IPv4 header length field"
    case ipv4TotalLength = "the IPv4 total length field"
    case ipv6PayloadLength = "the IPv6 payload length field"
    case udpLength = "the UDP length field"
    case tcpDataOffset = "the TCP data offset field"
  }

  /// The header that doesn't fit.
  public let layer: Layer
  /// Where the layer's header starts, in bytes from the start of the frame.
  public let offset: Int
  /// Bytes the header needs.
  public let required: Int
  /// Bytes there are according to `source`.
  public let available: Int
  /// Who claims that.
  public let source: LengthSource

  /// Takes the facts as they are; `required` should be more than `available`.
  public init(layer: Layer, offset: Int, required: Int, available: Int, source: LengthSource) {
    self.layer = layer
    self.offset = offset
    self.required = required
    self.available = available
    self.source = source
  }
}

extension FrameError: CustomStringConvertible {
  /// One sentence without a full stop, such as
  /// `UDP header at byte 34 needs 8 bytes, but the IPv4 total length field leaves 7`.
  public var description: String {
    "\(layer.rawValue) header at byte \(offset) needs \(required) bytes, but \(source.rawValue) leaves \(available)"
  }
}
