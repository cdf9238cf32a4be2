import HardwareProfiles
public import PBXModel
public import Primitives
public import SIPCapture
public import Simulation

/// What the same traffic came to on many models: everything the printed table, its JSON and its page say.
public struct FleetSummary {
  /// Version without the tool's name, as `1.2.0`.
  public var toolVersion: String
  /// The traces by the names they were given, `-` for standard input, in that order.
  public var inputs: [String] = []
  /// A mark of the frames read; see `TraceFingerprint`.
  public var fingerprint = ""
  /// The number every invented identifier followed from.
  public var seed: UInt64
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
  /// The zone the appliances' clocks show.
  public var timeZone: SiteTimeZone
  /// One for each model and firmware, in the order asked for.
  public var results: [Fleet.Result]
  /// What an appliance makes of the traffic that has enough of everything.
  public var withoutLimits: Fleet.Result
  /// Calls over time on that appliance.
  public var curve: UseCurve
  /// The captures the account's places refer to: the inputs, a bundle's one by one.
  public var captureNames: [String] = []
  /// What became of the frames.
  public var account = CaptureAccount()
  /// What the appliance does where nobody has documented it.
  public var settings = ApplianceSettings()
  /// Traces that broke off, and what else went wrong.
  public var failures: [String] = []
  /// What the reading of the traces went past, one line each.
  public var notices: [String] = []

  /// The facts without those of the reading, which start empty.
  public init(
    toolVersion: String, seed: UInt64, pbx: String, crmSystem: String, timeZone: SiteTimeZone,
    results: [Fleet.Result], withoutLimits: Fleet.Result, curve: UseCurve
  ) {
    self.toolVersion = toolVersion
    self.seed = seed
    self.pbx = pbx
    self.crmSystem = crmSystem
    self.timeZone = timeZone
    self.results = results
    self.withoutLimits = withoutLimits
    self.curve = curve
  }

  /// Whether any member refused a call or a registration for want of a place.
  public var hasRefusals: Bool {
    results.contains { $0.tally.callsRefused > 0 || $0.ledger.users.refusals > 0 }
  }

  /// The summary that a replay of one member alone would give.
  func run(of result: Fleet.Result) -> RunSummary {
    var summary = RunSummary(
      toolVersion: toolVersion, seed: seed, profile: result.member.profile, pbx: pbx,
      crmSystem: result.hasCRM ? crmSystem : "none", timeZone: timeZone, ledger: result.ledger)
    (summary.tally, summary.trunks, summary.extensions) = (result.tally, result.trunks, result.extensions)
    (summary.inputs, summary.fingerprint, summary.siteName) = (inputs, fingerprint, siteName)
    (summary.first, summary.last) = (first, last)
    (summary.account, summary.captureNames) = (account, captureNames)
    (summary.settings, summary.failures, summary.notices) = (settings, failures, notices)
    return summary
  }

  /// Assumptions that members leaned on, with the most that one did, most often first.
  var assumptions: [(assumption: Assumption, times: Int)] {
    var most: [Assumption: Int] = [:]
    for result in results { most.merge(result.tally.assumptions) { max($0, $1) } }
    return most.map { ($0.key, $0.value) }
      .sorted { ($1.times, $0.assumption.rawValue) < ($0.times, $1.assumption.rawValue) }
  }
}

extension Fleet.Result {
  /// The first call or registration refused for want of a place; nil while none was.
  var firstRefusedAt: Instant? {
    [refusals.first, ledger.users.firstRefusedAt].compactMap(\.self).min()
  }

  /// Limits that take part in the simulation and that nobody knows of this model.
  var unknownResources: [Resource] {
    Resource.allCases.filter { $0.limitName != nil && ledger[$0].limit == nil }
  }
}
