import PBXModel
import Primitives
import SIPCapture
import TestSupport

let pbxAddress = "192.0.2.2"
let pbx = PBXAddresses([IPEndpoint("192.0.2.2:5060")].compactMap(\.self))

/// A caller's leg: the phone `number` at 192.0.2.`host` calls `dialled`.
func incoming(_ number: String, host: Int, dials dialled: String, callID: String = "in-1") -> Dialogue {
  Dialogue(from: "\(number)@192.0.2.\(host)", to: "\(dialled)@\(pbxAddress)", callID: callID)
}

/// A callee's leg: the PBX calls `number` at 192.0.2.`host`, showing `caller`.
func outgoing(_ caller: String, to number: String, host: Int, callID: String = "out-1") -> Dialogue {
  Dialogue(from: "\(caller)@\(pbxAddress)", to: "\(number)@192.0.2.\(host)", callID: callID)
}

/// What the leg tracker makes of a trace, time going on to `until` seconds after its beginning.
func track(
  _ dialogues: Dialogue..., pbx: PBXAddresses = pbx, limits: LegTracker.Limits = .init(), until: Double? = nil
) throws -> (events: [LegEvent], tracker: LegTracker) {
  var tracker = LegTracker(pbx: pbx, limits: limits)
  var events: [LegEvent] = []
  try deliver(dialogues.flatMap(\.messages)) { message in tracker.receive(message) { events.append($0) } }
  if let until { tracker.advance(to: moment(until)) { events.append($0) } }
  return (events, tracker)
}

/// What registrations and calls a trace holds.
func model(_ dialogues: Dialogue..., site: Site = Site(), pbx: PBXAddresses = pbx, until: Double? = nil) throws
  -> (events: [TraceModel.Event], model: TraceModel)
{
  try model(dialogues.flatMap(\.messages), site: site, pbx: pbx, until: until)
}

func model(_ messages: [WrittenMessage], site: Site = Site(), pbx: PBXAddresses = pbx, until: Double? = nil) throws
  -> (events: [TraceModel.Event], model: TraceModel)
{
  var model = TraceModel(site: site, pbx: pbx)
  var events: [TraceModel.Event] = []
  try deliver(messages) { message in model.receive(message) { events.append($0) } }
  if let until { model.finish(at: moment(until)) { events.append($0) } }
  return (events, model)
}

extension [LegEvent] {
  /// The legs that ended, in order.
  var ended: [Leg] {
    compactMap { event in
      switch event {
      case .ended(let leg): leg
      case .attempted, .renewed, .accepted, .ringing, .answered, .transferRequested, .transferAccepted,
        .transferRefused:
        nil
      }
    }
  }

  var names: [String] {
    map { event in
      switch event {
      case .attempted: "attempted"
      case .renewed: "renewed"
      case .accepted: "accepted"
      case .ringing: "ringing"
      case .answered: "answered"
      case .transferRequested: "transferRequested"
      case .transferAccepted: "transferAccepted"
      case .transferRefused: "transferRefused"
      case .ended: "ended"
      }
    }
  }
}

extension [TraceModel.Event] {
  /// The calls that ended, in order.
  var endedCalls: [Call] {
    compactMap { event in
      switch event {
      case .call(.ended(let call)): call
      case .call, .registration: nil
      }
    }
  }

  var startedCalls: [Call] {
    compactMap { event in
      switch event {
      case .call(.started(let call)): call
      case .call, .registration: nil
      }
    }
  }

  var registrations: [RegistrationEvent] {
    compactMap { event in
      switch event {
      case .registration(let registration): registration
      case .call: nil
      }
    }
  }
}

extension CallEvent {
  var name: String {
    switch self {
    case .started: "started"
    case .dialled: "dialled"
    case .ringing: "ringing"
    case .answered: "answered"
    case .connected: "connected"
    case .cameIn: "cameIn"
    case .legEnded: "legEnded"
    case .ended: "ended"
    }
  }
}
