import ApplianceAPI
import ApplianceWeb
import CRMConnectors
import JSON
import HardwareProfiles
import PBXModel
import Primitives
import Simulation

/// What the appliance is at this moment of the replay, as far as its doors show it.
struct LiveState {
  var now = Instant.epoch
  var bootedAt: Instant?
  /// Of extensions that were anything but unavailable once.
  var statuses: [String: ExtensionState] = [:]
  var addresses: [String: IPEndpoint] = [:]
  /// The phone's model by extension, where it names itself.
  var phones: [String: String] = [:]
  var calls: [Call.ID: LiveCall] = [:]
  var limits: [LimitFacts] = []
  var registered = 0
  var counts = Counts()
  /// The latest ones, the last one last.
  private(set) var systemEvents: [SystemEventFacts] = []
  /// By extension.
  private(set) var crmStandings: [String: CRMStandingFacts] = [:]
  /// The latest ones, the last one last.
  private(set) var exchanges: [CRMExchangeFacts] = []
  /// Those of `exchanges` as they were sent, by number.
  private(set) var requests: [Int: CRMRequest] = [:]

  /// What came of the replay so far.
  struct Counts {
    var calls = 0
    var refused = 0
    var rows = 0
    var systemEvents = 0
    var exchanges = 0
  }

  private(set) var phoneCalls = LivePhones()
  /// The list as it was before the appliance was switched off.
  mutating func resume(_ events: [SystemEventFacts]) { systemEvents = Array(events.suffix(Self.systemEventsMax)) }

  /// Extensions whose contacts may have changed since the appliance was looked at.
  private var changed: Set<String> = []
  private var isDirty = true
  /// Whether how users stand with the CRM may have changed.
  private var isCRMDirty = true
  /// More extensions than these have no phone's model.
  private static let phonesMax = 100_000
  /// Older entries of the list are forgotten (assumed).
  private static let systemEventsMax = 1000
  private static let exchangesMax = 500

  /// - Parameter live: the call the event is about, as it stands after it; nil where it is none, or not here.
  mutating func receive(_ event: TraceModel.Event, live: LiveCall?) {
    isDirty = true
    switch event {
    case .registration(let registration):
      changed.insert(registration.number)
      guard phones.count < Self.phonesMax || phones[registration.number] != nil else { return }
      phones[registration.number] = Self.phone(registration.userAgent)
    case .call(let event): set(event.call.id, to: live)
    }
  }

  private mutating func set(_ id: Call.ID, to live: LiveCall?) {
    if let before = calls[id] { phoneCalls.change(from: before, to: live, at: now) }
    calls[id] = live
  }

  /// What has to be looked up at the appliance; nil for nothing.
  mutating func proceed(to instant: Instant) -> Wanted? {
    now = now.followed(by: instant)
    if bootedAt == nil { bootedAt = instant }
    guard isDirty || isCRMDirty || !changed.isEmpty else { return nil }
    defer {
      (isDirty, isCRMDirty) = (false, false)
      changed.removeAll(keepingCapacity: true)
    }
    return Wanted(numbers: changed, withCRM: isCRMDirty)
  }

  /// What has to be looked up.
  struct Wanted {
    /// Extensions whose contacts may have changed.
    var numbers: Set<String>
    /// Whether how users stand with the CRM may have changed.
    var withCRM: Bool
  }

  mutating func apply(_ look: Look) {
    for (number, address) in look.addresses { addresses[number] = address }
    registered = look.registered
    limits = look.limits
    if let standings = look.crmStandings { crmStandings = standings }
  }

  /// What the appliance was found to be.
  struct Look {
    var addresses: [(number: String, address: IPEndpoint?)]
    var registered: Int
    var limits: [LimitFacts]
    var crmStandings: [String: CRMStandingFacts]?

    init(at appliance: borrowing Appliance, _ wanted: Wanted) {
      addresses = []
      crmStandings = wanted.withCRM ? appliance.crmStandings.mapValues { CRMStandingFacts(of: $0) } : nil
      for number in wanted.numbers { addresses.append((number, appliance.registry.bindings(of: number).last?.source)) }
      registered = appliance.registry.registeredExtensions
      limits = []
      for resource in Resource.allCases {
        let use = appliance.ledger[resource]
        limits.append(LimitFacts(name: resource.name, limit: use.limit?.value, inUse: use.inUse))
      }
    }
  }

  mutating func note(_ event: JournalEvent, at time: Instant) {
    // What the CRM says of a call that is over is shown nowhere.
    if let call = event.call, calls[call] != nil { phoneCalls.note(event) }
    switch event {
    case .registered(let number, _, _, _), .unregistered(let number, _, _): changed.insert(number)
    case .extensionState(let number, let state): statuses[number] = state
    case .callStarted: counts.calls += 1
    case .callRefused(let call, _, _, _, _, _, _, _, _):
      counts.refused += 1
      set(call, to: nil)
    case .callEnded(let call, _, _, _, _), .callJoined(let call, _), .outcomeUnknown(let call, _),
      .callWithoutRow(let call):
      set(call, to: nil)
    case .systemEvent(let event):
      counts.systemEvents += 1
      if systemEvents.count >= Self.systemEventsMax { systemEvents.removeFirst() }
      systemEvents.append(SystemEventFacts(event, at: time))
    case .crmLogin, .crmSettingsApplied: isCRMDirty = true
    case .powerCut:
      isCRMDirty = true
      phoneCalls.removeAll()
      calls.removeAll()
      addresses.removeAll()
      statuses.removeAll()
    case .booted:
      bootedAt = time
      isCRMDirty = true
    case .registrationRefused, .legNotDialled, .failedOver, .callNotRecorded, .callRetried, .callAnswered,
      .callTransferred, .display, .crmLookup, .crmLog, .crmLogLost, .rowsNotStored, .cdrCleaned:
      break
    }
  }

  mutating func note(exchange line: JSONValue) {
    counts.exchanges += 1
    if exchanges.count >= Self.exchangesMax { requests[exchanges.removeFirst().number] = nil }
    exchanges.append(CRMExchangeFacts(number: counts.exchanges, line: line))
  }

  /// - Parameter request: that of the exchange noted last.
  mutating func note(request: CRMRequest) {
    requests[counts.exchanges] = request
    phoneCalls.note(request)
  }

  /// `GXP1615` of `Grandstream GXP1615 1.0.4.152`, as `addr` shows it (observed); nil for a phone that is not of that
  /// form.
  static func phone(_ userAgent: String) -> String? {
    let words = userAgent.split(separator: " ")
    guard words.count >= 3, words[1].utf8.count <= 32, words[1].utf8.allSatisfy({ $0 > 32 && $0 < 127 }) else {
      return nil
    }
    return String(words[1])
  }
}
