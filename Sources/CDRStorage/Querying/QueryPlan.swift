import GRDB
import Primitives

/// The SELECT that finds the rows of a query in the order asked for, over the index that leaves the fewest.
///
/// SQLite keeps no figures of how often a value occurs, so the plan counts: for each condition with an index how many
/// rows meet it, up to a bound. Few are fetched and sorted. Where every condition is met by many, the rows are walked
/// in the order of their start, and the page asked for is full soon.
struct QueryPlan {
  /// So many rows are fetched and sorted in well under a tenth of a second.
  private static let fewRows = 20_000

  let sql: String
  let arguments: StatementArguments

  init(_ query: CDRQuery, in db: Database) throws {
    let start = try StartRange(query, in: db)
    let conditions = query.conditions
    let choice = try IndexChoice(conditions, start, fewRows: Self.fewRows, allowsScans: true, in: db)
    var terms: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    for (index, condition) in conditions.enumerated() {
      switch choice.way {
      case .run(index, _): terms.append("(" + condition.alternatives.map(\.indexed).joined() + ")")
      case .few(index):
        terms.append(condition.idsSQL(start))
        arguments += condition.idsArguments(start)
        continue
      case .run, .few, .start, .none: terms.append(condition.unindexedSQL)
      }
      arguments += condition.arguments
    }
    if start.isGiven {
      terms.append(start.sql)
      arguments += start.arguments
    }
    let direction = query.order == .newest ? "DESC" : "ASC"
    sql = """
      SELECT id, session_number, row_number FROM cdr \
      \(terms.isEmpty ? "" : "WHERE ")\(terms.joined(separator: " AND ")) \
      ORDER BY start_us \(direction), id \(direction)
      """
    self.arguments = StatementArguments(arguments)
  }
}
