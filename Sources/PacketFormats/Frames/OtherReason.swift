/// Why a well-formed frame yields neither a datagram nor a segment. The raw value is the name to count under.
public enum OtherReason: String, Hashable, Sendable, CaseIterable {
  /// The trace's link type is none that is decoded.
  case unsupportedLinkType = "unsupported-link-type"

  // Instead of IP.
  /// Address resolution (RFC 826).
  case arp
  /// An IEEE 802.3 length field with an LLC header behind it that announces no IP (spanning tree, CDP and the like).
  case logicalLinkControl = "llc"
  /// The opening and closing of PPPoE sessions, not what they carry (RFC 2516).
  case pppoeDiscovery = "pppoe-discovery"
  /// Negotiation, echo and authentication of a PPP link.
  case pppControl = "ppp-control"
  /// PPP data that is compressed, encrypted or split over links, which may be IP all the same.
  case pppCompressed = "ppp-compressed"
  /// PPP data of another network layer than IP and MPLS.
  case unknownPPPProtocol = "unknown-ppp-protocol"
  /// A label-switched packet that is neither IP nor visibly Ethernet (RFC 3032 says nothing of what it carries).
  case mpls
  /// Neighbour discovery of switches and phones (IEEE 802.1AB).
  case lldp
  /// An encrypted Ethernet payload (IEEE 802.1AE).
  case macsec
  /// Netlink messages between a Linux kernel and its processes.
  case netlink
  /// An EtherType of none of the above, and not of IP.
  case unknownEtherType = "unknown-ethertype"
  /// A header of the recorder's own whose version or mark is none that is known.
  case unknownRecorderHeader = "unknown-recorder-header"
  /// Management and control of a wireless network, and its data frames without data (IEEE 802.11).
  case wirelessWithoutData = "wireless-without-data"
  /// Data that the wireless network encrypted (WEP, WPA).
  case wirelessEncrypted = "wireless-encrypted"
  /// A part of a packet that the wireless network split; the parts are not put together.
  case wirelessFragment = "wireless-fragment"
  /// Signalling of a Frame Relay network, or another network layer than IP.
  case frameRelay = "frame-relay"
  /// What was exported from Wireshark and is no SIP.
  case exportedProtocol = "exported-protocol"
  /// SIP that was exported from Wireshark without the addresses it went between.
  case exportedWithoutAddresses = "exported-without-addresses"
  /// A loopback family word that stands for neither IPv4 nor IPv6.
  case unknownAddressFamily = "unknown-address-family"
  /// The version nibble isn't the one the layer below announced, or is neither 4 nor 6.
  case unexpectedIPVersion = "unexpected-ip-version"

  // Instead of UDP, TCP and SCTP.
  /// ICMP of either IP version (RFC 792, RFC 4443).
  case icmp
  /// Multicast membership (RFC 3376).
  case igmp
  /// GRE of a form that isn't decoded: source routing, an unknown version, an unknown ERSPAN (RFC 1701, RFC 2784).
  case gre
  /// A tunnel whose payload is of a kind that isn't decoded, such as radio frames.
  case unknownTunnelPayload = "unknown-tunnel-payload"
  /// More headers around one datagram than `FrameDecoder.encapsulationsMax`.
  case nestedTooDeeply = "nested-too-deeply"
  /// Encrypted payload (RFC 4303).
  case ipsec
  /// A part of a datagram whose parts contradict each other (RFC 5722).
  case droppedFragment = "dropped-fragment"
  /// An IPv6 packet that says nothing follows (RFC 8200 section 4.7).
  case noNextHeader = "no-next-header"
  /// A protocol number of none of the above.
  case unknownIPProtocol = "unknown-ip-protocol"
}

extension OtherReason {
  /// Whether datagrams may be within that could not be got at.
  public var mayHideIP: Bool {
    switch self {
    case .unsupportedLinkType, .macsec, .pppCompressed, .mpls, .gre, .unknownTunnelPayload, .nestedTooDeeply, .ipsec,
      .droppedFragment, .unknownRecorderHeader, .wirelessEncrypted, .wirelessFragment, .exportedWithoutAddresses:
      true
    case .arp, .logicalLinkControl, .pppoeDiscovery, .pppControl, .unknownPPPProtocol, .lldp, .netlink,
      .unknownEtherType, .unknownAddressFamily, .unexpectedIPVersion, .icmp, .igmp, .noNextHeader, .unknownIPProtocol,
      .wirelessWithoutData, .frameRelay, .exportedProtocol:
      false
    }
  }
}
