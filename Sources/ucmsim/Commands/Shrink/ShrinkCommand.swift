import ArgumentParser
import Cases
import HardwareProfiles
import SimulationRuntime

/// `ucmsim shrink`: from a failing case the fewest frames that still fail.
struct ShrinkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shrink",
    abstract: "Make a failing case of a long trace one of the fewest frames that still fail in the same way.",
    discussion: """
      Replays the case again and again with ever fewer frames: first without those that hold no SIP, then without \
      whole calls, transactions and single frames. What is left goes into a new case with the one expectation; no \
      frame of it can be left out by itself. The same way means: of what is there too often, nothing that was not \
      there before; of what is missing, everything that came near it is left as it was.

      Exit codes: 0 written, 1 written, but --max-runs came before the end, 2 wrong usage, 3 the case cannot be used \
      or does not fail, 130 interrupted, with the best so far written.

      Examples:
        ucmsim shrink cases/monday --out cases/monday-small
        ucmsim shrink cases/monday --expectation 'cdr[2]' --out small
        ucmsim shrink cases/monday --cell '*/zoho-v2' --holding 'cdr[0]' --max-runs 500 --out small
      """)

  @Argument(help: ArgumentHelp("Folder of the case.", valueName: "case"))
  var path: String

  @Option(
    help: ArgumentHelp(
      "Which of its cells, by a part of its id or a pattern, see `ucmsim test --list`; otherwise the first that fails.",
      valueName: "pattern"))
  var cell: String?

  @Option(
    help: ArgumentHelp(
      "Which expectation, by its name in the report or its number there from 1; otherwise the first that fails.",
      valueName: "name|number"))
  var expectation: String?

  @Option(
    help: ArgumentHelp(
      "An expectation that has to go on holding, by name or number. Repeatable.", valueName: "name|number"))
  var holding: [String] = []

  @Option(help: ArgumentHelp("Folder of the new case.", valueName: "folder"))
  var out: String

  @Option(help: ArgumentHelp("Runs after which the best so far has to do.", valueName: "n"))
  var maxRuns = 5000

  @Option(help: "Number from which every invented identifier follows; otherwise the case's.")
  var seed: UInt64?

  @Flag(help: "Write into a folder that is there already.")
  var force = false

  static let runsRange = 2...1_000_000

  mutating func validate() throws {
    guard Self.runsRange.contains(maxRuns) else {
      throw ValidationError("--max-runs takes \(Self.runsRange.lowerBound) to \(Self.runsRange.upperBound).")
    }
  }

  func run() throws {
    guard force || !ResultFile.isThere(out) else {
      throw Complaint("\(out) is there already; choose another folder, or --force", .usage)
    }
    let catalog = try Profiles.catalog(directory: nil)
    let failing = try failingCell(catalog)
    try ShrinkRun(failing, options: self, catalog: catalog).run()
  }

  // MARK: What fails

  private func failingCell(_ catalog: ProfileCatalog) throws -> FailingCell {
    var choice = CaseSuite.Choice()
    choice.filter = cell
    let suite = try CaseSuite([path], catalog: catalog, choice: choice)
    let cases = Set(suite.entries.map(\.id.caseName))
    guard cases.count <= 1 else {
      throw Complaint("\(path): holds \(cases.count) cases; name the folder of one", .usage)
    }
    var skipped: String?
    for entry in suite.entries {
      switch entry {
      case .unusable(let result): throw Complaint(result.problem, .unusableInput)
      case .cell(let cell):
        let (result, _) = cell.withSeed(seed).run(CaseSources(), extras: CaseRun.Extras())
        switch result.verdict {
        case .passed: break
        case .skipped: skipped = result.problem
        case .unusable: throw Complaint(result.problem, .unusableInput)
        case .failed: return try failing(cell.withSeed(seed), result)
        }
        if Interrupt.wasRequested { throw Complaint("interrupted; nothing was written", .interrupted) }
      }
    }
    throw Complaint(
      "\(path): does not fail, so there is nothing to shrink" + (skipped.map { " (\($0))" } ?? ""), .unusableInput)
  }

  private func failing(_ cell: Cell, _ result: CellResult) throws -> FailingCell {
    // Behind the case's expectations come its goldens and what was wrong with the traces.
    let results = Array(result.expectations.prefix(cell.folder.testCase.expectations.count))
    let failures = results.filter { $0.verdict == .failed }.map(\.label)
    let chosen = try expectation.map { try index(of: $0, "--expectation", in: results) }
    guard let index = chosen ?? results.firstIndex(where: { $0.verdict == .failed }) else {
      let first = result.failures.first
      throw Complaint(
        "\(cell.folder.file): what fails is \(first?.label ?? "nothing") (\(first?.message ?? "")), and only "
          + "expectations of records and numbers can be shrunk; write one of what is wrong", .unusableInput)
    }
    switch results[index].verdict {
    case .failed: break
    case .notEvaluated:
      throw Complaint("\(results[index].label) \(results[index].message)", .unusableInput)
    case .passed:
      throw Complaint(
        "\(results[index].label) holds, so there is nothing to shrink; what fails is "
          + (failures.isEmpty ? "no expectation" : failures.joined(separator: ", ")), .unusableInput)
    }
    let held = try holding.map { try self.index(of: $0, "--holding", in: results) }
    if let broken = held.first(where: { !results[$0].hasPassed }) {
      throw Complaint("\(results[broken].label) does not hold, so it cannot go on holding", .unusableInput)
    }
    return FailingCell(cell: cell, index: index, holding: held, result: results[index])
  }

  private func index(of name: String, _ option: String, in results: [ExpectationResult]) throws -> Int {
    if let number = Int(name), results.indices.contains(number - 1) { return number - 1 }
    if let index = results.firstIndex(where: { $0.label == name }) { return index }
    let names = results.prefix(20).map(\.label).joined(separator: ", ")
    throw Complaint(
      "\(option) '\(name)': there is no such expectation; there are \(results.count): \(names)"
        + (results.count > 20 ? ", …" : ""), .usage)
  }
}

/// What is shrunk: a cell and one of its expectations, which fails.
struct FailingCell {
  let cell: Cell
  let index: Int
  /// Others that have to go on holding.
  let holding: [Int]
  let result: ExpectationResult
}
