import HardwareProfiles
import PBXModel
import Primitives

/// Calls and legs that this model does not carry, and what follows of it.
///
/// What the trace shows afterwards did not happen here. Where a rule says what happened instead, that is written; where
/// none does, the call is over for this run and counted as one whose outcome nobody knows.
extension Appliance {
  /// Refused before it began: a FAILED row, and nothing of what the recorded box did next (reference section 2; the row
  /// is observed, the status upstream).
  mutating func refuse(_ call: Call, _ refusal: CallRefusal, _ effects: inout [Effect]) {
    calls[call: call.id] = .absent
    if let leg = call.callerLeg?.leg.id { markAbsent(leg) }
    tally.callsRefused += 1
    leanOn(.refusedCallHasNoSequel)
    tell(call, refusal, &effects)
    let detail = detail(of: refusal, call)
    if case .trunkIncoming(let name) = refusal {
      raise(.trunkConcurrentCalls, .trunk(name), detail, restoreAt: quiet, at: now, &effects)
    } else if case .trunk(let name, _) = call.callerParty {
      raise(.trunkConcurrentCalls, .trunk(name), detail, restoreAt: quiet, at: now, &effects)
    } else {
      raise(.internalCallFailure, .appliance, detail, restoreAt: quiet, at: now, &effects)
    }
    writeRow(.refused, of: call, &effects)
    tally.count(.failed, call.direction)
    recentRefusals.note(call, at: now)
  }

  /// The answer, its journal entry and what they lean on.
  private mutating func tell(_ call: Call, _ refusal: CallRefusal, _ effects: inout [Effect]) {
    let answer = answer(to: refusal)
    leanOn(assumption(behind: refusal))
    guard isRecorded else { return }
    let (limit, inUse) = level(of: refusal)
    journal(
      .callRefused(
        call: call.id, start: call.start, caller: call.callerNumber, callee: call.dialled, reason: refusal,
        limit: limit, inUse: inUse, status: answer.status, cause: answer.cause),
      at: now, &effects)
  }

  /// A leg the recorded box dialled and this one does not.
  mutating func leaveOut(
    _ member: Call.Member, of call: Call, _ refusal: CallRefusal, _ effects: inout [Effect]
  ) {
    markAbsent(member.leg.id)
    tally.legsNotDialled += 1
    let number = member.party.accountNumber ?? member.leg.requestUser
    journal(.legNotDialled(call: call.id, to: number, reason: refusal), at: now, &effects)
    if case .trunkOutgoing(let name) = refusal {
      raise(
        .outgoingCallFailure, .trunk(name), "trunk \(name) and those behind it can take no call", restoreAt: quiet,
        at: now, &effects)
    } else {
      let detail = detail(of: refusal, call)
      raise(.internalCallFailure, .appliance, detail, restoreAt: quiet, at: now, &effects)
    }
    guard isAllThereIs(member, call, refusal) else { return vary(call) { $0.absent.append(member.leg.id) } }
    if case .notRegistered(let number) = refusal, site.account(number)?.hasVoicemail == true {
      leaveToMailbox(call, &effects)
    } else {
      fail(call, refusal, &effects)
    }
  }

  /// Whether the call came for nobody but this callee, so that it is over when that one cannot be dialled.
  private mutating func isAllThereIs(_ member: Call.Member, _ call: Call, _ refusal: CallRefusal) -> Bool {
    guard call.turns.isEmpty, call.calleeLegs.count <= 1, call.answer == nil else { return false }
    if let route = call.route, !route.isToPhone || route.mayForward { return false }
    guard let number = member.party.accountNumber else { return true }
    // The extension's other phones will be dialled next.
    if case .notRegistered = refusal { return !registry.isRegistered(number) }
    return registry.bindings(of: number).count <= 1
  }

  private mutating func fail(_ call: Call, _ refusal: CallRefusal, _ effects: inout [Effect]) {
    leave(call, &effects)
    if case .notRegistered = refusal { tally.callsUnreachable += 1 } else { tally.callsRefused += 1 }
    leanOn(.refusedCallHasNoSequel)
    tell(call, refusal, &effects)
    if case .trunkOutgoing = refusal {
      writeRow(.withoutTrunk, of: call, &effects)
      tally.count(.failed, .internal)
    } else {
      writeRow(.unreachable, of: call, &effects)
      tally.count(.failed, call.direction)
    }
    recentRefusals.note(call, at: now)
  }

  /// What the caller does there is not known: they hear the greeting for as long as the settings say and hang up.
  private mutating func leaveToMailbox(_ call: Call, _ effects: inout [Effect]) {
    leave(call, &effects)
    tally.callsToMailbox += 1
    leanOn(.mailboxTakesCallOfAbsentPhone)
    let seconds = max(0, settings.mailboxSeconds)
    let direction = call.direction
    tally.count(.answered, direction)
    journal(
      .callEnded(
        call: call.id, direction: direction, disposition: .answered, durationSeconds: Int64(seconds),
        billsecSeconds: Int64(seconds)), at: now, &effects)
    writeRow(.mailboxOfAbsent, of: call, &effects)
  }

  /// No rule says how the call would have gone on: it is over for this run.
  mutating func loseTrack(of call: Call, _ outcome: UnknownOutcome, _ effects: inout [Effect]) {
    let end = now
    vary(call) { $0.endedAt = end }
    let variation = variations[call.id]
    leave(call, &effects)
    tally.outcomesUnknown += 1
    leanOn(.unknownOutcomeEndsCall)
    journal(.outcomeUnknown(call: call.id, outcome: outcome), at: now, &effects)
    // An answer passed on in this very moment is that of the party who is missing here.
    let answered = call.callerLeg?.leg.answer.flatMap { $0 < end ? $0 : nil }
    let disposition: Disposition = answered == nil ? .noAnswer : .answered
    tally.count(disposition, call.direction)
    journal(
      .callEnded(
        call: call.id, direction: call.direction, disposition: disposition,
        durationSeconds: max(0, (end - call.start).wholeSeconds),
        billsecSeconds: answered.map { max(0, (end - $0).wholeSeconds) } ?? 0), at: end, &effects)
    writeRows(of: call, variation, &effects)
  }

  /// The call is over here, whatever the trace still shows of it.
  private mutating func leave(_ call: Call, _ effects: inout [Effect]) {
    if let standing = calls[call: call.id] { ledger.giveBack(standing.resources, at: now) }
    calls[call: call.id] = .absent
    variations[call.id] = nil
    releaseAll(of: call, &effects)
    call.forEachLeg { member in
      if member.wentOut == nil || member.leg.end != nil {
        giveBack(member.leg, &effects)
        markAbsent(member.leg.id)
      }
    }
    guard hasCRM else { return }
    crm?.joined(call.id)
    names[call.id] = nil
  }

  private mutating func markAbsent(_ leg: Leg.ID) {
    guard legs[leg: leg]?.isAbsent != true else { return }
    legs[leg: leg] = .absent
    absentLegs += 1
  }

  mutating func noteRetry(_ call: Call, _ effects: inout [Effect]) {
    guard let first = recentRefusals.takeRetried(by: call, within: settings.retrySeconds, at: now) else { return }
    tally.callsRetried += 1
    leanOn(.sameNumbersAreRetry)
    journal(.callRetried(call: call.id, of: first), at: now, &effects)
  }

  private mutating func answer(to refusal: CallRefusal) -> RefusalAnswer {
    switch refusal {
    case .resource(.srtpCalls): settings.encryptedCallLimitAnswer
    case .resource(.conferenceRooms), .resource(.conferenceAttendees), .resource(.videoParticipants):
      settings.conferenceLimitAnswer
    case .resource(.remoteCalls), .resource(.remoteUsers): settings.remoteCallLimitAnswer
    case .resource(.fxoPorts), .resource(.digitalChannels), .trunkIncoming, .trunkOutgoing:
      settings.trunkLimitAnswer
    case .resource(.calls), .resource(.users), .resource(.recordings): settings.callLimitAnswer
    case .notRegistered: settings.unreachableAnswer
    }
  }

  private func assumption(behind refusal: CallRefusal) -> Assumption {
    switch refusal {
    case .resource(.srtpCalls): .encryptedCallLimitIsACallLimit
    case .resource(.conferenceRooms), .resource(.conferenceAttendees), .resource(.videoParticipants):
      .conferenceLimitRefusesCall
    case .resource(.remoteCalls), .resource(.remoteUsers): .planLimitRefuses
    case .resource(.fxoPorts), .resource(.digitalChannels), .trunkIncoming, .trunkOutgoing: .trunkLimitRefusesCall
    case .resource(.calls), .resource(.users), .resource(.recordings): .callLimitCountsCallerLegs
    case .notRegistered: .absentPhoneIsNotDialled
    }
  }

  private mutating func level(of refusal: CallRefusal) -> (limit: Int, inUse: Int) {
    switch refusal {
    case .resource(let resource): (ledger[resource].limit?.value ?? 0, ledger[resource].inUse)
    case .trunkIncoming(let name):
      trunks.slot(named: name).map { (trunks.uses[$0].incomingMax ?? 0, trunks.uses[$0].incoming.inUse) } ?? (0, 0)
    case .trunkOutgoing(let name):
      trunks.slot(named: name).map { (trunks.uses[$0].outgoingMax ?? 0, trunks.uses[$0].outgoing.inUse) } ?? (0, 0)
    case .notRegistered: (0, 0)
    }
  }

  /// The log line; without a journal nobody reads it.
  private mutating func detail(of refusal: CallRefusal, _ call: Call) -> String {
    guard isRecorded else { return "" }
    let channel = cdr.callerChannel(of: call)
    let (limit, inUse) = level(of: refusal)
    switch refusal {
    case .resource(.calls): return "Maximum call limit of \(limit) calls exceeded by '\(channel)'!"
    case .resource(let resource):
      return "\(inUse) of \(limit) \(resource.words) in use, one more asked for by '\(channel)'"
    case .trunkIncoming(let name), .trunkOutgoing(let name):
      return "trunk \(name) carries \(inUse) of \(limit) calls, one more asked for by '\(channel)'"
    case .notRegistered(let number): return "extension \(number) has no contact to dial for '\(channel)'"
    }
  }
}
