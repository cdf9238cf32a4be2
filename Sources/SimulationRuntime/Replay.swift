public import HardwareProfiles
public import PBXModel
public import PacketCapture
public import Primitives
public import Reports
public import Simulation
import CRMConnectors
import SIPCapture

/// One replay: recorded traffic through a simulated appliance.
///
/// A run is a function of its options and the bytes of its traces; running it twice gives the same files.
public struct Replay {
  /// Everything a run depends on. `seed` and `toolVersion` only go into the summary.
  public struct Options {
    /// The traces to read, and the filter they are read by.
    public var scan: TraceScan
    /// Names of the traces as they were given.
    public var inputNames: [String]
    /// The model to simulate.
    public var profile: Profile
    /// The office the appliance is set up for; an empty one where no site file is given.
    public var site: Site
    /// Name of the site file as it was given; nil for none, and the clock then shows UTC by assumption.
    public var siteName: String?
    /// Where the PBX is, resolved before the run.
    public var pbx: PBXResolution
    /// The CRM module's settings and who answers its requests; nil for no CRM.
    public var crm: (configuration: CRMConfiguration, backend: any CRMBackend)?
    /// From a CRM request to its answer.
    public var crmLatency = Instant.Span.milliseconds(120)
    /// How long after the trace's end the appliance goes on sending call logs that the CRM has not taken.
    public var crmDrain = Instant.Span.seconds(3600)
    /// When the appliance loses its power; in any order.
    public var powerCuts: [PowerCut] = []
    /// Whether orders are carried out after the traces' end, too (`attend`).
    public var attendsAfterEnd = false
    /// What is on the flash when it boots; nil for nothing.
    public var rowsOnFlash: RowsOnFlash?
    /// Settings behind the assumptions; those of the site unless they are changed.
    public var appliance: ApplianceSettings
    /// What a plan of the vendor's relay allows.
    public var remote = RemoteAllowance()
    /// The number the backend's invented identifiers follow from; whoever makes the backend gives it the same.
    public var seed: UInt64 = 1
    /// Version without the tool's name, as `1.2.0`.
    public var toolVersion: String

    /// Options without a CRM, with every other one at its default.
    public init(
      scan: TraceScan, inputNames: [String], profile: Profile, site: Site, pbx: PBXResolution, toolVersion: String
    ) {
      self.scan = scan
      self.inputNames = inputNames
      self.profile = profile
      self.site = site
      appliance = site.assumptions
      self.pbx = pbx
      self.toolVersion = toolVersion
    }
  }

  /// Why a replay could not begin, or where it had to stop.
  public enum Failure: Error, CustomStringConvertible {
    /// A trace cannot be opened or the filter cannot be used; nothing was simulated.
    case trace(TraceError)
    /// What was computed before is in the directory as far as it could be written.
    case directory(RunDirectory.Failure)

    /// One line: what went wrong, where, and the remedy.
    public var description: String {
      switch self {
      case .trace(let error): error.description
      case .directory(let error): error.description
      }
    }
  }

  let options: Options
  private let output: (any RunOutput)?
  private let listener: CallListener?
  let observer: (any ReplayObserver)?
  /// Whether there is a listener or an observer: asked for every message, without holding on to either.
  private let isWatched: Bool
  /// The observer has ended it.
  private(set) var isStopped = false
  var model: TraceModel
  var appliance: Appliance
  var exchange: CRMExchange?
  /// Whether the clock stands still for an answer of the CRM.
  private var clockWaits = true
  /// Asked for every message: looking at `exchange` itself would copy what it holds.
  var hasCRM: Bool
  var effects: [Effect] = []
  private var isBooted = false
  /// The latest moment of the trace's clock; nil before the first message.
  var reached: Instant?
  private var powerCuts: PowerCutSchedule
  private(set) var failure: RunDirectory.Failure?
  /// What the CRM traffic came to; empty before the run's end.
  public private(set) var crmTraffic = CRMTrafficReport()

  /// - Parameters:
  ///   - output: where the rows and journals go; nil to keep only the summary.
  ///   - listener: hears what becomes of one call; changes nothing.
  ///   - observer: goes along, and may end the run.
  public init(
    _ options: Options, into output: (any RunOutput)?, listener: CallListener? = nil,
    observer: (any ReplayObserver)? = nil
  ) {
    self.options = options
    self.output = output
    self.listener = listener
    self.observer = observer
    isWatched = listener != nil || observer != nil
    powerCuts = PowerCutSchedule(options.powerCuts)
    model = TraceModel(site: options.site, pbx: options.pbx.addresses)
    appliance = Appliance(
      profile: options.profile, site: options.site, crm: options.crm?.configuration, settings: options.appliance,
      remote: options.remote, isRecorded: output != nil || listener != nil)
    if let rows = options.rowsOnFlash { appliance.resume(behind: rows) }
    hasCRM = options.crm != nil
    exchange = nil
    exchange = options.crm.map { exchange(with: $0.backend) }
  }

  func exchange(with backend: any CRMBackend) -> CRMExchange {
    CRMExchange(backend: backend, latency: options.crmLatency, clockWaits: clockWaits, observer: observer)
  }

  /// From here on the clock is that of the machine and waits for no answer.
  mutating func goLive() {
    clockWaits = false
    exchange = options.crm.map { exchange(with: $0.backend) }
  }

  /// Reads the traces to their end.
  public mutating func run(progress: ((TraceScan.Progress) -> Bool)? = nil) throws(Failure) -> RunSummary {
    let outcome: TraceScan.Outcome
    do throws(TraceError) {
      outcome = try options.scan.run(fingerprints: true, progress: progress) { captured in
        receive(captured)
        return failure == nil && !isStopped
      }
    } catch {
      output?.abandon()
      _ = exchange?.finish()
      throw .trace(error)
    }
    return try end(outcome)
  }

  /// Ends a run that has read so much.
  mutating func end(_ outcome: TraceScan.Outcome) throws(Failure) -> RunSummary {
    finish(at: outcome.last ?? .epoch)
    if !options.attendsAfterEnd { finishTraffic() }
    let summary = summary(outcome)
    if let failure {
      output?.abandon()
      throw .directory(failure)
    }
    do throws(RunDirectory.Failure) { try output?.close(summary: summary.json) } catch { throw .directory(error) }
    return summary
  }

  /// Ends the traffic with the CRM; of a run that attends, whoever attends does it.
  public mutating func finishTraffic() { crmTraffic = exchange?.finish() ?? CRMTrafficReport() }

  /// Waits until the replay may go on to `instant`; meanwhile the CRM's answers and the appliance's timers come at
  /// their times, and what is ordered is carried out.
  private mutating func mayProceed(to instant: Instant) -> Bool {
    guard let observer else { return true }
    var latest: Instant?
    while true {
      let timer = nextTimer(after: latest, before: instant)
      let mayGoOn = timer.map { observer.mayPass(to: $0) } ?? observer.mayProceed(to: instant)
      guard mayGoOn else { return false }
      if takeOrder(before: instant) { continue }
      guard let timer else { return true }
      latest = timer
      cutPower(until: timer)
      passTime(until: timer)
      observer.didProceed(to: timer, appliance)
    }
  }

  private func nextTimer(after latest: Instant?, before instant: Instant) -> Instant? {
    guard isBooted, hasCRM else { return nil }
    let next = min(exchange?.nextDue ?? .distantFuture, appliance.nextWakeUp ?? .distantFuture)
    return next < instant && next > latest ?? .init(nanoseconds: .min) ? next : nil
  }

  mutating func receive(_ captured: CapturedMessage) {
    guard proceed(to: captured.time) else { return }
    let (listener, observer) = isWatched ? (listener, observer) : (nil, nil)
    listener?.receive(captured)
    observer?.willReceive(captured)
    model.receive(captured) { event in
      listener?.willDeliver(event, to: appliance)
      observer?.willReceive(event, appliance)
      appliance.receive(event, at: captured.time, effects: &effects)
      listener?.didDeliver(event, to: appliance)
      observer?.didReceive(event, at: captured.time, appliance)
      if powerCuts.countEvent() { appliance.losePower(at: captured.time, effects: &effects) }
    }
    if !effects.isEmpty { carryOut(at: captured.time) }
    observer?.didProceed(to: captured.time, appliance)
  }

  /// What is due by then happens; false where the observer ends the run in front of it.
  mutating func proceed(to now: Instant) -> Bool {
    guard !isWatched || mayProceed(to: now) else {
      isStopped = true
      return false
    }
    reached = max(reached ?? now, now)
    if !isBooted {
      isBooted = true
      appliance.boot(at: now, effects: &effects)
      carryOut(at: now)
    }
    cutPower(until: now)
    passTime(until: now)
    return true
  }

  mutating func cutPower(until now: Instant) {
    while let due = powerCuts.popDue(at: now) {
      passTime(until: due)
      appliance.losePower(at: due, effects: &effects)
      carryOut(at: due)
    }
  }

  private mutating func finish(at end: Instant) {
    cutPower(until: end)
    passTime(until: end)
    let (listener, observer) = (listener, observer)
    observer?.willFinish(at: end)
    model.finish(at: end) { event in
      listener?.willDeliver(event, to: appliance)
      observer?.willReceive(event, appliance)
      appliance.receive(event, at: end, effects: &effects)
      listener?.didDeliver(event, to: appliance)
      observer?.didReceive(event, at: end, appliance)
    }
    appliance.advance(to: end, effects: &effects)
    appliance.finish(
      running: model.calls.runningCalls, endedWithoutBye: model.calls.callsEndedWithoutBye, effects: &effects)
    let assumptions = RunAssumptions(model, hasSite: options.siteName != nil, pbx: options.pbx)
    for (assumption, times) in assumptions.all(of: options.profile, hasCRM: hasCRM) {
      appliance.leanOn(assumption, times: times)
    }
    carryOut(at: end)
    // Who ends a run does not want to wait for the CRM.
    if !isStopped { passTime(until: end + options.crmDrain) }
    appliance.stopSendingCallLogs()
    if !isStopped { deliverAnswers(until: .distantFuture) }
    appliance.finishCRM(effects: &effects)
    carryOut(at: end)
    observer?.didProceed(to: end, appliance)
  }

  /// Delivers answers and wakes the appliance, each at its own time, up to `now`.
  mutating func passTime(until now: Instant) {
    guard hasCRM else { return }
    var steps = TimeSteps()
    while let step = steps.next(until: now, answer: exchange?.nextDue, wakeUp: appliance.nextWakeUp) {
      switch step {
      case .answers(let due): deliverAnswers(until: due)
      case .wakeUp(let due):
        appliance.advance(to: due, effects: &effects)
        carryOut(at: due)
      }
    }
  }

  mutating func deliverAnswers(until now: Instant) {
    while let delivery = exchange?.popDue(at: now) {
      appliance.leanOn(.crmLatency)
      note(delivery.envelope, sent: delivery.sent, answered: delivery.due, delivery.answer)
      reached = max(reached ?? delivery.due, delivery.due)
      listener?.willDeliver(delivery, to: appliance)
      observer?.willDeliver(to: delivery.envelope, appliance)
      appliance.receive(delivery.answer, to: delivery.envelope, at: delivery.due, effects: &effects)
      listener?.didDeliver(delivery, to: appliance)
      observer?.didDeliver(
        delivery.answer, to: delivery.envelope, sent: delivery.sent, answered: delivery.due, appliance)
      carryOut(at: delivery.due)
    }
  }

  /// Writes an exchange with the CRM down.
  ///
  /// - Parameter number: of the one that it repeats by hand; nil for none.
  mutating func note(
    _ envelope: CRMEnvelope, sent: Instant, answered: Instant, _ answer: CRMAnswer, repeating number: Int? = nil
  ) {
    attempt { (output) throws(RunDirectory.Failure) in
      try output.writeExchange(
        CRMExchangeReport.json(envelope, sent: sent, answered: answered, answer: answer, repeating: number))
    }
    observer?.didAsk(envelope.request)
  }

  mutating func carryOut(at now: Instant) {
    // Taken out one by one, from the end: looked at where it lies, each would be copied.
    effects.reverse()
    while let effect = effects.popLast() {
      if isWatched { listener?.receive(effect) }
      switch effect {
      case .askCRM(let envelope): exchange?.send(envelope, at: now)
      case .writeCDR(let draft):
        attempt { (output) throws(RunDirectory.Failure) in try output.write(draft.session) }
      case .cleanCDR(let cleaning, let due):
        attempt { (output) throws(RunDirectory.Failure) in try output.clean(cleaning, at: due) }
      case .dropCRMConnections: exchange?.dropAll()
      case .journal(let entry):
        attempt { (output) throws(RunDirectory.Failure) in try output.write(entry) }
      }
      observer?.didCarryOut(effect)
    }
  }

  /// After the first failure nothing more is written; the run says what went wrong and ends.
  private mutating func attempt(_ write: (any RunOutput) throws(RunDirectory.Failure) -> Void) {
    guard let output, failure == nil else { return }
    do throws(RunDirectory.Failure) { try write(output) } catch { failure = error }
  }

  private func summary(_ outcome: TraceScan.Outcome) -> RunSummary {
    var summary = RunSummary(
      toolVersion: options.toolVersion, seed: options.seed, profile: options.profile, pbx: options.pbx.text,
      crmSystem: options.crm?.configuration.settings.system.rawValue ?? "none", timeZone: options.site.timeZone,
      ledger: appliance.ledger)
    summary.inputs = options.inputNames
    summary.fingerprint = outcome.fingerprint.text
    summary.siteName = options.siteName
    (summary.first, summary.last) = (outcome.first, outcome.last)
    summary.tally = appliance.tally
    summary.trunks = appliance.trunks.uses
    summary.extensions = appliance.extensions.exceeded
    summary.account = outcome.account
    summary.tracking = model.counts
    summary.settings = options.appliance
    summary.failures = outcome.failures.map(\.description)
    summary.captureNames = outcome.captureNames
    summary.notices = outcome.notices.map(\.description) + powerCuts.missed
    summary.directory = output?.directoryPath
    return summary
  }
}
