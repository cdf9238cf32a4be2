import JSON
import Primitives

/// What stands behind `WHERE`.
indirect enum SOQLCondition {
  case equal(String, JSONValue)
  case ordered(String, Order, JSONValue)
  case like(String, [Part])
  case among(String, [JSONValue])
  case not(SOQLCondition)
  case all([SOQLCondition])
  case any([SOQLCondition])

  enum Order: String {
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
  }

  /// One place of a pattern.
  enum Part: Hashable {
    case anything
    case anyCharacter
    /// Of the text in UTF-8 and lower case.
    case byte(UInt8)
  }

  func holds(for record: SalesforceRecord) -> Bool {
    switch self {
    case .equal(let field, let value): Self.isEqual(record[field], value)
    case .ordered(let field, let order, let value):
      Self.holds(record[field], order, value)
    case .like(let field, let pattern):
      record[field].string.map { Self.matches($0, pattern) } ?? false
    case .among(let field, let values): values.contains { Self.isEqual(record[field], $0) }
    case .not(let condition): !condition.holds(for: record)
    case .all(let conditions): conditions.allSatisfy { $0.holds(for: record) }
    case .any(let conditions): conditions.contains { $0.holds(for: record) }
    }
  }

  /// Texts are alike in upper and lower case (documented); an empty text is none.
  private static func isEqual(_ left: JSONValue, _ right: JSONValue) -> Bool {
    switch (left, right) {
    case (.string(let left), .string(let right)): left.lowercased() == right.lowercased()
    case (.null, .string("")): true
    case (_, _): left == right
    }
  }

  private static func holds(_ left: JSONValue, _ order: Order, _ right: JSONValue) -> Bool {
    guard left != .null, right != .null else { return false }
    let comparison = compare(left, right)
    return switch order {
    case .less: comparison < 0
    case .lessOrEqual: comparison <= 0
    case .greater: comparison > 0
    case .greaterOrEqual: comparison >= 0
    }
  }

  /// Below 0 where `left` comes first.
  static func compare(_ left: JSONValue, _ right: JSONValue) -> Int {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      let (left, right) = (left.lowercased(), right.lowercased())
      return left < right ? -1 : left == right ? 0 : 1
    case (.integer(let left), .integer(let right)): return left < right ? -1 : left == right ? 0 : 1
    case (.bool(let left), .bool(let right)): return left == right ? 0 : right ? -1 : 1
    case (_, _): return 0
    }
  }

  /// `%` and `_`, which a backslash makes ordinary (documented). One pass with one place to come back to: a pattern's
  /// cost is its length times the text's at the most. Byte by byte, because every record of a table is asked.
  private static func matches(_ text: String, _ pattern: [Part]) -> Bool {
    let lowered = text.utf8.allSatisfy { $0 < 0x80 && !(65...90).contains($0) } ? text : text.lowercased()
    let text = Array(lowered.utf8)
    var (place, part) = (0, 0)
    var retry: (place: Int, part: Int)?
    while place < text.count {
      if part < pattern.count, pattern[part] == .anything {
        part += 1
        retry = (place, part)
      } else if part < pattern.count, pattern[part] == .anyCharacter {
        place += 1
        while place < text.count, text[place] & 0xc0 == 0x80 { place += 1 }
        part += 1
      } else if part < pattern.count, pattern[part] == .byte(text[place]) {
        place += 1
        part += 1
      } else if let back = retry {
        retry = (back.place + 1, back.part)
        place = back.place + 1
        part = back.part
      } else {
        return false
      }
    }
    return pattern[part...].allSatisfy { $0 == .anything }
  }

  static func pattern(_ text: String) -> [Part] {
    var parts: [Part] = []
    var isEscaped = false
    for byte in text.lowercased().utf8 {
      switch byte {
      case _ where isEscaped:
        parts.append(.byte(byte))
        isEscaped = false
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "%"): parts.append(.anything)
      case UInt8(ascii: "_"): parts.append(.anyCharacter)
      default: parts.append(.byte(byte))
      }
    }
    return parts
  }

  /// A text without the backslashes that patterns keep.
  static func plain(_ text: String) -> String {
    var result = ""
    var isEscaped = false
    for character in text {
      if character == "\\", !isEscaped {
        isEscaped = true
      } else {
        result.append(character)
        isEscaped = false
      }
    }
    return result
  }
}
