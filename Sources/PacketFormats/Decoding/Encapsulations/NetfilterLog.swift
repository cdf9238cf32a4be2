/// What Linux's packet filter logs (LINKTYPE_NFLOG): an address family, a version, the group, then attributes with
/// length and type in the byte order of the recording machine, filled up to multiples of four bytes.
enum NetfilterLog {
  static func decode(_ bytes: FrameBytes) -> FrameContent {
    var bytes = bytes
    guard bytes.left(from: 0) >= 4 else { return bytes.tooShort(.netfilterLog, at: 0, required: 4) }
    guard bytes.byte(1) == 0 else { return .other(.unknownRecorderHeader) }
    var etherType: UInt16?
    var offset = 4
    while true {
      guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.netfilterLog, at: offset, required: 4) }
      // Types are small numbers, so that the first attribute tells the byte order.
      let isLittle = bytes.byte(6) != 0
      let length = Int(isLittle ? bytes.little16(offset) : bytes.word16(offset))
      guard length >= 4 else {
        return .malformed(
          FrameError(layer: .netfilterLog, offset: offset, required: 4, available: length, source: .attributeLength))
      }
      switch isLittle ? bytes.little16(offset + 2) : bytes.word16(offset + 2) {
      // NFULA_PACKET_HDR: the EtherType first, in network byte order.
      case 1 where length >= 6 && bytes.left(from: offset) >= 6: etherType = bytes.word16(offset + 4)
      // NFULA_PAYLOAD.
      case 9:
        bytes.limit(to: length, from: offset, source: .attributeLength)
        return packet(family: bytes.byte(0), etherType, bytes, at: offset + 4)
      default: break
      }
      let step = (length + 3) & ~3
      guard bytes.left(from: offset) >= step else { return bytes.tooShort(.netfilterLog, at: offset, required: step) }
      offset += step
    }
  }

  /// AF_INET and AF_INET6 of Linux; other families, such as that of bridges, leave it to the packet.
  private static func packet(
    family: UInt8, _ etherType: UInt16?, _ bytes: FrameBytes, at offset: Int
  ) -> FrameContent {
    switch family {
    case 2: return InnerLayer.ipv4(bytes, at: offset)
    case 10: return InnerLayer.ipv6(bytes, at: offset)
    default:
      guard let etherType else { return .other(.unknownAddressFamily) }
      return InnerLayer.etherType(etherType, bytes, at: offset)
    }
  }
}
