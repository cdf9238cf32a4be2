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
    var string = string
    bytes.append(UInt8(ascii: "\""))
    string.withUTF8 { appendEscaped($0, to: &bytes) }
    bytes.append(UInt8(ascii: "\""))
  }

  /// Appends an integer in decimal.
  public static func append(_ integer: Int64, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: String(integer).utf8)
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

  private static func appendEscaped(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
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
      bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied..<index]))
      appendEscape(of: text[index..<index + length], to: &bytes)
      index += length
      copied = index
    }
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: text[copied...]))
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

  private static func appendEscape(of character: Slice<UnsafeBufferPointer<UInt8>>, to bytes: inout [UInt8]) {
    guard let first = character.first, let last = character.last else { return }
    bytes.append(UInt8(ascii: "\\"))
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(first)
    case 0x08: bytes.append(UInt8(ascii: "b"))
    case 0x09: bytes.append(UInt8(ascii: "t"))
    case 0x0a: bytes.append(UInt8(ascii: "n"))
    case 0x0c: bytes.append(UInt8(ascii: "f"))
    case 0x0d: bytes.append(UInt8(ascii: "r"))
    default:
      // One byte is the code itself, C2 xx is U+00xx, E2 80 xx is U+2028 or U+2029.
      bytes.append(contentsOf: (character.count == 3 ? "u20" : "u00").utf8)
      let low = character.count == 3 ? last & 0x3f : last
      bytes.append(hexDigit(low >> 4))
      bytes.append(hexDigit(low & 15))
    }
  }

  private static func hexDigit(_ value: UInt8) -> UInt8 {
    value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
  }
}
