/// A header that needs more bytes than there are, and who says how many there are.
public struct FrameError: Error, Hashable, Sendable {
  /// The header being read.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    /// 14 bytes: two addresses and an EtherType.
    case ethernet = "Ethernet"
    /// 4 bytes of IEEE 802.1Q or 802.1ad, once for each tag.
    case vlanTag = "VLAN tag"
    /// 16 bytes.
    case linuxCooked = "Linux cooked capture"
    /// 20 bytes.
    case linuxCooked2 = "Linux cooked capture v2"
    /// 4 bytes: an address family.
    case loopback = "loopback"
    /// The byte that holds the version, where no layer below announced it.
    case ip = "IP"
    /// 20 to 60 bytes (RFC 791 section 3.1).
    case ipv4 = "IPv4"
    /// 40 bytes (RFC 8200 section 3).
    case ipv6 = "IPv6"
    /// Of a length of its own, once for each (RFC 8200 section 4).
    case ipv6Extension = "IPv6 extension header"
    /// 8 bytes (RFC 768).
    case udp = "UDP"
    /// 20 to 60 bytes (RFC 9293 section 3.1).
    case tcp = "TCP"
  }

  /// Who claimed the length in `available`.
  public enum LengthSource: String, Hashable, Sendable, CaseIterable {
    /// Nobody: the capture holds no more, often because of its snap length.
    case capturedFrame = "the captured frame"
    /// IHL, in words of 4 bytes (RFC 791 section 3.1).
    case ipv4HeaderLength = "the IPv4 header length field"
    /// Total Length, of header and data (RFC 791 section 3.1).
    case ipv4TotalLength = "the IPv4 total length field"
    /// Payload Length, of all behind the fixed header (RFC 8200 section 3).
    case ipv6PayloadLength = "the IPv6 payload length field"
    /// Length, of header and data (RFC 768).
    case udpLength = "the UDP length field"
    /// Data Offset, in words of 4 bytes (RFC 9293 section 3.1).
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
