import PBXModel
import Primitives

/// What became of the caller where nobody was dialled, or somebody else.
extension CauseFinder {
  var ofCaller: UnusualCause? {
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

  /// What was dialled, or the number its DID leads to.
  private var number: String { LadderMessage.cut(call.route?.number ?? call.dialled) }

  /// The extension dialled, if any.
  private var target: Extension? {
    switch call.route?.target {
    case .account(let account): account
    case .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature, .unknown, .none: nil
    }
  }

  private func isWithoutContact(_ account: Extension) -> Bool {
    account.registers && !observations.registered.contains(account.number)
  }

  private func answeredByPBX(_ leg: Leg) -> UnusualCause {
    let frame = messages.response(0, 200...299)?.frame
    if let target, isWithoutContact(target) {
      return UnusualCause(
        .notRegistered,
        "No phone was registered at extension \(number), so the PBX answered itself, as a mailbox does.",
        frame: frame)
    }
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
    return UnusualCause(.answeredByPBX, "Nobody was dialled: \(what).", frame: frame)
  }

  private func refused(_ leg: Leg, _ status: Int) -> UnusualCause {
    let frame = messages.end(0, leg.outcome)
    if let target, isWithoutContact(target) {
      return UnusualCause(
        .notRegistered, "No phone was registered at extension \(number), so the PBX refused the call with \(status).",
        frame: frame)
    }
    switch status {
    case 480 where target != nil:
      return UnusualCause(
        .notRegistered, "The PBX knew no phone to reach at extension \(number) and refused the call with 480.",
        frame: frame)
    case 403:
      return UnusualCause(.noPermission, "The PBX forbade the call to \(number) with 403.", frame: frame)
    case 404, 410, 484, 604:
      return UnusualCause(
        .unknownNumber, "\(number) leads nowhere on this PBX, which refused the call with \(status).", frame: frame)
    default:
      return UnusualCause(
        .refusedByPBX, "The PBX refused the call to \(number) with \(status) and dialled nobody\(trunkLimit).",
        frame: frame)
    }
  }

  private var trunkLimit: String {
    guard let route = call.route?.outbound,
      let max = setting.site.trunks.first(where: { $0.name == route.trunk })?.outgoingCallsMax
    else { return "" }
    return "; trunk \(route.trunk) may carry \(max) calls out at once"
  }

  /// An extension's call that never reached its own phone.
  var ofForwarding: UnusualCause? {
    guard let target, let first = call.calleeLegs.first,
      !call.calleeLegs.contains(where: {
        $0.leg.requestUser == target.number || $0.party.accountNumber == target.number
      })
    else { return nil }
    let rung = LadderMessage.cut(first.party.accountNumber ?? first.leg.requestUser)
    let why =
      target.forwardAlways == nil
      ? "the site file does not say why"
      : "the site file forwards all its calls to \(LadderMessage.cut(target.forwardAlways ?? ""))"
    return UnusualCause(
      .forwarded, "The call to extension \(target.number) was sent on to \(rung): \(why).",
      frame: first.leg.firstFrame)
  }
}
