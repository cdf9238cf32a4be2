import JSON

/// Values of scripts as text, and their bounds.
enum DelugeText {
  static let maximumBytes = 1 << 20
  private static let maximumParts = 20_000
  private static let maximumDepth = 30

  /// As `toString()` and `+` write a value: text as it is, maps and lists as JSON.
  static func text(of value: JSONValue) -> String {
    switch value {
    case .string(let text): text
    case .null, .bool, .integer, .decimal, .number, .array, .object: String(decoding: value.bytes(), as: UTF8.self)
    }
  }

  /// nil for what is no number.
  static func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .number(let number), .decimal(let number, _): number
    case .null, .bool, .string, .array, .object: nil
    }
  }

  /// Whole numbers without a fraction.
  static func value(of number: Double) -> JSONValue {
    Int64(exactly: number).map { .integer($0) } ?? .number(number)
  }

  /// Whether a value is small enough to be kept: a script may put a map into itself again and again.
  static func isBounded(_ value: JSONValue) -> Bool {
    var parts = 0
    return isBounded(value, depth: 0, &parts)
  }

  private static func isBounded(_ value: JSONValue, depth: Int, _ parts: inout Int) -> Bool {
    parts += 1
    guard parts <= maximumParts, depth <= maximumDepth else { return false }
    switch value {
    case .null, .bool, .integer, .decimal, .number: return true
    case .string(let text):
      // A thousand bytes count like a part more, so that many long texts are too many.
      parts += text.utf8.count / 1000
      return text.utf8.count <= maximumBytes
    case .array(let elements):
      for element in elements where !isBounded(element, depth: depth + 1, &parts) { return false }
      return true
    case .object(let members):
      for member in members where !isBounded(member.value, depth: depth + 1, &parts) { return false }
      return true
    }
  }
}
