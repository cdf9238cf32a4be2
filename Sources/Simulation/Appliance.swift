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
  /// What is in use of each trunk, and what was refused for its caps.
  public internal(set) var trunks: TrunkLedger
  /// Extensions that had more phones than they may have.
  public internal(set) var extensions = ExtensionLedger()
  /// What the run came to so far.
  public internal(set) var tally = RunTally()
  /// The contacts bound at this moment.
  public internal(set) var registry = ExtensionRegistry()
  let site: Site
  let settings: ApplianceSettings
  var states: ExtensionStates
  var cdr: CDRModule
  var crm: CRMModule?
  var crmConfiguration: CRMConfiguration?
  /// Asked for at every event: `crm` itself is large.
  var hasCRM: Bool
  /// When it is up again after a power failure; nil while it is up.
  var bootsAt: Instant?
  /// When it booted first.
  var firstSeen: Instant?
  var gathered: GatheredRows
  var flash: Flash
  /// When the cleaner ran last.
  var lastCleaning: Instant?
  /// How each running call stands here, by its id.
  var calls = SerialTable()
  /// How each leg stands that holds something or is not here, by its id.
  var legs = SerialTable()
  /// Legs in `legs` that are not here.
  var absentLegs = 0
  /// Of calls that go otherwise here than on the recorded box.
  var variations: [Call.ID: CallVariation] = [:]
  var rooms: ConferenceRooms
  /// Phones the recorded box can dial and this one cannot.
  var absentContacts = AbsentContacts()
  /// Extensions that count as remote users.
  var remoteUsers: Set<String> = []
  var alerts = SystemAlerts()
  var recentRefusals = RecentRefusals()
  /// What the site has of what only some sites have.
  let siteTraits: SiteTraits
  /// Whether anybody reads the journal and the rows.
  let isRecorded: Bool
  /// Set while a call ends whose rows have been counted for another appliance of the same site; nil otherwise.
  var rowCountAsRecorded: CDRRowCount?
  /// The name the CRM gave a running call's caller.
  var names: [Call.ID: String] = [:]
  var now = Instant(nanoseconds: .min)

  /// An appliance that has not booted: nothing registered, no call up.
  ///
  /// - Parameters:
  ///   - crm: nil for the choice "none" of the CRM page.
  ///   - settings: nil for those of the site.
  ///   - remote: what a plan of the vendor's relay allows; of a site without networks of its own nothing is remote.
  ///   - isRecorded: false where nobody wants `Effect.journal` and `Effect.writeCDR`: rows are then counted and not
  ///     made. Nothing else changes by it.
  public init(
    profile: Profile, site: Site, crm: CRMConfiguration? = nil, settings: ApplianceSettings? = nil,
    remote: RemoteAllowance = RemoteAllowance(), isRecorded: Bool = true
  ) {
    self.profile = profile
    self.site = site
    let settings = settings ?? site.assumptions
    self.settings = settings
    self.isRecorded = isRecorded
    var allowance = ResourceLedger.Allowance()
    allowance.channelsPerDigitalPort = site.channelsPerDigitalPort ?? settings.channelsPerDigitalPort
    allowance.remote = remote
    ledger = ResourceLedger(profile: profile, allowance: allowance)
    trunks = TrunkLedger(site: site)
    rooms = ConferenceRooms(site: site)
    siteTraits = SiteTraits(site)
    states = ExtensionStates(site: site, isShown: isRecorded)
    cdr = CDRModule(site: site, profile: profile, settings: settings)
    self.crm = crm.map { CRMModule($0, appliance: settings) }
    crmConfiguration = crm
    hasCRM = crm != nil
    gathered = GatheredRows(commit: site.storage.commit)
    flash = Flash(storage: site.storage.completed(by: profile), settings: settings)
  }

  /// Boots: logs the users in at the CRM.
  public mutating func boot(at instant: Instant, effects: inout [Effect]) {
    now = max(now, instant)
    firstSeen = firstSeen ?? now
    var outputs: [CRMModule.Output] = []
    crm?.logIn(at: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  /// What the recorded PBX did at `instant`; the effects are what this model makes of it, appended in order.
  ///
  /// Time passes first, so bindings that ran out by then are gone before the event counts.
  public mutating func receive(_ event: TraceModel.Event, at instant: Instant, effects: inout [Effect]) {
    advance(to: instant, effects: &effects)
    guard bootsAt == nil else { return ignore(event) }
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
    guard bootsAt == nil else { return }
    var outputs: [CRMModule.Output] = []
    crm?.receive(answer, to: envelope, at: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  /// When the appliance next wants to do something of its own accord; nil while it only waits for events. Whoever
  /// drives it calls `advance(to:effects:)` then, so that timers and events come in the order of their times.
  public var nextWakeUp: Instant? {
    Self.earlier(Self.earlier(bootsAt, crm?.nextWakeUp), Self.earlier(gathered.due, nextCleaning))
  }

  private static func earlier(_ one: Instant?, _ other: Instant?) -> Instant? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }

  /// Lets time pass: bindings run out, calls the CRM did not take are sent again, gathered rows become durable, the
  /// cleaner runs, and after a power failure the appliance boots.
  public mutating func advance(to instant: Instant, effects: inout [Effect]) {
    if bootsAt != nil { bootIfDue(by: instant, &effects) }
    now = now.followed(by: instant)
    advanceStorage(to: now, &effects)
    while registry.soonestExpiry <= now, let (number, contact, due) = registry.popExpired(at: now) {
      tally.bindingsExpired += 1
      journal(.unregistered(number: number, contact: contact, reason: .expired), at: due, &effects)
      if !registry.isRegistered(number) {
        raise(
          .lostRegistration, .account(number), "extension \(number): its last contact expired", at: due, &effects)
      }
      releaseUser(number, at: due)
      showRegistration(of: number, at: due, &effects)
    }
    if alerts.soonest <= now { restoreDueAlerts(&effects) }
    guard hasCRM, let due = crm?.nextWakeUp, due <= now else { return }
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
  /// What is gathered is written: the appliance goes on after the trace.
  public mutating func finish(running: [Call], endedWithoutBye: Int, effects: inout [Effect]) {
    if bootsAt == nil { commit(&effects) }
    ledger.settle(at: now)
    trunks.settle(at: now)
    for call in running where !isAbsent(call) { tally.callsRunningAtEnd += 1 }
    leanOn(.callEndedWithoutBye, times: endedWithoutBye)
  }

  /// Notes that the run leaned on an assumption so many times more; 0 or less notes nothing.
  public mutating func leanOn(_ assumption: Assumption, times: Int = 1) {
    tally.leanOn(assumption, times: times)
  }

  func journal(_ event: @autoclosure () -> JournalEvent, at time: Instant, _ effects: inout [Effect]) {
    guard isRecorded else { return }
    effects.append(.journal(JournalEntry(time: time, event: event())))
  }

  /// Shows what the registry says of an extension.
  mutating func showRegistration(of number: String, at time: Instant, _ effects: inout [Effect]) {
    guard states.isKept else { return }
    show(states.register(number, isRegistered: registry.isRegistered(number)), of: number, at: time, &effects)
  }

  /// - Parameter state: nil where it is the one shown already.
  mutating func show(_ state: ExtensionState?, of number: String, at time: Instant, _ effects: inout [Effect]) {
    guard let state else { return }
    if state == .busy { leanOn(.busyWithoutCallWaiting) }
    journal(.extensionState(number: number, state: state), at: time, &effects)
  }
}
