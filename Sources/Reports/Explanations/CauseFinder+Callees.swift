import PBXModel
import Primitives

/// What became of the legs that were dialled.
extension CauseFinder {
  /// The first leg that failed before another began that was answered; one that rang beside it is nothing unusual.
  var ofCallees: UnusualCause? {
    let answered = call.calleeLegs.first { $0.leg.answer != nil }?.leg
    var failed: (index: Int, member: Call.Member)?
    for (index, member) in call.calleeLegs.enumerated() where member.leg.answer == nil && member.cameIn == nil {
      guard let end = member.leg.end else { continue }
      if let answered, end > answered.start { continue }
      if let failed, failed.member.leg.end ?? end <= end { continue }
      failed = (index + (call.callerLeg == nil ? 0 : 1), member)
    }
    if let failed, let cause = cause(of: failed.member, failed.index) { return cause }
    guard answered != nil else {
      return call.end == nil && !call.calleeLegs.isEmpty ? stillRunning : nil
    }
    return notPassedOn
  }

  private var notPassedOn: UnusualCause? {
    // A caller who handed the call over before the answer is gone by intent.
    guard observations.wentInto == nil, call.turns.isEmpty, let caller = call.callerLeg?.leg, caller.answer == nil,
      caller.outcome != nil
    else { return nil }
    return UnusualCause(
      .answerNotPassedOn, "The call was answered, but the caller was gone before it was connected.",
      frame: messages.end(0, caller.outcome))
  }

  private func cause(of member: Call.Member, _ index: Int) -> UnusualCause? {
    let who = name(member)
    let frame = messages.end(index, member.leg.outcome)
    switch member.leg.outcome {
    case .rejected(let status): return refused(by: who, status, index)
    case .cancelled: return givenUp(who, member.leg, frame)
    case .lost:
      guard member.leg.ringing == nil else {
        return UnusualCause(.messageMissing, "The trace does not show what became of the call to \(who).", frame: frame)
      }
      return UnusualCause(
        .noReaction, "Nothing came back from \(who): it is gone, or the trace lacks its answers.",
        frame: member.leg.firstFrame)
    case .unauthenticated:
      return UnusualCause(.refusedByCallee, "\(who) asked for credentials and took none.", frame: frame)
    case .hungUp, .none: return nil
    }
  }

  private func refused(by who: String, _ status: Int, _ index: Int) -> UnusualCause {
    let response = messages.response(index, status...status)
    let reason = response.map { $0.reason.isEmpty ? "" : " " + $0.reason } ?? ""
    let kind: UnusualCause.Kind
    let sentence: String
    switch status {
    case 486, 600: (kind, sentence) = (.busy, "\(who) was busy: it answered \(status)\(reason).")
    case 603: (kind, sentence) = (.declined, "\(who) declined the call with \(status)\(reason).")
    case 300...399: (kind, sentence) = (.forwarded, "\(who) sent the call on with \(status)\(reason).")
    default: (kind, sentence) = (.refusedByCallee, "\(who) refused the call with \(status)\(reason).")
    }
    return UnusualCause(kind, sentence, frame: response?.frame)
  }

  private func givenUp(_ who: String, _ leg: Leg, _ frame: Int?) -> UnusualCause {
    let seconds = leg.end.map { max(0, ($0 - leg.start).wholeSeconds) }
    let wait = seconds.map { " after \($0) s" } ?? ""
    switch call.callerLeg?.leg.outcome {
    case .cancelled:
      return UnusualCause(
        .cancelledByCaller, "\(who) \(leg.ringing == nil ? "was dialled" : "rang"), and the caller gave up\(wait).",
        frame: messages.request(0, "CANCEL") ?? frame)
    case .hungUp, .rejected, .unauthenticated, .lost, .none:
      return leg.ringing == nil
        ? UnusualCause(.noReaction, "\(who) did not ring, and the PBX gave up\(wait).", frame: frame ?? leg.firstFrame)
        : UnusualCause(.noAnswer, "\(who) rang and nobody answered; the PBX gave up\(wait).", frame: frame)
    }
  }

  private func name(_ member: Call.Member) -> String {
    switch member.party {
    case .account(let number): "Extension \(LadderMessage.cut(number))"
    case .trunk(let name, _): "Trunk \(LadderMessage.cut(name))"
    }
  }
}
