/// A condition of SQL over the columns of one table.
indirect enum SugarCondition {
  case every([SugarCondition])
  case any([SugarCondition])
  case not(SugarCondition)
  case compare(column: String, Comparison, Literal)
  case among(column: String, [Literal])
  case like(column: String, SugarPattern)
  case matches(column: String, SugarExpression)
  /// A value that is not set: the database has NULL there.
  case isUnset(column: String)
  case constant(Bool)

  enum Comparison {
    case equal, unequal, less, lessOrEqual, greater, greaterOrEqual
  }

  enum Literal {
    case text(String)
    /// MariaDB compares numbers with texts as numbers (measured on the family's database).
    case number(Double)
  }

  func holds(for record: SugarRecord) -> Bool {
    switch self {
    case .every(let conditions): conditions.allSatisfy { $0.holds(for: record) }
    case .any(let conditions): conditions.contains { $0.holds(for: record) }
    case .not(let condition): !condition.holds(for: record)
    case .compare(let column, let comparison, let literal): Self.holds(record[column], comparison, literal)
    case .among(let column, let literals): literals.contains { Self.holds(record[column], .equal, $0) }
    case .like(let column, let pattern): pattern.matches(record[column])
    case .matches(let column, let expression): expression.isFound(in: record[column])
    case .isUnset(let column): record[column].isEmpty
    case .constant(let value): value
    }
  }

  private static func holds(_ value: String, _ comparison: Comparison, _ literal: Literal) -> Bool {
    switch literal {
    case .text(let text):
      let (left, right) = (value.lowercased(), text.lowercased())
      return holds(comparison, isLess: left < right, isEqual: left == right)
    case .number(let number):
      let left = leadingNumber(of: value)
      return holds(comparison, isLess: left < number, isEqual: left == number)
    }
  }

  private static func holds(_ comparison: Comparison, isLess: Bool, isEqual: Bool) -> Bool {
    switch comparison {
    case .equal: isEqual
    case .unequal: !isEqual
    case .less: isLess
    case .lessOrEqual: isLess || isEqual
    case .greater: !isLess && !isEqual
    case .greaterOrEqual: !isLess
    }
  }

  private static func leadingNumber(of text: String) -> Double {
    let trimmed = text.drop { $0 == " " }
    let sign = trimmed.prefix(1) == "-" || trimmed.prefix(1) == "+" ? trimmed.prefix(1) : ""
    var seenPoint = false
    let digits = trimmed.dropFirst(sign.count).prefix { character in
      if character == ".", !seenPoint {
        seenPoint = true
        return true
      }
      return ("0"..."9").contains(character)
    }
    return Double(sign + digits) ?? 0
  }
}

/// A pattern of `like`: `%` stands for anything, `_` for one character, a backslash takes either as it is; letters
/// match in either case.
struct SugarPattern {
  private enum Part: Equatable {
    case anything
    case one
    case byte(UInt8)
  }
  private let parts: [Part]

  init(_ text: String) {
    var parts: [Part] = []
    var isEscaped = false
    for byte in text.lowercased().utf8 {
      switch byte {
      case UInt8(ascii: "\\") where !isEscaped:
        isEscaped = true
        continue
      case UInt8(ascii: "%") where !isEscaped: if parts.last != .anything { parts.append(.anything) }
      case UInt8(ascii: "_") where !isEscaped: parts.append(.one)
      case _: parts.append(.byte(byte))
      }
      isEscaped = false
    }
    self.parts = parts
  }

  func matches(_ text: String) -> Bool {
    var text = text
    // Most texts are numbers and names without accents: no copy is made of them.
    let plain = text.withUTF8 { bytes in bytes.allSatisfy { $0 < 128 } ? matches(bytes) : nil }
    if let plain { return plain }
    text = text.lowercased()
    return text.withUTF8 { matches($0) }
  }

  private func matches(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var (at, part) = (0, 0)
    var retry: (at: Int, part: Int)?
    while at < bytes.count {
      if part < parts.count, parts[part] == .anything {
        retry = (at, part)
        part += 1
      } else if part < parts.count, Self.accepts(parts[part], bytes[at]) {
        at += 1
        part += 1
      } else if let last = retry {
        at = last.at + 1
        part = last.part + 1
        retry = (at, last.part)
      } else {
        return false
      }
    }
    return parts.dropFirst(part).allSatisfy { $0 == .anything }
  }

  private static func accepts(_ part: Part, _ byte: UInt8) -> Bool {
    switch part {
    case .one: true
    case .byte(let own): own == byte || ((65...90).contains(byte) && own == byte | 0x20)
    case .anything: false
    }
  }
}
