/// GRE (RFC 2784, RFC 2890), that of PPTP (RFC 2637), and the mirrored frames of ERSPAN within it.
enum GenericRouting {
  @inline(never)
  static func decode(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    guard bytes.left(from: start) >= 4 else { return bytes.tooShort(.gre, at: start, required: 4) }
    let flags = bytes.word16(start)
    let type = bytes.word16(start + 2)
    // Source routing went out with RFC 1701.
    guard flags & 0x4000 == 0 else { return .other(.gre) }
    let (hasChecksum, hasKey, hasSequence) = (flags & 0x8000 != 0, flags & 0x2000 != 0, flags & 0x1000 != 0)
    switch flags & 0x0007 {
    case 0:
      let length = 4 + (hasChecksum ? 4 : 0) + (hasKey ? 4 : 0) + (hasSequence ? 4 : 0)
      guard bytes.left(from: start) >= length else { return bytes.tooShort(.gre, at: start, required: length) }
      return payload(type, bytes, at: start + length, hasSequence: hasSequence)
    // The key is split into the payload's length and a call's number; an acknowledgment may follow.
    case 1 where hasKey && !hasChecksum && type == 0x880b:
      let length = 8 + (hasSequence ? 4 : 0) + (flags & 0x0080 != 0 ? 4 : 0)
      guard bytes.left(from: start) >= length else { return bytes.tooShort(.gre, at: start, required: length) }
      let payloadLength = Int(bytes.word16(start + 4))
      guard hasSequence, payloadLength > 0 else { return .other(.pppControl) }
      bytes.limit(to: length + payloadLength, from: start, source: .grePayloadLength)
      return PointToPoint.ppp(bytes, at: start + length)
    default: return .other(.gre)
    }
  }

  /// Goes on from a GRE protocol type: an EtherType, or one of those that GRE gave a meaning of its own.
  static func payload(
    _ type: UInt16, _ bytes: FrameBytes, at offset: Int, hasSequence: Bool
  ) -> FrameContent {
    switch type {
    // Transparent Ethernet bridging.
    case 0x6558: return InnerLayer.ethernet(bytes, at: offset)
    // Type I has neither a sequence number nor a header of its own.
    case 0x88be: return hasSequence ? mirrored(bytes, at: offset) : InnerLayer.ethernet(bytes, at: offset)
    case 0x22eb: return mirrored(bytes, at: offset)
    // What WCCP redirects: version 2 of it puts four bytes in front of the IPv4 packet, the first of them not like IP.
    case 0x883e:
      let hasHeader = bytes.left(from: offset) > 4 && bytes.byte(offset) >> 4 != 4
      return InnerLayer.ipv4(bytes, at: hasHeader ? offset + 4 : offset)
    case 0..<0x0600: return .other(.gre)
    default: return InnerLayer.etherType(type, bytes, at: offset)
    }
  }

  /// ERSPAN types II and III by the version in the first half-byte (draft-foschiano-erspan-03 section 4).
  private static func mirrored(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 8 else { return bytes.tooShort(.erspan, at: start, required: 8) }
    switch bytes.byte(start) >> 4 {
    case 1: return InnerLayer.ethernet(bytes, at: start + 8)
    case 2:
      guard bytes.left(from: start) >= 12 else { return bytes.tooShort(.erspan, at: start, required: 12) }
      let tail = bytes.word16(start + 10)
      // The last bit announces what a platform adds.
      let length = tail & 1 == 0 ? 12 : 20
      guard bytes.left(from: start) >= length else { return bytes.tooShort(.erspan, at: start, required: length) }
      // The frame type: Ethernet or IP.
      switch tail >> 10 & 0x1f {
      case 0: return InnerLayer.ethernet(bytes, at: start + length)
      case 2: return InnerLayer.ip(bytes, at: start + length)
      default: return .other(.unknownTunnelPayload)
      }
    default: return .other(.gre)
    }
  }
}
