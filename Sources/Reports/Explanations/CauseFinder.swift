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
    ofTrace ?? ofAdmission ?? ofCaller ?? ofCallees ?? ofTurns ?? ofMissingMessages ?? ofCRM
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
        .oneSideOnly, "The trace shows only what the PBX sent: the caller's side of the call is missing.",
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
    observations.refusal.map { refusal in
      UnusualCause(
        .refusedByLimit,
        "\(setting.model) refused the call with \(refusal.status), because all its \(refusal.limit) places for calls were in "
          + "use.",
        frame: call.callerLeg?.leg.firstFrame)
    }
  }

  private var ofCaller: UnusualCause? {
    guard let leg = call.callerLeg?.leg else { return nil }
    if case .unauthenticated = leg.outcome {
      return UnusualCause(
        .unauthenticated, "The caller was asked for credentials and sent none that were taken.",
        frame: messages.challenge(0))
    }
    guard call.calleeLegs.isEmpty else { return nil }
    if leg.answer != nil { return answeredByPBX(leg) }
    switch leg.outcome {
    case .rejected(let status): return refused(leg, status)
    case .cancelled:
      return UnusualCause(
        .cancelledByCaller, "The caller gave up before anybody was dialled.", frame: messages.end(0, leg.outcome))
    case .lost:
      return UnusualCause(
        .messageMissing, "The caller's INVITE has no final answer in the trace, and nobody was dialled.",
        frame: leg.firstFrame)
    case .none: return stillRunning
    case .unauthenticated, .hungUp: return nil
    }
  }

  private func answeredByPBX(_ leg: Leg) -> UnusualCause {
    let number = LadderMessage.cut(call.route?.number ?? call.dialled)
    let what: String
    switch call.route?.target {
    case .account: what = "the PBX answered for extension \(number) itself, as a mailbox does"
    case .queue: what = "the caller waited in queue \(number)"
    case .ivr: what = "voice menu \(number) answered"
    case .conference: what = "conference room \(number) answered"
    case .parking, .parkingSlot: what = "\(number) is the parking lot's"
    case .feature: what = "\(number) is a feature code"
    case .ringGroup, .unknown, .none: what = "the PBX answered itself, and the site file does not say with what"
    }
    return UnusualCause(
      .answeredByPBX, "Nobody was dialled: \(what).", frame: messages.response(0, 200...299)?.frame)
  }

  private func refused(_ leg: Leg, _ status: Int) -> UnusualCause {
    let number = LadderMessage.cut(call.route?.number ?? call.dialled)
    let frame = messages.end(0, leg.outcome)
    switch call.route?.target {
    case .account(let account) where account.registers && !observations.registered.contains(account.number):
      return UnusualCause(
        .notRegistered, "No phone was registered at extension \(number), so the PBX refused the call with \(status).",
        frame: frame)
    case .account, .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature, .unknown, .none: break
    }
    switch status {
    case 403:
      return UnusualCause(.noPermission, "The PBX forbade the call to \(number) with 403.", frame: frame)
    case 404, 410, 484, 604:
      return UnusualCause(
        .unknownNumber, "\(number) leads nowhere on this PBX, which refused the call with \(status).", frame: frame)
    default:
      return UnusualCause(
        .refusedByPBX, "The PBX refused the call to \(number) with \(status) and dialled nobody.", frame: frame)
    }
  }

  private var ofTurns: UnusualCause? {
    guard let turn = call.turns.first else { return nil }
    let sentence: String
    let kind: UnusualCause.Kind
    switch turn {
    case .transfer(let transfer):
      kind = .transferred
      sentence = "A party handed the other over to \(LadderMessage.cut(transfer.target)) (REFER)."
    case .parked(let parked):
      kind = .parked
      sentence = "The call was parked\(parked.slot.map { " at \($0)" } ?? "")."
    case .pickedUp: (kind, sentence) = (.pickedUp, "Another phone picked the call up while it rang.")
    }
    let frame = messages.all.first { message in
      switch message.kind {
      case .request(_, let name): name == "REFER"
      case .response: false
      }
    }?.frame
    return UnusualCause(kind, sentence, frame: kind == .transferred ? frame : nil)
  }

  private var ofMissingMessages: UnusualCause? {
    for (index, member) in call.legs.enumerated() {
      switch member.leg.outcome {
      case .lost:
        return UnusualCause(
          .messageMissing, "The trace does not show how leg \(index + 1) ended.", frame: messages.last(index)?.frame)
      case .hungUp where messages.leftOut == 0 && messages.request(index, "BYE") == nil:
        return UnusualCause(
          .messageMissing, "The trace lacks the BYE of leg \(index + 1), which is taken to end with the call.",
          frame: messages.last(index)?.frame)
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
