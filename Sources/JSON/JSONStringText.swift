/// What stands between the quotes of a string, in UTF-8 and without control characters.
struct JSONStringText {
  let bytes: UnsafeBufferPointer<UInt8>
  let hasEscapes: Bool

  /// Whether every escape stands for a character; half a pair of surrogates does not.
  var isWellFormed: Bool { !hasEscapes || Self.unescape(bytes) != nil }

  var string: String {
    hasEscapes ? String(decoding: unescaped, as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
  }

  /// Empty for a text that is not well-formed.
  var unescaped: [UInt8] { Self.unescape(bytes) ?? [] }

  private static func unescape(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "\\") else {
        result.append(bytes[index])
        index += 1
        continue
      }
      guard index + 1 < bytes.count else { return nil }
      index += 2
      switch bytes[index - 1] {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): result.append(bytes[index - 1])
      case UInt8(ascii: "b"): result.append(0x08)
      case UInt8(ascii: "f"): result.append(0x0c)
      case UInt8(ascii: "n"): result.append(0x0a)
      case UInt8(ascii: "r"): result.append(0x0d)
      case UInt8(ascii: "t"): result.append(0x09)
      case UInt8(ascii: "u"):
        guard let scalar = scalar(bytes, &index) else { return nil }
        result.append(contentsOf: String(Character(scalar)).utf8)
      case _: return nil
      }
    }
    return result
  }

  /// The character of the four digits at `index`, and of a second escape after them where it takes two.
  private static func scalar(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> Unicode.Scalar? {
    guard let first = unit(bytes, &index) else { return nil }
    guard (0xd800..<0xdc00).contains(first) else { return Unicode.Scalar(first) }
    guard index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") else {
      return nil
    }
    index += 2
    guard let second = unit(bytes, &index), (0xdc00..<0xe000).contains(second) else { return nil }
    return Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
  }

  private static func unit(_ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int) -> UInt32? {
    guard index + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for byte in bytes[index..<index + 4] {
      switch byte {
      case 48...57: value = value << 4 | UInt32(byte - 48)
      case 65...70: value = value << 4 | UInt32(byte - 55)
      case 97...102: value = value << 4 | UInt32(byte - 87)
      case _: return nil
      }
    }
    index += 4
    return value
  }
}

/// A number as it stands in the text, in JSON's grammar.
struct JSONNumberText {
  let bytes: UnsafeBufferPointer<UInt8>

  /// nil unless it is whole and fits, `1e3` too.
  var integer: Int64? {
    let isNegative = bytes.first == UInt8(ascii: "-")
    var value: Int64 = 0
    for byte in bytes.dropFirst(isNegative ? 1 : 0) {
      guard (48...57).contains(byte) else { return double.flatMap { Int64(exactly: $0) } }
      // Counted downwards, where there is room for one more.
      let (shifted, overflows) = value.multipliedReportingOverflow(by: 10)
      let (next, overflowsToo) = shifted.subtractingReportingOverflow(Int64(byte - 48))
      guard !overflows, !overflowsToo else { return nil }
      value = next
    }
    guard !isNegative else { return value }
    return value == .min ? nil : -value
  }

  /// nil for one that a double cannot hold.
  var double: Double? {
    Double(String(decoding: bytes, as: UTF8.self)).flatMap { $0.isFinite ? $0 : nil }
  }
}
