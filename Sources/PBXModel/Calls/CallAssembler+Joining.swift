import Primitives

extension CallAssembler {
  /// A running call that may hold a leg, and what speaks for it.
  struct Candidate {
    let slot: Int
    /// Where the call stands in the order in which the PBX took calls.
    let key: Int
    let hasCallee: Bool
    /// Numbers spelt alike on both, not only in their last digits.
    let exactNumbers: Int
    var grounds: Join.Grounds

    /// What the wire can tell, strongest first: marks, caller and callee both, the sum of it all, the spelling.
    private var rank: (Int, Int, Int) {
      (grounds.weightOfMarks, grounds.namesBothParties ? 1 : 0, grounds.weight * 4 + exactNumbers)
    }

    /// Where two fit alike, the PBX dials for calls in the order in which it took them, for each once before again.
    func isBetter(than other: Candidate) -> Bool {
      guard rank == other.rank else { return rank > other.rank }
      return hasCallee == other.hasCallee ? key < other.key : !hasCallee
    }

    /// Whether only the order in which calls came speaks against it.
    func isRival(of best: Candidate) -> Bool {
      let (ours, theirs) = (rank, best.rank)
      return ours.0 >= theirs.0 && ours.1 >= theirs.1
        && grounds.weightButForOrder * 4 + exactNumbers >= best.grounds.weightButForOrder * 4 + best.exactNumbers
    }
  }

  /// Candidates looked at under one number more when a call was found by both its numbers, to see whether it is the
  /// only one.
  private static var rivalsLookedAtMax: Int { 4 }

  /// The running call an outgoing leg fits best, nil when none reaches the evidence needed.
  mutating func bestCall(for leg: Leg) -> (call: Call, join: Join)? {
    findPossible(for: leg)
    markOnlyCallOfCaller()
    guard var best = possible.first else { return nil }
    for candidate in possible.dropFirst() where candidate.isBetter(than: best) { best = candidate }
    guard best.grounds.weight >= limits.evidenceMin, let call = slots[best.slot] else { return nil }
    var rivalry = 1.0
    for candidate in possible where candidate.slot != best.slot {
      rivalry = min(
        rivalry, candidate.isRival(of: best) ? 0.5 : candidate.grounds.weight >= limits.evidenceMin ? 0.9 : 1)
    }
    let strength = min(1, Double(best.grounds.weight) / 10)
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

  /// Gathers running calls that may hold the leg: by what is rarest first, at most `candidatesMax` a number.
  ///
  /// However many calls are of one caller, or for one callee, those of this caller for this callee are found.
  private mutating func findPossible(for leg: Leg) {
    possible.removeAll(keepingCapacity: true)
    let keys = leg.keys
    gather(NumberKey(hash: leg.callIDHash), leg, limits.candidatesMax)
    for mark in leg.marks.searchKeys { gather(mark, leg, limits.candidatesMax) }
    gatherWaiting(NumberKey(pairing: keys.caller.rawValue, with: keys.request), leg)
    for pair in leg.pairKeys(with: keys.request) { gather(pair, leg, limits.candidatesMax) }
    let isFound = possible.contains { $0.grounds.weightOfMarks > 0 || $0.grounds.namesBothParties }
    let most = isFound ? min(limits.candidatesMax, Self.rivalsLookedAtMax) : limits.candidatesMax
    if !leg.texts.isEmpty(.requestUser) { gather(keys.request, leg, most) }
    if !leg.texts.isEmpty(.toUser), keys.to != keys.request { gather(keys.to, leg, most) }
    if !leg.texts.isEmpty(.fromUser) { gather(keys.from, leg, most) }
    if let asserted = keys.asserted { gather(asserted, leg, most) }
    if let diverting = leg.marks.diverting { gather(diverting, leg, most) }
  }

  private mutating func gather(_ number: NumberKey, _ leg: Leg, _ most: Int) {
    var left = most
    var entry = byNumber.newest(number)
    while let found = entry {
      consider(found.slot, for: leg)
      left -= 1
      entry = left > 0 ? byNumber.older(than: found) : nil
    }
  }

  /// Calls that have been waiting longest for the PBX to dial for them: among many alike it has the oldest's turn.
  private mutating func gatherWaiting(_ pair: NumberKey, _ leg: Leg) {
    var left = limits.candidatesMax
    var entry = waiting.oldest(pair)
    while let found = entry {
      consider(found.slot, for: leg)
      left -= 1
      entry = left > 0 ? waiting.newer(than: found) : nil
    }
  }

  private mutating func consider(_ slot: Int, for leg: Leg) {
    candidatesLookedAt &+= 1
    for candidate in possible where candidate.slot == slot { return }
    guard let call = slots[slot], let candidate = candidate(for: leg, call, slot) else { return }
    possible.append(candidate)
  }

  private mutating func candidate(for leg: Leg, _ call: Call, _ slot: Int) -> Candidate? {
    guard let caller = call.callerLeg?.leg, let grounds = grounds(for: leg, in: call, of: caller) else { return nil }
    let exactCaller =
      leg.texts.equals(leg.keys.callerField, caller.texts, caller.keys.callerField)
      || leg.texts.equals(.fromUser, caller.texts, .fromUser)
    let exactCallee = leg.texts.equals(.requestUser, call.opener.texts, call.dialledField)
    return Candidate(
      slot: slot, key: call.assembly.key, hasCallee: !call.calleeLegs.isEmpty,
      exactNumbers: (exactCaller ? 1 : 0) + (exactCallee ? 1 : 0), grounds: grounds)
  }

  /// nil when the leg cannot belong to the call.
  private mutating func grounds(for leg: Leg, in call: Call, of caller: Leg) -> Join.Grounds? {
    guard !caller.texts.equals(.callID, leg.texts, .callID) else { return Join.Grounds(.sameCallID) }
    if leg.isMidDialog { return Self.groundsOfRunningCall(leg, caller: caller) }
    guard leg.start >= caller.start, caller.end == nil || call.assembly.isHandedOver else { return nil }
    var result = Join.Grounds()
    var since = caller.start
    if let handover = call.assembly.handover, handover.targets.contains(leg.keys.request) {
      result.add(.transfer)
      since = handover.at
    }
    if call.assembly.redirect == leg.keys.request { result.add(.redirect) }
    Self.addMarks(of: leg, caller, call, to: &result)
    if leg.showsSameCaller(as: caller) || Self.isFromPartyLeft(leg, in: call) { result.add(.callerNumber) }
    if leg.isSameNumber(.requestUser, leg.keys.request, call.opener, call.dialledField, call.dialledKey) {
      result.add(.dialledNumber)
    } else if call.route?.reachable.contains(leg.keys.request) == true {
      result.add(.siteRoute)
    }
    guard !result.isEmpty else { return nil }
    let wait = leg.start - since
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

  /// Whether the leg shows a callee as its caller, because the caller handed the call over to it.
  private static func isFromPartyLeft(_ leg: Leg, in call: Call) -> Bool {
    guard call.assembly.isHandedOver, !leg.texts.isEmpty(.fromUser) else { return false }
    return call.calleeLegs.suffix(rivalsLookedAtMax).contains {
      leg.isSameNumber(.fromUser, leg.keys.from, $0.leg, .requestUser, $0.leg.keys.request)
    }
  }

  private static func addMarks(of leg: Leg, _ caller: Leg, _ call: Call, to result: inout Join.Grounds) {
    let (ours, theirs) = (leg.marks, caller.marks)
    if let session = ours.session, session == theirs.session { result.add(.sameSession) }
    if let named = ours.named, named == theirs.named || named == caller.callIDHash { result.add(.namedByHeader) }
    if let media = ours.media, media == theirs.media { result.add(.sameMedia) }
    if let diverting = ours.diverting, diverting == call.dialledKey { result.add(.diversion) }
  }

  private static func groundsOfRunningCall(_ leg: Leg, caller: Leg) -> Join.Grounds? {
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

extension Join.Grounds {
  /// The sum without what speaks only of the order in which calls came and went.
  fileprivate var weightButForOrder: Int {
    weight - (contains(.noCalleeYet) ? Join.Evidence.noCalleeYet.weight : 0)
  }

  /// Of what names one call among all, whatever their numbers.
  fileprivate var weightOfMarks: Int {
    var sum = 0
    if contains(.sameCallID) { sum += Join.Evidence.sameCallID.weight }
    if contains(.sameSession) { sum += Join.Evidence.sameSession.weight }
    if contains(.namedByHeader) { sum += Join.Evidence.namedByHeader.weight }
    if contains(.sameMedia) { sum += Join.Evidence.sameMedia.weight }
    return sum
  }

  /// Whether it rests on the caller's number and on where the call was to go.
  fileprivate var namesBothParties: Bool {
    contains(.callerNumber)
      && (contains(.dialledNumber) || contains(.siteRoute) || contains(.transfer) || contains(.redirect))
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
