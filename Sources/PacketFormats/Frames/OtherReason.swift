/// Why a well-formed frame yields neither a datagram nor a segment. The raw value is the name to count under.
public enum OtherReason: String, Hashable, Sendable, CaseIterable {
  /// The trace's link type is none that is decoded.
  case unsupportedLinkType = "unsupported-link-type"

  // Instead of IP.
  /// Address resolution (RFC 826).
  case arp
  /// An IEEE 802.3 length field with an LLC header behind it (spanning tree, CDP and the like).
  case logicalLinkControl = "llc"
  /// A PPPoE session or its discovery, which may carry IP all the same (RFC 2516).
  case pppoe
  /// A label-switched packet, which may carry IP all the same (RFC 3032).
  case mpls
  /// Neighbour discovery of switches and phones (IEEE 802.1AB).
  case lldp
  /// An encrypted Ethernet payload (IEEE 802.1AE).
  case macsec
  /// Netlink messages between a Linux kernel and its processes.
  case netlink
  /// An EtherType of none of the above, and not of IP.
  case unknownEtherType = "unknown-ethertype"
  /// A loopback family word that stands for neither IPv4 nor IPv6.
  case unknownAddressFamily = "unknown-address-family"
  /// The version nibble isn't the one the layer below announced, or is neither 4 nor 6.
  case unexpectedIPVersion = "unexpected-ip-version"

  // Instead of UDP and TCP.
  /// ICMP of either IP version (RFC 792, RFC 4443).
  case icmp
  /// Multicast membership (RFC 3376).
  case igmp
  /// A transport SIP can use and this version does not read (RFC 9260).
  case sctp
  /// A tunnel, which may carry IP all the same (RFC 2784).
  case gre
  /// IPv4 or IPv6 inside IP.
  case ipInIP = "ip-in-ip"
  /// Encrypted or authenticated payload (ESP, AH over IPv4).
  case ipsec
  /// An IPv6 packet that says nothing follows (RFC 8200 section 4.7).
  case noNextHeader = "no-next-header"
  /// A protocol number of none of the above.
  case unknownIPProtocol = "unknown-ip-protocol"
}
