import GRDB

/// The tables of `cloud.sqlite`. The migrations are append-only: a released one is never edited.
enum CloudStoreSchema {
  /// "UCMC" in the header's application id tells our files from other people's.
  static let applicationID: Int32 = 0x5543_4D43

  static func prepare(_ queue: DatabaseQueue, path: String) throws {
    try queue.writeWithoutTransaction { db in
      if try Int32.fetchOne(db, sql: "PRAGMA application_id") != applicationID {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      }
      // Whoever holds the file keeps it to the end: two servers of one cloud would each answer without the other.
      try db.execute(sql: "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL")
      guard try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" else {
        throw CloudStoreError(.unwritable, path: path, message: "SQLite cannot keep a write-ahead log beside the file")
      }
      if let found = try String.fetchOne(db, sql: "PRAGMA quick_check(1)"), found != "ok" {
        throw CloudStoreError(.damaged, path: path, message: "SQLite finds the file damaged")
      }
    }
    guard try !queue.read(migrator.hasBeenSuperseded) else {
      throw CloudStoreError(
        .newerSchema, path: path, message: "the file has schema changes this version does not know")
    }
    try migrator.migrate(queue)
  }

  private static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { db in
      try db.execute(
        sql: """
          CREATE TABLE snapshot (id INTEGER PRIMARY KEY CHECK (id = 1), state BLOB NOT NULL);
          CREATE TABLE request (
            id INTEGER PRIMARY KEY AUTOINCREMENT, time_ns INTEGER NOT NULL, head BLOB NOT NULL, body BLOB NOT NULL
          );
          """)
    }
    return migrator
  }
}
