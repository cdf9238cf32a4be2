import Primitives

extension CallAssembler {
  /// The running call an outgoing leg fits best, nil when none reaches the evidence needed.
  mutating func bestCall(for leg: Leg) -> (call: Call, join: Join)? {
    findPossible(for: leg)
    markOnlyCallOfCaller()
    var best: (slot: Int, grounds: Join.Grounds)?
    var second = 0
    for (slot, grounds) in possible {
      if grounds.weight > best?.grounds.weight ?? 0 {
        second = best?.grounds.weight ?? 0
        best = (slot, grounds)
      } else {
        second = max(second, grounds.weight)
      }
    }
    guard let best, best.grounds.weight >= limits.evidenceMin, let call = slots[best.slot] else { return nil }
    let strength = min(1, Double(best.grounds.weight) / 10)
    let rivalry = second >= best.grounds.weight ? 0.5 : second >= limits.evidenceMin ? 0.9 : 1
    return (call, Join(grounds: best.grounds, confidence: (strength * rivalry * 100).rounded() / 100))
  }

  private mutating func markOnlyCallOfCaller() {
    var only: Int?
    for index in possible.indices where possible[index].grounds.contains(.callerNumber) {
      guard only == nil else { return }
      only = index
    }
    if let only { possible[only].grounds.add(.onlyCallOfCaller) }
  }

  /// Gathers running calls that share a number with the leg and may hold it, newest first, at most `candidatesMax` a
  /// number.
  private mutating func findPossible(for leg: Leg) {
    possible.removeAll(keepingCapacity: true)
    let (texts, keys) = (leg.texts, leg.keys)
    if !texts.isEmpty(.requestUser) { gather(keys.request, leg) }
    if !texts.isEmpty(.toUser), keys.to != keys.request { gather(keys.to, leg) }
    if !texts.isEmpty(.fromUser) { gather(keys.from, leg) }
    if let asserted = keys.asserted { gather(asserted, leg) }
    gather(NumberKey(hash: leg.callIDHash), leg)
    for mark in leg.marks.searchKeys { gather(mark, leg) }
    if let diverting = leg.marks.diverting { gather(diverting, leg) }
    if possible.count > 1 {
      possible.sort { slots[$0.slot]?.assembly.key ?? 0 > slots[$1.slot]?.assembly.key ?? 0 }
    }
  }

  private mutating func gather(_ number: NumberKey, _ leg: Leg) {
    var left = limits.candidatesMax
    byNumber.forEach(number) { slot in
      left -= 1
      if !possible.contains(where: { $0.slot == slot }), let call = slots[slot],
        let grounds = grounds(for: leg, in: call)
      {
        possible.append((slot, grounds))
      }
      return left > 0
    }
  }

  /// nil when the leg cannot belong to the call.
  private func grounds(for leg: Leg, in call: Call) -> Join.Grounds? {
    guard let caller = call.callerLeg?.leg else { return nil }
    guard !caller.texts.equals(.callID, leg.texts, .callID) else { return Join.Grounds(.sameCallID) }
    if leg.isMidDialog { return groundsOfRunningCall(leg, caller: caller) }
    let target = call.assembly.transferTarget
    guard leg.start >= caller.start, caller.end == nil || call.assembly.isHandedOver else { return nil }
    var result = Join.Grounds()
    if target == leg.keys.request { result.add(.transfer) }
    if call.assembly.redirect == leg.keys.request { result.add(.redirect) }
    addMarks(of: leg, caller, call, to: &result)
    if leg.showsSameCaller(as: caller) { result.add(.callerNumber) }
    if leg.isSameNumber(.requestUser, leg.keys.request, call.opener, call.dialledField, call.dialledKey) {
      result.add(.dialledNumber)
    } else if call.route?.reachable.contains(leg.keys.request) == true {
      result.add(.siteRoute)
    }
    guard !result.isEmpty else { return nil }
    let wait = leg.start - caller.start
    if wait < .milliseconds(200) {
      result.add(.withinFifthOfSecond)
    } else if wait < .seconds(1) {
      result.add(.withinSecond)
    } else if wait < .seconds(5) {
      result.add(.withinFiveSeconds)
    }
    if call.calleeLegs.isEmpty { result.add(.noCalleeYet) }
    return result
  }

  private func addMarks(of leg: Leg, _ caller: Leg, _ call: Call, to result: inout Join.Grounds) {
    let (ours, theirs) = (leg.marks, caller.marks)
    if let session = ours.session, session == theirs.session { result.add(.sameSession) }
    if let named = ours.named, named == theirs.named || named == caller.callIDHash { result.add(.namedByHeader) }
    if let media = ours.media, media == theirs.media { result.add(.sameMedia) }
    if let diverting = ours.diverting, diverting == call.dialledKey { result.add(.diversion) }
  }

  private func groundsOfRunningCall(_ leg: Leg, caller: Leg) -> Join.Grounds? {
    guard caller.isMidDialog else { return nil }
    let (ours, theirs) = (leg.keys, caller.keys)
    let isSamePair =
      ours.from == theirs.from && ours.to == theirs.to || ours.from == theirs.to && ours.to == theirs.from
    guard isSamePair, leg.start - caller.start < .seconds(2) else { return nil }
    var result = Join.Grounds(.ranAtStart)
    result.add(.withinFiveSeconds)
    return result
  }
}

extension Leg {
  /// Whether both show one caller, by the identity that counts or by From.
  fileprivate func showsSameCaller(as other: Leg) -> Bool {
    isSameNumber(keys.callerField, keys.caller, other, other.keys.callerField, other.keys.caller)
      || isSameNumber(.fromUser, keys.from, other, .fromUser, other.keys.from)
  }

  /// Equal, or one ends with the other's seven last digits (trunk prefixes come and go on the way).
  fileprivate func isSameNumber(
    _ field: LegTexts.Field, _ key: NumberKey, _ other: Leg, _ otherField: LegTexts.Field, _ otherKey: NumberKey
  ) -> Bool {
    guard key == otherKey else { return false }
    let length = texts.length(field)
    return length > 0 && (length >= 7 || texts.equals(field, other.texts, otherField))
  }
}
