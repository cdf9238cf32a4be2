import Primitives

extension CallAssembler {
  /// The running call an outgoing leg fits best, nil when none reaches the evidence needed.
  mutating func bestCall(for leg: Leg) -> (slot: Int, join: Join)? {
    findPossible(for: leg)
    if possible.count(where: { $0.grounds.contains(Join.Evidence.callerNumber.mask) }) == 1,
      let only = possible.firstIndex(where: { $0.grounds.contains(Join.Evidence.callerNumber.mask) })
    {
      possible[only].grounds.formUnion(Join.Evidence.onlyCallOfCaller.mask)
    }
    var best: (slot: Int, grounds: Join.Grounds, weight: Int)?
    var second = 0
    for (slot, grounds) in possible {
      let weight = grounds.weight
      if weight > best?.weight ?? 0 {
        second = best?.weight ?? 0
        best = (slot, grounds, weight)
      } else {
        second = max(second, weight)
      }
    }
    guard let best, best.weight >= limits.evidenceMin else { return nil }
    let strength = min(1, Double(best.weight) / 10)
    let rivalry = second >= best.weight ? 0.5 : second >= limits.evidenceMin ? 0.9 : 1
    return (best.slot, Join(grounds: best.grounds, confidence: (strength * rivalry * 100).rounded() / 100))
  }

  /// Gathers running calls that share a number with the leg and may hold it, newest first, at most `candidatesMax` a
  /// number.
  private mutating func findPossible(for leg: Leg) {
    possible.removeAll(keepingCapacity: true)
    gather(leg.requestUser.isEmpty ? nil : leg.invitation.requestKey, leg)
    gather(leg.toUser.isEmpty ? nil : leg.invitation.toKey, leg)
    gather(leg.fromUser.isEmpty ? nil : leg.invitation.fromKey, leg)
    gather(leg.invitation.assertedKey, leg)
    if possible.count > 1 { possible.sort { slots[$0.slot].key > slots[$1.slot].key } }
  }

  private mutating func gather(_ number: NumberKey?, _ leg: Leg) {
    guard let number, let calls = byNumber[number] else { return }
    var left = limits.candidatesMax
    calls.forEachFromLast { slot in
      left -= 1
      if !possible.contains(where: { $0.slot == slot }), let grounds = grounds(for: leg, slot) {
        possible.append((slot, grounds))
      }
      return left > 0
    }
  }

  /// nil when the leg cannot belong to the call.
  private func grounds(for leg: Leg, _ slot: Int) -> Join.Grounds? {
    let call = slots[slot].call
    guard let caller = call.callerLeg?.leg else { return nil }
    guard caller.callID != leg.callID else { return Join.Evidence.sameCallID.mask }
    if leg.isMidDialog { return groundsOfRunningCall(leg, caller: caller) }
    let target = slots[slot].isTransferring
    guard leg.start >= caller.start, caller.end == nil || target != nil else { return nil }
    let requestKey = leg.invitation.requestKey
    var result: Join.Grounds = []
    if target == requestKey { result.formUnion(Join.Evidence.transfer.mask) }
    if leg.showsSameCaller(as: caller) { result.formUnion(Join.Evidence.callerNumber.mask) }
    if NumberKey.sameNumber(leg.requestUser, requestKey, call.dialled, slots[slot].dialledKey) {
      result.formUnion(Join.Evidence.dialledNumber.mask)
    } else if slots[slot].reachable.contains(requestKey) {
      result.formUnion(Join.Evidence.siteRoute.mask)
    }
    guard !result.isEmpty else { return nil }
    let wait = leg.start - caller.start
    if wait < .milliseconds(200) {
      result.formUnion(Join.Evidence.withinFifthOfSecond.mask)
    } else if wait < .seconds(1) {
      result.formUnion(Join.Evidence.withinSecond.mask)
    } else if wait < .seconds(5) {
      result.formUnion(Join.Evidence.withinFiveSeconds.mask)
    }
    if call.calleeLegs.isEmpty { result.formUnion(Join.Evidence.noCalleeYet.mask) }
    return result
  }

  private func groundsOfRunningCall(_ leg: Leg, caller: Leg) -> Join.Grounds? {
    guard caller.isMidDialog else { return nil }
    let (ours, theirs) = (leg.invitation, caller.invitation)
    let isSamePair =
      ours.fromKey == theirs.fromKey && ours.toKey == theirs.toKey
      || ours.fromKey == theirs.toKey && ours.toKey == theirs.fromKey
    guard isSamePair, leg.start - caller.start < .seconds(2) else { return nil }
    return [Join.Evidence.ranAtStart.mask, Join.Evidence.withinFiveSeconds.mask]
  }

  /// Keys of the numbers a call may make the PBX ring.
  mutating func reachable(from call: Call) -> [NumberKey] {
    let question = ReachableQuestion(dialled: call.dialled, caller: call.callerParty)
    if let known = reachableKnown[question] { return known }
    if reachableKnown.count >= 4096 { reachableKnown.removeAll(keepingCapacity: true) }
    let answer = site.reachable(from: call.dialled, by: call.callerParty).map { NumberKey($0) }
    reachableKnown[question] = answer
    return answer
  }

  /// Numbers under which a call can be found.
  func keys(of call: Call, leg: Leg, reachable: [NumberKey]) -> [NumberKey] {
    var keys = reachable
    let own = leg.invitation
    for (number, key) in [(own.fromUser, own.fromKey), (own.callerNumber, own.callerKey), (own.toUser, own.toKey)]
    where !number.isEmpty && !keys.contains(key) {
      keys.append(key)
    }
    return keys
  }
}

extension Leg {
  /// Whether both show one caller, by the identity that counts or by From.
  fileprivate func showsSameCaller(as other: Leg) -> Bool {
    let (ours, theirs) = (invitation, other.invitation)
    return NumberKey.sameNumber(ours.callerNumber, ours.callerKey, theirs.callerNumber, theirs.callerKey)
      || NumberKey.sameNumber(ours.fromUser, ours.fromKey, theirs.fromUser, theirs.fromKey)
  }
}
