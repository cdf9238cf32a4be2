import GRDB
import Primitives

/// By which index the rows of a query are best had.
struct IndexChoice {
  enum Way: Hashable {
    /// The condition at this place leaves few rows, wherever they lie.
    case few(Int)
    /// The rows of the one value at this place lie in one run, in the order of their start; few, or many.
    case run(Int, isFew: Bool)
    /// The bounds of the start leave the fewest, and few.
    case start
    /// Every index leaves many.
    case none
  }

  let way: Way

  /// - Parameters:
  ///   - fewRows: no more than these are counted of any condition.
  ///   - allowsScans: whether an index may be gone through from end to end, which a pattern that begins with a wildcard
  ///     takes.
  init(
    _ conditions: [QueryCondition], _ start: StartRange, fewRows: Int, allowsScans: Bool, in db: Database
  ) throws {
    let known = try RowIndexes.names(in: db)
    var best: (condition: Int, rows: Int, isRun: Bool)?
    for (place, condition) in conditions.enumerated() {
      guard let indexes = condition.indexes, indexes.isSubset(of: known),
        allowsScans || !condition.alternatives.contains(where: \.isScan)
      else { continue }
      let rows = try Self.count(condition, start, upTo: fewRows, in: db)
      let isRun = condition.alternatives.count == 1 && condition.alternatives.allSatisfy(\.isEquality)
      if rows < (best?.rows ?? .max) { best = (place, rows, isRun) }
    }
    if let candidate = best, candidate.rows >= fewRows, !candidate.isRun { best = nil }
    if start.isGiven {
      let rows = try Self.count(start.sql, start.arguments, upTo: fewRows, in: db)
      if rows < min(best?.rows ?? .max, fewRows) {
        way = .start
        return
      }
    }
    way =
      best.map { best in
        best.isRun ? .run(best.condition, isFew: best.rows < fewRows) : .few(best.condition)
      } ?? .none
  }

  private static func count(
    _ condition: QueryCondition, _ start: StartRange, upTo most: Int, in db: Database
  ) throws -> Int {
    var rows = 0
    for alternative in condition.alternatives where rows < most {
      rows += try count(
        alternative.narrowed(start), alternative.narrowedArguments(start), upTo: most - rows, in: db)
    }
    return rows
  }

  private static func count(
    _ sql: String, _ arguments: [any DatabaseValueConvertible], upTo limit: Int, in db: Database
  ) throws -> Int {
    try Int.fetchOne(
      db, sql: "SELECT count(*) FROM (SELECT 1 FROM cdr WHERE \(sql) LIMIT \(limit))",
      arguments: StatementArguments(arguments)) ?? 0
  }
}

/// The bounds of a query's start in SQL: those asked for, and those that follow from bounds of the end, because no call
/// is longer than the longest.
struct StartRange {
  private(set) var sql = ""
  /// The same, keeping every index out.
  private(set) var unindexedSQL = ""
  private(set) var arguments: [Int64] = []
  var isGiven: Bool { !arguments.isEmpty }

  init(_ query: CDRQuery, in db: Database) throws {
    var from = query.startingFrom?.microsecondsRoundedUp
    var before = query.startingBefore?.microsecondsRoundedUp
    if let lengths = try Self.lengths(of: query, in: db) {
      let ending = (
        from: query.endingFrom.flatMap { Self.difference($0, lengths.upperBound) },
        before: query.endingBefore.flatMap { Self.difference($0, lengths.lowerBound) }
      )
      from = [from, ending.from].compactMap(\.self).max()
      before = [before, ending.before].compactMap(\.self).min()
    }
    var terms: [String] = []
    if let from {
      terms.append("start_us >= ?")
      arguments.append(from)
    }
    if let before {
      terms.append("start_us < ?")
      arguments.append(before)
    }
    sql = terms.joined(separator: " AND ")
    unindexedSQL = terms.map { "+" + $0 }.joined(separator: " AND ")
  }

  /// The shortest and the longest row in microseconds; nil where nobody asks for ends, or an index does not tell.
  private static func lengths(of query: CDRQuery, in db: Database) throws -> ClosedRange<Int64>? {
    guard query.endingFrom != nil || query.endingBefore != nil,
      try RowIndexes.names(in: db).contains("cdr_by_length")
    else { return nil }
    let sql = "SELECT (SELECT min(end_us - start_us) FROM cdr), (SELECT max(end_us - start_us) FROM cdr)"
    guard let row = try Row.fetchOne(db, sql: sql), let least: Int64 = row[0], let most: Int64 = row[1], least <= most
    else { return nil }
    return least...most
  }

  /// nil where it is no number of 64 bits.
  private static func difference(_ end: Instant, _ length: Int64) -> Int64? {
    let (start, overflow) = end.microsecondsRoundedUp.subtractingReportingOverflow(length)
    return overflow ? nil : start
  }
}
