import Primitives

/// Text between tags, written without a text of its own being made.
extension XMLText {
  /// Bytes that a text of `count` bytes is not longer than once it is written.
  static func bytesMax(of count: Int) -> Int { 5 * count }

  /// Writes text with this UTF-8.
  ///
  /// Markup is escaped, and CR, which a reader would otherwise take for a line end. What XML 1.0 has no way to say, the
  /// control characters and U+FFFE and U+FFFF, becomes U+FFFD.
  static func put(_ text: UnsafeBufferPointer<UInt8>, into cursor: inout ByteCursor) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      switch byte {
      case UInt8(ascii: "&"): cursor.put("&amp;" as StaticString)
      case UInt8(ascii: "<"): cursor.put("&lt;" as StaticString)
      case UInt8(ascii: ">"): cursor.put("&gt;" as StaticString)
      case 0x0d: cursor.put("&#13;" as StaticString)
      case 0x00...0x08, 0x0b, 0x0c, 0x0e...0x1f: cursor.put("\u{FFFD}" as StaticString)
      case 0xef where index + 1 < text.count && text[index] == 0xbf && text[index + 1] >= 0xbe:
        cursor.put("\u{FFFD}" as StaticString)
        index += 2
      default: cursor.put(byte)
      }
    }
  }
}
