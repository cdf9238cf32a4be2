import JSON

/// A query as read.
struct SOQLQuery {
  struct Order {
    let field: String
    let isDescending: Bool
    let nullsLast: Bool
  }

  let object: SalesforceObject
  /// By the fields' own names; nil for `count()`.
  let fields: [String]?
  let condition: SOQLCondition?
  let orders: [Order]
  let limit: Int?
  let offset: Int

  /// The records in their order, `limit` and `offset` applied.
  func records(of store: SalesforceStore) -> [SalesforceRecord] {
    var found = store.all(object)
    if let condition { found = found.filter { condition.holds(for: $0) } }
    for order in orders.reversed() { found = Self.sorted(found, by: order) }
    return Array(found.dropFirst(offset).prefix(limit ?? found.count))
  }

  /// Empty values first unless it is said otherwise (documented).
  private static func sorted(_ records: [SalesforceRecord], by order: Order) -> [SalesforceRecord] {
    let keyed = records.enumerated().map { (place: $0.offset, record: $0.element, value: $0.element[order.field]) }
    return keyed.sorted { left, right in
      switch (left.value == .null, right.value == .null) {
      case (true, true): return left.place < right.place
      case (true, false): return !order.nullsLast
      case (false, true): return order.nullsLast
      case (false, false): break
      }
      let comparison = SOQLCondition.compare(left.value, right.value)
      if comparison == 0 { return left.place < right.place }
      return (comparison < 0) != order.isDescending
    }.map(\.record)
  }
}

/// A query whose next page may be asked for.
struct SalesforceOpenQuery: Codable {
  let object: SalesforceObject
  let fields: [String]
  /// What is left, and how much there was.
  let rest: [String]
  let total: Int
}
