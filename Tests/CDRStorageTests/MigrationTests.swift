import CDRStorage
import Foundation
import GRDB
import PBXModel
import Primitives
import TestSupport
import Testing

/// A database as the first schema had it, with the rows of a winter's and a summer's call on Berlin's clock.
private func firstSchema(_ path: String) throws {
  let database = try DatabaseQueue(path: path)
  try database.writeWithoutTransaction { db in
    try db.execute(sql: "PRAGMA application_id = 1430474067; PRAGMA journal_mode = WAL")
    let texts = CDRField.allCases.map(\.rawValue).filter { !["AcctId", "duration", "billsec"].contains($0) }.prefix(29)
    try db.execute(
      sql: """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        INSERT INTO grdb_migrations VALUES ('v1');
        CREATE TABLE cdr (id INTEGER PRIMARY KEY, "AcctId" INTEGER NOT NULL, duration INTEGER NOT NULL,
          billsec INTEGER NOT NULL, \(texts.map { "\"\($0)\" TEXT NOT NULL" }.joined(separator: ", ")),
          start_us INTEGER NOT NULL, answer_us INTEGER, end_us INTEGER, session_number INTEGER NOT NULL,
          row_number INTEGER NOT NULL);
        CREATE INDEX cdr_start ON cdr(start_us);
        CREATE INDEX cdr_src ON cdr(src);
        CREATE INDEX cdr_dst ON cdr(dst);
        CREATE INDEX cdr_disposition ON cdr(disposition);
        CREATE INDEX cdr_session ON cdr(session);
        """)
    let rows: [(start: String, microseconds: Int64)] = [
      ("2023-03-01 12:00:00", 1_677_668_400_250_000), ("2023-03-02 12:00:00", 1_677_754_800_000_000),
      ("2023-07-01 12:00:00", 1_688_205_600_999_999),
    ]
    for (number, row) in rows.enumerated() {
      let names = ["AcctId", "duration", "billsec", "start_us", "session_number", "row_number"] + texts
      let values: [any DatabaseValueConvertible] =
        [number + 1, 5, 0, row.microseconds, number + 1, 1]
        + texts.map { ["start": row.start, "disposition": "BUSY", "userfield": "Internal", "src": "2001"][$0] ?? "" }
      try db.execute(
        sql: "INSERT INTO cdr (\(names.map { "\"\($0)\"" }.joined(separator: ","))) VALUES "
          + "(\(names.map { _ in "?" }.joined(separator: ",")))",
        arguments: StatementArguments(values))
    }
  }
  try database.close()
}

@Suite struct MigrationTests {
  @Test func aDatabaseOfTheFirstSchemaIsBroughtUpWithItsRowsAndItsClock() throws {
    let directory = try TemporaryDirectory()
    try firstSchema(directory.path())
    let archive = try CDRArchive(path: directory.path())
    let rows = try archive.calls().flatMap(\.rows)
    #expect(rows.map(\.src) == ["2001", "2001", "2001"])
    let texts = rows.map { CDRField.start.text(of: $0, in: archive.timeZone) }
    #expect(texts == ["2023-03-01 12:00:00", "2023-03-02 12:00:00", "2023-07-01 12:00:00"])
    #expect(archive.timeZone.offsets.map(\.offsetSeconds) == [3600, 7200])
  }

  @Test func itIsAppendedToToo() throws {
    let directory = try TemporaryDirectory()
    try firstSchema(directory.path())
    let store = try CDRStore(path: directory.path(), existing: .append, timeZone: .berlin2023)
    try store.append(session(1))
    try store.close()
    let archive = try CDRArchive(path: directory.path())
    #expect(archive.timeZone == .berlin2023)
    #expect(try archive.calls().count == 4)
  }

  @Test func everyColumnOfTheNewestFirmwareHasItsPlace() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
    try store.append(session(1))
    try store.close()
    let row = try #require(
      try DatabaseQueue(path: directory.path()).read { try Row.fetchOne($0, sql: "SELECT * FROM cdr") })
    // Reference section 5.1, the extras of the 63xx.
    let extras = [
      "nat_call", "nat_call_peer", "video_call", "gds_call", "gsc_call", "gdms_unique_code", "wave_src_seqid",
      "wave_dst_seqid", "device_info", "device_info_peer", "recordfiles_desc",
    ]
    let flags: Set = ["nat_call", "nat_call_peer", "video_call", "gds_call", "gsc_call"]
    for name in extras { #expect(row[name] as String? == (flags.contains(name) ? "no" : ""), "\(name)") }
    for field in CDRField.allCases { #expect(row.hasColumn(field.rawValue)) }
  }

  @Test func theClockOfTheRunIsKeptToTheLastOffset() throws {
    let zone = try POSIXTimeZone("MTZ+6MDT+5,M4.1.0,M11.1.0").siteTimeZone()
    let directory = try TemporaryDirectory()
    try CDRStore(path: directory.path(), existing: .refuse, timeZone: zone).close()
    let read = try CDRArchive(path: directory.path()).timeZone
    #expect(read.name == "MTZ+6MDT+5,M4.1.0,M11.1.0")
    #expect(read.offsets.count == zone.offsets.count)
    for seconds in stride(from: Int64(-3_000_000_000), to: 4_000_000_000, by: 1_234_567) {
      #expect(read.offsetSeconds(at: Instant(seconds: seconds)) == zone.offsetSeconds(at: Instant(seconds: seconds)))
    }
  }
}
