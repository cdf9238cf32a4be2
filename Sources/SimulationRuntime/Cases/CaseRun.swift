public import Cases
import HardwareProfiles
import JSON
import PBXModel
import Primitives
import Reports
import Simulation

/// Runs one cell of a case and concludes from what came out. Needs no files but those it reads.
public struct CaseRun {
  /// A file kept with the case.
  public struct Kept: Sendable {
    /// Which of a run's files.
    public var file: RunFormat.File
    /// As reports call it.
    public var shownPath: String
    /// nil where it is not there.
    public var bytes: [UInt8]?

    /// A file as it was read.
    public init(file: RunFormat.File, shownPath: String, bytes: [UInt8]?) {
      self.file = file
      self.shownPath = shownPath
      self.bytes = bytes
    }
  }

  /// What is asked for beside the verdict.
  public struct Extras: Hashable, Sendable {
    /// Whether pictures of calls are wanted.
    public var hasLadders = false

    /// The verdict only.
    public init() {}
  }

  /// Calls drawn of a cell.
  public static let laddersMax = 3
  /// Calls of a failed expectation whose frames are looked up.
  public static let callsMax = 5
  /// Rows that a report shows of a cell.
  public static let tableRowsMax = 100

  private let testCase: TestCase
  private let options: Replay.Options
  private let goldens: [Kept]
  private let extras: Extras

  /// A cell that has not run yet.
  public init(_ testCase: TestCase, _ options: Replay.Options, goldens: [Kept], extras: Extras = Extras()) {
    self.testCase = testCase
    self.options = options
    self.goldens = goldens
    self.extras = extras
  }

  /// Runs the cell.
  ///
  /// - Parameters:
  ///   - result: names the cell and its commands: the first runs the test, the second replays it.
  /// - Returns: what was computed, byte for byte; nil where the trace could not be read.
  public func run(into result: inout CellResult) -> RunCollector? {
    let collector = RunCollector(layout: CDRLayout(options.profile.traits), timeZone: options.site.timeZone)
    var replay = Replay(options, into: collector)
    let summary: RunSummary
    do throws(Replay.Failure) { summary = try replay.run() } catch {
      result.giveUp(error.description)
      return nil
    }
    let records = RunRecords(collector)
    var results = Evaluation.results(of: testCase.expectations, against: records)
    if let golden = testCase.golden { results += compare(golden, collector, result.commands.first ?? "") }
    results += complaints(of: summary, replay.crmTraffic)
    describe(records, summary, in: &result)
    result.conclude(results)
    lookIntoTrace(&result)
    return collector
  }

  private func compare(_ golden: Golden, _ collector: RunCollector, _ command: String) -> [ExpectationResult] {
    goldens.map { kept in
      GoldenComparison.result(
        of: kept.file, kept: kept.bytes, found: collector.bytes(of: kept.file), golden: golden,
        shownPath: kept.shownPath, renewal: command + " --update")
    }
  }

  /// What went wrong without being expected: a trace that broke off, a CRM's data that could not be kept.
  private func complaints(of summary: RunSummary, _ traffic: CRMTrafficReport) -> [ExpectationResult] {
    let expectsBreaks = testCase.expectations.contains {
      if case .summary(path: ["failures"], _) = $0.claim { true } else { false }
    }
    return ((expectsBreaks ? [] : summary.failures) + traffic.failures).map { failure in
      var result = ExpectationResult(
        label: "traces", place: testCase.traces.first?.place ?? SourcePlace(line: 1, column: 1),
        claim: "the traces can be read to their end")
      result.verdict = .failed
      result.message = failure + "; if the case is about that, expect `account: {brokenTraces: 1}`"
      return result
    }
  }

  // MARK: For reports

  private static let tableColumns = [
    "start", "src", "caller_name", "dst", "userfield", "disposition", "duration", "billsec", "dstchannel_ext",
    "action_type",
  ]

  private func describe(_ records: RunRecords, _ summary: RunSummary, in result: inout CellResult) {
    result.fingerprint = summary.fingerprint
    (result.calls, result.rows) = (summary.tally.calls, records.rows.count)
    result.tableColumns = Self.tableColumns.filter(records.columns.contains)
    result.table = records.rows.prefix(Self.tableRowsMax).map { row in
      result.tableColumns.map { row[$0] ?? "" }
    }
    var running: Set<Int64> = []
    var first: Double?
    for event in records.events {
      guard let call = event.call, let time = event["time"].flatMap(Double.init) else { continue }
      switch event["event"] {
      case "callStarted": running.insert(call)
      case "callEnded", "callJoined", "callWithoutRow": guard running.remove(call) != nil else { continue }
      default: continue
      }
      let start = first ?? time
      first = start
      // Microseconds are what a trace has; the rest is the arithmetic of large numbers.
      let seconds = ((time - start) * 1e6).rounded() / 1e6
      if result.load.last?.seconds == seconds { result.load.removeLast() }
      if result.load.count < 10_000 { result.load.append(.init(seconds: seconds, calls: running.count)) }
    }
  }

  /// Adds what only the trace shows: the frames of the calls that failed expectations are about, and pictures.
  private func lookIntoTrace(_ result: inout CellResult) {
    let failing = result.failures.flatMap { $0.calls.prefix(Self.callsMax) }
    var ids = Array(Set(failing).sorted().prefix(Self.laddersMax * Self.callsMax))
    if extras.hasLadders, ids.isEmpty { ids = Array(Int64(1)...Int64(Self.laddersMax)) }
    guard !ids.isEmpty else { return }
    let pictures = CallPictures(of: Set(ids), options)
    for index in result.expectations.indices where !result.expectations[index].hasPassed {
      let frames = result.expectations[index].calls.prefix(Self.callsMax).flatMap { pictures.frames(of: $0) }
      result.expectations[index].frames = Array(Set(frames)).sorted()
    }
    guard let replay = result.commands.dropFirst().first else { return }
    result.commands += Set(failing).sorted().prefix(Self.callsMax).map { call in
      "ucmsim explain" + replay.dropFirst("ucmsim replay".count) + " --call \(call)"
    }
    if extras.hasLadders { result.ladders = ids.prefix(Self.laddersMax).compactMap { pictures.svg(of: $0) } }
  }
}

extension RunCollector {
  /// What `RunDirectory` would have written into the file.
  public func bytes(of file: RunFormat.File) -> [UInt8] {
    switch file {
    case .csv: csv
    case .json: json
    case .events: events
    case .exchanges: exchanges
    case .summary: summary
    }
  }
}

extension RunRecords {
  /// What a replay left in memory.
  public init(_ collector: RunCollector) {
    self.init(
      columns: collector.columns.map(\.rawValue), rows: collector.rows, events: collector.events,
      exchanges: collector.exchanges, summary: JSONValue(parsing: collector.summary) ?? .null,
      isWhole: collector.isWhole)
  }
}
