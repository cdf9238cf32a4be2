import JSON
import Primitives

/// Reads SOQL: `SELECT … FROM … WHERE … ORDER BY … LIMIT … OFFSET …` over one object.
///
/// Left out, and refused as the server refuses what it cannot read: queries within queries, fields of related records,
/// grouping, functions but `COUNT()`.
struct SOQLReader {
  let tokens: [SOQLToken]
  var position = 0
  var depth = 0
  let isSloppy: Bool

  static let depthMax = 20

  /// - Parameter isSloppy: whether `AND` and `OR` may stand beside each other without parentheses.
  init(_ text: some StringProtocol, isSloppy: Bool) throws(SalesforceAPIError) {
    tokens = try SOQLToken.read(text)
    self.isSloppy = isSloppy
  }

  mutating func query() throws(SalesforceAPIError) -> SOQLQuery {
    try expect("SELECT")
    let names = try selection()
    try expect("FROM")
    guard let name = takeWord() else { throw unexpected() }
    guard let object = SalesforceObject(named: name) else { throw .noSuchType(name) }
    // An alias stands in front of fields; nobody needs one here.
    var condition: SOQLCondition?
    if take("WHERE") { condition = try conditions(object) }
    let orders = try orders(object)
    let limit = try take("LIMIT") ? number() : nil
    let offset = try take("OFFSET") ? number() : 0
    // Documented.
    guard offset <= 2000 else {
      throw SalesforceAPIError(400, "NUMBER_OUTSIDE_VALID_RANGE", "Maximum SOQL offset allowed is 2000")
    }
    guard position == tokens.count else { throw unexpected() }
    let fields = try names.map { names throws(SalesforceAPIError) in
      try names.map { name throws(SalesforceAPIError) in try field(name, of: object).name }
    }
    return SOQLQuery(
      object: object, fields: fields, condition: condition, orders: orders, limit: limit, offset: offset)
  }

  /// The conditions of a `WHERE` within a search, up to the end of the tokens.
  mutating func wholeCondition(_ object: SalesforceObject) throws(SalesforceAPIError) -> SOQLCondition {
    let condition = try conditions(object)
    guard position == tokens.count else { throw unexpected() }
    return condition
  }

  /// nil for `COUNT()`.
  private mutating func selection() throws(SalesforceAPIError) -> [String]? {
    var names: [String] = []
    repeat {
      guard let name = takeWord() else { throw unexpected() }
      if name.lowercased() == "count", names.isEmpty, take(symbol: "(") {
        guard take(symbol: ")") else { throw unexpected() }
        return nil
      }
      names.append(name)
    } while take(symbol: ",")
    return names
  }

  func field(_ name: String, of object: SalesforceObject) throws(SalesforceAPIError) -> SalesforceField {
    guard let field = object.field(name) else { throw .noSuchField(name, of: object) }
    return field
  }

  private mutating func orders(_ object: SalesforceObject) throws(SalesforceAPIError) -> [SOQLQuery.Order] {
    guard take("ORDER") else { return [] }
    try expect("BY")
    var orders: [SOQLQuery.Order] = []
    repeat {
      guard let name = takeWord() else { throw unexpected() }
      let field = try field(name, of: object)
      let isDescending = take("DESC")
      if !isDescending { _ = take("ASC") }
      var nullsLast = false
      if take("NULLS") {
        nullsLast = take("LAST")
        if !nullsLast { try expect("FIRST") }
      }
      orders.append(.init(field: field.name, isDescending: isDescending, nullsLast: nullsLast))
    } while take(symbol: ",")
    return orders
  }

  private mutating func number() throws(SalesforceAPIError) -> Int {
    guard case .literal(let text) = takeKind(), text.isDigits(1...9), let number = Int(text) else {
      throw unexpected(before: 1)
    }
    return number
  }
}
