/// How a term of a condition compares. Names in criteria and in which versions they work are documented.
enum ZohoOperator: String, Hashable, CaseIterable {
  case equals
  case notEqual = "not_equal"
  case startsWith = "starts_with"
  case contains
  case isIn = "in"
  case notIn = "not_in"
  case between
  case notBetween = "not_between"
  case greater = "greater_than"
  case greaterOrEqual = "greater_equal"
  case less = "less_than"
  case lessOrEqual = "less_equal"
  /// `%` for any text; COQL alone.
  case like
  case notLike = "not_like"
  case isNull = "is_null"
  case isNotNull = "is_not_null"

  /// The operator of this name in criteria of a version; `contains` and what follows COQL's words is not theirs.
  init?(criteria name: String, _ version: ZohoAPIVersion) {
    guard let found = ZohoOperator(rawValue: name), ![.contains, .like, .notLike, .isNull, .isNotNull].contains(found),
      version.hasAllOperators || found == .equals || found == .startsWith
    else { return nil }
    self = found
  }

  /// How many values it takes (`in` up to 100, documented).
  var operands: ClosedRange<Int> {
    switch self {
    case .equals, .notEqual, .startsWith, .contains, .greater, .greaterOrEqual, .less, .lessOrEqual, .like, .notLike:
      1...1
    case .isIn, .notIn: 1...100
    case .between, .notBetween: 2...2
    case .isNull, .isNotNull: 0...0
    }
  }

  /// What it says no to; nil for an operator that says yes.
  var negated: ZohoOperator? {
    switch self {
    case .notEqual: .equals
    case .notIn: .isIn
    case .notBetween: .between
    case .notLike: .like
    case .isNotNull: .isNull
    case .equals, .startsWith, .contains, .isIn, .between, .greater, .greaterOrEqual, .less, .lessOrEqual, .like,
      .isNull:
      nil
    }
  }
}
