import Foundation
import GRDB
import PBXModel
import Primitives

/// The tables of `cdr.sqlite`.
///
/// Table `cdr` has the appliance's columns under the appliance's names, holding what the appliance writes (times on
/// the site's wall clock), and ours: the same times as integer microseconds since 1970 UTC, and the row's place.
/// Columns that the appliance's schema of a run does not have are empty. `time_zone` holds the site's wall clock as a
/// table of offsets, so that rows can be written out again from the database alone.
///
/// The migrations are append-only: a released one is never edited, because databases in the field have run it. Indexes
/// are none of theirs; see `RowIndexes`.
enum DatabaseSchema {
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

    /// As in the table.
    static let order = allCases
  }

  static let columnNames = CDRField.allCases.map(\.rawValue) + OwnColumn.order.map(\.rawValue)

  /// Brings a database just opened to the current schema, in write-ahead logging with every commit synced.
  static func prepare(_ queue: DatabaseQueue, path: String, maximumBytes: Int64?) throws {
    try queue.writeWithoutTransaction { db in
      // Before the switch to the log, so that the id is in the file's header even if the program dies right after.
      if try Int32.fetchOne(db, sql: "PRAGMA application_id") != applicationID {
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      }
      try db.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -2048")
      guard try String.fetchOne(db, sql: "PRAGMA journal_mode") == "wal" || path == ":memory:" else {
        throw CDRStoreError(.unwritable, path: path, message: "SQLite cannot keep a write-ahead log beside the file")
      }
      if let maximumBytes {
        try db.execute(sql: "PRAGMA max_page_count = \(max(1, maximumBytes / 4096))")
      }
    }
    guard try age(of: queue) != .newer else { throw newerSchema(path) }
    try migrator.migrate(queue)
  }

  /// What a database has been through, compared with the migrations of this version.
  enum Age {
    case older, current, newer
  }

  static func age(of queue: DatabaseQueue) throws -> Age {
    try queue.read { db in
      if try migrator.hasBeenSuperseded(db) { return .newer }
      return try migrator.hasCompletedMigrations(db) ? .current : .older
    }
  }

  static func newerSchema(_ path: String) -> CDRStoreError {
    CDRStoreError(.newerSchema, path: path, message: "the database has schema changes this version does not know")
  }

  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("v1") { db in
      try db.execute(sql: v1)
    }
    migrator.registerMigration("fields of the 63xx and time zone") { db in
      try db.execute(sql: fieldsOf63xx)
      try db.execute(sql: timeZone)
      try db.execute(sql: offsetsShownByRows)
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

  /// The eleven columns that reference section 5.1 lists as extras of the 63xx (observed). The indexes go, because
  /// those of `RowIndexes` take their place.
  private static let fieldsOf63xx = """
    ALTER TABLE cdr ADD COLUMN "nat_call" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "nat_call_peer" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "video_call" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "gds_call" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "gsc_call" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "gdms_unique_code" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "wave_src_seqid" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "wave_dst_seqid" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "device_info" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "device_info_peer" TEXT NOT NULL DEFAULT '';
    ALTER TABLE cdr ADD COLUMN "recordfiles_desc" TEXT NOT NULL DEFAULT '';
    DROP INDEX cdr_start;
    DROP INDEX cdr_src;
    DROP INDEX cdr_dst;
    DROP INDEX cdr_disposition;
    DROP INDEX cdr_session;
    """

  private static let timeZone = """
    CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE time_zone (since_us INTEGER PRIMARY KEY, offset_seconds INTEGER NOT NULL);
    """

  /// A database of the first schema does not say its zone, but each row shows the offset at its start.
  private static let offsetsShownByRows = """
    INSERT INTO time_zone (since_us, offset_seconds)
    SELECT min(start_us), seconds FROM (
      SELECT start_us, seconds, sum(changed) OVER (ORDER BY start_us, id) AS run FROM (
        SELECT id, start_us, seconds,
          seconds IS NOT lag(seconds) OVER (ORDER BY start_us, id) AS changed
        FROM (
          SELECT id, start_us, CAST(strftime('%s', "start") - floor(start_us / 1e6) AS INTEGER) AS seconds
          FROM cdr WHERE strftime('%s', "start") IS NOT NULL
        )
      )
    ) GROUP BY run ORDER BY 1
    ON CONFLICT DO NOTHING;
    """
}
