import GRDB
import PBXModel

/// The tables of `cdr.sqlite`.
///
/// Table `cdr` has the appliance's 32 columns under the appliance's names, holding what the appliance writes (times on
/// the site's wall clock), then ours: the same times as integer microseconds since 1970 UTC, and the row's place.
/// The migrations are append-only: a released one is never edited, because databases in the field have run it.
enum CDRSchema {
  /// "UCMS" in the header's application id tells our databases from other people's.
  /// https://www.sqlite.org/fileformat2.html#application_id
  static let applicationID: Int32 = 0x5543_4D53

  /// Our own columns, after the appliance's.
  enum OwnColumn: String, CaseIterable {
    case startMicroseconds = "start_us"
    case answerMicroseconds = "answer_us"
    case endMicroseconds = "end_us"
    /// 1, 2, 3 … in the order the sessions were appended; tells two sessions with the same `session` text apart.
    case sessionNumber = "session_number"
    /// 1, 2, 3 … within the session: the `n` of `sub_cdr_n`.
    case rowNumber = "row_number"
  }

  /// The columns of the appliance that the table has.
  static let fields = Array(CDRField.allCases.prefix(32))

  static let columnNames = fields.map(\.rawValue) + OwnColumn.allCases.map(\.rawValue)

  /// Brings a database just opened to the current schema, in write-ahead logging with every commit synced.
  static func prepare(_ queue: DatabaseQueue, path: String, maximumBytes: Int64?) throws {
    try queue.writeWithoutTransaction { db in
      // Before the switch to the log, so that the id is in the file's header even if the program dies right after.
      if try Int32.fetchOne(db, sql: "PRAGMA application_id") != applicationID {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      }
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -16384")
      if let maximumBytes {
        try db.execute(sql: "PRAGMA max_page_count = \(max(1, maximumBytes / 4096))")
      }
    }
    guard try !queue.read(migrator.hasBeenSuperseded) else {
      throw CDRStoreError(
        .newerSchema, path: path, message: "the database has schema changes this version does not know")
    }
    try migrator.migrate(queue)
  }

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { db in
      try db.execute(sql: v1)
    }
    return migrator
  }

  /// Spelled out rather than built from `CDRField`, so that a change there cannot alter a released migration.
  private static let v1 = """
    CREATE TABLE cdr (
      id INTEGER PRIMARY KEY,
      "AcctId" INTEGER NOT NULL, "accountcode" TEXT NOT NULL, "src" TEXT NOT NULL, "dst" TEXT NOT NULL,
      "dcontext" TEXT NOT NULL, "clid" TEXT NOT NULL, "channel" TEXT NOT NULL, "dstchannel" TEXT NOT NULL,
      "lastapp" TEXT NOT NULL, "lastdata" TEXT NOT NULL, "start" TEXT NOT NULL, "answer" TEXT NOT NULL,
      "end" TEXT NOT NULL, "duration" INTEGER NOT NULL, "billsec" INTEGER NOT NULL, "disposition" TEXT NOT NULL,
      "amaflags" TEXT NOT NULL, "uniqueid" TEXT NOT NULL, "userfield" TEXT NOT NULL, "channel_ext" TEXT NOT NULL,
      "dstchannel_ext" TEXT NOT NULL, "service" TEXT NOT NULL, "caller_name" TEXT NOT NULL,
      "recordfiles" TEXT NOT NULL, "dstanswer" TEXT NOT NULL, "chanext" TEXT NOT NULL, "dstchanext" TEXT NOT NULL,
      "session" TEXT NOT NULL, "action_owner" TEXT NOT NULL, "action_type" TEXT NOT NULL,
      "src_trunk_name" TEXT NOT NULL, "dst_trunk_name" TEXT NOT NULL,
      "start_us" INTEGER NOT NULL, "answer_us" INTEGER, "end_us" INTEGER,
      "session_number" INTEGER NOT NULL, "row_number" INTEGER NOT NULL
    );
    CREATE INDEX cdr_start ON cdr(start_us);
    CREATE INDEX cdr_src ON cdr(src);
    CREATE INDEX cdr_dst ON cdr(dst);
    CREATE INDEX cdr_disposition ON cdr(disposition);
    CREATE INDEX cdr_session ON cdr(session);
    """
}
