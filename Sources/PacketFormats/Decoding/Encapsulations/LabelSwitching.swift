/// MPLS label stacks (RFC 3032) over IP and over the Ethernet of pseudo-wires (RFC 4448).
enum LabelSwitching {
  @inline(never)
  static func decode(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    guard bytes.enter() else { return .other(.nestedTooDeeply) }
    var offset = start
    var isBottom = false
    while !isBottom {
      guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.mplsLabel, at: offset, required: 4) }
      isBottom = bytes.byte(offset + 2) & 1 == 1
      offset += 4
    }
    return payload(bytes, at: offset)
  }

  /// Nothing on the wire says what lies under the labels; the first half-byte and what follows must do
  /// (RFC 4928 section 3, RFC 4385 section 2).
  private static func payload(_ bytes: FrameBytes, at offset: Int) -> FrameContent {
    guard bytes.left(from: offset) >= 1 else { return bytes.tooShort(.ip, at: offset, required: 1) }
    switch bytes.byte(offset) >> 4 {
    case 4, 6:
      // The address of a station may begin like IP.
      if !isPlausibleIP(bytes, at: offset), isPlausibleEthernet(bytes, at: offset) {
        return InnerLayer.ethernet(bytes, at: offset)
      }
      return InnerLayer.ip(bytes, at: offset)
    case 0:
      guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.controlWord, at: offset, required: 4) }
      if isPlausibleEthernet(bytes, at: offset + 4) { return InnerLayer.ethernet(bytes, at: offset + 4) }
      return isPlausibleEthernet(bytes, at: offset) ? InnerLayer.ethernet(bytes, at: offset) : .other(.mpls)
    default:
      return isPlausibleEthernet(bytes, at: offset) ? InnerLayer.ethernet(bytes, at: offset) : .other(.mpls)
    }
  }

  private static func isPlausibleIP(_ bytes: FrameBytes, at offset: Int) -> Bool {
    let available = bytes.left(from: offset)
    switch bytes.byte(offset) >> 4 {
    case 4 where available >= 20:
      let header = Int(bytes.byte(offset) & 0x0f) * 4
      let total = Int(bytes.word16(offset + 2))
      return header >= 20 && (total == 0 || (total >= header && total <= available + bytes.missing))
    case 6 where available >= 40:
      return Int(bytes.word16(offset + 4)) + 40 <= available + bytes.missing
    default: return true
    }
  }

  private static func isPlausibleEthernet(_ bytes: FrameBytes, at offset: Int) -> Bool {
    guard bytes.left(from: offset) >= 15 else { return false }
    switch bytes.word16(offset + 12) {
    case 0x0800: return bytes.byte(offset + 14) >> 4 == 4
    case 0x86dd: return bytes.byte(offset + 14) >> 4 == 6
    case 0x0806, 0x8100, 0x88a8, 0x8847, 0x8863, 0x8864: return true
    default: return false
    }
  }
}
