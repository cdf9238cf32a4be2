import GRDB
public import PBXModel
public import Primitives

extension CDRStore {
  /// The start of the last row, for whoever has no other time to go by; nil without rows.
  public func latestStart() throws(CDRStoreError) -> Instant? {
    try read { db in try Int64.fetchOne(db, sql: "SELECT max(start_us) FROM cdr").map(Instant.init(microseconds:)) }
  }

  /// Removes what the cleaner removes when it runs at `now`, whether it is switched on or not, in one transaction.
  ///
  /// - Parameter isRehearsal: nothing is removed, only counted.
  /// - Returns: what was removed; it is gone for good when this returns.
  public func clean(_ cleaning: CDRCleaning, at now: Instant, isRehearsal: Bool = false) throws(CDRStoreError)
    -> CDRRemoval
  {
    try change { db in
      guard let (condition, argument) = try Self.removed(by: cleaning, at: now, in: db) else { return CDRRemoval() }
      let counts = try Row.fetchOne(
        db, sql: "SELECT count(*) AS n, count(DISTINCT session_number) AS calls FROM cdr WHERE \(condition)",
        arguments: [argument])
      if !isRehearsal { try db.execute(sql: "DELETE FROM cdr WHERE \(condition)", arguments: [argument]) }
      return CDRRemoval(rows: counts?["n"] ?? 0, calls: counts?["calls"] ?? 0)
    }
  }

  private static func removed(by cleaning: CDRCleaning, at now: Instant, in db: Database) throws -> (String, Int64)? {
    guard let kept = cleaning.rowsKept else {
      let oldest = now + .seconds(-86_400 * Int64(cleaning.intervalDays))
      let old = "SELECT session_number FROM cdr GROUP BY session_number HAVING max(start_us) < ?"
      return ("session_number IN (\(old))", oldest.microsecondsRoundedUp)
    }
    // The newest row too many, and with it its call.
    let sql = "SELECT session_number FROM cdr ORDER BY id DESC LIMIT 1 OFFSET ?"
    return try Int64.fetchOne(db, sql: sql, arguments: [max(0, kept)]).map { ("session_number <= ?", $0) }
  }
}
