public import HardwareProfiles
public import PBXModel
public import Primitives
public import SIPCapture
public import Simulation

/// What a run was and what it came to: everything `summary.json` and the printed summary say.
public struct RunSummary: Sendable {
  public struct Input: Sendable {
    public let name: String
    public init(name: String) { self.name = name }
  }

  public var toolVersion: String
  public var inputs: [Input] = []
  /// A mark of the frames read; see `TraceFingerprint`.
  public var fingerprint = ""
  public var seed: UInt64
  public var profile: Profile
  public var siteName: String?
  public var pbx: String
  public var crmSystem: String
  public var first: Instant?
  public var last: Instant?
  public var timeZone: SiteTimeZone
  public var tally = RunTally()
  public var calls: ResourceLedger.Account
  public var users: ResourceLedger.Account
  public var account = CaptureAccount()
  public var tracking: TrackingCounts?
  /// Traces that broke off, and what else went wrong.
  public var failures: [String] = []
  public var directory: String?

  public init(
    toolVersion: String, seed: UInt64, profile: Profile, pbx: String, crmSystem: String, timeZone: SiteTimeZone,
    ledger: ResourceLedger
  ) {
    self.toolVersion = toolVersion
    self.seed = seed
    self.profile = profile
    self.pbx = pbx
    self.crmSystem = crmSystem
    self.timeZone = timeZone
    calls = ledger.calls
    users = ledger.users
  }

  /// Assumptions the run leaned on, most often first.
  public var assumptions: [(assumption: Assumption, times: Int)] {
    tally.assumptions.map { ($0.key, $0.value) }
      .sorted { ($1.times, $0.assumption.rawValue) < ($0.times, $1.assumption.rawValue) }
  }

  /// Capture diagnostics, by name.
  public var diagnostics: [(diagnostic: CaptureAccount.Diagnostic, entry: CaptureAccount.Entry)] {
    account.diagnostics.map { ($0.key, $0.value) }.sorted { $0.diagnostic.name < $1.diagnostic.name }
  }
}
