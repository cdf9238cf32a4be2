public import Primitives

/// The words of JSON text (RFC 8259) as UTF-8: each function appends one to `bytes`.
///
/// For lines written too often to build a `JSONValue` first, which is itself written with these. The same value always
/// gives the same bytes.
public enum JSONText {
  /// Appends a string with its quotes.
  ///
  /// Escaped besides quote and backslash: the control characters U+0000–001F (required), DEL and U+0080–009F (a
  /// terminal obeys them, and a caller chooses his display name), and U+2028 and U+2029 (line ends to JavaScript and to
  /// readers of JSON lines). Everything else stays UTF-8.
  public static func append(_ string: String, to bytes: inout [UInt8]) {
    bytes.append(atMost: bytesMax(of: string.utf8.count)) { put(string, into: &$0) }
  }

  /// Appends a member's name with the colon after it, and the comma before it unless it is an object's first.
  public static func append(member name: String, isFirst: Bool, to bytes: inout [UInt8]) {
    bytes.append(atMost: bytesMax(of: name.utf8.count) + 2) { cursor in
      if !isFirst { cursor.put(UInt8(ascii: ",")) }
      put(name, into: &cursor)
      cursor.put(UInt8(ascii: ":"))
    }
  }

  /// Bytes that a string of `count` bytes is not longer than once it is written, its quotes included.
  public static func bytesMax(of count: Int) -> Int { 6 * count + 2 }

  /// Writes a string with its quotes, as `append(_:to:)` does.
  public static func put(_ string: String, into cursor: inout ByteCursor) {
    cursor.put(UInt8(ascii: "\""))
    // As in `ByteCursor.put(_:)`; a text that is not in one piece is made so first.
    if string.utf8.withContiguousStorageIfAvailable({ putEscaped($0, into: &cursor) }) == nil {
      Array(string.utf8).withUnsafeBufferPointer { putEscaped($0, into: &cursor) }
    }
    cursor.put(UInt8(ascii: "\""))
  }

  /// Appends an integer in decimal.
  public static func append(_ integer: Int64, to bytes: inout [UInt8]) {
    bytes.append(atMost: ByteCursor.decimalBytesMax) { $0.put(decimal: integer) }
  }

  /// Appends `true` or `false`.
  public static func append(_ flag: Bool, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (flag ? "true" : "false").utf8)
  }

  /// Appends a number in the fewest digits that read back as the same: `0.5`, `1e+30`.
  ///
  /// JSON has neither infinity nor NaN: they become `null`.
  public static func append(_ number: Double, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: (number.isFinite ? number.description : "null").utf8)
  }

  /// Appends a number with exactly `places` digits after the point (0 ... 9, more is cut to 9), halves away from zero.
  ///
  /// Numbers too large for their digits to mean anything (2^63 and more units of the last place), infinity and NaN are
  /// written as by `append(_:to:)`.
  public static func append(_ number: Double, places: Int, to bytes: inout [UInt8]) {
    let places = min(max(places, 0), 9)
    let unit = (0..<places).reduce(Int64(1)) { value, _ in value * 10 }
    guard let scaled = Int64(exactly: (number * Double(unit)).rounded(.toNearestOrAwayFromZero)) else {
      append(number, to: &bytes)
      return
    }
    let magnitude = scaled.magnitude
    if scaled < 0 { bytes.append(UInt8(ascii: "-")) }
    bytes.append(contentsOf: String(magnitude / unit.magnitude).utf8)
    guard places > 0 else { return }
    let fraction = String(magnitude % unit.magnitude)
    bytes.append(UInt8(ascii: "."))
    bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: places - fraction.utf8.count))
    bytes.append(contentsOf: fraction.utf8)
  }

  /// Writes what stands between the quotes of a string with this UTF-8.
  public static func putEscaped(_ text: UnsafeBufferPointer<UInt8>, into cursor: inout ByteCursor) {
    var copied = 0
    var index = 0
    while index < text.count {
      // Nearly all there is: printable ASCII without quote and backslash.
      if (0x20..<0x7f).contains(text[index]), text[index] != UInt8(ascii: "\""), text[index] != UInt8(ascii: "\\") {
        index += 1
        continue
      }
      let length = escapedLength(text, at: index)
      guard length > 0 else {
        index += 1
        continue
      }
      cursor.put(UnsafeBufferPointer(rebasing: text[copied..<index]))
      putEscape(of: text[index..<index + length], into: &cursor)
      index += length
      copied = index
    }
    cursor.put(UnsafeBufferPointer(rebasing: text[copied...]))
  }

  /// How many bytes at `index` make up a character that must be escaped; 0 for none.
  private static func escapedLength(_ text: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    switch text[index] {
    case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7f: 1
    case 0xc2 where index + 1 < text.count && text[index + 1] < 0xa0: 2
    case 0xe2 where index + 2 < text.count && text[index + 1] == 0x80 && text[index + 2] | 1 == 0xa9: 3
    default: 0
    }
  }

  private static func putEscape(of character: Slice<UnsafeBufferPointer<UInt8>>, into cursor: inout ByteCursor) {
    guard let first = character.first, let last = character.last else { return }
    cursor.put(UInt8(ascii: "\\"))
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): cursor.put(first)
    case 0x08: cursor.put(UInt8(ascii: "b"))
    case 0x09: cursor.put(UInt8(ascii: "t"))
    case 0x0a: cursor.put(UInt8(ascii: "n"))
    case 0x0c: cursor.put(UInt8(ascii: "f"))
    case 0x0d: cursor.put(UInt8(ascii: "r"))
    default:
      // One byte is the code itself, C2 xx is U+00xx, E2 80 xx is U+2028 or U+2029.
      cursor.put(character.count == 3 ? "u20" : "u00" as StaticString)
      let low = character.count == 3 ? last & 0x3f : last
      cursor.put(hexDigit(low >> 4))
      cursor.put(hexDigit(low & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
