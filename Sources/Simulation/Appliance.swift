public import CRMConnectors
public import HardwareProfiles
public import PBXModel
public import Primitives

/// One simulated appliance: a model's limits, a site, a CRM, and what they make of recorded traffic.
///
/// A state machine: an event and its instant go in, effects come out. It reads no clock and does nothing itself, so
/// the same events give the same effects. Instants never go back; one that does is taken as the latest seen.
public struct Appliance: Sendable {
  /// The model simulated.
  public internal(set) var profile: Profile
  /// What is in use against the model's limits, and what was refused for them.
  public internal(set) var ledger: ResourceLedger
  /// What the run came to so far.
  public internal(set) var tally = RunTally()
  /// The contacts bound at this moment.
  public internal(set) var registry = ExtensionRegistry()
  let site: Site
  let settings: ApplianceSettings
  var states: ExtensionStates
  var cdr: CDRModule
  var crm: CRMModule?
  /// How each running call stands here, by its id.
  var calls = SerialTable()
  /// Whether anybody reads the journal and the rows.
  let isRecorded: Bool
  /// The name the CRM gave a running call's caller.
  var names: [Call.ID: String] = [:]
  var now = Instant(nanoseconds: .min)

  /// An appliance that has not booted: nothing registered, no call up.
  ///
  /// - Parameters:
  ///   - crm: nil for the choice "none" of the CRM page.
  ///   - isRecorded: false where nobody wants `Effect.journal` and `Effect.writeCDR`: rows are then counted and not
  ///     made. Nothing else changes by it.
  public init(
    profile: Profile, site: Site, crm: CRMConfiguration? = nil, settings: ApplianceSettings = ApplianceSettings(),
    isRecorded: Bool = true
  ) {
    self.profile = profile
    self.site = site
    self.settings = settings
    self.isRecorded = isRecorded
    ledger = ResourceLedger(profile: profile)
    states = ExtensionStates(site: site)
    cdr = CDRModule(site: site, profile: profile, settings: settings)
    self.crm = crm.map { CRMModule($0, appliance: settings) }
  }

  /// Boots: logs the users in at the CRM.
  public mutating func boot(at instant: Instant, effects: inout [Effect]) {
    now = max(now, instant)
    var outputs: [CRMModule.Output] = []
    crm?.logIn(at: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  /// What the recorded PBX did at `instant`; the effects are what this model makes of it, appended in order.
  ///
  /// Time passes first, so bindings that ran out by then are gone before the event counts.
  public mutating func receive(_ event: TraceModel.Event, at instant: Instant, effects: inout [Effect]) {
    advance(to: instant, effects: &effects)
    switch event {
    case .registration(let registration): register(registration, &effects)
    case .call(let event): receive(event, &effects)
    }
  }

  /// A CRM's answer to a request returned earlier as `.askCRM`.
  public mutating func receive(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, at instant: Instant, effects: inout [Effect]
  ) {
    advance(to: instant, effects: &effects)
    var outputs: [CRMModule.Output] = []
    crm?.receive(answer, to: envelope, at: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  /// When the appliance next wants to do something of its own accord; nil while it only waits for events. Whoever
  /// drives it calls `advance(to:effects:)` then, so that timers and events come in the order of their times.
  public var nextWakeUp: Instant? { crm?.nextWakeUp }

  /// Lets time pass: bindings run out, and calls the CRM did not take are sent again.
  public mutating func advance(to instant: Instant, effects: inout [Effect]) {
    now = now.followed(by: instant)
    while let (number, contact, due) = registry.popExpired(at: now) {
      tally.bindingsExpired += 1
      journal(.unregistered(number: number, contact: contact, reason: .expired), at: due, &effects)
      systemEvent(.lostRegistration, "extension \(number): its last contact expired", when: number, at: due, &effects)
      releaseUser(number)
      showRegistration(of: number, at: due, &effects)
    }
    guard let due = nextWakeUp, due <= now else { return }
    var outputs: [CRMModule.Output] = []
    crm?.advance(to: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  /// From here on no call log is begun; what is on its way goes on to its end.
  public mutating func stopSendingCallLogs() { crm?.stopSendingLogs() }

  /// The end of the run, after the CRM's last answer: what it did not take will not be recorded.
  public mutating func finishCRM(effects: inout [Effect]) {
    var outputs: [CRMModule.Output] = []
    crm?.finish { outputs.append($0) }
    apply(outputs, &effects)
  }

  /// The end of the trace. Running calls have no row: the appliance writes one when a call is over.
  public mutating func finish(running: [Call], endedWithoutBye: Int) {
    tally.callsRunningAtEnd += running.count { !isRefused($0) }
    leanOn(.callEndedWithoutBye, times: endedWithoutBye)
  }

  /// Notes that the run leaned on an assumption so many times more; 0 or less notes nothing.
  public mutating func leanOn(_ assumption: Assumption, times: Int = 1) {
    guard times > 0 else { return }
    tally.assumptions[assumption, default: 0] += times
  }

  func journal(_ event: @autoclosure () -> JournalEvent, at time: Instant, _ effects: inout [Effect]) {
    guard isRecorded else { return }
    effects.append(.journal(JournalEntry(time: time, event: event())))
  }

  /// Shows what the registry says of an extension.
  mutating func showRegistration(of number: String, at time: Instant, _ effects: inout [Effect]) {
    show(states.register(number, isRegistered: registry.isRegistered(number)), of: number, at: time, &effects)
  }

  /// - Parameter state: nil where it is the one shown already.
  mutating func show(_ state: ExtensionState?, of number: String, at time: Instant, _ effects: inout [Effect]) {
    guard let state else { return }
    if state == .busy { leanOn(.busyWithoutCallWaiting) }
    journal(.extensionState(number: number, state: state), at: time, &effects)
  }

  mutating func systemEvent(
    _ name: SystemEvent.Name, _ detail: @autoclosure () -> String, at time: Instant, _ effects: inout [Effect]
  ) {
    tally.systemEvents += 1
    leanOn(.systemEventNames)
    journal(.systemEvent(SystemEvent(name: name, detail: detail())), at: time, &effects)
  }

  private mutating func systemEvent(
    _ name: SystemEvent.Name, _ detail: @autoclosure () -> String, when number: String, at time: Instant,
    _ effects: inout [Effect]
  ) {
    guard !registry.isRegistered(number) else { return }
    systemEvent(name, detail(), at: time, &effects)
  }
}
