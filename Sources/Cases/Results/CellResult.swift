import JSON

/// Which cell of the matrix: a case on a model, with a firmware, with a CRM.
public struct CellID: Codable, Hashable, Sendable {
  /// The case's name.
  public var caseName: String
  /// The model's name.
  public var model: String
  /// The firmware's name; empty where none is named.
  public var firmware: String
  /// What the case calls the CRM.
  public var crm: String

  /// A cell.
  public init(caseName: String, model: String, firmware: String, crm: String) {
    self.caseName = caseName
    self.model = model
    self.firmware = firmware
    self.crm = crm
  }

  /// `cases/busy/UCM6304/-/zoho-v2`: the same in every run, for filters, shards and reports.
  public var text: String { "\(caseName)/\(model)/\(firmware.isEmpty ? "-" : firmware)/\(crm)" }
}

/// What became of one cell. Every report is made from these alone.
public struct CellResult: Codable, Hashable, Sendable {
  /// How it ended.
  public enum Verdict: String, Codable, Hashable, Sendable, CaseIterable {
    case passed
    case failed
    /// The case or a file it names cannot be used.
    case unusable
    /// The model lacks what the case needs.
    case skipped
  }

  /// A moment at which the number of calls in the appliance changed.
  public struct Load: Codable, Hashable, Sendable {
    /// Since the first call.
    public var seconds: Double
    /// From then on.
    public var calls: Int

    /// So many calls from then on.
    public init(seconds: Double, calls: Int) {
      self.seconds = seconds
      self.calls = calls
    }
  }

  /// Which cell.
  public var id: CellID
  /// The case's file.
  public var file: String
  /// What the case claims.
  public var claim: String
  /// How it ended.
  public var verdict = Verdict.passed
  /// Why the cell was skipped or could not be used; empty otherwise.
  public var problem = ""
  /// What became of each expectation, in the case's order.
  public var expectations: [ExpectationResult] = []
  /// Commands that replay just this: first the test, then the replay, then an explanation for each call looked at.
  public var commands: [String] = []
  /// A mark of the frames read.
  public var fingerprint = ""
  /// Calls and rows of the run.
  public var calls = 0
  /// Rows written.
  public var rows = 0
  /// Columns of `table`.
  public var tableColumns: [String] = []
  /// The first rows, for a report that shows them.
  public var table: [[String]] = []
  /// Calls over time.
  public var load: [Load] = []
  /// Pictures of calls (SVG), only for a report that shows them.
  public var ladders: [String] = []
  /// How long the cell took; only where durations were asked for, for no two runs take as long.
  public var durationNanoseconds: Int64?

  /// A cell that passed without an expectation.
  public init(id: CellID, file: String, claim: String) {
    self.id = id
    self.file = file
    self.claim = claim
  }

  /// Expectations that do not hold.
  public var failures: [ExpectationResult] { expectations.filter { !$0.hasPassed } }

  /// Takes the expectations' results and concludes from them.
  public mutating func conclude(_ results: [ExpectationResult]) {
    expectations = results
    verdict = results.allSatisfy(\.hasPassed) ? .passed : .failed
  }

  /// The cell could not be run.
  public mutating func giveUp(_ problem: String) {
    verdict = .unusable
    self.problem = problem
  }
}

extension [CellResult] {
  /// How many ended so.
  public func count(_ verdict: CellResult.Verdict) -> Int { count { $0.verdict == verdict } }
}
