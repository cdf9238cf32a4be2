import TestSupport
import CDRStorage
import Foundation
import GRDB
import PBXModel
import Primitives
import Testing

/// A stored number or text as the API would show it.
private func text(_ value: DatabaseValue) -> String? {
  Int64.fromDatabaseValue(value).map { String($0) } ?? String.fromDatabaseValue(value)
}

@Suite struct CDRStoreTests {
  @Test(arguments: [1, 2, 3, 7, 1000])
  func whatIsAppendedIsReadBackInOrder(batchRows: Int) throws {
    let store = try CDRStore(inMemoryFor: .eastern, batchRows: batchRows)
    let given = [session(1), session(2, rows: 3), session(3), session(4, rows: 2)]
    for session in given { try store.append(session) }
    var read: [CDRSession] = []
    try store.forEachSession { read.append($0) }
    #expect(read == given)
    #expect(try store.rowCount() == 7)
    #expect(try store.rows() == given.flatMap(\.rows))
  }

  @Test func anEmptyStoreHasNoRows() throws {
    let store = try CDRStore(inMemoryFor: .utc)
    #expect(try store.rowCount() == 0)
    #expect(try store.rows().isEmpty)
    #expect(try store.sessions(limit: 5).sessions.isEmpty)
    #expect(try store.sessions(limit: 5).next == nil)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 100])
  func pagesHoldWholeSessionsAndMissNone(limit: Int) throws {
    let store = try CDRStore(inMemoryFor: .utc)
    let given = (1...5).map { session($0, rows: $0) }
    for session in given { try store.append(session) }
    var read: [CDRSession] = []
    var next: Int64? = 0
    while let after = next {
      let page = try store.sessions(after: after, limit: limit)
      #expect(page.sessions.count <= max(1, limit))
      read += page.sessions
      next = page.next
    }
    #expect(read == given)
  }

  @Test func twoCallsWithTheSameSessionTextStayTwoSessions() throws {
    let store = try CDRStore(inMemoryFor: .utc)
    try store.append(session(1))
    try store.append(session(1))
    #expect(try store.sessions(limit: 9).sessions == [session(1), session(1)])
  }

  @Test func absentTimesAndEveryDispositionComeBack() throws {
    let store = try CDRStore(inMemoryFor: .utc)
    var given: [CDRRecord] = []
    for disposition in Disposition.allCases {
      for userfield in CallDirection.allCases {
        given.append(CDRRecord(start: Instant(seconds: -5), disposition: disposition, userfield: userfield))
      }
    }
    for row in given { try store.append(#require(CDRSession(rows: [row]))) }
    #expect(try store.rows() == given)
  }

  @Test(arguments: [
    "", "\u{0}", "a\u{0}b", "Zoë \"Z\", 山田\r\n👩‍👧", "'; DROP TABLE cdr; --", String(repeating: "x", count: 100_000),
  ])
  func anyTextSurvives(text: String) throws {
    let store = try CDRStore(inMemoryFor: .utc)
    var row = session(1).first
    row.callerName = text
    row.src = text
    try store.append(#require(CDRSession(rows: [row])))
    #expect(try store.rows() == [row])
  }

  @Test func extremeNumbersAndTimesSurviveToTheMicrosecond() throws {
    let store = try CDRStore(inMemoryFor: .utc)
    var row = CDRRecord(start: Instant(nanoseconds: .min), disposition: .failed, userfield: .external)
    row.answer = Instant(nanoseconds: -1)
    row.end = .distantFuture
    row.acctId = .max
    row.durationSeconds = .min
    row.billsecSeconds = .max
    try store.append(#require(CDRSession(rows: [row])))
    let read = try #require(try store.rows().first)
    #expect(read.start == Instant(nanoseconds: .min))
    #expect(read.answer == Instant(nanoseconds: -1000))
    #expect(read.end == Instant(nanoseconds: .max / 1000 * 1000))
    #expect(read.acctId == .max)
    #expect(read.durationSeconds == .min)
    #expect(read.billsecSeconds == .max)
  }

  @Test func theAppliancesColumnsHoldWhatTheApplianceWrites() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .eastern)
    var busy = session(7).first
    busy.disposition = .busy
    busy.answer = nil
    busy.end = nil
    let given = [session(6).first, busy]
    for row in given { try store.append(#require(CDRSession(rows: [row]))) }
    try store.close()
    let database = try DatabaseQueue(path: directory.path())
    let stored = try database.read { try Row.fetchAll($0, sql: "SELECT * FROM cdr ORDER BY id") }
    #expect(stored.count == 2)
    for (row, columns) in zip(given, stored) {
      for field in CDRField.allCases.prefix(32) {
        #expect(text(columns[field.rawValue]) == field.text(of: row, in: .eastern), "\(field)")
      }
      #expect(columns["start_us"] == row.start.nanoseconds / 1000)
      #expect(columns["answer_us"] == row.answer.map { $0.nanoseconds / 1000 })
      #expect(columns["end_us"] == row.end.map { $0.nanoseconds / 1000 })
      #expect(columns["row_number"] == 1)
    }
    #expect(stored.map { $0["session_number"] as Int64? } == [1, 2])
    #expect(stored.first?["start"] == "2023-05-11 16:30:36")
    #expect(stored.last?["answer"] == "")
  }

  @Test func theSameSessionsGiveTheSameFileByteForByte() throws {
    let directory = try TemporaryDirectory()
    for name in ["a", "b"] {
      let store = try CDRStore(path: directory.path(name), existing: .refuse, timeZone: .eastern, batchRows: 50)
      for number in 1...500 { try store.append(session(number, rows: number % 3 + 1)) }
      try store.close()
    }
    #expect(try Data(contentsOf: directory.url.appendingPathComponent("a")).count > 100_000)
    #expect(FileManager.default.contentsEqual(atPath: directory.path("a"), andPath: directory.path("b")))
  }

  @Test func aClosedDatabaseIsOneFile() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
    try store.append(session(1))
    try store.close()
    #expect(try directory.names() == ["cdr.sqlite"])
  }

  @Test func whatWasFlushedIsSeenByAnotherConnectionBeforeTheClose() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
    try store.append(session(1, rows: 2))
    #expect(store.unwrittenRows == 2)
    try store.flush()
    #expect(store.unwrittenRows == 0)
    let other = try CDRStore(path: directory.path(), existing: .append, timeZone: .utc)
    #expect(try other.rowCount() == 2)
  }

  @Test func aStoreThatIsOnlyDroppedStillWritesItsRows() throws {
    let directory = try TemporaryDirectory()
    do {
      let store = try CDRStore(path: directory.path(), existing: .refuse, timeZone: .utc)
      try store.append(session(1))
    }
    #expect(try CDRStore(path: directory.path(), existing: .append, timeZone: .utc).rowCount() == 1)
  }
}
