import Cases
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import Reports
import SimulationRuntime

/// Shrinks the trace of one failing expectation and writes what is left as a case.
struct ShrinkRun {
  private let failing: FailingCell
  private let options: ShrinkCommand
  private let catalog: ProfileCatalog

  init(_ failing: FailingCell, options: ShrinkCommand, catalog: ProfileCatalog) {
    (self.failing, self.options, self.catalog) = (failing, options, catalog)
  }

  func run() throws {
    let focused = try focusedCell()
    let (replay, _) = try focused.replayOptions(CaseSources())
    let recorded: RecordedFrames
    do throws(RecordedFrames.Failure) {
      recorded = try RecordedFrames(reading: replay.scan.sources)
    } catch { throw Complaint(error.description, .unusableInput) }
    for failure in recorded.failures { StandardError.note(failure.description) }
    let outcome = try search(recorded, ShrinkTrial(focused.folder.testCase, replay))
    let shrunk = ShrunkCase(
      cell: focused, origin: failing, out: options.out, outcome: outcome, frames: recorded.frames.count)
    try shrunk.write(recorded.document(of: outcome.frames).bytes)
    try prove(focused, outcome)
    StandardOutput.shared.append(shrunk.summary)
    try StandardOutput.shared.flush()
    if Interrupt.wasRequested { throw Complaint("interrupted; the best so far is written", .interrupted) }
    guard outcome.isMinimal else {
      throw Complaint("--max-runs \(options.maxRuns) came first: there may be fewer frames that fail", .findings)
    }
  }

  /// The cell with the one expectation, and with the PBX where the whole trace shows it to be: fewer frames may not.
  private func focusedCell() throws -> Cell {
    let original = failing.cell
    guard var testCase = original.folder.testCase.focused(on: failing.index, holding: failing.holding) else {
      throw Complaint("the case has no expectation number \(failing.index + 1)", .internalError)
    }
    testCase.models = [.init(name: original.profile.model, place: SourcePlace(line: 1, column: 1))]
    testCase.capabilities = []
    testCase.firmwares = original.firmware.map { [.init(name: $0.name, place: SourcePlace(line: 1, column: 1))] } ?? []
    testCase.crms = [original.crm]
    let (replay, _) = try original.replayOptions(CaseSources())
    if testCase.pbx.isEmpty, case .inferred = replay.pbx.origin {
      testCase.pbx = replay.pbx.addresses.endpoints.map { $0.port == 0 ? $0.address.description : $0.description }
    }
    return original.with(testCase)
  }

  private func search(_ recorded: RecordedFrames, _ trial: ShrinkTrial) throws -> TraceShrinking.Outcome {
    let bar = ProgressBar()
    defer { bar.finish() }
    do throws(TraceShrinking.Failure) {
      return try TraceShrinking(recorded, trial, name: ShrunkCase.traceName, runsMax: options.maxRuns).run {
        bar.update("run \($0.runs): \($0.framesLeft) of \(recorded.frames.count) frames left, trying \($0.level.noun)")
        return !Interrupt.wasRequested
      }
    } catch {
      switch error {
      case .trace(let trace): throw trace.complaint
      case .file(let failure): throw Complaint(failure.description, .internalError)
      case .stopped: throw Complaint("interrupted; nothing was written", .interrupted)
      case .notInFrames, .failsOnNothing:
        throw Complaint("\(failing.result.label): \(error.description)", .unusableInput)
      }
    }
  }

  /// Runs what was written: it has to fail just so.
  private func prove(_ focused: Cell, _ outcome: TraceShrinking.Outcome) throws {
    let suite = try CaseSuite([options.out], catalog: catalog, choice: CaseSuite.Choice())
    guard suite.entries.count == 1, case .cell(let cell)? = suite.entries.first else {
      throw Complaint("the new case cannot be read:\n\(suite.entries.map(\.id.text))", .internalError)
    }
    let (result, collector) = cell.run(CaseSources(), extras: CaseRun.Extras())
    let wanted = focused.folder.testCase.expectations
    var found = cell.folder.testCase.expectations
    let focus = found.firstIndex { $0.text == wanted.first?.text }
    if let focus { found.insert(found.remove(at: focus), at: 0) }
    guard let collector, result.failures.count == 1, found.map(\.text).sorted() == wanted.map(\.text).sorted(),
      FailureMark(ofFirst: found, in: RunRecords(collector)) == outcome.mark
    else {
      throw Complaint("the new case does not fail as the old one does:\n\(SuiteText([result]).text)", .internalError)
    }
  }
}

extension TraceUnits.Level {
  /// Several of what is taken away, for messages.
  fileprivate var noun: String {
    switch self {
    case .otherFrames: "frames without SIP"
    case .calls: "calls"
    case .transactions: "transactions"
    case .frames: "single frames"
    }
  }
}

extension Cell {
  /// The cell with another case in the same folder.
  func with(_ testCase: TestCase) -> Cell {
    Cell(
      folder: CaseFolder(path: folder.path, root: folder.root, testCase: testCase), profile: profile,
      firmware: firmware, crm: crm)
  }

  /// The cell with another seed; nil for the case's.
  func withSeed(_ seed: UInt64?) -> Cell {
    guard let seed else { return self }
    var testCase = folder.testCase
    testCase.seed = seed
    return with(testCase)
  }
}
