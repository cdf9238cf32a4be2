import ArgumentParser
import Cases
import Foundation
import HardwareProfiles
import JSON
import Reports
import SimulationRuntime

/// `ucmsim test`: regression cases.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run regression cases: traces with what must come out of them.",
    discussion: """
      A case is a folder with a case.yaml; the folders given are searched for them. Each case runs on every model, \
      firmware and CRM it names: a cell. Nothing is tried twice, an expectation that cannot be evaluated has failed, \
      and equal runs give equal reports whatever --jobs says.

      Exit codes: 0 all passed, 1 something failed or --update changed something, 2 wrong usage, 3 a case or trace \
      cannot be used.

      Examples:
        ucmsim test fixtures
        ucmsim test fixtures --models all --filter 'overload' --jobs 4
        ucmsim test cases --junit results.xml --html results.html --annotations github
        ucmsim test cases/monday --update
      """)

  /// How the results are printed.
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }
  /// Who reads the lines beside the case files.
  enum Annotations: String, CaseIterable, ExpressibleByArgument { case github, gitlab }

  @Argument(help: ArgumentHelp("Folders that hold case.yaml, or folders of such.", valueName: "case"))
  var cases: [String]

  @Option(
    help: ArgumentHelp(
      "Models in place of the cases' own, with commas between; all for every one.", valueName: "models"))
  var models: String?

  @Option(
    help: ArgumentHelp("Firmware in place of the cases' own, with commas between.", valueName: "names"))
  var firmwares: String?

  @Option(
    help: ArgumentHelp(
      "Only cells whose id has this in it, or is of this pattern with * and ?; see --list.", valueName: "pattern"))
  var filter: String?

  @Option(help: ArgumentHelp("Cells that run at the same time; otherwise one for each processor.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Print the ids of the cells and run none.")
  var list = false

  @Flag(help: "Stop after the first cell that fails.")
  var failFast = false

  @Flag(help: "Write goldens and expected numbers anew, show what changed, and exit with 1 if anything did.")
  var update = false

  @Flag(help: "Say how long each cell took, in JSON and JUnit; such reports differ from run to run.")
  var durations = false

  @Option(help: "text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("Write JUnit's XML to this file.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write one page that needs nothing else to this file.", valueName: "file"))
  var html: String?

  @Option(
    help: "On standard output instead of the results: github (workflow commands) or gitlab (a code-quality report).")
  var annotations: Annotations?

  static let jobsMax = 256

  mutating func validate() throws {
    guard (1...Self.jobsMax).contains(jobs ?? 1) else { throw ValidationError("--jobs takes 1 to \(Self.jobsMax).") }
    guard !update || models == nil && firmwares == nil else {
      throw ValidationError("--update renews what the cases themselves say: leave --models and --firmwares out.")
    }
    guard !update || !list else { throw ValidationError("--list runs nothing, so --update has nothing to renew.") }
    guard annotations == nil || format == .text else {
      throw ValidationError("--annotations and --format json both print to standard output; give one of them.")
    }
  }

  func run() throws {
    let catalog = try Profiles.catalog(directory: nil)
    let suite = try suite(catalog)
    if list { return try tell(suite) }
    var outcomes = try run(suite)
    var hasChanged = false
    if update {
      hasChanged = try renew(suite.entries, outcomes)
      // What is told is what holds now.
      if hasChanged { outcomes = try run(try self.suite(catalog)) }
    }
    let results = outcomes.map(\.result)
    try tell(results)
    try conclude(results)
    if hasChanged { throw Complaint("", .findings) }
  }

  private func suite(_ catalog: ProfileCatalog) throws -> CaseSuite {
    var choice = CaseSuite.Choice()
    choice.models = Self.names(models)
    choice.firmwares = Self.names(firmwares)
    choice.filter = filter
    return try CaseSuite(cases, catalog: catalog, choice: choice)
  }

  private static func names(_ text: String?) -> [String] {
    (text ?? "").split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
  }

  private func tell(_ suite: CaseSuite) throws {
    switch format {
    case .text: for entry in suite.entries { StandardOutput.shared.append(entry.id.text + "\n") }
    case .json:
      try StandardOutput.shared.append { bytes in
        JSONValue.array(suite.entries.map { .string($0.id.text) }).write(.indented, to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
      }
    }
    try StandardOutput.shared.flush()
  }

  // MARK: Running

  private func run(_ suite: CaseSuite) throws -> [CellOutcome] {
    let sources = CaseSources()
    let entries = suite.entries
    var extras = CaseRun.Extras()
    extras.hasLadders = html != nil
    let (wanted, keepsFiles, isFailFast, isTimed) = (extras, update, failFast, durations)
    let outcomes = CellWorkers.run(
      count: entries.count, jobs: jobs ?? ProcessInfo.processInfo.activeProcessorCount,
      isLast: { (outcome: CellOutcome) in isFailFast && [.failed, .unusable].contains(outcome.result.verdict) }
    ) { index in
      switch entries[index] {
      case .unusable(let result): return CellOutcome(result: result, files: nil)
      case .cell(let cell):
        let start = ContinuousClock.now
        var (result, collector) = cell.run(sources, extras: wanted)
        if isTimed { result.durationNanoseconds = Int64((ContinuousClock.now - start) / .nanoseconds(1)) }
        return CellOutcome(result: result, files: keepsFiles ? collector : nil)
      }
    }
    if Interrupt.wasRequested { throw Complaint("interrupted after \(outcomes.count) cells", .interrupted) }
    return outcomes
  }

  /// - Returns: whether anything was written.
  private func renew(_ entries: [CaseSuite.Entry], _ outcomes: [CellOutcome]) throws -> Bool {
    var renewal = CaseRenewal()
    for (entry, outcome) in zip(entries, outcomes) {
      guard case .cell(let cell) = entry, let files = outcome.files else { continue }
      try renewal.add(cell, outcome.result, files)
    }
    try renewal.finish()
    StandardOutput.shared.append(renewal.changes)
    try StandardOutput.shared.flush()
    for refusal in renewal.refusals { StandardError.note(refusal) }
    return !renewal.changes.isEmpty
  }

  // MARK: Reports

  private func tell(_ results: [CellResult]) throws {
    if let junit { try ResultFile.write(SuiteJUnit.document(results), to: junit) }
    if let html { try ResultFile.write(SuiteHTML(results).text, to: html) }
    let output = StandardOutput.shared
    switch (annotations, format) {
    case (.github?, _): output.append(SuiteAnnotations.github(results))
    case (.gitlab?, _): try print(SuiteJSON.codeQuality(results))
    case (nil, .json): try print(SuiteJSON.document(results))
    case (nil, .text): output.append(SuiteText(results).text)
    }
    try output.flush()
  }

  private func print(_ value: JSONValue) throws {
    try StandardOutput.shared.append { bytes in
      value.write(.indented, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  private func conclude(_ results: [CellResult]) throws {
    let text = annotations == nil ? "" : SuiteText(results).counts
    if results.count(.unusable) > 0 { throw Complaint(text, .unusableInput) }
    if results.count(.failed) > 0 { throw Complaint(text, .findings) }
    if results.count(.passed) == 0 {
      throw Complaint("no cell ran: every model lacks what its case needs, so nothing is proved", .usage)
    }
  }
}

/// A result with what the run wrote, where that is still needed.
private struct CellOutcome: @unchecked Sendable {
  let result: CellResult
  /// Handed over by the thread that filled it, which does not touch it again.
  let files: RunCollector?
}
