import CloudPages

/// What the page of one record shows.
struct RecordSheet {
  let title: String
  /// In the order shown; those without a value are left out.
  let facts: [PageFact]
  /// The calls logged with the record, oldest first.
  let calls: CallList

  /// Calls by what the CRM keeps of them.
  struct CallList {
    let columns: [String]
    /// Each with as many texts as there are columns.
    let rows: [[String]]
  }

  /// The record's fields, then the last ten of its calls.
  var blocks: [PageBlock] {
    let shown = PageBlock.facts(facts.filter { !$0.value.isEmpty })
    guard !calls.rows.isEmpty else { return [shown] }
    let count = calls.rows.count
    let table = PageTable(
      id: "related-calls", caption: count > 10 ? "The last 10 of \(count)" : "\(count) in all", columns: calls.columns,
      rows: calls.rows.suffix(10).reversed().map { $0.map { .text($0) } }, emptyText: "")
    return [shown, .section(id: "list-calls", title: "Calls", [.table(table)])]
  }
}
