/// Why a well-formed frame yields neither a datagram nor a segment. The raw value is the name to count under.
public enum OtherReason: String, Hashable, Sendable, CaseIterable {
  case unsupportedLinkType = "unsupported-link-type"

  // Instead of IP.
  case arp
  /// An IEEE 802.3 length field with an LLC header behind it (spanning tree, CDP and the like).
  case logicalLinkControl = "llc"
  case pppoe
  case mpls
  case lldp
  case macsec
  /// Netlink messages between a Linux kernel and its processes.
  case netlink
  case unknownEtherType = "unknown-ethertype"
  /// A loopback family word that stands for neither IPv4 nor IPv6.
  case unknownAddressFamily = "unknown-address-family"
  /// The version nibble isn't the one the layer below announced, or is neither 4 nor 6.
  case unexpectedIPVersion = "unexpected-ip-version"

  // Instead of UDP and TCP.
  case icmp
  case igmp
  case sctp
  case gre
  /// IPv4 or IPv6 inside IP.
  case ipInIP = "ip-in-ip"
  /// Encrypted or authenticated payload (ESP, AH over IPv4).
  case ipsec
  case noNextHeader = "no-next-header"
  case unknownIPProtocol = "unknown-ip-protocol"
}
