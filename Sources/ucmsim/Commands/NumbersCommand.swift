import ArgumentParser
import CRMConnectors
import ConnectorCompatTest
import Reports

/// `ucmsim numbers`: which spelling finds which.
struct NumbersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "numbers",
    abstract: "Show which spelling of a caller's number finds which spelling in each CRM.",
    discussion: """
      Every pair is tried with the appliance's own client of the CRM against the CRM's own cloud, in this program. \
      Each cell is what came of it and how many searches it took: hit, miss, WRONG HIT where somebody else was found, \
      - where nobody was found and nobody has the number, or the code of the failure.

      Exit codes: 0 done, 1 somebody was taken for another, 2 wrong usage.

      Examples:
        ucmsim numbers
        ucmsim numbers --crm zoho-v2 --country-code 49 --trunk-prefix 0 --international-prefix 00
        ucmsim numbers --number 03055501 --stored "+49 30 555-01" --search-digits 7
        ucmsim numbers --manner vendor-add-in --format json
      """)

  @Option(
    name: .customLong("crm"),
    help: ArgumentHelp("A system to try; again for more. Otherwise all.", valueName: "system"),
    transform: Self.system)
  var systems: [CRMSystem] = []

  @Option(
    name: .customLong("number"),
    help: ArgumentHelp("What a caller shows; again for more, in place of the usual ones.", valueName: "text"))
  var callers: [String] = []

  @Option(help: ArgumentHelp("A spelling in the CRM; again for more, in place of the usual ones.", valueName: "text"))
  var stored: [String] = []

  @OptionGroup var plan: NumberPlanOptions

  @Option(help: "text, a table for each CRM; json, jsonl or csv, a record for each pair.")
  var format = OutputFormat.text

  mutating func validate() throws {
    guard callers.count <= 1000, stored.count <= 1000 else {
      throw ValidationError("--number and --stored take 1000 spellings each.")
    }
  }

  private static func system(_ name: String) throws -> CRMSystem {
    let simulated = CompatSubjects.all.map(\.system)
    guard let system = simulated.first(where: { $0.rawValue == name }) else {
      throw ValidationError("--crm takes one of \(simulated.map(\.rawValue).joined(separator: ", ")).")
    }
    return system
  }

  func run() throws {
    var matrix = NumberMatrix()
    if !callers.isEmpty { matrix.callers = callers }
    if !stored.isEmpty { matrix.stored = stored }
    matrix.plan = plan.plan
    let subjects = CompatSubjects.all.filter { systems.isEmpty || systems.contains($0.system) }
    var hasWrongHit = false
    var printer = RecordPrinter(format, columns: NumberTrial.columns)
    for subject in subjects {
      let trials = matrix.trials(of: subject)
      hasWrongHit = hasWrongHit || trials.contains { $0.verdict == .wrongHit }
      switch format {
      case .text: StandardOutput.shared.append(Self.table(trials, matrix, of: subject.system))
      case .json, .jsonl, .csv: for trial in trials { printer.print(json: trial.json, texts: trial.texts) }
      }
    }
    if format != .text { try printer.finish() }
    try StandardOutput.shared.flush()
    if hasWrongHit { throw Complaint("", .findings) }
  }

  /// A row for each caller, a column for each stored spelling.
  private static func table(_ trials: [NumberTrial], _ matrix: NumberMatrix, of system: CRMSystem) -> String {
    var table = TextTable([.init("CALLER")] + matrix.stored.map { .init($0) })
    let width = matrix.callers.count
    for (row, caller) in matrix.callers.enumerated() {
      let cells = matrix.stored.indices.map { column in
        let at = column * width + row
        return trials.indices.contains(at) ? cell(trials[at]) : ""
      }
      table.append([caller.isEmpty ? "(empty)" : caller] + cells)
    }
    let requests = trials.reduce(0) { $0 + $1.requests }
    return "\(system.rawValue): \(requests) searches\n\(table.text())\n"
  }

  private static func cell(_ trial: NumberTrial) -> String {
    switch trial.verdict {
    case .hit, .miss: "\(trial.verdict.words) \(trial.requests)"
    case .wrongHit: "WRONG HIT \(trial.requests)"
    case .rightlyNobody: "- \(trial.requests)"
    case .failed, .notStored: trial.requests == 0 ? trial.verdict.words : "\(trial.verdict.words) \(trial.requests)"
    }
  }
}
