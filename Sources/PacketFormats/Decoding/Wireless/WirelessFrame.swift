/// Data frames of wireless networks (IEEE 802.11-2020 sections 9.2 and 9.3.2), from their own header on.
///
/// What a checksum adds at the end is left where it is: the lengths of IP cut it off.
enum WirelessFrame {
  /// - Parameter isPadded: the recorder moved what follows the header to the next multiple of four bytes.
  @inline(never)
  static func decode(_ bytes: FrameBytes, at start: Int, isPadded: Bool = false) -> FrameContent {
    guard bytes.left(from: start) >= 2 else { return bytes.tooShort(.wireless, at: start, required: 2) }
    let (kind, flags) = (bytes.byte(start), bytes.byte(start + 1))
    // Version 0 and data, without the bit of the subtype that says there is none.
    guard kind & 0x4f == 0x08 else { return .other(.wirelessWithoutData) }
    // A fourth address between two stations of the network itself, the control field of service classes, and behind it
    // that of high throughput.
    let addresses = flags & 0x03 == 0x03 ? 30 : 24
    let hasClass = kind & 0x80 != 0
    let length = addresses + (hasClass ? flags & 0x80 != 0 ? 6 : 2 : 0)
    var offset = start + (isPadded ? (length + 3) & ~3 : length)
    guard bytes.left(from: start) >= offset - start else {
      return bytes.tooShort(.wireless, at: start, required: offset - start)
    }
    guard flags & 0x04 == 0, bytes.byte(start + 22) & 0x0f == 0 else { return .other(.wirelessFragment) }
    if flags & 0x40 != 0 {
      guard let plain = decrypted(bytes, at: offset) else { return .other(.wirelessEncrypted) }
      offset = plain
    } else if hasClass, bytes.byte(start + addresses) & 0x80 != 0 {
      return WirelessAggregate.decode(bytes, at: offset)
    }
    return LogicalLink.decode(bytes, at: offset)
  }

  /// Where LLC and SNAP begin in a frame that its recorder decrypted and left marked as protected: at once, behind the
  /// four bytes that WEP puts in front, or behind the eight of TKIP and CCMP (section 12.3 and 12.5).
  private static func decrypted(_ bytes: FrameBytes, at start: Int) -> Int? {
    for offset in stride(from: start, through: start + 8, by: 4) {
      guard bytes.left(from: offset) >= 8 else { return nil }
      if bytes.word32(offset) == 0xaaaa_0300, bytes.word16(offset + 4) == 0 { return offset }
    }
    return nil
  }
}
