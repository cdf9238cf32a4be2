import GRDB
public import PBXModel
public import Primitives

/// What the rows that are there mean for an appliance that goes on behind them.
public struct StoredRows: Hashable, Sendable {
  /// `AcctId` of the last row.
  public var lastAcctID: Int
  /// When that row began.
  public var lastStart: Instant
  /// The number of the last call, in the order of rows.
  public var lastCall: Int64
  /// Rows by the quarter of an hour in which their call's last row began.
  public var quarters: [(start: Instant, rows: Int)]

  /// Whether all is the same.
  public static func == (left: StoredRows, right: StoredRows) -> Bool {
    left.lastAcctID == right.lastAcctID && left.lastStart == right.lastStart && left.lastCall == right.lastCall
      && left.quarters.elementsEqual(right.quarters, by: ==)
  }

  /// Hashes the numbering.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(lastAcctID)
    hasher.combine(lastCall)
  }
}

extension CDRStore {
  private static let quarterMicroseconds: Int64 = 900_000_000

  /// nil where there is no row.
  public func storedRows() throws(CDRStoreError) -> StoredRows? {
    try read { db in
      guard
        let last = try Row.fetchOne(
          db, sql: "SELECT \"AcctId\", start_us, session_number FROM cdr ORDER BY id DESC LIMIT 1")
      else { return nil }
      let quarters = try Row.fetchAll(
        db,
        sql: """
          SELECT last_us / ?1 - (last_us % ?1 < 0) AS quarter, sum(rows) FROM (
            SELECT max(start_us) AS last_us, count(*) AS rows FROM cdr GROUP BY session_number
          ) GROUP BY quarter ORDER BY quarter
          """, arguments: [Self.quarterMicroseconds])
      return StoredRows(
        lastAcctID: last[0], lastStart: Self.instant(microseconds: last[1]), lastCall: last[2],
        quarters: quarters.map { row in
          let (start, overflow) = (row[0] as Int64).multipliedReportingOverflow(by: Self.quarterMicroseconds)
          return (Self.instant(microseconds: overflow ? 0 : start), row[1])
        })
    }
  }

  private static func instant(microseconds: Int64) -> Instant {
    let (nanoseconds, overflow) = microseconds.multipliedReportingOverflow(by: 1000)
    return Instant(nanoseconds: overflow ? (microseconds < 0 ? .min : .max) : nanoseconds)
  }

  /// The calls behind the one of that number, in the order of rows, at most so many.
  public func calls(after number: Int64, limit: Int) throws(CDRStoreError) -> [CDRSession] {
    let first = try read { db in
      try Int64.fetchOne(db, sql: "SELECT min(id) FROM cdr WHERE session_number > ?", arguments: [number])
    }
    guard let first else { return [] }
    return try sessions(after: first - 1, limit: limit).sessions
  }
}
