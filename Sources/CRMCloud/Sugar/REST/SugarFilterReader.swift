import JSON

/// Reads a filter of the REST API: a list of terms that all hold, `$or` and `$and` within (documented form, operators
/// recalled).
enum SugarFilterReader {
  static func read(_ filter: JSONValue, of module: SugarModule) throws(SugarRESTError) -> SugarCondition {
    try conjunction(filter, module, depth: 0)
  }

  private static func conjunction(
    _ filter: JSONValue, _ module: SugarModule, depth: Int
  ) throws(SugarRESTError) -> SugarCondition {
    .every(try terms(filter, module, depth: depth))
  }

  private static func terms(
    _ filter: JSONValue, _ module: SugarModule, depth: Int
  ) throws(SugarRESTError) -> [SugarCondition] {
    guard depth <= 16 else { throw .invalidParameter }
    var conditions: [SugarCondition] = []
    for element in filter.array ?? [filter] {
      guard let members = element.members else { throw .invalidParameter }
      for member in members {
        switch member.name {
        case "$or": conditions.append(.any(try terms(member.value, module, depth: depth + 1)))
        case "$and": conditions.append(try conjunction(member.value, module, depth: depth + 1))
        case let name:
          guard let field = module.field(name) else { throw .invalidParameter }
          conditions += try comparisons(member.value, field.name)
        }
      }
    }
    return conditions
  }

  private static func comparisons(_ value: JSONValue, _ field: String) throws(SugarRESTError) -> [SugarCondition] {
    guard let members = value.members else {
      guard let text = value.phpText else { throw .invalidParameter }
      return [.compare(column: field, .equal, .text(text))]
    }
    var conditions: [SugarCondition] = []
    for member in members {
      switch member.name {
      case "$in", "$not_in":
        let texts = (member.value.array ?? []).compactMap(\.phpText).map { SugarCondition.Literal.text($0) }
        let among = SugarCondition.among(column: field, texts)
        conditions.append(member.name == "$in" ? among : .not(among))
      case let name:
        guard let text = member.value.phpText else { throw .invalidParameter }
        conditions.append(try comparison(name, text, field))
      }
    }
    return conditions
  }

  private static func comparison(
    _ name: String, _ text: String, _ field: String
  ) throws(SugarRESTError) -> SugarCondition {
    switch name {
    case "$equals": .compare(column: field, .equal, .text(text))
    case "$not_equals": .compare(column: field, .unequal, .text(text))
    case "$lt": .compare(column: field, .less, .text(text))
    case "$lte": .compare(column: field, .lessOrEqual, .text(text))
    case "$gt": .compare(column: field, .greater, .text(text))
    case "$gte": .compare(column: field, .greaterOrEqual, .text(text))
    case "$contains": .like(column: field, SugarPattern(literal: text, before: true, behind: true))
    case "$starts": .like(column: field, SugarPattern(literal: text, before: false, behind: true))
    case "$ends": .like(column: field, SugarPattern(literal: text, before: true, behind: false))
    case "$is_null": .isUnset(column: field)
    case "$not_null": .not(.isUnset(column: field))
    case _: throw .invalidParameter
    }
  }
}

extension SugarPattern {
  /// The text as it is, with anything before or behind it.
  init(literal text: String, before: Bool, behind: Bool) {
    let escaped = text.map { "%_\\".contains($0) ? "\\" + String($0) : String($0) }.joined()
    self.init((before ? "%" : "") + escaped + (behind ? "%" : ""))
  }
}
