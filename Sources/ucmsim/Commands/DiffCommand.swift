import ArgumentParser
import CDRComparison
import CDRStorage
import JSON
import PBXModel
import Primitives
import Reports

/// `ucmsim diff`: what a run wrote against what another run or a real system wrote.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Compare two runs, two models on the same traces, or a run's CDRs with those of a real system.",
    discussion: """
      Two runs, of other models, settings or versions of this program: calls are matched by session, else by parties \
      and start; row numbers, channel numbers and ids of CRM records do not count. Calls that went otherwise are \
      grouped by where the journals part, and each column that changed has its rule. Two folders of many runs are \
      compared run by run, by name. The exit code is 1 when anything differs. Two versions of this program are \
      compared by a run of each.

      With --models or two --firmware, traces are replayed on both in memory and what comes out is compared in the \
      same way. Several traces, and a folder with all traces below it, are an archive: each trace is a run of its own.

      With --cdr, a run and a CSV: rows are paired by their parties, start, disposition and duration, not by their \
      place. Differences are grouped by kind: those that nobody has explained first, then the known ones with the \
      reason. The exit code is 1 when something is unexplained, or with --strict when anything differs.

      Examples:
        ucmsim diff run-6304 run-6202
        ucmsim diff archive-before archive-after --format json
        ucmsim diff morning.pcap --models ucm6202,ucm6304 --site office.yaml
        ucmsim diff archive --models ucm6304 --firmware 2021,2023 --site office.yaml
        ucmsim diff --cdr run Master.csv
        ucmsim diff --cdr run Master.csv --trunk provider1=trunk_1 --all
        ucmsim diff --cdr run/cdr.sqlite export.csv --tolerance 2 --offset auto --format json
      """)

  /// How the differences are printed.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  /// Whose clock a file's times are on.
  enum ClockChoice: String, CaseIterable, ExpressibleByArgument {
    case auto, utc, site

    var clock: CDRTable.Clock? {
      switch self {
      case .auto: nil
      case .utc: .utc
      case .site: .site
      }
    }
  }

  @Flag(help: "Compare a run's CDRs with a CSV.")
  var cdr = false

  @Argument(
    help: ArgumentHelp(
      "Two runs or folders of runs; with --cdr a run or its cdr.sqlite, and Asterisk's Master.csv or the appliance's "
        + "CSV, with or without its header line; with --models traces, or folders of traces.",
      valueName: "run|csv|trace"))
  var inputs: [String]

  @OptionGroup var sides: SidesOptions

  @Option(help: ArgumentHelp("What times and lengths may differ by.", valueName: "seconds"))
  var tolerance: Int64 = 1

  @Option(
    help: ArgumentHelp(
      "Added to the file's times; auto for what the rows themselves show.", valueName: "seconds|auto"),
    transform: DiffCommand.offset)
  var offset = Comparison.Settings.Offset.seconds(0)

  @Option(
    help: ArgumentHelp(
      "Of two runs, what counts: rows, journal, crm. Repeatable; all by default.", valueName: "part"))
  var only: [Part] = []

  /// What of two runs is compared.
  enum Part: String, CaseIterable, ExpressibleByArgument { case rows, journal, crm }

  @Option(help: "Whose clock the file's times are on: utc, site, or auto, by the channels' ids.")
  var clock = ClockChoice.auto

  @Option(
    help: ArgumentHelp(
      "Which trunk of the run a trunk of the file is; otherwise guessed. Repeatable.", valueName: "theirs=ours"),
    transform: DiffCommand.trunk)
  var trunk: [TrunkName] = []

  @Flag(help: "Exit with 1 for explained differences, too.")
  var strict = false

  @Flag(help: "List everything that differs, explained rows as well.")
  var all = false

  @Option(help: "text or json.")
  var format = Format.text

  static let tolerances: ClosedRange<Int64> = 0...3600
  static let offsets: ClosedRange<Int64> = -4_000_000_000...4_000_000_000

  static func offset(_ text: String) throws -> Comparison.Settings.Offset {
    if text == "auto" { return .detected }
    guard let seconds = Int64(text), offsets.contains(seconds) else {
      throw ValidationError("'\(text)' is no offset: give whole seconds, as 3600 or -7200, or auto.")
    }
    return .seconds(seconds)
  }

  static func trunk(_ text: String) throws -> TrunkName {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
      throw ValidationError("'\(text)' names no two trunks: write it as provider1=trunk_1.")
    }
    return TrunkName(theirs: parts[0], ours: parts[1])
  }

  /// The first of the two that are compared.
  var database: CDRDatabase {
    var database = CDRDatabase()
    database.run = inputs.first ?? ""
    return database
  }

  /// What it is compared with.
  var file: String { inputs.last ?? "" }

  mutating func validate() throws {
    guard sides.isGiven || inputs.count == 2 else {
      throw ValidationError(
        "Two runs are compared, \(inputs.count == 1 ? "one is" : "\(inputs.count) are") named; traces are with "
          + "--models A,B.")
    }
    guard !(cdr && sides.isGiven) else {
      throw ValidationError("--cdr compares a run with a CSV and does not go with --models and --firmware.")
    }
    guard cdr || trunk.isEmpty && !strict && offset == .seconds(0) && clock == .auto else {
      throw ValidationError("--trunk, --strict, --offset and --clock go with --cdr.")
    }
    guard !cdr || only.isEmpty else { throw ValidationError("--only is for two runs and does not go with --cdr.") }
    guard Self.tolerances.contains(tolerance) else { throw ValidationError("--tolerance takes 0 to 3600 seconds.") }
    guard Set(trunk.map(\.theirs)).count == trunk.count else {
      throw ValidationError("--trunk names one trunk of the file twice.")
    }
  }

  func run() throws {
    if sides.isGiven { try compareSides() } else if cdr { try compareWithCSV() } else { try compareRuns() }
  }

  private func compareWithCSV() throws {
    let archive = try database.open()
    let table = try CDRTextFile(path: file).table(siteZone: archive.timeZone, clock: clock.clock)
    var settings = Comparison.Settings()
    settings.tolerance = tolerance
    settings.offset = offset
    settings.timeZone = archive.timeZone
    settings.trunks = trunk
    let comparison = Comparison(of: try rows(of: archive), with: table, settings)
    let output = StandardOutput.shared
    switch format {
    case .text:
      output.append(ComparisonText(comparison, file: table, in: archive.timeZone, showsAll: all).text)
    case .json:
      try output.append { bytes in
        comparison.json(file: table, in: archive.timeZone, showsAll: all).write(.indented, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    try output.flush()
    let differs = comparison.identical < comparison.rowCount
    if comparison.unexplained > 0 || strict && differs { throw Complaint("", .findings) }
  }

  private func rows(of archive: CDRArchive) throws -> CDRTable {
    var rows: [ComparableRow] = []
    do {
      try archive.forEachCall(matching: CDRQuery()) { call in
        for row in call.rows { rows.append(ComparableRow(row, in: archive.timeZone)) }
        return !Interrupt.wasRequested
      }
    } catch let error as CDRStoreError { throw error.complaint }
    if Interrupt.wasRequested { throw Complaint("interrupted; nothing was compared", .interrupted) }
    return CDRTable(rows: rows, layout: .run)
  }
}
