public import HardwareProfiles
public import PBXModel
public import Primitives
public import SIPCapture
public import Simulation

/// What a run was and what it came to: everything `summary.json` and the printed summary say.
public struct RunSummary: Sendable {
  /// Version without the tool's name, as `1.2.0`.
  public var toolVersion: String
  /// The traces by the names they were given, `-` for standard input, in that order.
  public var inputs: [String] = []
  /// A mark of the frames read; see `TraceFingerprint`.
  public var fingerprint = ""
  /// The number every invented identifier followed from.
  public var seed: UInt64
  /// The model simulated.
  public var profile: Profile
  /// Name of the site file as it was given; nil for none.
  public var siteName: String?
  /// Where the PBX is and who says so, in words.
  public var pbx: String
  /// The CRM by its command-line name; `none` for no CRM.
  public var crmSystem: String
  /// Time of the first frame; nil when no frame was read.
  public var first: Instant?
  /// Latest time of a frame; nil when no frame was read.
  public var last: Instant?
  /// The zone the appliance's clock shows.
  public var timeZone: SiteTimeZone
  /// What the appliance did, in numbers.
  public var tally = RunTally()
  /// What was in use against each limit.
  public var ledger: ResourceLedger
  /// What was in use of each trunk.
  public var trunks: [TrunkUse] = []
  /// Extensions that had more phones than they may have, by number.
  public var extensions: [ExtensionUse] = []
  /// The captures the account's places refer to: the inputs, a bundle's one by one.
  public var captureNames: [String] = []
  /// What became of the frames.
  public var account = CaptureAccount()
  /// What following registrations, dialogs and calls met and gave up; nil where no trace was followed.
  public var tracking: TrackingCounts?
  /// What the appliance does where nobody has documented it.
  public var settings = ApplianceSettings()
  /// Traces that broke off, and what else went wrong.
  public var failures: [String] = []
  /// What the reading of the traces went past, one line each.
  public var notices: [String] = []
  /// Where the run's files are; nil when none were written. Not part of `summary.json`.
  public var directory: String?

  /// The facts known before anything is read; the rest starts empty.
  ///
  /// - Parameter ledger: as it stands at the end; a later change of it does not show.
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
    self.ledger = ledger
  }

  /// Assumptions the run leaned on, most often first.
  public var assumptions: [(assumption: Assumption, times: Int)] {
    tally.assumptions.map { ($0.key, $0.value) }
      .sorted { ($1.times, $0.assumption.rawValue) < ($0.times, $1.assumption.rawValue) }
  }

  /// The account with the traces it is of.
  var accountReport: AccountReport { AccountReport(account, traces: captureNames) }
}
