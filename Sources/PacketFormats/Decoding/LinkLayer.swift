/// Link-layer headers, down to the EtherType.
enum LinkLayer {
  @inline(__always)
  static func ethernet(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 14 else { return bytes.tooShort(.ethernet, at: start, required: 14) }
    return etherType(bytes.word16(start + 12), bytes, at: start + 14)
  }

  /// Link-layer header of 16 bytes, the protocol in the last two.
  static func linuxCooked(_ bytes: FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 16 else { return bytes.tooShort(.linuxCooked, at: 0, required: 16) }
    return cooked(bytes.word16(14), hardware: bytes.word16(2), bytes, at: 16)
  }

  /// Link-layer header of 20 bytes, the protocol in the first two.
  static func linuxCooked2(_ bytes: FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 20 else { return bytes.tooShort(.linuxCooked2, at: 0, required: 20) }
    return cooked(bytes.word16(0), hardware: bytes.word16(8), bytes, at: 20)
  }

  /// The protocol's meaning depends on the ARPHRD_ number of Linux's `if_arp.h`, says the registry of link types.
  @inline(__always)
  private static func cooked(
    _ type: UInt16, hardware: UInt16, _ bytes: FrameBytes, at offset: Int
  ) -> FrameContent {
    switch hardware {
    // ARPHRD_NETLINK: a netlink family.
    case 824: return .other(.netlink)
    // ARPHRD_FRAD, ARPHRD_IEEE80211 and those with headers in front: no protocol at all.
    case 770: return FrameRelay.decode(bytes, at: offset)
    case 801: return WirelessFrame.decode(bytes, at: offset)
    case 802: return RadioHeader.prism(bytes, at: offset)
    case 803: return RadioHeader.radiotap(bytes, at: offset)
    // ARPHRD_IPGRE: the protocol of a GRE header.
    case 778: return GenericRouting.payload(type, bytes, at: offset, hasSequence: false)
    default: break
    }
    switch type {
    // ETH_P_802_2: an LLC header without the length in front of it.
    case 4: return LogicalLink.decode(bytes, at: offset)
    // Numbers that Linux made up for what has no EtherType.
    case 0..<0x0600: return .other(.unknownEtherType)
    default: return InnerLayer.etherType(type, bytes, at: offset)
    }
  }

  static func loopback(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 4 else { return bytes.tooShort(.loopback, at: start, required: 4) }
    return family(bytes.word32(start), bytes, at: start + 4)
  }

  /// What OpenBSD's interface of decrypted packets shows (LINKTYPE_ENC): address family, number and flags of the
  /// security association.
  static func securityInterface(_ bytes: FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 12 else { return bytes.tooShort(.securityInterface, at: 0, required: 12) }
    return family(bytes.word32(0), bytes, at: 12)
  }

  private static func family(_ word: UInt32, _ bytes: FrameBytes, at offset: Int) -> FrameContent {
    // The recording machine's byte order isn't written down. Families are small numbers, so the upper half tells.
    switch word > 0xffff ? word.byteSwapped : word {
    case 2: return InnerLayer.ipv4(bytes, at: offset)
    // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, and Darwin.
    case 10, 24, 28, 30: return InnerLayer.ipv6(bytes, at: offset)
    default: return .other(.unknownAddressFamily)
    }
  }

  /// An IP packet whose version nothing has announced.
  static func ip(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 1 else { return bytes.tooShort(.ip, at: start, required: 1) }
    switch bytes.byte(start) >> 4 {
    case 4: return InnerLayer.ipv4(bytes, at: start)
    case 6: return InnerLayer.ipv6(bytes, at: start)
    default: return .other(.unexpectedIPVersion)
    }
  }

  /// Goes on from an EtherType whose payload starts at `offset`, through any number of VLAN tags.
  ///
  /// Tag types: IEEE 802.1Q (0x8100), 802.1ad (0x88a8), and the 0x9100 to 0x9300 that vendors used before it.
  @inline(__always)
  static func etherType(_ first: UInt16, _ bytes: FrameBytes, at start: Int) -> FrameContent {
    var type = first
    var offset = start
    while true {
      switch type {
      case 0x0800: return NetworkLayer.ipv4(bytes, at: offset)
      case 0x86dd: return InnerLayer.ipv6(bytes, at: offset)
      case 0x8100, 0x88a8, 0x9100, 0x9200, 0x9300:
        guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.vlanTag, at: offset, required: 4) }
        type = bytes.word16(offset + 2)
        offset += 4
      default: return rareEtherType(type, bytes, at: offset)
      }
    }
  }

  @inline(never)
  private static func rareEtherType(_ type: UInt16, _ bytes: FrameBytes, at offset: Int) -> FrameContent {
    var bytes = bytes
    switch type {
    case 0x0806: return .other(.arp)
    case 0x8863: return .other(.pppoeDiscovery)
    case 0x8864: return PointToPoint.pppoeSession(bytes, at: offset)
    case 0x880b: return PointToPoint.ppp(bytes, at: offset)
    case 0x8847, 0x8848: return LabelSwitching.decode(bytes, at: offset)
    // A provider's backbone (IEEE 802.1ah): a service's number, then the customer's frame.
    case 0x88e7:
      guard bytes.enter() else { return .other(.nestedTooDeeply) }
      guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.vlanTag, at: offset, required: 4) }
      return InnerLayer.ethernet(bytes, at: offset + 4)
    case 0x88cc: return .other(.lldp)
    case 0x88e5: return .other(.macsec)
    case 0..<0x0600:
      bytes.limit(to: Int(type), from: offset, source: .ieee8023Length)
      return LogicalLink.decode(bytes, at: offset)
    default: return .other(.unknownEtherType)
    }
  }
}
