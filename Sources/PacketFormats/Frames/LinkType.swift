/// The link layer of a trace, numbered as libpcap's `DLT_*` values.
///
/// A number that the decoder doesn't know is a value too: the frame then decodes to
/// `FrameContent.other(.unsupportedLinkType)`.
/// Source: the link-layer header type registry of the tcpdump project (LINKTYPE_ and DLT_ values).
public struct LinkType: Hashable, Sendable {
  /// The `DLT_*` value.
  public let rawValue: Int32

  /// The type with this `DLT_*` value, known or not.
  public init(rawValue: Int32) {
    self.rawValue = rawValue
  }

  /// IEEE 802.3 Ethernet, with or without VLAN tags.
  public static let ethernet = LinkType(rawValue: 1)
  /// Linux "cooked" capture, as recorded on the device `any`.
  public static let linuxCooked = LinkType(rawValue: 113)
  /// Linux "cooked" capture, version 2.
  public static let linuxCooked2 = LinkType(rawValue: 276)
  /// An IP packet without a link layer. Also known as 14 (BSD/OS, OpenBSD) and 101 (as written in files).
  public static let rawIP = LinkType(rawValue: 12)
  /// An IPv4 packet without a link layer.
  public static let ipv4 = LinkType(rawValue: 228)
  /// An IPv6 packet without a link layer.
  public static let ipv6 = LinkType(rawValue: 229)
  /// BSD loopback: the address family in the byte order of the machine that recorded.
  public static let null = LinkType(rawValue: 0)
  /// OpenBSD loopback: the address family in network byte order.
  public static let loop = LinkType(rawValue: 108)

  /// PPP, with or without the address and control bytes of HDLC-like framing (RFC 1661, RFC 1662).
  public static let ppp = LinkType(rawValue: 9)
  /// PPP in HDLC-like framing, or Cisco HDLC; the first byte tells.
  public static let pppSerial = LinkType(rawValue: 50)
  /// PPPoE from its own header on (RFC 2516).
  public static let pppoe = LinkType(rawValue: 51)
  /// PPP with the direction in place of the address. 204, with the direction in front, is read alike.
  public static let pppWithDirection = LinkType(rawValue: 166)
  /// Cisco HDLC.
  public static let ciscoHDLC = LinkType(rawValue: 104)

  /// IEEE 802.11, from the header of the frame on.
  public static let wireless = LinkType(rawValue: 105)
  /// IEEE 802.11 behind a radiotap header.
  public static let radiotap = LinkType(rawValue: 127)
  /// "Per-packet information" and a frame of the link type that it names, IEEE 802.11 as a rule.
  public static let perPacketInformation = LinkType(rawValue: 192)
  /// IEEE 802.11 behind a Prism header, or one of AVS.
  public static let prism = LinkType(rawValue: 119)
  /// IEEE 802.11 behind an AVS header.
  public static let avs = LinkType(rawValue: 163)

  /// What Linux's packet filter logs.
  public static let netfilterLog = LinkType(rawValue: 239)
  /// What Wireshark exports: tags, then bytes of an application.
  public static let exported = LinkType(rawValue: 252)
  /// Ethernet behind the header of Juniper's routers. Read alike: 167 (PPPoE), 179 (PPP), 180 (Frame Relay) and 181
  /// (Cisco HDLC) behind it.
  public static let juniperEthernet = LinkType(rawValue: 178)
  /// A frame of the link type that macOS's header in front of it names.
  public static let packetTap = LinkType(rawValue: 258)

  /// An MPLS label stack.
  public static let mpls = LinkType(rawValue: 219)
  /// Frame Relay (RFC 2427).
  public static let frameRelay = LinkType(rawValue: 107)
  /// LLC as over ATM (RFC 2684). Also known as 100 (as written in files).
  public static let llcOverATM = LinkType(rawValue: 11)
  /// OpenBSD's interface of packets in front of or behind IPsec.
  public static let securityInterface = LinkType(rawValue: 109)

  /// Whether frames of this link type are decoded.
  public var isSupported: Bool { framing != nil }

  /// The registry's short name, such as `EN10MB`; `DLT 147` for a number without support here.
  public var name: String {
    switch framing {
    case .ethernet: "EN10MB"
    case .linuxCooked: "LINUX_SLL"
    case .linuxCooked2: "LINUX_SLL2"
    case .rawIP: "RAW"
    case .ipv4: "IPV4"
    case .ipv6: "IPV6"
    case .loopback: self == .null ? "NULL" : "LOOP"
    case .ppp: self == .pppSerial ? "PPP_SERIAL" : self == .ciscoHDLC ? "C_HDLC" : "PPP"
    case .pppoe: "PPP_ETHER"
    case .pppWithDirection: "PPP_PPPD"
    case .wireless: "IEEE802_11"
    case .radiotap: "IEEE802_11_RADIO"
    case .perPacketInformation: "PPI"
    case .prism: "PRISM_HEADER"
    case .avs: "IEEE802_11_RADIO_AVS"
    case .netfilterLog: "NFLOG"
    case .exported: "WIRESHARK_UPPER_PDU"
    case .juniper: "JUNIPER_ETHER"
    case .packetTap: "PKTAP"
    case .mpls: "MPLS"
    case .frameRelay: "FRELAY"
    case .llcOverATM: "ATM_RFC1483"
    case .securityInterface: "ENC"
    case nil: "DLT \(rawValue)"
    }
  }

  enum Framing {
    case ethernet, linuxCooked, linuxCooked2, rawIP, ipv4, ipv6, loopback, ppp, pppoe, pppWithDirection
    case wireless, radiotap, perPacketInformation, prism, avs
    case netfilterLog, exported, juniper, packetTap
    case mpls, frameRelay, llcOverATM, securityInterface
  }

  var framing: Framing? {
    switch rawValue {
    case 1: .ethernet
    case 113: .linuxCooked
    case 276: .linuxCooked2
    case 12, 14, 101: .rawIP
    case 228: .ipv4
    case 229: .ipv6
    case 0, 108: .loopback
    case 9, 50, 104: .ppp
    case 51: .pppoe
    case 166, 204: .pppWithDirection
    case 105: .wireless
    case 127: .radiotap
    case 192: .perPacketInformation
    case 119: .prism
    case 163: .avs
    case 239: .netfilterLog
    case 252: .exported
    case 167, 178...181: .juniper
    case 258: .packetTap
    case 219: .mpls
    case 107: .frameRelay
    case 11, 100: .llcOverATM
    case 109: .securityInterface
    default: nil
    }
  }
}
