import TestSupport
import CDRStorage
import Foundation
import GRDB
import PBXModel
import Primitives
import Testing

/// The reason opening `path` fails for; nil when it does not.
private func reason(opening path: String, _ existing: ExistingDatabase) -> CDRStoreError.Reason? {
  do throws(CDRStoreError) {
    _ = try CDRStore(path: path, existing: existing, timeZone: .utc)
    return nil
  } catch { return error.reason }
}

@Suite struct ExistingDatabaseTests {
  private func directoryWithOneSession() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
    try store.append(session(1, rows: 2))
    try store.close()
    return directory
  }

  @Test func replacingLeavesNothingOfTheEarlierRun() throws {
    let directory = try directoryWithOneSession()
    // What a run that was killed leaves behind.
    for suffix in ["-wal", "-shm"] { try Data("old".utf8).write(to: URL(fileURLWithPath: directory.path() + suffix)) }
    let store = try CDRStore(path: directory.path(), existing: .replace, timeZone: .utc)
    #expect(try store.rowCount() == 0)
    try store.append(session(2))
    try store.close()
    #expect(try directory.names() == ["cdr.sqlite"])
  }

  @Test func appendingGoesOnAfterTheEarlierSessions() throws {
    let directory = try directoryWithOneSession()
    let store = try CDRStore(path: directory.path(), existing: .append, timeZone: .utc)
    try store.append(session(1))
    #expect(try store.sessions(limit: 9).sessions == [session(1, rows: 2), session(1)])
  }

  @Test func refusingLeavesTheFileAsItIs() throws {
    let directory = try directoryWithOneSession()
    let before = try Data(contentsOf: URL(fileURLWithPath: directory.path()))
    #expect(reason(opening: directory.path(), .refuse) == .alreadyExists)
    #expect(try Data(contentsOf: URL(fileURLWithPath: directory.path())) == before)
  }

  @Test(arguments: [ExistingDatabase.append, .replace])
  func anEmptyFileIsTakenOver(existing: ExistingDatabase) throws {
    let directory = try TemporaryDirectory()
    try Data().write(to: URL(fileURLWithPath: directory.path()))
    let store = try CDRStore(path: directory.path(), existing: existing, timeZone: .utc)
    try store.append(session(1))
    #expect(try store.rowCount() == 1)
  }

  @Test(arguments: [ExistingDatabase.append, .replace])
  func aFileOfAnotherKindIsLeftAlone(existing: ExistingDatabase) throws {
    let directory = try TemporaryDirectory()
    for content in ["x", "SQLite format 3\0", String(repeating: "thesis ", count: 100)] {
      try Data(content.utf8).write(to: URL(fileURLWithPath: directory.path()))
      #expect(reason(opening: directory.path(), existing) == .notADatabase)
      #expect(try Data(contentsOf: URL(fileURLWithPath: directory.path())) == Data(content.utf8))
    }
  }

  @Test(arguments: [ExistingDatabase.append, .replace])
  func aDatabaseOfAnotherProgramIsLeftAlone(existing: ExistingDatabase) throws {
    let directory = try TemporaryDirectory()
    let foreign = try DatabaseQueue(path: directory.path())
    try foreign.write { try $0.execute(sql: "CREATE TABLE cdr (x); INSERT INTO cdr VALUES (1)") }
    #expect(reason(opening: directory.path(), existing) == .notACDRDatabase)
    #expect(try foreign.read { try Int.fetchOne($0, sql: "SELECT x FROM cdr") } == 1)
  }

  @Test func aDatabaseOfALaterVersionIsNotAppendedToButMayBeReplaced() throws {
    let directory = try directoryWithOneSession()
    let later = try DatabaseQueue(path: directory.path())
    try later.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('v99')") }
    try later.close()
    #expect(reason(opening: directory.path(), .append) == .newerSchema)
    #expect(reason(opening: directory.path(), .replace) == nil)
  }

  @Test(arguments: ExistingDatabase.allCases)
  func aMissingDirectoryOrADirectoryInTheWayIsUnwritable(existing: ExistingDatabase) throws {
    let directory = try TemporaryDirectory()
    #expect(reason(opening: directory.path("missing/cdr.sqlite"), existing) == .unwritable)
    #expect(reason(opening: directory.url.path, existing) == .unwritable)
  }

  @Test(arguments: ["", ":memory:"])
  func aNameThatSQLiteWouldNotKeepIsRefused(path: String) {
    #expect(reason(opening: path, .replace) == .unwritable)
  }

  @Test(arguments: [Double.nan, .infinity, -1, 1e300])
  func absurdSettingsAreBroughtIntoRange(seconds: Double) throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(
      path: directory.path(), existing: .refuse, timeZone: .utc, batchRows: -5, maximumBytes: .max,
      lockWaitSeconds: seconds)
    try store.append(session(1))
    #expect(store.unwrittenRows == 0)
    #expect(try store.rowCount() == 1)
  }

  @Test func aDatabaseWhoseInsidesAreDamagedIsReportedAndKept() throws {
    let directory = try directoryWithOneSession()
    let url = URL(fileURLWithPath: directory.path())
    var bytes = try Data(contentsOf: url)
    for index in 100..<bytes.count { bytes[index] = 0xa5 }
    try bytes.write(to: url)
    let found = reason(opening: directory.path(), .append)
    #expect(found == .damaged)
    #expect(try Data(contentsOf: url) == bytes)
  }
}
