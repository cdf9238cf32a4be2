import CDRStorage
import Foundation
import GRDB
import PBXModel
import Primitives
import TestSupport
import Testing

/// What a crash leaves: the files as they stand at a moment, without anything the program still had to do.
private func leftovers(of directory: TemporaryDirectory, logBytes: Int? = nil) throws -> TemporaryDirectory {
  let copy = try TemporaryDirectory()
  for name in ["cdr.sqlite", "cdr.sqlite-wal"] {
    guard var data = FileManager.default.contents(atPath: directory.path(name)) else { continue }
    if let logBytes, name.hasSuffix("-wal") { data = data.prefix(logBytes) }
    try data.write(to: URL(fileURLWithPath: copy.path(name)))
  }
  return copy
}

@Suite struct DurabilityTests {
  private func given(_ count: Int) -> [CDRSession] { (1...count).map { session($0, rows: $0 % 3 + 1) } }

  @Test(arguments: IndexUpkeep.allCases)
  func whatIsCountedAsDurableIsThereAfterACrash(indexes: IndexUpkeep) throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(
      path: directory.path(), existing: .refuse, timeZone: .eastern, batchRows: 7, indexes: indexes)
    var given: [CDRSession] = []
    for session in self.given(40) {
      try store.append(session)
      given.append(session)
      let left = try leftovers(of: directory)
      let archive = try CDRArchive(path: left.path())
      let found = try archive.calls()
      #expect(found.flatMap(\.rows).count == Int(store.durableRows))
      #expect(found == Array(given.prefix(found.count)))
      #expect(archive.timeZone == .eastern)
    }
    try store.flush()
    let left = try leftovers(of: directory)
    #expect(try CDRArchive(path: left.path()).calls() == given)
    #expect(store.durableRows == 80)
  }

  @Test func aLogCutAnywhereLeavesWholeCallsFromTheFirstOn() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc, batchRows: 5)
    let given = given(30)
    for session in given { try store.append(session) }
    let bytes = try #require(FileManager.default.contents(atPath: directory.path("cdr.sqlite-wal"))).count
    var counts: Set<Int> = []
    for cut in stride(from: 0, through: bytes, by: max(1, bytes / 41)) {
      // Before the first tables there is nothing to be read, and that is said.
      let left = try leftovers(of: directory, logBytes: cut)
      guard let archive = try? CDRArchive(path: left.path()) else { continue }
      let found = try archive.calls()
      #expect(found == Array(given.prefix(found.count)))
      counts.insert(found.count)
    }
    #expect(counts.count > 5)
  }

  @Test func aRunThatBrokeOffIsGoneOnWith() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(
      path: directory.path(), existing: .refuse, timeZone: .utc, batchRows: 5, indexes: .whenClosed)
    for session in given(9) { try store.append(session) }
    let left = try leftovers(of: directory)
    let durable = try CDRArchive(path: left.path()).calls()
    let next = try CDRStore(path: left.path(), existing: .append, timeZone: .utc)
    try next.append(session(99))
    try next.close()
    #expect(try CDRArchive(path: left.path()).calls() == durable + [session(99)])
  }

  @Test func whatCouldNotBeWrittenIsNotCountedAsDurable() throws {
    let store = try CDRStore(inMemoryFor: .utc, batchRows: 10, maximumBytes: 250_000)
    var rows: Int64 = 0
    #expect(throws: CDRStoreError.self) {
      while rows < 5000 {
        try store.append(session(1))
        rows += 1
      }
    }
    #expect(store.durableRows == rows - rows % 10)
    #expect(store.unwrittenRows == 10)
  }
}
