import Cases
import HardwareProfiles
import JSON
import SimulationRuntime

/// The folder of a case that was shrunk.
struct ShrunkCase {
  /// As it was run: with the one expectation, in the folder of the case it is from.
  let cell: Cell
  let origin: FailingCell
  let out: String
  let outcome: TraceShrinking.Outcome
  /// Of the whole trace.
  let frames: Int

  static let traceName = "trace.pcapng"

  /// Writes the trace, copies of what else the case names, the case and what people should know of it.
  func write(_ trace: [UInt8]) throws {
    var testCase = cell.folder.testCase
    let place = SourcePlace(line: 1, column: 1)
    try CaseFiles.write(trace, to: "\(out)/\(Self.traceName)")
    testCase.traces = [.init(path: Self.traceName, place: place)]
    if let site = cell.crm.site ?? testCase.site {
      let path = try cell.folder.resolve(site)
      try CaseFiles.copy(path, to: "\(out)/site.yaml")
      try CaseFiles.copyConnector(of: path, into: out)
      testCase.site = .init(path: "site.yaml", place: place)
    }
    testCase.crms = try testCase.crms.map { crm in
      var crm = crm
      crm.site = nil
      crm.data = try copy(crm.data, as: "crm.yaml")
      crm.faults = try copy(crm.faults, as: "faults.yaml")
      return crm
    }
    let head = CaseText(testCase: testCase, model: cell.profile.model, records: .none).headLines
    let lines =
      [
        "# What fails, and the fewest frames on which it does, as `ucmsim shrink` found them.",
        "# The case fails until what is wrong is mended, or the expectation is.",
      ] + head + ExpectationText(expectations: testCase.expectations).lines
    try CaseFiles.write(lines.joined(separator: "\n") + "\n", to: "\(out)/\(CaseFolder.fileName)")
    try CaseFiles.write(readme, to: "\(out)/README.md")
  }

  private func copy(_ reference: TestCase.Reference?, as name: String) throws -> TestCase.Reference? {
    guard let reference else { return nil }
    try CaseFiles.copy(try cell.folder.resolve(reference), to: "\(out)/\(name)")
    return .init(path: name, place: SourcePlace(line: 1, column: 1))
  }

  /// What was left of what, in one line.
  private var size: String {
    "\(outcome.frames.count) of \(frames) frames are left, of \(outcome.callsLeft) of \(outcome.calls) calls and other "
      + "dialogs, after \(outcome.runs) runs"
  }

  private var end: String {
    outcome.isMinimal ? "no frame can be left out by itself" : "the search was ended before it was done"
  }

  /// For standard output.
  var summary: String {
    """
    \(out): \(size); \(end)
    still fails: \(origin.result.label): \(origin.result.claim)
    see: ucmsim test \(CasePath.quoted(out))

    """
  }

  private var claim: String {
    let claim = cell.folder.testCase.claim
    return claim.isEmpty ? "(What should hold? Write it here and as `claim` in case.yaml.)" : claim
  }

  private var readme: String {
    """
    # \(CasePath.shortened(out).split(separator: "/").last.map(String.init) ?? "case")

    ## Claim

    \(claim)

    ## What fails

    `\(origin.result.label)`: \(origin.result.claim)

    On the whole trace: \(origin.result.message)

    ## Origin

    Written by `ucmsim shrink` from the case `\(origin.cell.id.caseName)` on \(origin.cell.profile.model), expectation
    `\(origin.result.label)` in line \(origin.result.line) of its case.yaml: \(size); \(end).
    The frames have the bytes and times of the original trace.

    """
  }
}

extension RunRecords {
  /// Of no run.
  fileprivate static let none = RunRecords(columns: [], rows: [], events: [], exchanges: [], summary: .null)
}
