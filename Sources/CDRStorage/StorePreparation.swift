import GRDB

/// What is told of a database of an earlier version while it is opened, because the rows in it keep the opener waiting:
/// they are brought to the present schema and get the indexes that they lack.
public enum StorePreparation: Hashable, Sendable {
  /// So many rows are prepared.
  case begun(rows: Int)
  /// They are.
  case ended

  /// With fewer rows it takes no more than about a second (measured: 10 s for a million), and nothing is told.
  public static let rowsMin = 100_000

  /// How many rows there are to prepare; nil for none, or few, or a schema that this version does not know.
  static func rowsWaiting(for upkeep: IndexUpkeep, in queue: DatabaseQueue) throws -> Int? {
    let age = try DatabaseSchema.age(of: queue)
    guard age != .newer else { return nil }
    return try queue.read { db in
      // The newest id is quick to find, and no table has more rows than that.
      guard try db.tableExists("cdr"), try Int.fetchOne(db, sql: "SELECT max(id) FROM cdr") ?? 0 >= rowsMin,
        try age == .older || RowIndexes.areMissing(RowIndexes.definitions(of: upkeep), in: db),
        let rows = try Int.fetchOne(db, sql: "SELECT count(*) FROM cdr"), rows >= rowsMin
      else { return nil }
      return rows
    }
  }
}
