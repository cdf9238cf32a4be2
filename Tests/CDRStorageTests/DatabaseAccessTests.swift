import CDRStorage
import Foundation
import GRDB
import PBXModel
import Primitives
import TestSupport
import Testing

private func reason(_ body: () throws -> Void) throws -> CDRStoreError.Reason? {
  do {
    try body()
    return nil
  } catch let error as CDRStoreError { return error.reason }
}

/// Runs `body` without the rights of the superuser, which ignore permissions; files are reached as nobody.
///
/// Linux keeps the user for file access by thread (setfsuid(2)); for anyone but the superuser the call does nothing.
private func withoutPrivileges<Value>(_ body: () throws -> Value) throws -> Value {
  typealias Set = @convention(c) (UInt32) -> Int32
  let symbol = try #require(dlsym(nil, "setfsuid"))
  let setUser = unsafeBitCast(symbol, to: Set.self)
  let user = setUser(65_534)
  defer { _ = setUser(UInt32(bitPattern: user)) }
  return try body()
}

private func setMode(_ mode: Int, _ path: String) throws {
  try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

@Suite struct DatabaseAccessTests {
  private func databaseOfTwoCalls() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .berlin2023)
    for number in 1...2 { try store.append(session(number)) }
    try store.close()
    return directory
  }

  @Test func aDatabaseThatMayOnlyBeReadIsRead() throws {
    let directory = try databaseOfTwoCalls()
    try setMode(0o444, directory.path())
    try setMode(0o555, directory.url.path)
    defer { try? setMode(0o755, directory.url.path) }
    let calls = try withoutPrivileges { try CDRArchive(path: directory.path()).calls() }
    #expect(calls == [session(1), session(2)])
  }

  @Test(arguments: ExistingDatabase.allCases)
  func aDatabaseThatMayOnlyBeReadIsNotWrittenTo(existing: ExistingDatabase) throws {
    let directory = try databaseOfTwoCalls()
    let before = FileManager.default.contents(atPath: directory.path())
    try setMode(0o444, directory.path())
    try setMode(0o555, directory.url.path)
    defer { try? setMode(0o755, directory.url.path) }
    let found = try withoutPrivileges {
      try reason { _ = try CDRStore(path: directory.path(), existing: existing, timeZone: .utc) }
    }
    #expect(found == (existing == .refuse ? .alreadyExists : .unwritable))
    #expect(FileManager.default.contents(atPath: directory.path()) == before)
  }

  @Test func aFileThatMayNotBeReadIsReported() throws {
    let directory = try databaseOfTwoCalls()
    try setMode(0o000, directory.path())
    try setMode(0o755, directory.url.path)
    #expect(try withoutPrivileges { try reason { _ = try CDRArchive(path: directory.path()) } } == .unwritable)
  }

  @Test func aFolderThatMayNotBeWrittenToTakesNoNewDatabase() throws {
    let directory = try TemporaryDirectory()
    try setMode(0o555, directory.url.path)
    defer { try? setMode(0o755, directory.url.path) }
    let found = try withoutPrivileges {
      try reason { _ = try CDRStore(path: directory.path(), existing: .replace, timeZone: .utc) }
    }
    #expect(found == .unwritable)
  }

  @Test func aDatabaseInUseIsNotReplacedUnderItsWriter() throws {
    let directory = try TemporaryDirectory()
    let writer = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc, batchRows: 1)
    try writer.append(session(1))
    let found = try reason {
      _ = try CDRStore(path: directory.path(), existing: .replace, timeZone: .utc, lockWaitSeconds: 0)
    }
    #expect(found == .locked)
    try writer.append(session(2))
    try writer.close()
    #expect(try CDRArchive(path: directory.path()).calls() == [session(1), session(2)])
    #expect(try reason { _ = try CDRStore(path: directory.path(), existing: .replace, timeZone: .utc) } == nil)
  }

  @Test func aDatabaseIsReadWhileItGrows() throws {
    let directory = try TemporaryDirectory()
    let writer = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc, batchRows: 1)
    let reader = try CDRArchive(path: directory.path())
    for number in 1...5 {
      try writer.append(session(number))
      #expect(try reader.calls().count == number)
    }
    try writer.close()
    #expect(try reader.rowCount() == 5)
  }

  @Test func readingLeavesNoTrace() throws {
    let directory = try databaseOfTwoCalls()
    let before = FileManager.default.contents(atPath: directory.path())
    do { _ = try CDRArchive(path: directory.path()).calls() }
    #expect(try directory.names() == ["cdr.sqlite"])
    #expect(FileManager.default.contents(atPath: directory.path()) == before)
  }

  @Test(arguments: ["nothing.sqlite", "nowhere/cdr.sqlite"])
  func aDatabaseThatIsNotThereIsSaidToBeMissing(name: String) throws {
    let directory = try TemporaryDirectory()
    #expect(try reason { _ = try CDRArchive(path: directory.path(name)) } == .missing)
    #expect(try directory.names().isEmpty)
  }

  @Test func filesThatAreNoneOfOursAreNotRead() throws {
    let directory = try TemporaryDirectory()
    try Data("SELECT".utf8).write(to: URL(fileURLWithPath: directory.path("text")))
    #expect(try reason { _ = try CDRArchive(path: directory.path("text")) } == .notADatabase)
    let foreign = try DatabaseQueue(path: directory.path("other"))
    try foreign.write { try $0.execute(sql: "CREATE TABLE cdr (x)") }
    try foreign.close()
    #expect(try reason { _ = try CDRArchive(path: directory.path("other")) } == .notACDRDatabase)
    #expect(try reason { _ = try CDRArchive(path: directory.url.path) } == .unwritable)
  }

  @Test func aDatabaseOfALaterVersionIsNotRead() throws {
    let directory = try databaseOfTwoCalls()
    let later = try DatabaseQueue(path: directory.path())
    try later.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('of next year')") }
    try later.close()
    #expect(try reason { _ = try CDRArchive(path: directory.path()) } == .newerSchema)
  }

  /// A page of the rows is destroyed, the header is whole.
  @Test func damageAmongTheRowsIsReportedAndNothingIsMadeUp() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
    for number in 1...500 { try store.append(session(number)) }
    try store.close()
    var bytes = try #require(FileManager.default.contents(atPath: directory.path()))
    for page in 20..<60 {
      bytes.replaceSubrange(page * 4096..<page * 4096 + 64, with: Data(repeating: 0xa5, count: 64))
    }
    try bytes.write(to: URL(fileURLWithPath: directory.path()))
    var given: [CDRSession] = []
    let found = try reason {
      try CDRArchive(path: directory.path()).forEachCall(matching: CDRQuery()) {
        given.append($0)
        return true
      }
    }
    #expect(found == .damaged)
    #expect(given.allSatisfy { call in (1...500).contains { session($0) == call } })
    #expect(FileManager.default.contents(atPath: directory.path()) == bytes)
  }
}
