import CDRStorage
import Foundation
import GRDB
import Primitives
import TestSupport
import Testing

/// What is told while a kept database is opened.
struct StorePreparationTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// A database of so many rows as a run leaves it, without any index.
  private func keep(_ rows: Int) throws {
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc, indexes: .whenClosed)
    try store.append(session(1))
    try store.close()
    let database = try DatabaseQueue(path: directory.path())
    try database.write { db in
      let columns = try db.columns(in: "cdr").map(\.name).filter { $0 != "id" && $0 != "session_number" }
      let names = columns.map { "\"\($0)\"" }.joined(separator: ", ")
      try db.execute(
        sql: """
          WITH RECURSIVE number(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM number WHERE n < \(rows))
          INSERT INTO cdr (session_number, \(names)) SELECT n, \(names) FROM number, cdr
          """)
    }
    try database.close()
  }

  /// What opening it tells.
  private func told(_ existing: ExistingDatabase = .append, _ indexes: IndexUpkeep = .withEveryRowForPages) throws
    -> [StorePreparation]
  {
    var told: [StorePreparation] = []
    let store = try CDRStore(path: directory.path(), existing: existing, timeZone: .utc, indexes: indexes) {
      told.append($0)
    }
    try store.close()
    return told
  }

  @Test func manyRowsWithoutTheirIndexesAreToldOfOnce() throws {
    try keep(StorePreparation.rowsMin)
    #expect(try told() == [.begun(rows: StorePreparation.rowsMin), .ended])
    #expect(try told() == [])
  }

  @Test func fewRowsAreNotToldOf() throws {
    try keep(StorePreparation.rowsMin - 1)
    #expect(try told() == [])
  }

  @Test func rowsThatWereCleanedAwayDoNotCount() throws {
    try keep(StorePreparation.rowsMin + 1)
    try DatabaseQueue(path: directory.path()).write { try $0.execute(sql: "DELETE FROM cdr WHERE id < 3") }
    #expect(try told() == [])
  }

  @Test func whoWantsNoIndexesAndWhoBeginsAnewWaitsForNothing() throws {
    try keep(StorePreparation.rowsMin)
    #expect(try told(.append, .whenClosed) == [])
    #expect(try told(.replace) == [])
  }

  @Test func anEmptyPlaceAndAnEmptyFileAreNotToldOf() throws {
    #expect(try told() == [])
    try directory.write([], to: "cdr.sqlite")
    #expect(try told() == [])
  }

  @Test func nothingIsPreparedOfWhatCannotBeOpened() throws {
    try keep(StorePreparation.rowsMin)
    try DatabaseQueue(path: directory.path()).write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of the next version')")
    }
    var told: [StorePreparation] = []
    #expect(throws: CDRStoreError.self) {
      _ = try CDRStore(path: directory.path(), existing: .append, timeZone: .utc) { told.append($0) }
    }
    try directory.write(Array("no database, but a text that is longer than a header would be".utf8), to: "cdr.sqlite")
    #expect(throws: CDRStoreError.self) {
      _ = try CDRStore(path: directory.path(), existing: .append, timeZone: .utc) { told.append($0) }
    }
    #expect(told.isEmpty)
  }
}
