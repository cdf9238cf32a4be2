import CDRStorage
import Glibc
import PBXModel
import Primitives

/// How long parts of the list of calls take in a database of many rows.
enum PageTimes {
  private static let runs = 9

  static func measure(_ path: String, rows wanted: Int) throws {
    let begun = seconds()
    let rows = try make(path, rows: wanted)
    print("made\t\(rows)\t\(seconds() - begun)")
    let archive = try CDRArchive(path: path)
    for (name, change) in questions {
      var request = CDRPageRequest(CDRQuery())
      request.query.order = .newest
      try change(&request)
      let first = try archive.page(request)
      var times: [Double] = []
      for _ in 0..<runs {
        let start = seconds()
        let page = try archive.page(request)
        if !page.isCutShort, page.next != nil {
          var counted = request
          counted.effort /= 4
          _ = try archive.count(counted)
        }
        times.append((seconds() - start) * 1000)
      }
      times.sort()
      print("\(name)\t\(first.calls.count)\t\(first.isCutShort)\t\(times[0])\t\(times[runs / 2])\t\(times[runs - 1])")
    }
    try measureExport(archive)
  }

  /// The first piece of 500 calls, and all of them.
  private static func measureExport(_ archive: CDRArchive) throws {
    var request = CDRPageRequest(CDRQuery())
    request.limit = 500
    let start = seconds()
    var page = try archive.page(request)
    let first = (seconds() - start) * 1000
    var calls = page.calls.count
    while let next = page.next {
      request.cursor = next
      page = try archive.page(request)
      calls += page.calls.count
    }
    print("export\t\(calls)\t\(first)\t\((seconds() - start) * 1000)")
  }

  /// Writes so many rows, with every index.
  static func make(_ path: String, rows wanted: Int) throws -> Int {
    var maker = CallMaker()
    let store = try CDRStore(path: path, existing: .replace, timeZone: .utc, indexes: .whenClosed)
    var rows = 0
    while rows < wanted {
      let session = maker.session()
      rows += 1 + session.others.count
      try store.append(session)
    }
    try store.close()
    // The indexes of pages are laid at once, which takes a fraction of keeping them up with every row.
    try CDRStore(path: path, existing: .append, timeZone: .utc, indexes: .withEveryRowForPages).close()
    return rows
  }

  private static let middle: Int64 = 400_000

  private static let questions: [(String, @Sendable (inout CDRPageRequest) throws -> Void)] = [
    ("first page", { _ in }),
    ("in the middle", { $0.cursor = middle }),
    ("by caller, in the middle", { ($0.sort, $0.cursor) = (.caller, middle) }),
    ("by callee", { $0.sort = .callee }),
    ("by status, in the middle", { ($0.sort, $0.cursor) = (.status, middle) }),
    ("by talk time", { $0.sort = .talk }),
    ("by action type", { $0.sort = .action }),
    ("caller 1001", { $0.query.callers = try NumberPattern.list("1001") }),
    ("caller 10xx", { $0.query.callers = try NumberPattern.list("10xx") }),
    ("caller +4930.", { $0.query.callers = try NumberPattern.list("+4930.") }),
    ("caller @99 (any beginning)", { $0.query.callers = try NumberPattern.list("@99") }),
    ("callee nobody has", { $0.query.callees = try NumberPattern.list("4711") }),
    ("caller name part", { $0.query.callerNameParts = ["Extension 13"] }),
    ("caller name nobody has", { $0.query.callerNameParts = ["Nobody"] }),
    ("status BUSY", { $0.query.dispositions = [.busy] }),
    ("status FAILED, outbound", { ($0.query.dispositions, $0.query.types) = ([.failed], [.outbound]) }),
    ("source trunk", { $0.query.sourceTrunks = ["trunk_1"] }),
    ("action RINGGROUP", { $0.query.actions = ["RINGGROUP"] }),
    ("talk time 299 s and more", { $0.query.minimumTalkSeconds = 299 }),
    ("talk time none has", { $0.query.minimumTalkSeconds = 100_000 }),
    ("account none has", { $0.query.accounts = ["acc"] }),
    ("one day", { ($0.query.startingFrom, $0.query.startingBefore) = (day(3), day(4)) }),
    (
      "one day, by caller, BUSY",
      {
        ($0.query.startingFrom, $0.query.startingBefore) = (day(3), day(4))
        ($0.sort, $0.query.dispositions) = (.caller, [.busy])
      }
    ),
    (
      "everything at once",
      {
        $0.query.callers = try NumberPattern.list("1xxx")
        $0.query.callees = try NumberPattern.list("+49.")
        ($0.query.dispositions, $0.query.types) = ([.answered], [.outbound])
        ($0.query.destinationTrunks, $0.query.actions) = (["trunk_2"], ["DIAL"])
        ($0.query.minimumTalkSeconds, $0.query.maximumTalkSeconds) = (10, 20)
        $0.query.callerNameParts = ["9"]
        $0.query.startingFrom = day(2)
      }
    ),
    (
      "much of each, none of all, by callee",
      {
        ($0.sort, $0.query.dispositions, $0.query.types) = (.callee, [.answered], [.inbound])
        $0.query.callerNameParts = ["Nobody"]
      }
    ),
  ]

  private static func day(_ number: Int64) -> Instant { Instant(seconds: 1_762_000_000 + number * 86_400) }

  private static func seconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
