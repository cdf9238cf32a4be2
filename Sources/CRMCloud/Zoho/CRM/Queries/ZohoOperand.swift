import JSON
import Primitives

/// A value that a term compares with, in the field's own kind.
enum ZohoOperand: Hashable {
  case null
  case text(String)
  case number(Double)
  case flag(Bool)
  /// Seconds since 1970.
  case time(Int64)

  /// nil if a field of this kind cannot have such a value.
  init?(_ text: String, for kind: ZohoField.Kind) {
    guard text.utf8.count != 4 || text.lowercased() != "null" else {
      self = .null
      return
    }
    switch kind {
    case .integer, .double, .currency:
      guard let number = Double(text), number.isFinite else { return nil }
      self = .number(number)
    case .boolean:
      guard text == "true" || text == "false" else { return nil }
      self = .flag(text == "true")
    case .dateTime:
      guard let time = OffsetTimestamp(text) else { return nil }
      self = .time(time.seconds)
    case .date:
      guard let time = OffsetTimestamp(text + "T00:00:00Z") else { return nil }
      self = .time(time.seconds)
    case .text, .textArea, .email, .website, .phone, .fax, .duration, .choice, .picklist, .reference, .relatedReference,
      .moduleName, .user, .identifier, .tags:
      self = .text(text)
    }
  }

  /// A record's value as one, nil for an empty one or another kind.
  init?(_ value: JSONValue, for kind: ZohoField.Kind) {
    switch value {
    case .string(let text): self.init(text, for: kind)
    case .integer(let number): self = .number(Double(number))
    case .number(let number), .decimal(let number, _): self = .number(number)
    case .bool(let flag): self = .flag(flag)
    case .null, .array, .object: return nil
    }
  }

  var text: String {
    switch self {
    case .null: "null"
    case .text(let text): text
    case .number(let number): number.description
    case .flag(let flag): flag ? "true" : "false"
    case .time(let seconds): OffsetTimestamp(Instant(seconds: seconds), utcOffsetSeconds: 0).description
    }
  }

  /// Upper and lower case are the same (assumed of a database's usual order). nil for values of two kinds.
  func isLess(than other: ZohoOperand) -> Bool? {
    switch (self, other) {
    case (.number(let left), .number(let right)): left < right
    case (.time(let left), .time(let right)): left < right
    case (.text(let left), .text(let right)): left.lowercased() < right.lowercased()
    case (_, _): nil
    }
  }

  func isSame(as other: ZohoOperand) -> Bool {
    switch (self, other) {
    case (.text(let left), .text(let right)): left.isSame(ignoringCase: right)
    case (_, _): self == other
    }
  }
}

extension ZohoTerm {
  /// Whether a value satisfies the term. A reference does by its id or its name.
  func isSatisfied(by value: JSONValue?) -> Bool {
    if let positive = comparison.negated {
      // An empty field satisfies no comparison but those with null (as in SQL, assumed).
      let isEmpty = Self.isEmpty(value)
      if isEmpty, comparison != .isNotNull, !operands.contains(.null) { return comparison == .notEqual }
      return !isSatisfied(positive, by: value)
    }
    return isSatisfied(comparison, by: value)
  }

  private func isSatisfied(_ comparison: ZohoOperator, by value: JSONValue?) -> Bool {
    if comparison == .isNull { return Self.isEmpty(value) }
    guard let value, !Self.isEmpty(value) else { return operands.contains(.null) }
    guard case .object = value else {
      return ZohoOperand(value, for: path.last.kind).map { compare(comparison, $0) } ?? false
    }
    return ["id", "name"].contains { member in
      value[member]?.string.map { compare(comparison, .text($0)) } ?? false
    }
  }

  private func compare(_ comparison: ZohoOperator, _ found: ZohoOperand) -> Bool {
    guard let first = operands.first, let last = operands.last else { return false }
    switch comparison {
    case .equals: return found.isSame(as: first)
    case .isIn: return operands.contains { found.isSame(as: $0) }
    case .startsWith: return found.text.lowercased().hasPrefix(first.text.lowercased())
    case .contains: return ZohoTextSearch(first.text).isIn(found.text)
    case .like: return ZohoLikePattern(first.text).matches(found.text)
    case .less: return found.isLess(than: first) ?? false
    case .lessOrEqual: return first.isLess(than: found).map { !$0 } ?? false
    case .greater: return first.isLess(than: found) ?? false
    case .greaterOrEqual: return found.isLess(than: first).map { !$0 } ?? false
    case .between:
      return !(found.isLess(than: first) ?? true) && !(last.isLess(than: found) ?? true)
    case .notEqual, .notIn, .notBetween, .notLike, .isNull, .isNotNull: return false
    }
  }

  private static func isEmpty(_ value: JSONValue?) -> Bool {
    switch value {
    case nil, .null: true
    case .string(let text): text.isEmpty
    case .bool, .integer, .decimal, .number, .array, .object: false
    }
  }
}

extension String {
  /// Whether both are the same but for upper and lower case.
  fileprivate func isSame(ignoringCase other: String) -> Bool {
    if self == other { return true }
    // Most pairs differ in length or are ASCII, and need no text made of either.
    let (left, right) = (utf8, other.utf8)
    guard left.allSatisfy({ $0 < 128 }), right.allSatisfy({ $0 < 128 }) else {
      return lowercased() == other.lowercased()
    }
    guard left.count == right.count else { return false }
    return zip(left, right).allSatisfy { $0 == $1 || ($0 ^ $1 == 0x20 && (97...122).contains($0 | 0x20)) }
  }
}
