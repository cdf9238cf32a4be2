import JSON

/// A function over the values of a column in COQL (documented: Query API of v4 and later; the names are in upper case
/// and nothing else is taken).
enum ZohoAggregate: String, Hashable, CaseIterable {
  case sum = "SUM"
  case maximum = "MAX"
  case minimum = "MIN"
  case average = "AVG"
  case count = "COUNT"

  /// Numbers alone are reckoned with. References and picklists are counted as well (documented), ids too (assumed of
  /// what everybody writes).
  func takes(_ kind: ZohoField.Kind) -> Bool {
    switch kind {
    case .integer, .double, .currency: true
    case .choice, .picklist, .reference, .relatedReference, .user, .identifier: self == .count
    case .text, .textArea, .email, .website, .phone, .fax, .boolean, .date, .dateTime, .duration, .moduleName, .tags:
      false
    }
  }

  /// Empty values do not count, and of no value at all there is a count alone (as in SQL, assumed).
  func value(of values: [JSONValue]) -> JSONValue {
    let present = values.filter { $0 != .null }
    if self == .count { return .integer(Int64(present.count)) }
    let numbers = present.compactMap { value in
      switch value {
      case .integer(let number): Double(number)
      case .number(let number), .decimal(let number, _): number
      case .null, .bool, .string, .array, .object: nil as Double?
      }
    }
    guard let least = numbers.min(), let greatest = numbers.max() else { return .null }
    let sum = numbers.reduce(0, +)
    return switch self {
    case .sum: Self.number(sum)
    case .maximum: Self.number(greatest)
    case .minimum: Self.number(least)
    case .average: Self.number(sum / Double(numbers.count))
    case .count: .integer(Int64(present.count))
    }
  }

  private static func number(_ number: Double) -> JSONValue {
    Int64(exactly: number).map { .integer($0) } ?? .number(number)
  }
}
