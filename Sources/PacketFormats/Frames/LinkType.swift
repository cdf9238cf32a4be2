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
    case nil: "DLT \(rawValue)"
    }
  }

  enum Framing {
    case ethernet, linuxCooked, linuxCooked2, rawIP, ipv4, ipv6, loopback, ppp, pppoe, pppWithDirection
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
    default: nil
    }
  }
}
