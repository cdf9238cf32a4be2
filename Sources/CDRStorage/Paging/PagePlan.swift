import Foundation
import GRDB

/// The SELECT that walks the rows of one page: `id`, `session_number`, `row_number`, and whether the row matches.
///
/// Few rows that one condition leaves are fetched and sorted. Where every condition leaves many, rows are walked in the
/// order asked for, and each says of itself whether it matches: so the walk can end at any row and go on from there.
struct PagePlan {
  /// So many rows are fetched and sorted in about 20 ms (measured, one million rows).
  static let fewRows = 4000

  private static let costOfScatteredRow = 3

  let sql: String
  let arguments: StatementArguments
  /// What looking at one row costs, 1 for rows that lie beside one another.
  let rowCost: Int
  /// Whether a row of the same session, which the ids tell, comes before this one in the order and matches too.
  let earlierSQL: String
  let earlierArguments: [any DatabaseValueConvertible]
  let order: PageOrder

  init(_ request: CDRPageRequest, in db: Database) throws {
    let order = PageOrder(request)
    let start = try StartRange(request.query, in: db)
    let conditions = request.query.conditions
    let choice = try IndexChoice(conditions, start, fewRows: Self.fewRows, allowsScans: request.allowsScans, in: db)
    var matching: [String] = []
    var matchingArguments: [any DatabaseValueConvertible] = []
    for condition in conditions {
      matching.append(condition.unindexedSQL)
      matchingArguments += condition.arguments
    }
    if start.isGiven {
      matching.append(start.unindexedSQL)
      matchingArguments += start.arguments
    }
    // As a value an AND looks at both of its sides; as a condition it ends at the first that is not met.
    let match = matching.isEmpty ? "1" : "CASE WHEN \(matching.joined(separator: " AND ")) THEN 1 ELSE 0 END"
    var terms: [String] = []
    var arguments = matchingArguments
    var keepsIndexesOut = true
    var rowCost = 1
    switch choice.way {
    case .few(let place):
      terms.append(conditions[place].idsSQL(start))
      arguments += conditions[place].idsArguments(start)
    case .run(let place, isFew: true) where request.sort != .start:
      terms.append(conditions[place].idsSQL(start))
      arguments += conditions[place].idsArguments(start)
    case .start:
      terms.append(start.sql)
      arguments += start.arguments
      keepsIndexesOut = request.sort != .start
    case .run(let place, _) where request.sort == .start:
      terms.append("(" + conditions[place].alternatives.map(\.indexed).joined() + ")")
      arguments += conditions[place].arguments
      if start.isGiven {
        terms.append(start.sql)
        arguments += start.arguments
      }
      keepsIndexesOut = false
      rowCost = Self.costOfScatteredRow
    case .run, .none:
      if start.isGiven, request.sort == .start {
        terms.append(start.sql)
        arguments += start.arguments
      }
      keepsIndexesOut = false
      if request.sort != .start { rowCost = Self.costOfScatteredRow }
    }
    self.rowCost = rowCost
    if let cursor = request.cursor {
      terms.append(order.sql(isBefore: request.isBefore, plus: keepsIndexesOut))
      arguments += try order.arguments(row: cursor, in: db)
    }
    sql = """
      SELECT id, session_number, row_number, \(match) FROM cdr \
      \(terms.isEmpty ? "" : "WHERE ")\(terms.joined(separator: " AND ")) \
      ORDER BY \(order.terms(isBackwards: request.isBefore, plus: keepsIndexesOut))
      """
    self.arguments = StatementArguments(arguments)
    earlierSQL = """
      SELECT 1 FROM cdr WHERE id >= ? AND id < ? AND \(match) AND \(order.sql(isBefore: true, plus: true)) LIMIT 1
      """
    earlierArguments = matchingArguments
    self.order = order
  }
}

/// The order of a page's rows in SQL.
struct PageOrder {
  private let columns: [String]
  private let isDescending: Bool

  init(_ request: CDRPageRequest) {
    columns = (request.sort.column.map { [$0] } ?? []) + ["start_us", "id"]
    isDescending = request.query.order == .newest
  }

  /// Which rows come before or behind the row of one id, in the forward order.
  ///
  /// - Parameter plus: keeps every index out.
  func sql(isBefore: Bool, plus: Bool) -> String {
    // A value that says what it is lets an index serve more than its first column; one of a subquery does not.
    let values = columns.map { Self.isText($0) ? "CAST(? AS TEXT)" : "?" }
    return "(\(list(plus: plus))) \(isBefore == isDescending ? ">" : "<") (\(values.joined(separator: ", ")))"
  }

  /// Where a row stands; nothing is before or behind one that is not there.
  ///
  /// Texts as bytes, because GRDB binds a string only up to its first NUL.
  func arguments(row: Int64, in db: Database) throws -> [any DatabaseValueConvertible] {
    let selected = columns.map { Self.isText($0) ? "CAST(\($0) AS BLOB)" : $0 }.joined(separator: ", ")
    let found = try Row.fetchOne(db, sql: "SELECT \(selected) FROM cdr WHERE id = ?", arguments: [row])
    return columns.indices.map { place in
      let value: DatabaseValue = found?[place] ?? .null
      return Self.isText(columns[place]) && value.isNull ? Data() : value
    }
  }

  private static func isText(_ column: String) -> Bool {
    column != "start_us" && column != "id" && column != "billsec"
  }

  func terms(isBackwards: Bool, plus: Bool) -> String {
    let word = isDescending == isBackwards ? "ASC" : "DESC"
    return columns.map { "\(plus ? "+" : "")\($0) \(word)" }.joined(separator: ", ")
  }

  private func list(plus: Bool) -> String { columns.map { (plus ? "+" : "") + $0 }.joined(separator: ", ") }
}
