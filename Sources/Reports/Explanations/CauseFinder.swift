import PBXModel
import Primitives
import Simulation

/// Goes along the chain to the first thing that is not as in a plain answered call.
struct CauseFinder {
  let call: Call
  let messages: CallMessages
  let observations: CallObservations
  let setting: Explanation.Setting

  var first: UnusualCause? {
    ofTrace ?? ofAdmission ?? ofCaller ?? ofForwarding ?? ofCallees ?? ofTurns ?? ofMissingMessages ?? ofCRM
  }

  private var ofTrace: UnusualCause? {
    if call.ranAtStart {
      return UnusualCause(
        .ranAtStart, "The call ran when the trace began, so its start is unknown and it has no row.",
        frame: call.firstLeg?.firstFrame)
    }
    if let main = call.joinedInto {
      return UnusualCause(
        .joinedIntoAnother, "The call became a part of call \(main.rawValue), which has the rows of both.")
    }
    guard let caller = call.callerLeg?.leg else {
      return UnusualCause(
        .oneSideOnly,
        "The trace shows no caller: the caller's side was not recorded, or the PBX dialled on its own account.",
        frame: call.firstLeg?.firstFrame)
    }
    if caller.role == .passing {
      return UnusualCause(
        .oneSideOnly, "Neither end of the call is known as the PBX, so it is one dialog without its other side.",
        frame: caller.firstFrame)
    }
    for (index, member) in call.legs.enumerated() where member.join.rivalry == .equal {
      return UnusualCause(
        .ambiguousJoin, "Leg \(index + 1) fits another running call as well, so that it belongs here is a guess.",
        frame: member.leg.firstFrame)
    }
    return nil
  }

  private var ofAdmission: UnusualCause? {
    let frame = call.callerLeg?.leg.firstFrame
    if observations.beganWhileDown {
      return UnusualCause(
        .powerFailure, "The call came while \(setting.model) was down after a power failure.", frame: frame)
    }
    if observations.wasCut {
      return UnusualCause(
        .powerFailure, "The power of \(setting.model) failed while the call was up, so it has no row.", frame: frame)
    }
    if let refusal = observations.refusal {
      return UnusualCause(Self.kind(of: refusal.reason), sentence(of: refusal), frame: frame)
    }
    guard let missing = observations.legNotDialled else { return nil }
    let who = LadderMessage.cut(missing.number)
    let why = "\(setting.model) did not dial \(who), which the recorded PBX did: \(reason(missing.reason))"
    switch observations.unknownOutcome {
    case .answererAbsent:
      return UnusualCause(
        .outcomeUnknown, why + "; the one who answered is missing here, so how it went on is not known.", frame: frame)
    case .partyOfRefusedCall, nil:
      return UnusualCause(Self.kind(of: missing.reason), why + ".", frame: frame)
    }
  }

  private static func kind(of refusal: CallRefusal) -> UnusualCause.Kind {
    switch refusal {
    case .resource: .refusedByLimit
    case .trunkIncoming, .trunkOutgoing: .refusedByTrunkLimit
    case .notRegistered: .notRegisteredHere
    }
  }

  private func sentence(of refusal: CallObservations.Refusal) -> String {
    let start = "\(setting.model) refused the call with \(refusal.status), because "
    switch refusal.reason {
    case .resource(.calls): return start + "all its \(refusal.limit) places for calls were in use."
    case .resource(let resource): return start + "all its \(refusal.limit) \(resource.words) were in use."
    case .trunkIncoming, .trunkOutgoing, .notRegistered: return start + reason(refusal.reason) + "."
    }
  }

  private func reason(_ refusal: CallRefusal) -> String {
    switch refusal {
    case .resource(let resource): "all its \(resource.words) were in use"
    case .trunkIncoming(let name): "trunk \(LadderMessage.cut(name)) had as many calls in as it may have"
    case .trunkOutgoing(let name):
      "trunk \(LadderMessage.cut(name)) had no place for a call out, and no other trunk of the route had one"
    case .notRegistered(let number):
      "extension \(LadderMessage.cut(number)) is not registered there, for its REGISTER was refused or displaced"
    }
  }

  private var ofTurns: UnusualCause? {
    if let other = observations.wentInto {
      return UnusualCause(
        .transferred,
        "A party of the call went over into call \(other.rawValue): an attended transfer, "
          + "or a call picked up.")
    }
    guard let turn = call.turns.first else { return nil }
    let refer = messages.all.first { message in
      switch message.kind {
      case .request(_, let name): name == "REFER"
      case .response: false
      }
    }?.frame
    switch turn {
    case .transfer(let transfer):
      let target = transfer.target.isEmpty ? "a party that was on the line already" : LadderMessage.cut(transfer.target)
      let kind = transfer.isAttended ? "attended" : "blind"
      return UnusualCause(
        .transferred, "One party handed the other over to \(target) (\(kind) transfer).", frame: refer)
    case .parked(let parked):
      return UnusualCause(
        .parked, "The call was parked\(parked.slot.map { " at \($0)" } ?? "").", frame: refer)
    case .pickedUp: return UnusualCause(.pickedUp, "Another phone picked the call up while it rang.")
    }
  }

  private var ofMissingMessages: UnusualCause? {
    for (index, member) in call.legs.enumerated() {
      switch member.leg.outcome {
      case .lost:
        return UnusualCause(
          .messageMissing, "The trace does not show how leg \(index + 1) ended.", frame: messages.last(index)?.frame)
      case .hungUp, .cancelled, .rejected, .unauthenticated: break
      case .none: return stillRunning
      }
    }
    return nil
  }

  var stillRunning: UnusualCause {
    UnusualCause(.stillRunning, "The call still runs when the trace ends, so it has no row.")
  }
}
