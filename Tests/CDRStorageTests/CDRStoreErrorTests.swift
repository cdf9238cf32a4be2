import TestSupport
import CDRStorage
import Foundation
import GRDB
import PBXModel
import Primitives
import Testing

private func failure(_ body: () throws(CDRStoreError) -> Void) -> CDRStoreError? {
  do throws(CDRStoreError) {
    try body()
    return nil
  } catch { return error }
}

@Suite struct CDRStoreErrorTests {
  /// Fills a small database until a write fails.
  private func full() throws -> (store: CDRStore, given: Int, error: CDRStoreError) {
    let store = try CDRStore(inMemoryFor: .utc, batchRows: 10, maximumBytes: 200_000)
    for number in 1...1000 {
      if let error = failure({ () throws(CDRStoreError) in try store.append(session(number)) }) {
        return (store, number, error)
      }
    }
    Issue.record("1000 rows fitted in 200,000 bytes")
    throw CancellationError()
  }

  @Test func aFullMediumIsReportedWithTheNumberOfRowsNotWritten() throws {
    let (store, given, error) = try full()
    #expect(error.reason == .diskFull)
    #expect(error.sqliteCode == 13)
    #expect(error.path == ":memory:")
    #expect(error.unwrittenRows == 10)
    #expect(store.unwrittenRows == 10)
    #expect(given % 10 == 0)
  }

  @Test func aStoreThatCannotWriteRefusesMoreAndDoesNotGrow() throws {
    let (store, _, _) = try full()
    for number in 1...50 {
      let error = failure { () throws(CDRStoreError) in try store.append(session(number, rows: 3)) }
      #expect(error?.reason == .diskFull)
      #expect(error?.unwrittenRows == 13)
      #expect(store.unwrittenRows == 10)
    }
  }

  @Test func closingAFullStoreCountsTheRowsLost() throws {
    let (store, _, _) = try full()
    #expect(failure(store.close)?.unwrittenRows == 10)
    #expect(store.unwrittenRows == 0)
    #expect(failure(store.close) == nil)
  }

  @Test func aBatchThatFailedIsWrittenWholeOnceThereIsRoom() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(
      path: directory.path(), existing: .refuse, timeZone: .utc, batchRows: 2, lockWaitSeconds: 0)
    try store.append(session(1, rows: 2))
    let other = try DatabaseQueue(path: directory.path())
    try other.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      let error = failure { () throws(CDRStoreError) in try store.append(session(2, rows: 3)) }
      #expect(error?.reason == .locked)
      #expect(error?.unwrittenRows == 3)
      #expect(failure { () throws(CDRStoreError) in try store.append(session(3)) }?.unwrittenRows == 4)
      try db.execute(sql: "COMMIT")
    }
    try store.flush()
    #expect(try store.sessions(limit: 9).sessions == [session(1, rows: 2), session(2, rows: 3)])
  }

  @Test func aReaderWithAnOpenTransactionDoesNotKeepTheStoreFromClosing() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc, lockWaitSeconds: 0)
    try store.append(session(1))
    try store.flush()
    let reader = try DatabaseQueue(path: directory.path())
    try reader.read { db in
      let count = try Int.fetchOne(db, sql: "SELECT count(*) FROM cdr")
      #expect(count == 1)
      #expect(failure { () throws(CDRStoreError) in try store.append(session(2)) } == nil)
      #expect(failure(store.close) == nil)
    }
    #expect(try reader.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM cdr") } == 2)
  }

  @Test func aClosedStoreRefusesEveryVerb() throws {
    let store = try CDRStore(inMemoryFor: .utc)
    try store.close()
    let appended = failure { () throws(CDRStoreError) in try store.append(session(1, rows: 2)) }
    #expect(appended?.reason == .closed)
    #expect(appended?.unwrittenRows == 2)
    #expect(failure(store.flush)?.reason == .closed)
    #expect(failure { () throws(CDRStoreError) in _ = try store.rowCount() }?.reason == .closed)
    #expect(failure { () throws(CDRStoreError) in _ = try store.rows() }?.reason == .closed)
    #expect(failure { () throws(CDRStoreError) in _ = try store.sessions(limit: 1) }?.reason == .closed)
  }

  @Test(arguments: ["disposition", "userfield"])
  func aStoredValueTheSchemaDoesNotKnowIsReportedWithItsPlaceAndNotItself(column: String) throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
    try store.append(session(1))
    try store.append(session(2))
    try store.flush()
    let other = try DatabaseQueue(path: directory.path())
    try other.write { try $0.execute(sql: "UPDATE cdr SET \(column) = 'SECRET' WHERE id = 2") }
    let error = failure { () throws(CDRStoreError) in _ = try store.rows() }
    #expect(error?.reason == .damaged)
    #expect(error?.message == "table cdr, row 2, column \(column): unknown value")
    #expect(error?.description.contains("SECRET") == false)
  }

  @Test func anErrorOfTheDatabaseNeverShowsARowsValues() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
    let other = try DatabaseQueue(path: directory.path())
    try other.write { try $0.execute(sql: "CREATE UNIQUE INDEX one ON cdr(src)") }
    try store.append(session(1))
    try store.append(session(101))
    let error = try #require(failure(store.flush))
    #expect(error.reason == .other)
    #expect(error.unwrittenRows == 2)
    #expect(error.message == "UNIQUE constraint failed: cdr.src")
    #expect(!error.description.contains("2001"))
  }

  @Test(arguments: CDRStoreError.Reason.allCases)
  func everyReasonHasARemedy(reason: CDRStoreError.Reason) throws {
    var error = try full().error
    error.reason = reason
    #expect(error.remedy.hasSuffix("."))
    let cause = ":memory:: database or disk is full (SQLite code 13); CDR rows not written: 10."
    #expect(error.description == "\(cause) \(error.remedy)")
  }
}
