import JSON

extension VtigerCloud {
  /// The rows of a query, and how many records there are without its limit.
  func runQuery(_ text: String) throws(VtigerError) -> (rows: [JSONValue], total: Int) {
    var reader = VtigerQueryReader(text, isSloppy: settings.manner == .sloppy)
    let query = try reader.read()
    let module = try module(named: query.module)
    let known = names(of: module) + ["id"]
    let columns: [String] =
      switch query.columns {
      case .all: known
      case .count: []
      case .fields(let fields): fields
      }
    // An unknown field is access denied (measured).
    for field in columns + query.conditionFields where !known.contains(field) {
      throw .accessDenied("Permission to access '\(field)' attribute denied.")
    }
    let needed = query.condition?.neededDigits(in: module)
    var found = needed.map { records.all(in: module, having: $0) } ?? allRecords(in: module)
    if let condition = query.condition { found = found.filter { condition.holds(for: $0) } }
    if query.columns == .count { return ([["count": .string(String(found.count))]], found.count) }
    if !query.order.isEmpty { found = Self.sorted(found, by: query.order) }
    let page = found.dropFirst(query.offset).prefix(query.limit)
    return (page.map { $0.json(columns) }, found.count)
  }

  /// Equal ones stay in the order they came into being.
  private static func sorted(_ records: [VtigerRecord], by order: [VtigerQuery.Order]) -> [VtigerRecord] {
    records.enumerated().sorted { left, right in
      for term in order {
        let texts = (
          VtigerComparison.folded(left.element[term.field]), VtigerComparison.folded(right.element[term.field])
        )
        if texts.0 != texts.1 { return (texts.0 < texts.1) != term.isDescending }
      }
      return left.offset < right.offset
    }.map(\.element)
  }
}
