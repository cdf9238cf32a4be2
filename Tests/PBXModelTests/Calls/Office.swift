import PBXModel
import Primitives
import SIPCapture
import TestSupport

/// Extensions 1000 ... 1009, a carrier, a group, a queue, a menu and a parking lot of three places.
func office(_ change: (inout Site) -> Void = { _ in }) -> Site {
  var site = Site()
  site.extensions = (1000...1009).map { Extension(number: String($0)) }
  site.trunks = [Trunk(index: 1, name: "carrier", addresses: [IPEndpoint("198.51.100.1")].compactMap(\.self))]
  site.ringGroups = [RingGroup(number: "6400", members: ["1003", "1004"])]
  site.queues = [Queue(number: "6500", members: ["1003", "1004"])]
  site.ivrs = [IVR(number: "7000")]
  site.parking = Parking(number: "700", slots: 701...703)
  change(&site)
  return site
}

/// The phone of extension `caller` calls `dialled`, is let in and, unless that is nil, connected at `answer`.
func phone(
  _ caller: String, calls dialled: String, at start: Double, answer: Double?, callID: String
) -> Dialogue {
  let dialogue = incoming(caller, host: 100 + (Int(caller) ?? 0) % 100, dials: dialled, callID: callID)
    .invite(at: start).trying(at: start + 0.01)
  return answer.map { dialogue.ok(at: $0) } ?? dialogue
}

/// The PBX rings the phone of extension `callee`, which lifts at `answer`, if that is not nil.
func rings(
  _ callee: String, showing caller: String, at start: Double, answer: Double?, callID: String
) -> Dialogue {
  let dialogue = outgoing(caller, to: callee, host: 100 + (Int(callee) ?? 0) % 100, callID: callID)
    .invite(at: start).ringing(at: start + 0.2)
  return answer.map { dialogue.ok(at: $0) } ?? dialogue
}

extension Call {
  var callIDs: [String] { legs.map(\.leg.callID) }

  /// The turns in a word each.
  var turnNames: [String] {
    turns.map { turn in
      switch turn {
      case .transfer(let transfer): (transfer.isAttended ? "attended:" : "blind:") + transfer.target
      case .parked(let parked): "parked:" + (parked.slot.map(String.init) ?? "?")
      case .pickedUp: "pickedUp"
      }
    }
  }

  func evidence(of callID: String) -> [Join.Evidence] {
    legs.first { $0.leg.callID == callID }?.join.evidence ?? []
  }
}
