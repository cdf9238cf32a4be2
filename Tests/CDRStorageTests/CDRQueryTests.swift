import CDRStorage
import Foundation
import PBXModel
import Primitives
import TestSupport
import Testing

/// One call of one row.
private func call(_ change: (inout CDRRecord) -> Void) -> CDRSession {
  var row = CDRRecord.internalCall()
  change(&row)
  return CDRSession(first: row, others: [])
}

private func archive(_ calls: [CDRSession], _ directory: TemporaryDirectory) throws -> CDRArchive {
  let store = try CDRStore(
    path: directory.path(), existing: .replace, timeZone: .utc, batchRows: 5000, indexes: .whenClosed)
  for call in calls { try store.append(call) }
  try store.close()
  return try CDRArchive(path: directory.path())
}

@Suite struct NumberPatternTests {
  private static let numbers = [
    "", "0", "7", "98", "099", "100", "102", "103", "1000", "1001", "2000", "5300", "5302", "5303", "5304", "5305",
    "05303", "+4930123", "4930123", "alex", "max", "x", "anonymous", "53-02", "5*00", "5[0]", "Zoë", "5_0",
  ]

  /// Sources: the CDR API's guide for lists, ranges, `@`, `_`, `0-0` (reference 5.4); the page for `x` and `.` (5.6).
  @Test(arguments: [
    ("5300", ["5300"]),
    ("5300,5302-5304", ["5300", "5302", "5303", "5304"]),
    ("98-102", ["100", "102", "98"]),
    ("099-103", ["099", "100", "102", "103"]),
    ("0-0", ["", "+4930123", "5*00", "53-02", "5[0]", "5_0", "Zoë", "alex", "anonymous", "max", "x"]),
    ("53@", ["53-02", "5300", "5302", "5303", "5304", "5305"]),
    ("_3@", ["53-02", "5300", "5302", "5303", "5304", "5305"]),
    ("@30@", ["+4930123", "05303", "4930123", "5300", "5302", "5303", "5304", "5305"]),
    ("53_0_", ["53-02"]),
    ("53-0_", ["53-02"]),
    ("5_0_", ["5*00", "5300", "5302", "5303", "5304", "5305", "5[0]"]),
    ("@", numbers.sorted()),
    ("@@@@@@", numbers.sorted()),
    ("____", ["1000", "1001", "2000", "5*00", "5300", "5302", "5303", "5304", "5305", "5[0]", "alex"]),
    ("5xxx", ["5300", "5302", "5303", "5304", "5305"]),
    ("x", ["0", "7"]),
    ("10xx,2.", ["1000", "1001", "2000"]),
    ("+49.", ["+4930123"]),
    (".", numbers.sorted()),
    ("5*0x", ["5*00"]),
    ("alex,max", ["alex", "max"]),
    ("5[0]", ["5[0]"]),
    ("5[@", ["5[0]"]),
    ("Zo_", ["Zoë"]),
    ("nobody", []),
  ])
  func aPatternFindsExactlyItsNumbers(text: String, expected: [String]) throws {
    let directory = try TemporaryDirectory()
    let archive = try archive(
      Self.numbers.map { number in call { ($0.src, $0.dst) = (number, "9" + number) } }, directory)
    var query = CDRQuery()
    query.callers = try NumberPattern.list(text)
    #expect(try archive.calls(matching: query).map(\.first.src).sorted() == expected.sorted())
  }

  @Test(arguments: [
    ("", 0), (",5300", 0), ("5300,", 5), ("5300,,5303", 5), ("5300-5301-5302", 10), ("-5", 0), ("5-", 2),
    ("53a-5303", 0),
    ("5304-5302", 5), ("100-99", 4), ("5300,5304-5302", 10), ("sip-phone", 0),
    (String(repeating: "1", count: 33) + "-2", 0),
    (String(repeating: "1,", count: 100) + "1", 200),
  ])
  func aMistakeIsReportedWhereItStands(text: String, byteOffset: Int) {
    let error = #expect(throws: NumberPattern.SyntaxError.self) { try NumberPattern.list(text) }
    #expect(error?.byteOffset == byteOffset)
    #expect(error?.expected.isEmpty == false)
  }
}

@Suite struct CDRQueryTests {
  private func numbers(_ archive: CDRArchive, _ change: (inout CDRQuery) throws -> Void) throws -> [Int] {
    var query = CDRQuery()
    try change(&query)
    return try archive.calls(matching: query).map { $0.first.acctId / 10 }
  }

  /// Calls 1 ... 20 outbound and answered, then 21 by a trunk that failed.
  private func office(_ directory: TemporaryDirectory) throws -> CDRArchive {
    var inbound = CDRRecord.outboundCall(21, row: 0)
    inbound.disposition = .failed
    inbound.userfield = .inbound
    inbound.channelExt = "trunk_3"
    inbound.srcTrunkName = "Carrier"
    inbound.dstTrunkName = ""
    inbound.actionType = "IVR[7000]"
    inbound.billsecSeconds = 0
    inbound.dstanswer = ""
    return try archive((1...20).map { session($0) } + [CDRSession(first: inbound, others: [])], directory)
  }

  @Test func callsAreFoundByEachConditionAndByAllTogether() throws {
    let directory = try TemporaryDirectory()
    let archive = try office(directory)
    #expect(try numbers(archive) { $0.callers = try NumberPattern.list("2003") } == [3])
    #expect(
      try numbers(archive) { $0.callees = try NumberPattern.list("+49300004,+49300001x") } == [4] + Array(10...19))
    #expect(try numbers(archive) { $0.answeredBy = try NumberPattern.list("+49300005") } == [5])
    #expect(try numbers(archive) { $0.callerNames = try NumberPattern.list("Zoë@") }.count == 21)
    #expect(try numbers(archive) { $0.dispositions = [.failed] } == [21])
    #expect(try numbers(archive) { $0.dispositions = [.failed, .busy, .answered] }.count == 21)
    #expect(try numbers(archive) { $0.types = [.inbound] } == [21])
    #expect(try numbers(archive) { $0.trunks = ["Carrier"] } == [21])
    #expect(try numbers(archive) { $0.trunks = ["trunk_3"] } == [21])
    #expect(try numbers(archive) { $0.trunks = ["trunk_1"] }.count == 21)
    #expect(try numbers(archive) { $0.sourceTrunks = ["in"] } == Array(1...20))
    #expect(try numbers(archive) { $0.destinationTrunks = ["Carrier", ""] }.isEmpty)
    #expect(try numbers(archive) { $0.accounts = ["acc7", "acc9"] } == [7, 9])
    #expect(try numbers(archive) { $0.accounts = [""] }.isEmpty)
    #expect(try numbers(archive) { $0.actions = ["IVR"] } == [21])
    #expect(try numbers(archive) { $0.actions = ["IV"] }.isEmpty)
    #expect(try numbers(archive) { $0.sessions = ["1683815430724538-2005"] } == [5])
    #expect(try numbers(archive) { $0.maximumTalkSeconds = 6 } == [21])
    #expect(try numbers(archive) { $0.minimumTalkSeconds = 8 }.isEmpty)
    #expect(
      try numbers(archive) {
        $0.callers = try NumberPattern.list("20xx")
        $0.dispositions = [.answered]
        $0.startingFrom = session(5).first.start
        $0.startingBefore = session(8).first.start
      } == [5, 6, 7])
  }

  @Test func timesBoundTheStartToTheNanosecond() throws {
    let directory = try TemporaryDirectory()
    let archive = try office(directory)
    #expect(try numbers(archive) { $0.startingFrom = session(20).first.start } == [20, 21])
    #expect(try numbers(archive) { $0.startingFrom = session(20).first.start + .init(nanoseconds: 1) } == [21])
    #expect(try numbers(archive) { $0.startingBefore = session(3).first.start } == [1, 2])
    #expect(try numbers(archive) { $0.startingBefore = Instant(nanoseconds: .min) }.isEmpty)
    #expect(try numbers(archive) { $0.startingFrom = .distantFuture }.isEmpty)
  }

  @Test func pagesGoThroughTheCallsInBothOrders() throws {
    let directory = try TemporaryDirectory()
    let archive = try archive((1...9).map { session($0, rows: $0 % 3 + 1) }, directory)
    for order in CDRQuery.Order.allCases {
      var pages: [Int] = []
      for offset in stride(from: 0, to: 12, by: 4) {
        pages += try numbers(archive) { ($0.order, $0.offset, $0.limit) = (order, offset, 4) }
      }
      #expect(pages == (order == .oldest ? Array(1...9) : Array((1...9).reversed())))
    }
    #expect(try numbers(archive) { $0.limit = 0 }.isEmpty)
    #expect(try numbers(archive) { $0.limit = -3 }.isEmpty)
    #expect(try numbers(archive) { $0.offset = .max }.isEmpty)
  }

  @Test func aCallIsGivenWholeAndOnceWhicheverOfItsRowsAreFound() throws {
    let directory = try TemporaryDirectory()
    // The rows of two calls lie among each other in the order of their start.
    func rows(_ caller: String, _ offset: Int64) -> CDRSession {
      let records = (0..<3).map { index in
        var row = CDRRecord.internalCall(startingAt: CDRRecord.sampleStart + .seconds(Int64(index) * 10 + offset))
        (row.src, row.dst) = (caller, "300\(index)")
        return row
      }
      return CDRSession(first: records[0], others: Array(records.dropFirst()))
    }
    let calls = [rows("1", 0), rows("2", 5)]
    let archive = try archive(calls, directory)
    #expect(try archive.calls() == calls)
    var query = CDRQuery()
    query.callees = try NumberPattern.list("3001,3002")
    #expect(try archive.calls(matching: query) == calls)
    query.order = .newest
    #expect(try archive.calls(matching: query) == calls.reversed())
    query.callers = try NumberPattern.list("1")
    query.callees = try NumberPattern.list("3002")
    #expect(try archive.calls(matching: query) == [calls[0]])
    query.offset = 1
    #expect(try archive.calls(matching: query).isEmpty)
  }

  /// More rows than are fetched and sorted, so that every way to walk them is taken.
  @Test func everyWayThroughTheIndexesGivesTheSameCalls() throws {
    let directory = try TemporaryDirectory()
    var random = SeededGenerator(seed: 7)
    let calls = (0..<45_000).map { number in
      call {
        $0.acctId = number
        $0.start = CDRRecord.sampleStart + .seconds(Int64(number) - Int64(random.next() % 50))
        $0.src = String(1000 + random.next() % 3)
        $0.dst = number % 9000 == 0 ? "rare" : String(2000 + random.next() % 2)
        $0.disposition = random.next() % 2 == 0 ? .answered : .noAnswer
        $0.userfield = number % 15_000 == 0 ? .external : .internal
      }
    }
    let archive = try archive(calls, directory)
    let late = CDRRecord.sampleStart + .seconds(44_900)
    let cases: [((inout CDRQuery) throws -> Void, (CDRRecord) -> Bool)] = [
      ({ $0.callees = try NumberPattern.list("rare") }, { $0.dst == "rare" }),
      ({ $0.callees = try NumberPattern.list("2@") }, { $0.dst.hasPrefix("2") }),
      ({ $0.callees = try NumberPattern.list("@are") }, { $0.dst == "rare" }),
      ({ $0.dispositions = [.answered] }, { $0.disposition == .answered }),
      ({ $0.dispositions = [.answered, .noAnswer] }, { _ in true }),
      ({ $0.types = [.external] }, { $0.userfield == .external }),
      (
        {
          $0.dispositions = [.noAnswer]
          $0.startingFrom = late
        }, { $0.disposition == .noAnswer && $0.start >= late }
      ),
      (
        {
          $0.callers = try NumberPattern.list("1000,1001")
          $0.dispositions = [.answered]
        }, { $0.src != "1002" && $0.disposition == .answered }
      ),
    ]
    let ordered = calls.map(\.first).sorted { ($0.start, $0.acctId) < ($1.start, $1.acctId) }
    for (index, (change, isFound)) in cases.enumerated() {
      var query = CDRQuery()
      try change(&query)
      let expected = ordered.filter(isFound).map(\.acctId)
      #expect(try archive.calls(matching: query).map(\.first.acctId) == expected, "case \(index)")
      (query.order, query.limit, query.offset) = (.newest, 30, 3)
      #expect(
        try archive.calls(matching: query).map(\.first.acctId) == Array(expected.reversed().dropFirst(3).prefix(30)))
    }
  }

  @Test func withoutIndexesTheSameCallsAreFound() throws {
    let directory = try TemporaryDirectory()
    let store = try CDRStore(
      path: directory.path(), existing: .replace, timeZone: .utc, batchRows: 3, indexes: .whenClosed)
    for number in 1...9 { try store.append(session(number)) }
    let archive = try CDRArchive(path: directory.path())
    #expect(try numbers(archive) { $0.callers = try NumberPattern.list("2002") } == [2])
    #expect(try numbers(archive) { $0.order = .newest } == Array((1...9).reversed()))
  }

  @Test func anErrorOfTheReaderComesBackAsItIs() throws {
    struct Enough: Error {}
    let directory = try TemporaryDirectory()
    let archive = try archive([session(1)], directory)
    #expect(throws: Enough.self) { try archive.forEachCall(matching: CDRQuery()) { _ in throw Enough() } }
  }
}
