import CRMConnectors
import HardwareProfiles
import PBXModel
import Primitives
import Reports
import SIPCapture
import Simulation
import TestSupport
import Testing

/// Extensions 1000 to 1009 and a trunk at 198.51.100.1.
func office(_ change: (inout Site) -> Void = { _ in }) -> Site {
  var site = Site()
  site.extensions = (1000...1009).map {
    var account = Extension(number: String($0))
    account.registers = false
    return account
  }
  site.trunks = [Trunk(index: 3, name: "Carrier", addresses: [IPEndpoint("198.51.100.1")].compactMap(\.self))]
  change(&site)
  return site
}

/// A written trace, the office it was recorded in, and what a made-up CRM said of it.
struct ExplainedCall {
  var exchanges: [any WrittenExchange]
  var site = office()
  var callsMax: Int?
  /// Which call is explained.
  var number = 1
  /// Seconds after `traceStart` at which the trace ends.
  var end = 100.0
  var pbx = PBXAddresses([IPEndpoint("192.0.2.2:5060")].compactMap(\.self))
  /// nil without a CRM.
  var crmExtensions: Set<String>?
  var journal: [JournalEvent] = []
  /// Before the call.
  var loginEvents: [JournalEvent] = []

  /// When the power fails; nil for never.
  var powerCutAt: Double?

  init(_ exchanges: [any WrittenExchange]) { self.exchanges = exchanges }

  func with(_ change: (inout ExplainedCall) -> Void) -> ExplainedCall {
    var copy = self
    change(&copy)
    return copy
  }

  private var profile: Profile {
    var limits: [LimitName: Limit] = [:]
    if let callsMax {
      limits[.concurrentCalls] = Limit(
        value: callsMax, unit: .calls, source: "bench", certainty: .assumed, confidence: .low)
    }
    return Profile(model: "Bench", family: Family(name: "bench", displayName: "Bench"), limits: limits)
  }

  func explanation() throws -> Explanation {
    let messages = exchanges.flatMap(\.messages)
    let call = try find(messages)
    var collector = LadderCollector(call: call, messagesMax: 1000)
    try deliver(messages) { collector.receive($0) }
    var observations = try observe(messages, call)
    for event in journal { observations.receive(.journal(JournalEntry(time: moment(end), event: event))) }
    let setting = Explanation.Setting(
      site: site, hasSiteFile: true, pbx: "192.0.2.2", model: "Bench", crmExtensions: crmExtensions)
    return Explanation(collector, observations, setting)
  }

  private func find(_ messages: [WrittenMessage]) throws -> Call {
    var model = TraceModel(site: site, pbx: pbx)
    var calls: [Call] = []
    let note = { (event: TraceModel.Event) in
      if case .call(.ended(let call)) = event { calls.append(call) }
    }
    try deliver(messages) { model.receive($0, report: note) }
    model.finish(at: moment(end), report: note)
    return try #require((calls + model.calls.runningCalls).first { $0.id.rawValue == number })
  }

  private func observe(_ messages: [WrittenMessage], _ call: Call) throws -> CallObservations {
    var model = TraceModel(site: site, pbx: pbx)
    var appliance = Appliance(profile: profile, site: site)
    var observations = CallObservations(of: call.id)
    for event in loginEvents { observations.receive(.journal(JournalEntry(time: traceStart, event: event))) }
    var powerCutAt = powerCutAt.map { moment($0) }
    let receive = { (event: TraceModel.Event, now: Instant) in
      var effects: [Effect] = []
      if let due = powerCutAt, due <= now {
        appliance.losePower(at: due, effects: &effects)
        powerCutAt = nil
        for effect in effects { observations.receive(effect) }
        effects = []
      }
      appliance.receive(event, at: now, effects: &effects)
      if case .call(.started(let started)) = event, started.id == call.id {
        observations.noteStart(
          places: appliance.ledger.calls, registry: appliance.registry, numbers: [call.route?.number ?? ""])
      }
      if case .call(.cameIn(let other, let member)) = event, other.id != call.id,
        call.legs.contains(where: { $0.leg.id == member.leg.id })
      {
        observations.noteDeparture(into: other.id)
      }
      for effect in effects { observations.receive(effect) }
    }
    try deliver(messages) { captured in model.receive(captured) { receive($0, captured.time) } }
    model.finish(at: moment(end)) { receive($0, moment(end)) }
    return observations
  }
}

/// A caller's leg from the trunk.
func fromTrunk(_ number: String, dials dialled: String, callID: String = "in-1") -> Dialogue {
  Dialogue(from: "\(number)@198.51.100.1", to: "\(dialled)@\(pbxAddress)", callID: callID)
}

/// A callee's leg to the trunk.
func toTrunk(_ caller: String, _ number: String, callID: String = "out-1") -> Dialogue {
  Dialogue(from: "\(caller)@\(pbxAddress)", to: "\(number)@198.51.100.1", callID: callID)
}
