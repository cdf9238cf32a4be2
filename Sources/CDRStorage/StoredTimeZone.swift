import GRDB
import Primitives

/// The site's wall clock in a database: its name in `setting`, its offsets in `time_zone`.
enum StoredTimeZone {
  private static let name = "time_zone"

  /// Puts the zone in place of the one that is there.
  static func write(_ zone: SiteTimeZone, to db: Database) throws {
    guard try read(from: db) != zone.cutToMicroseconds else { return }
    try db.execute(sql: "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)", arguments: [name, zone.name])
    try db.execute(sql: "DELETE FROM time_zone")
    for offset in zone.offsets {
      try db.execute(
        sql: "INSERT OR REPLACE INTO time_zone (since_us, offset_seconds) VALUES (?, ?)",
        arguments: [offset.since.microseconds, offset.offsetSeconds])
    }
  }

  /// A database that an earlier version wrote has no name, only the offsets its rows showed.
  static func read(from db: Database) throws -> SiteTimeZone {
    let rows = try Row.fetchAll(db, sql: "SELECT since_us, offset_seconds FROM time_zone ORDER BY since_us")
    let text = try String.fetchOne(db, sql: "SELECT value FROM setting WHERE name = ?", arguments: [name])
    return SiteTimeZone(
      name: text ?? (rows.isEmpty ? SiteTimeZone.utc.name : "of the rows"),
      offsets: rows.map { .init(since: Instant(microseconds: $0["since_us"]), offsetSeconds: $0["offset_seconds"]) })
  }
}

extension SiteTimeZone {
  fileprivate var cutToMicroseconds: SiteTimeZone {
    SiteTimeZone(
      name: name,
      offsets: offsets.map {
        .init(since: Instant(microseconds: $0.since.microseconds), offsetSeconds: $0.offsetSeconds)
      })
  }
}
