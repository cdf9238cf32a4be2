/// Link-layer headers, down to the EtherType.
enum LinkLayer {
  static func ethernet(_ bytes: inout FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 14 else { return bytes.tooShort(.ethernet, at: 0, required: 14) }
    return etherType(bytes.word16(12), &bytes, at: 14)
  }

  /// Link-layer header of 16 bytes, the protocol in the last two.
  static func linuxCooked(_ bytes: inout FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 16 else { return bytes.tooShort(.linuxCooked, at: 0, required: 16) }
    guard bytes.word16(2) != netlinkHardwareType else { return .other(.netlink) }
    return etherType(bytes.word16(14), &bytes, at: 16)
  }

  /// Link-layer header of 20 bytes, the protocol in the first two.
  static func linuxCooked2(_ bytes: inout FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 20 else { return bytes.tooShort(.linuxCooked2, at: 0, required: 20) }
    guard bytes.word16(8) != netlinkHardwareType else { return .other(.netlink) }
    return etherType(bytes.word16(0), &bytes, at: 20)
  }

  /// ARPHRD_NETLINK of Linux's `if_arp.h`: the protocol field then holds a netlink family.
  private static let netlinkHardwareType: UInt16 = 824

  static func loopback(_ bytes: inout FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 4 else { return bytes.tooShort(.loopback, at: 0, required: 4) }
    let word = bytes.word32(0)
    // The recording machine's byte order isn't written down. Families are small numbers, so the upper half tells.
    switch word > 0xffff ? word.byteSwapped : word {
    case 2: return NetworkLayer.ipv4(&bytes, at: 4)
    // AF_INET6 of Linux, NetBSD and OpenBSD, FreeBSD, and Darwin.
    case 10, 24, 28, 30: return NetworkLayer.ipv6(&bytes, at: 4)
    default: return .other(.unknownAddressFamily)
    }
  }

  static func rawIP(_ bytes: inout FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 1 else { return bytes.tooShort(.ip, at: 0, required: 1) }
    switch bytes.byte(0) >> 4 {
    case 4: return NetworkLayer.ipv4(&bytes, at: 0)
    case 6: return NetworkLayer.ipv6(&bytes, at: 0)
    default: return .other(.unexpectedIPVersion)
    }
  }

  /// Goes on from an EtherType whose payload starts at `offset`, through any number of VLAN tags.
  ///
  /// Tag types: IEEE 802.1Q (0x8100), 802.1ad (0x88a8), and the 0x9100 to 0x9300 that vendors used before it.
  private static func etherType(_ first: UInt16, _ bytes: inout FrameBytes, at start: Int) -> FrameContent {
    var type = first
    var offset = start
    while true {
      switch type {
      case 0x0800: return NetworkLayer.ipv4(&bytes, at: offset)
      case 0x86dd: return NetworkLayer.ipv6(&bytes, at: offset)
      case 0x8100, 0x88a8, 0x9100, 0x9200, 0x9300:
        guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.vlanTag, at: offset, required: 4) }
        type = bytes.word16(offset + 2)
        offset += 4
      case 0x0806: return .other(.arp)
      case 0x8863, 0x8864: return .other(.pppoe)
      case 0x8847, 0x8848: return .other(.mpls)
      case 0x88cc: return .other(.lldp)
      case 0x88e5: return .other(.macsec)
      case 0..<0x0600: return .other(.logicalLinkControl)
      default: return .other(.unknownEtherType)
      }
    }
  }
}
