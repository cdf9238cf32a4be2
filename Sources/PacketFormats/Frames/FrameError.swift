/// A header that needs more bytes than there are, and who says how many there are.
public struct FrameError: Error, Hashable, Sendable {
  /// The header being read.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    /// 14 bytes: two addresses and an EtherType.
    case ethernet = "Ethernet"
    /// 4 bytes of IEEE 802.1Q, 802.1ad or 802.1ah, once for each tag.
    case vlanTag = "VLAN tag"
    /// 3 bytes (IEEE 802.2), 8 with the SNAP header that names an EtherType.
    case logicalLinkControl = "LLC"
    /// 4 bytes a label (RFC 3032 section 2.1).
    case mplsLabel = "MPLS label"
    /// 4 bytes in front of the frame of a pseudo-wire (RFC 4385).
    case controlWord = "pseudo-wire control word"
    /// 6 bytes (RFC 2516 section 4).
    case pppoe = "PPPoE"
    /// 1 to 4 bytes: address and control, which may be left out, and the protocol (RFC 1661, RFC 1662).
    case ppp = "PPP"
    /// 4 bytes.
    case ciscoHDLC = "Cisco HDLC"
    /// 16 bytes.
    case linuxCooked = "Linux cooked capture"
    /// 20 bytes.
    case linuxCooked2 = "Linux cooked capture v2"
    /// 4 bytes: an address family.
    case loopback = "loopback"
    /// 12 bytes: an address family, and what is known of the security association.
    case securityInterface = "ENC"
    /// 24 to 36 bytes (IEEE 802.11-2020 section 9.3.2.1).
    case wireless = "Wi-Fi"
    /// 14 bytes in front of each packet of a frame that holds several (IEEE 802.11-2020 section 9.3.2.2).
    case wirelessSubframe = "A-MSDU"
    /// 8 bytes and the fields they announce.
    case radiotap = "radiotap"
    /// 8 bytes and the fields within the length they say.
    case perPacketInformation = "PPI"
    /// 144 bytes as a rule.
    case prism = "Prism"
    /// 64 bytes as a rule.
    case avs = "AVS"
    /// 4 bytes, and 4 of each attribute with what it holds.
    case netfilterLog = "NFLOG"
    /// 4 bytes of each tag with what it holds.
    case exportedTag = "exported PDU"
    /// 4 bytes and what the flags announce.
    case juniper = "Juniper"
    /// 108 bytes as a rule.
    case packetTap = "PKTAP"
    /// 2 to 4 bytes of address and 2 to 3 of what follows (RFC 2427 section 3).
    case frameRelay = "Frame Relay"
    /// The byte that holds the version, where no layer below announced it.
    case ip = "IP"
    /// 20 to 60 bytes (RFC 791 section 3.1).
    case ipv4 = "IPv4"
    /// 40 bytes (RFC 8200 section 3).
    case ipv6 = "IPv6"
    /// Of a length of its own, once for each (RFC 8200 section 4).
    case ipv6Extension = "IPv6 extension header"
    /// 12 bytes or more, in words of four (RFC 4302 section 2).
    case authenticationHeader = "authentication header"
    /// What stands between the IP header and a part of a datagram; IPv4 keeps it in its own header.
    case ipFragment = "IP fragment"
    /// 4 bytes and what its flags announce (RFC 2784, RFC 2890, RFC 2637).
    case gre = "GRE"
    /// 8 or 12 bytes, and 8 where one says so (draft-foschiano-erspan).
    case erspan = "ERSPAN"
    /// 2 bytes (RFC 3378).
    case etherIP = "EtherIP"
    /// 8 bytes and the options (RFC 8926 section 3.4).
    case geneve = "Geneve"
    /// 8 or 12 bytes (3GPP TS 29.281 section 5.1).
    case gtpU = "GTP-U"
    /// 4 bytes or more, in words of four (3GPP TS 29.281 section 5.2).
    case gtpUExtension = "GTP-U extension header"
    /// 4 bytes and tags up to the one that ends them.
    case tzsp = "TZSP"
    /// 12 bytes (RFC 9260 section 3.1).
    case sctp = "SCTP"
    /// 4 bytes, 16 for user data, 20 for that of RFC 8260.
    case sctpChunk = "SCTP chunk"
    /// 8 bytes (RFC 768).
    case udp = "UDP"
    /// 20 to 60 bytes (RFC 9293 section 3.1).
    case tcp = "TCP"
  }

  /// Who claimed the length in `available`.
  public enum LengthSource: String, Hashable, Sendable, CaseIterable {
    /// Nobody: the capture holds no more, often because of its snap length.
    case capturedFrame = "the captured frame"
    /// The length of an IEEE 802.3 frame's data, where an EtherType could stand.
    case ieee8023Length = "the IEEE 802.3 length field"
    /// The length that a recorder's header gives itself.
    case recorderHeaderLength = "the recorder's header length field"
    /// The length of an attribute, header and value.
    case attributeLength = "the NFLOG attribute's length field"
    /// The length of one packet among several in a frame (IEEE 802.11-2020 section 9.3.2.2).
    case subframeLength = "the A-MSDU length field"
    /// Length, of all behind the PPPoE header (RFC 2516 section 4).
    case pppoeLength = "the PPPoE length field"
    /// Payload Length of the GRE of PPTP (RFC 2637 section 4.1).
    case grePayloadLength = "the GRE payload length field"
    /// Length, of all behind the first 8 bytes (3GPP TS 29.281 section 5.1).
    case gtpULength = "the GTP-U length field"
    /// Length of one GTP-U extension header, in words of 4 bytes; 0 is none.
    case gtpUExtensionLength = "the GTP-U extension length field"
    /// Payload Len, in words of 4 bytes less 2 (RFC 4302 section 2.2).
    case authenticationLength = "the authentication header's length field"
    /// Nobody: 65,535 bytes are the most that fragments can make.
    case largestDatagram = "the largest IP datagram"
    /// The fragments of which some were cut.
    case reassembledDatagram = "the reassembled datagram"
    /// Chunk Length, of header and value (RFC 9260 section 3.2).
    case sctpChunkLength = "the SCTP chunk length field"
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
