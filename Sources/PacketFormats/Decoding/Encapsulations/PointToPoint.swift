/// PPP (RFC 1661), over Ethernet (RFC 2516) and on serial lines (RFC 1662), and Cisco's HDLC beside it.
enum PointToPoint {
  /// From the PPPoE header on, in the session stage.
  @inline(never)
  static func pppoeSession(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    guard bytes.left(from: start) >= 6 else { return bytes.tooShort(.pppoe, at: start, required: 6) }
    // Version 1, type 1, code 0; other codes open and close sessions.
    guard bytes.word16(start) == 0x1100 else { return .other(.pppoeDiscovery) }
    bytes.limit(to: Int(bytes.word16(start + 4)) + 6, from: start, source: .pppoeLength)
    return ppp(bytes, at: start + 6)
  }

  /// A frame of a serial line: PPP, or what Cisco's routers speak by default.
  static func serial(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 1 else { return bytes.tooShort(.ppp, at: start, required: 1) }
    switch bytes.byte(start) {
    // Unicast and broadcast; a zero and an EtherType follow.
    case 0x0f, 0x8f:
      guard bytes.left(from: start) >= 4 else { return bytes.tooShort(.ciscoHDLC, at: start, required: 4) }
      return InnerLayer.etherType(bytes.word16(start + 2), bytes, at: start + 4)
    default: return ppp(bytes, at: start)
    }
  }

  /// 0 for received or 1 for sent, in place of the address byte or in front of the frame.
  static func withDirection(_ bytes: FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 2 else { return bytes.tooShort(.ppp, at: 0, required: 2) }
    guard bytes.byte(0) <= 1 else { return ppp(bytes, at: 0) }
    return ppp(bytes, at: bytes.byte(1) == 0x03 ? 2 : 1)
  }

  /// From the address byte on, which may be left out with the control byte (RFC 1661 section 6.6), as may the
  /// protocol's upper byte (section 6.5): the lower one is odd, the upper one even.
  @inline(never)
  static func ppp(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    guard bytes.enter() else { return .other(.nestedTooDeeply) }
    var offset = start
    if bytes.left(from: offset) >= 2, bytes.word16(offset) == 0xff03 { offset += 2 }
    guard bytes.left(from: offset) >= 1 else {
      return bytes.tooShort(.ppp, at: start, required: offset - start + 1)
    }
    let first = bytes.byte(offset)
    // 255 is only ever the address: the protocol 0x00ff is not allowed (RFC 1661 section 6.6).
    if first & 1 == 1, first != 0xff { return network(UInt16(first), bytes, at: offset + 1) }
    guard bytes.left(from: offset) >= 2 else {
      return bytes.tooShort(.ppp, at: start, required: offset - start + 2)
    }
    return network(bytes.word16(offset), bytes, at: offset + 2)
  }

  /// Numbers of the PPP protocol field as IANA lists them.
  private static func network(_ type: UInt16, _ bytes: FrameBytes, at offset: Int) -> FrameContent {
    switch type {
    case 0x0021: return InnerLayer.ipv4(bytes, at: offset)
    case 0x0057: return InnerLayer.ipv6(bytes, at: offset)
    case 0x0281, 0x0283: return LabelSwitching.decode(bytes, at: offset)
    // Van Jacobson's and other header compression, multilink, encryption, compression of whole packets.
    case 0x002d, 0x002f, 0x003d, 0x0053, 0x0055, 0x0061, 0x00fb, 0x00fd: return .other(.pppCompressed)
    case 0x4000...: return .other(.pppControl)
    default: return .other(.unknownPPPProtocol)
    }
  }
}
