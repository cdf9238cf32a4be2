import CRMConnectors
import HTTPTypes
import HardwareProfiles
import PBXModel
import Primitives
import SIPCapture
import Simulation
import TestSupport

let pbxAddress = "192.0.2.2"

/// A model made up for a test; a limit of nil is one nobody knows.
func profile(
  calls: Int? = nil, users: Int? = nil, limits others: [LimitName: Int] = [:], technology: ChannelTechnology = .pjsip,
  acctIDRestartsMonthly: Bool? = nil,
  lastdataCharactersMax: Int? = nil
) -> Profile {
  var limits: [LimitName: Limit] = [:]
  if let calls {
    limits[.concurrentCalls] = Limit(value: calls, unit: .calls, source: "test", certainty: .assumed, confidence: .low)
  }
  if let users {
    limits[.users] = Limit(value: users, unit: .users, source: "test", certainty: .assumed, confidence: .low)
  }
  for (name, value) in others {
    limits[name] = Limit(value: value, unit: name.unit, source: "test", certainty: .assumed, confidence: .low)
  }
  var traits = ModelTraits()
  traits.channelTechnology = ModelTrait(value: technology, source: "test", certainty: .assumed, confidence: .low)
  traits.acctIDRestartsMonthly = acctIDRestartsMonthly.map {
    ModelTrait(value: $0, source: "test", certainty: .assumed, confidence: .low)
  }
  traits.lastdataCharactersMax = lastdataCharactersMax.map {
    ModelTrait(value: $0, source: "test", certainty: .assumed, confidence: .low)
  }
  return Profile(
    model: "Bench", family: Family(name: "bench", displayName: "Bench"), limits: limits, traits: traits)
}

/// Extensions 1000 ... 1009 and one trunk at 198.51.100.1.
func benchSite(_ change: (inout Site) -> Void = { _ in }) -> Site {
  var site = Site()
  site.extensions = (1000...1009).map { Extension(number: String($0)) }
  site.trunks = [Trunk(index: 3, name: "Carrier", addresses: [IPEndpoint("198.51.100.1")].compactMap(\.self))]
  change(&site)
  return site
}

/// Who answers an appliance's CRM requests in a test.
protocol BenchCRM {
  /// The answer, and how many seconds it takes; nil for the bench's own latency.
  mutating func answer(_ request: CRMRequest, at now: Instant) -> (answer: CRMAnswer, delaySeconds: Double?)
}

/// An appliance fed with what a trace model reads of a written trace, and with the CRM's answers a while later.
struct Bench {
  var appliance: Appliance
  var model: TraceModel
  var effects: [Effect] = []
  /// From a request to its answer; nil for a CRM that never answers.
  var latencySeconds: Double? = 0.1
  /// nil for one that answers everything with 200 and nothing.
  var crm: (any BenchCRM)?
  private var changes: [(time: Instant, configuration: CRMConfiguration?)] = []
  private var due: [(time: Instant, envelope: CRMEnvelope, answer: CRMAnswer)] = []

  init(
    profile: Profile = profile(), site: Site = benchSite(), crm: CRMConfiguration? = nil,
    settings: ApplianceSettings = ApplianceSettings(), remote: RemoteAllowance = RemoteAllowance(),
    isRecorded: Bool = true
  ) {
    appliance = Appliance(
      profile: profile, site: site, crm: crm, settings: settings, remote: remote, isRecorded: isRecorded)
    self.crm = nil
    let pbx = PBXAddresses([IPEndpoint("\(pbxAddress):5060")].compactMap(\.self))
    model = TraceModel(site: site, pbx: pbx)
  }

  mutating func play(_ messages: [WrittenMessage], until end: Double) throws {
    try play(messages, until: end, through: deliver)
  }

  /// The messages as they stand, whatever their times.
  mutating func playInOrder(_ messages: [WrittenMessage], until end: Double) throws {
    try play(messages, until: end, through: deliverInOrder)
  }

  private mutating func play(
    _ messages: [WrittenMessage], until end: Double,
    through deliver: ([WrittenMessage], (CapturedMessage) -> Void) throws -> Void
  ) throws {
    try deliver(messages) { message in
      answer(until: message.time)
      var new: [Effect] = []
      model.receive(message) { appliance.receive($0, at: message.time, effects: &new) }
      carryOut(new, at: message.time)
    }
    answer(until: moment(end))
    var new: [Effect] = []
    model.finish(at: moment(end)) { appliance.receive($0, at: moment(end), effects: &new) }
    appliance.advance(to: moment(end), effects: &new)
    carryOut(new, at: moment(end))
  }

  mutating func play(_ dialogues: Dialogue..., until end: Double = 100) throws {
    try play(dialogues.flatMap(\.messages), until: end)
  }

  mutating func carryOut(_ new: [Effect], at now: Instant) {
    effects += new
    guard let latencySeconds else { return }
    for effect in new {
      switch effect {
      case .askCRM(let envelope):
        let (answer, delay) =
          crm?.answer(envelope.request, at: now) ?? (.response(HTTPResponse(status: .ok), body: []), nil)
        let time = now + (moment(delay ?? latencySeconds) - traceStart)
        let place = due.firstIndex { $0.time > time } ?? due.endIndex
        due.insert((time, envelope, answer), at: place)
      case .dropCRMConnections: due.removeAll()
      case .writeCDR, .cleanCDR, .journal: break
      }
    }
  }

  /// Apply Changes of the CRM pages, once it is time; in the order of their times.
  mutating func apply(_ configuration: CRMConfiguration?, at time: Double) {
    changes.append((moment(time), configuration))
  }

  /// Answers and timers in the order of their times.
  mutating func answer(until now: Instant) {
    while true {
      let wakeUp = appliance.nextWakeUp
      var new: [Effect] = []
      let next = min(due.first?.time ?? .distantFuture, wakeUp ?? .distantFuture)
      if let change = changes.first, change.time <= now, change.time <= next {
        changes.removeFirst()
        appliance.apply(change.configuration, at: change.time, effects: &new)
        carryOut(new, at: change.time)
      } else if let first = due.first, first.time <= now, first.time <= wakeUp ?? .distantFuture {
        due.removeFirst()
        appliance.receive(first.answer, to: first.envelope, at: first.time, effects: &new)
        carryOut(new, at: first.time)
      } else if let wakeUp, wakeUp <= now {
        appliance.advance(to: wakeUp, effects: &new)
        carryOut(new, at: wakeUp)
        if appliance.nextWakeUp == wakeUp { return }
      } else {
        return
      }
    }
  }

  /// Lets time pass after the trace, and ends the run.
  mutating func finishRun(at end: Double) {
    answer(until: moment(end))
    appliance.stopSendingCallLogs()
    answer(until: .distantFuture)
    var new: [Effect] = []
    appliance.finishCRM(effects: &new)
    carryOut(new, at: moment(end))
  }

  var journal: [JournalEntry] {
    effects.compactMap { effect in
      switch effect {
      case .journal(let entry): entry
      case .askCRM, .writeCDR, .cleanCDR, .dropCRMConnections: nil
      }
    }
  }

  var sessions: [CDRSession] {
    effects.compactMap { effect in
      switch effect {
      case .writeCDR(let draft): draft.session
      case .askCRM, .cleanCDR, .dropCRMConnections, .journal: nil
      }
    }
  }

  var rows: [CDRRecord] { sessions.flatMap(\.rows) }

  var requests: [CRMRequest] {
    effects.compactMap { effect in
      switch effect {
      case .askCRM(let envelope): envelope.request
      case .writeCDR, .cleanCDR, .dropCRMConnections, .journal: nil
      }
    }
  }

  /// States shown of one extension, in order.
  func states(of number: String) -> [ExtensionState] {
    journal.compactMap { entry in
      if case .extensionState(number, let state) = entry.event { state } else { nil }
    }
  }

  var alerts: [SystemEvent] { systemEvents.filter { $0.kind == .generateAlert } }

  var systemEvents: [SystemEvent] {
    journal.compactMap { entry in
      if case .systemEvent(let event) = entry.event { event } else { nil }
    }
  }

  func count(_ isWanted: (JournalEvent) -> Bool) -> Int { journal.count { isWanted($0.event) } }
}

/// A phone at 192.0.2.`host` calls `dialled`, and the PBX calls `callee` at 192.0.2.`calleeHost` for it.
func internalCall(
  _ caller: String = "1000", to callee: String = "1001", from start: Double = 0, ring: Double = 1, answer: Double? = 3,
  end: Double = 10, name: String = ""
) -> [Dialogue] {
  let callerHost = 100 + (Int(caller) ?? 0) % 100
  let calleeHost = 100 + (Int(callee) ?? 0) % 100
  let id = "\(caller)-\(callee)-\(start)"
  var first = Dialogue(from: "\(caller)@192.0.2.\(callerHost)", to: "\(callee)@\(pbxAddress)", callID: "a-" + id)
  first.displayName = name
  first = first.invite(at: start).trying(at: start + 0.01)
  var second = Dialogue(from: "\(caller)@\(pbxAddress)", to: "\(callee)@192.0.2.\(calleeHost)", callID: "b-" + id)
  second = second.invite(at: start + 0.02).ringing(at: start + ring)
  first = first.ringing(at: start + ring)
  guard let answer else {
    return [
      first.cancel(at: start + end).refuse(487, at: start + end),
      second.cancel(at: start + end).refuse(487, at: start + end),
    ]
  }
  return [
    first.ok(at: start + answer).bye(at: start + end), second.ok(at: start + answer).bye(at: start + end),
  ]
}

/// A caller outside calls `did` over the trunk, and the PBX rings `phones`, of which `answering` lifts.
func inboundCall(
  from number: String = "+493055501", did: String = "+4930000010", phones: [String] = ["1001"],
  answering: String? = "1001", start: Double = 0, answer: Double = 3, end: Double = 10
) -> [Dialogue] {
  let id = "\(number)-\(start)"
  var caller = Dialogue(from: "\(number)@198.51.100.1", to: "\(did)@\(pbxAddress)", callID: "in-" + id)
  caller.displayName = "From Outside"
  caller = caller.invite(at: start).trying(at: start + 0.01).ringing(at: start + 1)
  let legs = phones.map { phone in
    let leg = Dialogue(
      from: "\(number)@\(pbxAddress)", to: "\(phone)@192.0.2.\(100 + (Int(phone) ?? 0) % 100)",
      callID: "\(phone)-\(id)"
    ).invite(at: start + 0.02).ringing(at: start + 1)
    if phone == answering { return leg.ok(at: start + answer).bye(at: start + end) }
    let over = start + (answering == nil ? end : answer)
    return leg.cancel(at: over).refuse(487, at: over)
  }
  caller =
    answering == nil
    ? caller.cancel(at: start + end).refuse(487, at: start + end) : caller.ok(at: start + answer).bye(at: start + end)
  return [caller] + legs
}

extension Bench {
  mutating func play(_ calls: [Dialogue], until end: Double = 100) throws {
    try play(calls.flatMap(\.messages), until: end)
  }
}
