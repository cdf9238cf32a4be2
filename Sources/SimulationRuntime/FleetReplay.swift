public import PBXModel
public import PacketCapture
public import Primitives
public import Reports
public import Simulation
import CRMConnectors
import SIPCapture

/// Recorded traffic through many models at once, in one pass over the traces.
///
/// What each member makes of it is what a `Replay` of it alone would, without the files.
public struct FleetReplay {
  /// Everything the outcome depends on; what is not described here is as in `Replay.Options`.
  public struct Options {
    /// The traces to read, and the filter they are read by.
    public var scan: TraceScan
    /// How often the traffic is laid over itself; more than once, the sources must be readable more than once.
    public var overlay = TrafficOverlay()
    /// Names of the traces as they were given.
    public var inputNames: [String]
    /// Models and firmwares, in the order of the result.
    public var members: [Fleet.Member]
    /// The office every appliance is set up for.
    public var site: Site
    /// Name of the site file as it was given; nil for none.
    public var siteName: String?
    /// Where the PBX is, resolved before the run.
    public var pbx: PBXResolution
    /// The CRM module's settings and the CRM that answers each member; nil for no CRM.
    public var crm: (configuration: CRMConfiguration, backend: any CopiedCRMBackend)?
    /// From a CRM request to its answer.
    public var crmLatency = Instant.Span.milliseconds(120)
    /// How long after the trace's end call logs are sent that the CRM has not taken.
    public var crmDrain = Instant.Span.seconds(3600)
    /// What a plan of the vendor's relay allows each of them.
    public var remote = RemoteAllowance()
    /// Settings behind the assumptions; those of the site unless they are changed.
    public var appliance: ApplianceSettings
    /// The number the invented identifiers follow from.
    public var seed: UInt64 = 1
    /// Version without the tool's name, as `1.2.0`.
    public var toolVersion: String

    /// Options without a CRM, with every other one at its default.
    public init(
      scan: TraceScan, inputNames: [String], members: [Fleet.Member], site: Site, pbx: PBXResolution,
      toolVersion: String
    ) {
      self.scan = scan
      self.inputNames = inputNames
      self.members = members
      self.site = site
      appliance = site.assumptions
      self.pbx = pbx
      self.toolVersion = toolVersion
    }
  }

  private let options: Options
  private var model: TraceModel
  private var fleet: Fleet
  private var isBooted = false

  /// Nothing read yet.
  public init(_ options: Options) {
    self.options = options
    model = TraceModel(site: options.site, pbx: options.pbx.addresses)
    fleet = Fleet(
      members: options.members, site: options.site.amplified(by: options.overlay.copies),
      crm: options.crm.map {
        FleetCRM(
          configuration: $0.configuration, carrier: CRMExchange(backend: $0.backend, latency: options.crmLatency))
      },
      settings: options.appliance, remote: options.remote)
  }

  /// Reads the traces to their end, or until `progress` says no.
  public mutating func run(
    progress: ((TraceScan.Progress) -> Bool)? = nil
  ) throws(TraceError) -> FleetSummary {
    if options.overlay.copies > 1 { return try runAmplified(progress) }
    let outcome = try options.scan.run(fingerprints: true, progress: progress) { captured in
      passTime(until: captured.time)
      model.receive(captured) { fleet.receive($0, at: captured.time) }
      return true
    }
    let end = outcome.last ?? .epoch
    fleet.passTime(until: end)
    model.finish(at: end) { fleet.receive($0, at: end) }
    fleet.finish(
      at: end, running: model.calls.runningCalls, endedWithoutBye: model.calls.callsEndedWithoutBye,
      drain: options.crmDrain)
    return summary(outcome)
  }

  private mutating func runAmplified(
    _ progress: ((TraceScan.Progress) -> Bool)?
  ) throws(TraceError) -> FleetSummary {
    var amplified = AmplifiedScan(
      options.scan, site: options.site, pbx: options.pbx.addresses, overlay: options.overlay)
    let outcome = try amplified.run(
      progress: progress, moment: { passTime(until: $0) }, event: { event, _, now in fleet.receive(event, at: now) })
    let end = outcome.last ?? .epoch
    fleet.passTime(until: end)
    fleet.finish(
      at: end, running: amplified.models.flatMap(\.calls.runningCalls),
      endedWithoutBye: amplified.models.reduce(0) { $0 + $1.calls.callsEndedWithoutBye }, drain: options.crmDrain)
    if let original = amplified.models.first { model = original }
    return summary(outcome)
  }

  private mutating func passTime(until now: Instant) {
    if !isBooted {
      isBooted = true
      fleet.boot(at: now)
    }
    fleet.passTime(until: now)
  }

  private func summary(_ outcome: TraceScan.Outcome) -> FleetSummary {
    let assumptions = RunAssumptions(model, hasSite: options.siteName != nil, pbx: options.pbx)
    let results = fleet.results.map { result in
      var result = result
      for (assumption, times) in assumptions.all(of: result.member.profile, hasCRM: result.hasCRM) {
        result.leanOn(assumption, times: times)
      }
      return result
    }
    var summary = FleetSummary(
      toolVersion: options.toolVersion, seed: options.seed, pbx: options.pbx.text,
      crmSystem: options.crm?.configuration.settings.system.rawValue ?? "none", timeZone: options.site.timeZone,
      results: results, withoutLimits: fleet.withoutLimits, curve: fleet.curve)
    summary.inputs = options.inputNames
    summary.fingerprint = outcome.fingerprint.text
    summary.siteName = options.siteName
    (summary.first, summary.last) = (outcome.first, outcome.last)
    summary.account = outcome.account
    summary.settings = options.appliance
    summary.failures = outcome.failures.map(\.description)
    summary.notices = outcome.notices.map(\.description)
    summary.captureNames = outcome.captureNames
    return summary
  }
}

/// A CRM inside this process, of which every copy is one of its own.
public protocol CopiedCRMBackend: CRMBackend {}
extension InProcessCloud: CopiedCRMBackend {}
extension FaultyCloud: CopiedCRMBackend {}
