/// A query, read: `select a,b from Module where … order by x limit n;`.
struct VtigerQuery {
  enum Columns: Hashable {
    case all
    case count
    case fields([String])
  }

  struct Order: Hashable {
    let field: String
    let isDescending: Bool
  }

  var columns = Columns.all
  var module = ""
  var condition: VtigerCondition?
  var order: [Order] = []
  var offset = 0
  /// The server's own where none is written (measured).
  var limit = 100

  /// Every field it names, but for the columns.
  var conditionFields: [String] { (condition?.fields ?? []) + order.map(\.field) }
}

/// Comparisons and what joins them, taken from left to right: neither `and` nor `or` binds tighter (measured).
struct VtigerCondition {
  indirect enum Node {
    case comparison(VtigerComparison)
    case group(VtigerCondition)
  }

  var first: Node
  var rest: [(isAnd: Bool, node: Node)] = []

  func holds(for record: VtigerRecord) -> Bool {
    var result = Self.holds(first, record)
    for (isAnd, node) in rest where isAnd == result { result = Self.holds(node, record) }
    return result
  }

  var fields: [String] {
    ([first] + rest.map(\.node)).flatMap { node in
      switch node {
      case .comparison(let comparison): [comparison.field]
      case .group(let condition): condition.fields
      }
    }
  }

  private static func holds(_ node: Node, _ record: VtigerRecord) -> Bool {
    switch node {
    case .comparison(let comparison): comparison.holds(for: record)
    case .group(let condition): condition.holds(for: record)
    }
  }
}
