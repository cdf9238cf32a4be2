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
    let start = StartRange(query)
    let conditions = query.conditions
    var best: (condition: Int, rows: Int, isEquality: Bool)?
    for (index, condition) in conditions.enumerated() where condition.hasIndex {
      let rows = try Self.count(condition, start, in: db)
      let isEquality = condition.alternatives.count == 1 && condition.alternatives.allSatisfy(\.isEquality)
      if rows < (best?.rows ?? .max) { best = (index, rows, isEquality) }
    }
    if let candidate = best, candidate.rows >= Self.fewRows, !candidate.isEquality { best = nil }
    if let candidate = best, start.isGiven, try Self.count(start, in: db) < candidate.rows { best = nil }

    var terms: [String] = []
    var arguments: [any DatabaseValueConvertible] = []
    for (index, condition) in conditions.enumerated() {
      switch best {
      case (index, _, true)?: terms.append("(" + condition.alternatives.map(\.indexed).joined() + ")")
      case (index, _, false)?:
        let parts = condition.alternatives.map { "SELECT id FROM cdr WHERE \($0.indexed)" }
        terms.append("id IN (\(parts.joined(separator: " UNION ALL ")))")
      default: terms.append(condition.unindexedSQL)
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

  private struct StartRange {
    var sql = ""
    var arguments: [Int64] = []
    var isGiven: Bool { !arguments.isEmpty }

    init(_ query: CDRQuery) {
      var terms: [String] = []
      if let from = query.startingFrom {
        terms.append("start_us >= ?")
        arguments.append(from.microsecondsRoundedUp)
      }
      if let before = query.startingBefore {
        terms.append("start_us < ?")
        arguments.append(before.microsecondsRoundedUp)
      }
      sql = terms.joined(separator: " AND ")
    }
  }

  private static func count(_ condition: QueryCondition, _ start: StartRange, in db: Database) throws -> Int {
    var rows = 0
    for alternative in condition.alternatives where rows < fewRows {
      // Beside anything but one value the start would keep the index from holding all that is asked.
      let isNarrowed = alternative.isEquality && start.isGiven
      let sql = alternative.indexed + (isNarrowed ? " AND \(start.sql)" : "")
      let arguments = alternative.arguments + (isNarrowed ? start.arguments : [])
      rows += try count(sql, arguments, upTo: fewRows - rows, in: db)
    }
    return rows
  }

  private static func count(_ start: StartRange, in db: Database) throws -> Int {
    try count(start.sql, start.arguments, upTo: fewRows, in: db)
  }

  private static func count(
    _ sql: String, _ arguments: [any DatabaseValueConvertible], upTo limit: Int, in db: Database
  ) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM (SELECT 1 FROM cdr WHERE \(sql) LIMIT \(limit))",
      arguments: StatementArguments(arguments)) ?? 0
  }
}
