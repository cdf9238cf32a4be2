import CDRStorage
import PBXModel
import Primitives
import TestSupport
import Testing

/// The list of calls in parts.
@Suite struct CallPagesTests {
  private static let statuses: [Disposition] = [.answered, .noAnswer, .busy, .failed]

  /// Calls of one to four rows whose starts overlap, with values that many of them share.
  private static func calls(_ count: Int) -> [CDRSession] {
    (1...count).compactMap { number in
      let rows = (0..<(number % 4 + 1)).map { index in
        var row = CDRRecord.outboundCall(number, row: 0)
        row.start = row.start + .seconds(Int64(index * 7))
        row.src = "\(2000 + number % 5)"
        row.dst = "\(3000 + (number + index) % 3)"
        row.accountCode = number % 6 == 0 ? "acc\(number % 12)" : ""
        row.disposition = Self.statuses[(number + index) % 4]
        row.billsecSeconds = Int64((number * 13 + index) % 10)
        return row
      }
      return CDRSession(rows: rows)
    }
  }

  private static func archive(
    _ calls: [CDRSession], _ directory: TemporaryDirectory, _ indexes: IndexUpkeep = .withEveryRowForPages
  ) throws -> CDRArchive {
    let store = try CDRStore(path: directory.path(), existing: .replace, timeZone: .utc, indexes: indexes)
    for call in calls { try store.append(call) }
    try store.close()
    return try CDRArchive(path: directory.path())
  }

  /// Every page from the beginning to the end.
  private func pages(_ archive: CDRArchive, _ first: CDRPageRequest) throws -> [CDRPage] {
    var request = first
    var pages: [CDRPage] = []
    repeat {
      let page = try archive.page(request)
      pages.append(page)
      request.cursor = page.next
    } while request.cursor != nil && pages.count < 10_000
    return pages
  }

  @Test(arguments: CDRSort.allCases, CDRQuery.Order.allCases)
  func everyCallIsOnOnePageAndTheWayBackIsTheSame(sort: CDRSort, order: CDRQuery.Order) throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(83), directory)
    var request = CDRPageRequest(CDRQuery())
    (request.sort, request.query.order, request.limit) = (sort, order, 10)
    let pages = try pages(archive, request)
    #expect(pages.count == 9)
    #expect(Set(pages.flatMap(\.calls).map(\.number)) == Set(1...83))
    #expect(pages.flatMap(\.calls).count == 83)
    #expect(pages.first?.previous == nil)
    #expect(!pages.contains { $0.isCutShort })
    for (page, behind) in zip(pages, pages.dropFirst()) {
      request.cursor = behind.previous
      request.isBefore = true
      #expect(try archive.page(request).calls == page.calls)
    }
  }

  @Test(arguments: CDRSort.allCases)
  func callsStandInTheOrderOfTheirFirstMatchingRow(sort: CDRSort) throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(60), directory)
    var request = CDRPageRequest(CDRQuery())
    (request.sort, request.query.order, request.limit) = (sort, .oldest, 1000)
    request.query.dispositions = [.busy]
    func key(_ row: CDRRecord) -> String {
      switch sort {
      case .start: ""
      case .caller: row.src
      case .callee: row.dst
      case .action: row.actionType
      case .talk: String(row.billsecSeconds)
      case .account: row.accountCode
      case .status: row.disposition.rawValue
      }
    }
    let keys = try archive.page(request).calls.compactMap { call in
      call.session.rows.filter { $0.disposition == .busy }.map { (key($0), $0.start) }.min { $0 < $1 }
    }
    #expect(keys.count > 10)
    #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 })
  }

  private static let conditions: [@Sendable (inout CDRQuery) throws -> Void] = [
    { $0.callers = try NumberPattern.list("2003") },
    { $0.callers = try NumberPattern.list("@3") },
    { $0.callees = try NumberPattern.list("300x") },
    { $0.dispositions = [.failed, .busy] },
    { $0.accounts = ["acc6"] },
    { $0.accounts = [""] },
    { $0.minimumTalkSeconds = 5 },
    { ($0.minimumTalkSeconds, $0.maximumTalkSeconds) = (5, 5) },
    { $0.callerNameParts = ["zOË", "oë 山"] },
    { $0.destinationTrunks = ["trunk_1"] },
    { $0.startingBefore = CDRRecord.sampleStart + .seconds(30) },
    { $0.endingFrom = CDRRecord.sampleStart + .seconds(40) },
    {
      ($0.endingFrom, $0.endingBefore) = (
        CDRRecord.sampleStart + .seconds(30), CDRRecord.sampleStart + .seconds(45)
      )
    },
    { $0.rowIDs = [230, 341, 999_999] },
    { $0.maximumTalkSeconds = 3 },
    { ($0.startingFrom, $0.dispositions) = (CDRRecord.sampleStart + .seconds(20), [.answered]) },
    {
      $0.callers = try NumberPattern.list("2001")
      $0.dispositions = [.busy]
      $0.types = [.outbound]
      $0.minimumTalkSeconds = 2
    },
  ]

  @Test(arguments: conditions.indices, [IndexUpkeep.withEveryRowForPages, .whenClosed])
  func aConditionFindsOnPagesWhatTheAPIFinds(condition: Int, indexes: IndexUpkeep) throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(70), directory, indexes)
    var request = CDRPageRequest(CDRQuery())
    try Self.conditions[condition](&request.query)
    request.limit = 7
    let expected = try archive.calls(matching: request.query)
    #expect(!expected.isEmpty)
    #expect(try pages(archive, request).flatMap(\.calls).map(\.session) == expected)
    #expect(try archive.count(request) == .exactly(expected.count))
    for sort in CDRSort.allCases {
      request.sort = sort
      let found = try pages(archive, request).flatMap(\.calls).map(\.session)
      #expect(found.count == expected.count && Set(found) == Set(expected))
    }
  }

  @Test(arguments: conditions.indices, [true, false])
  func callsAreSkippedAsTheAPISkipsThem(condition: Int, allowsScans: Bool) throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(70), directory)
    var request = CDRPageRequest(CDRQuery())
    try Self.conditions[condition](&request.query)
    (request.limit, request.effort, request.allowsScans) = (4, 5, allowsScans)
    let expected = try archive.calls(matching: request.query)
    for skipped in [0, 1, 5, expected.count - 1, expected.count, expected.count + 1, .max] {
      request.skipped = skipped
      let found = try pages(archive, request).flatMap(\.calls).map(\.session)
      #expect(found == Array(expected.dropFirst(skipped)), "\(skipped)")
    }
  }

  @Test(arguments: [IndexUpkeep.withEveryRowForPages, .whenClosed])
  func rowsAreFoundByTheirEndHoweverLongTheyAre(indexes: IndexUpkeep) throws {
    let directory = try TemporaryDirectory()
    let calls = (1...60).map { number -> CDRSession in
      var row = CDRRecord.outboundCall(number, row: 0)
      let length = [0, 1, 7, 300, -5, 86_400][number % 6]
      row.end = number % 5 == 0 ? nil : row.start + .seconds(Int64(length))
      return CDRSession(first: row, others: [])
    }
    let archive = try Self.archive(calls, directory, indexes)
    let span = { (seconds: Int) in CDRRecord.sampleStart + .seconds(Int64(seconds)) }
    for (from, before) in [
      (nil, nil), (10, nil), (nil, 30), (20, 21), (25, 40), (0, 500), (86_400, nil), (90_000, nil),
    ] {
      var request = CDRPageRequest(CDRQuery())
      (request.query.endingFrom, request.query.endingBefore) = (from.map(span), before.map(span))
      let expected = calls.filter { call in
        guard let end = call.first.end else { return from == nil && before == nil }
        return (from.map(span).map { end >= $0 } ?? true) && (before.map(span).map { end < $0 } ?? true)
      }
      #expect(try archive.calls(matching: request.query) == expected)
      #expect(try pages(archive, request).flatMap(\.calls).map(\.session) == expected)
    }
  }

  @Test func whatIsSkippedTakesNoEffort() throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(100), directory)
    var request = CDRPageRequest(CDRQuery())
    (request.limit, request.effort, request.skipped) = (1, 3, 90)
    #expect(try archive.page(request).calls.map(\.number) == [91])
  }

  @Test func aSearchThatFindsLittleEndsEarlyAndGoesOnFromThere() throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(100), directory)
    var request = CDRPageRequest(CDRQuery())
    request.query.callerNameParts = ["Zoë"]
    request.query.minimumTalkSeconds = 0
    request.query.answeredBy = try NumberPattern.list("@77")
    request.effort = 20
    let pages = try pages(archive, request)
    #expect(pages.count > 5)
    #expect(pages.dropLast().allSatisfy { $0.isCutShort })
    #expect(pages.flatMap(\.calls).map(\.number) == [77])
    #expect(try archive.count(request) == .atLeast(0))
  }

  @Test func countingEndsWhereItIsToldTo() throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(40), directory)
    var request = CDRPageRequest(CDRQuery())
    request.countMax = 39
    #expect(try archive.count(request) == .atLeast(39))
    request.countMax = 40
    #expect(try archive.count(request) == .exactly(40))
  }

  @Test func aCursorWhoseRowIsGoneLeadsToTheBeginning() throws {
    let directory = try TemporaryDirectory()
    let archive = try Self.archive(Self.calls(5), directory)
    var request = CDRPageRequest(CDRQuery())
    for cursor in [Int64(999_999), 0, -1, .min, .max] {
      request.cursor = cursor
      let page = try archive.page(request)
      #expect(page.hasLostCursor && page.calls.count == 5 && page.previous == nil)
    }
  }

  @Test func aCallIsFoundByEachOfItsRows() throws {
    let directory = try TemporaryDirectory()
    let calls = Self.calls(4)
    let archive = try Self.archive(calls, directory)
    var row = Int64(0)
    for (index, call) in calls.enumerated() {
      for _ in call.rows {
        row += 1
        #expect(try archive.call(ofRow: row)?.number == Int64(index + 1))
        #expect(try archive.call(ofRow: row)?.session == call)
      }
    }
    #expect(try archive.call(ofRow: row + 1) == nil)
    #expect(try archive.call(ofRow: .min) == nil)
  }

  @Test(arguments: [
    "' OR 1=1 --", "%", "_", "\\", "\"", "a\u{0}b", "<script>", "\u{202e}", "*", "?", "[",
    String(repeating: "x", count: 4096),
  ])
  func whatIsEnteredIsNoSQL(text: String) throws {
    let directory = try TemporaryDirectory()
    var named = CDRRecord.outboundCall(1, row: 0)
    (named.callerName, named.accountCode, named.actionType) = ("(\(text))", text, text)
    let archive = try Self.archive(
      [CDRSession(first: named, others: []), CDRSession(first: .outboundCall(2, row: 0), others: [])], directory)
    func found(_ change: (inout CDRQuery) -> Void) throws -> [Int64] {
      var request = CDRPageRequest(CDRQuery())
      change(&request.query)
      return try archive.page(request).calls.map(\.number)
    }
    #expect(try found { $0.accounts = [text] } == [1])
    #expect(try found { $0.actions = [text] } == [1])
    if !text.contains("\0") { #expect(try found { $0.callerNameParts = [text] } == [1]) }
    #expect(try found { $0.sourceTrunks = [text] }.isEmpty)
  }
}
