import JSON
import Primitives

extension SOQLReader {
  /// All joined by `AND`, or all by `OR`: both together take parentheses (documented).
  mutating func conditions(_ object: SalesforceObject) throws(SalesforceAPIError) -> SOQLCondition {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthMax else { throw .malformedQuery("the query nests too deeply") }
    var all: [SOQLCondition] = [try single(object)]
    if take("AND") {
      repeat { all.append(try single(object)) } while take("AND")
      guard take("OR") else { return .all(all) }
      guard isSloppy else { throw .malformedQuery("unexpected token: OR") }
      return .any([.all(all), try conditions(object)])
    }
    while take("OR") {
      all.append(try single(object))
      if take("AND") {
        guard isSloppy else { throw .malformedQuery("unexpected token: AND") }
        let last = all.removeLast()
        return .any(all + [.all([last, try conditions(object)])])
      }
    }
    return all.count == 1 ? all[0] : .any(all)
  }

  private mutating func single(_ object: SalesforceObject) throws(SalesforceAPIError) -> SOQLCondition {
    if take("NOT") {
      depth += 1
      defer { depth -= 1 }
      guard depth <= Self.depthMax else { throw .malformedQuery("the query nests too deeply") }
      return .not(try single(object))
    }
    if take(symbol: "(") {
      let condition = try conditions(object)
      guard take(symbol: ")") else { throw unexpected() }
      return condition
    }
    guard let name = takeWord() else { throw unexpected() }
    let field = try field(name, of: object)
    if take("LIKE") {
      guard case .text(let text) = takeKind() else { throw unexpected() }
      switch field.kind {
      case .text, .phone, .email, .picklist: return .like(field.name, SOQLCondition.pattern(text))
      case .id, .integer, .date, .dateTime, .boolean, .reference:
        throw SalesforceAPIError(400, "INVALID_OPERATION", "invalid operator on \(field.type) field")
      }
    }
    if take("IN") { return .among(field.name, try list(field)) }
    if take("NOT") {
      guard take("IN") else { throw unexpected() }
      return .not(.among(field.name, try list(field)))
    }
    guard case .symbol(let symbol) = takeKind() else { throw unexpected() }
    switch symbol {
    case "=": return .equal(field.name, try value(field))
    case "!=", "<>": return .not(.equal(field.name, try value(field)))
    default:
      guard let order = SOQLCondition.Order(rawValue: symbol) else { throw unexpected() }
      return .ordered(field.name, order, try value(field))
    }
  }

  /// Values alone: a query within the query is refused.
  private mutating func list(_ field: SalesforceField) throws(SalesforceAPIError) -> [JSONValue] {
    guard take(symbol: "("), !take("SELECT") else { throw unexpected() }
    var values: [JSONValue] = []
    repeat { values.append(try value(field)) } while take(symbol: ",")
    guard take(symbol: ")") else { throw unexpected() }
    return values
  }

  /// Texts stand in quotes and nothing else does (documented).
  private mutating func value(_ field: SalesforceField) throws(SalesforceAPIError) -> JSONValue {
    let token = takeKind()
    if case .word(let word) = token, word.lowercased() == "null" { return .null }
    let wrong = SalesforceAPIError(
      400, "INVALID_FIELD", "value of filter criterion for field '\(field.name)' must be of type \(field.type)")
    switch (field.kind, token) {
    case (.id, .text(let text)), (.reference, .text(let text)):
      guard let id = SalesforceID.whole(text) else {
        throw SalesforceAPIError(400, "INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: \(text.prefix(40))")
      }
      return .string(id)
    case (.text, .text(let text)), (.phone, .text(let text)), (.email, .text(let text)), (.picklist, .text(let text)):
      return .string(SOQLCondition.plain(text))
    case (.integer, .literal(let text)):
      guard let number = Int64(text) else { throw wrong }
      return .integer(number)
    case (.boolean, .word(let word)) where ["true", "false"].contains(word.lowercased()):
      return .bool(word.lowercased() == "true")
    case (.date, .literal(let text)):
      guard OffsetTimestamp(text + "T00:00:00Z") != nil else { throw wrong }
      return .string(text)
    case (.dateTime, .literal(let text)):
      guard let time = OffsetTimestamp(text) else { throw wrong }
      let instant = Instant(seconds: time.seconds)
      return .string(OffsetTimestamp(instant, utcOffsetSeconds: 0).description.prefix(19) + ".000+0000")
    case (_, nil), (_, .symbol): throw unexpected(before: 1)
    case (_, _): throw wrong
    }
  }
}
