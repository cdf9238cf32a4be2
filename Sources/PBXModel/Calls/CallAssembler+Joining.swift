import Primitives

extension CallAssembler {
  /// The running call an outgoing leg fits best, nil when none reaches the evidence needed.
  func bestCall(for leg: Leg) -> (key: Int, join: Join)? {
    var possible: [(key: Int, evidence: [Join.Evidence])] = candidates(for: leg).compactMap { key in
      running[key].flatMap { evidence(for: leg, in: $0) }.map { (key, $0) }
    }
    let ofCaller = possible.indices.filter { possible[$0].evidence.contains(.callerNumber) }
    if let only = ofCaller.first, ofCaller.count == 1 { possible[only].evidence.append(.onlyCallOfCaller) }
    var best: (key: Int, evidence: [Join.Evidence], weight: Int)?
    var second = 0
    for (key, evidence) in possible {
      let weight = evidence.reduce(0) { $0 + $1.weight }
      if weight > best?.weight ?? 0 {
        second = best?.weight ?? 0
        best = (key, evidence, weight)
      } else {
        second = max(second, weight)
      }
    }
    guard let best, best.weight >= limits.evidenceMin else { return nil }
    let strength = min(1, Double(best.weight) / 10)
    let rivalry = second >= best.weight ? 0.5 : second >= limits.evidenceMin ? 0.9 : 1
    return (best.key, Join(evidence: best.evidence, confidence: (strength * rivalry * 100).rounded() / 100))
  }

  /// Running calls that share a number with the leg, newest first, at most `candidatesMax`.
  private func candidates(for leg: Leg) -> [Int] {
    var keys: Set<Int> = []
    for number in [leg.requestUser, leg.toUser, leg.fromUser, leg.assertedUser ?? ""] where !number.isEmpty {
      keys.formUnion(byNumber[Self.numberKey(number)]?.suffix(limits.candidatesMax) ?? [])
    }
    return keys.sorted(by: >)
  }

  /// nil when the leg cannot belong to the call.
  private func evidence(for leg: Leg, in entry: Running) -> [Join.Evidence]? {
    guard let caller = entry.call.callerLeg?.leg, caller.callID != leg.callID else {
      return entry.call.callerLeg == nil ? nil : [.sameCallID]
    }
    if leg.isMidDialog { return evidenceOfRunningCall(leg, caller: caller) }
    guard leg.start >= caller.start, caller.end == nil || entry.isTransferring != nil else { return nil }
    var result: [Join.Evidence] = []
    if let target = entry.isTransferring, Self.numberKey(target) == Self.numberKey(leg.requestUser) {
      result.append(.transfer)
    }
    if Self.sameNumber(leg.callerNumber, caller.callerNumber) || Self.sameNumber(leg.fromUser, caller.fromUser) {
      result.append(.callerNumber)
    }
    if Self.sameNumber(leg.requestUser, entry.call.dialled) {
      result.append(.dialledNumber)
    } else if entry.reachable.contains(Self.numberKey(leg.requestUser)) {
      result.append(.siteRoute)
    }
    guard !result.isEmpty else { return nil }
    let wait = leg.start - caller.start
    if wait < .milliseconds(200) {
      result.append(.withinFifthOfSecond)
    } else if wait < .seconds(1) {
      result.append(.withinSecond)
    } else if wait < .seconds(5) {
      result.append(.withinFiveSeconds)
    }
    if entry.call.calleeLegs.isEmpty { result.append(.noCalleeYet) }
    return result
  }

  private func evidenceOfRunningCall(_ leg: Leg, caller: Leg) -> [Join.Evidence]? {
    guard caller.isMidDialog else { return nil }
    let ours = Set([leg.fromUser, leg.toUser].map(Self.numberKey))
    let theirs = Set([caller.fromUser, caller.toUser].map(Self.numberKey))
    guard ours == theirs, leg.start - caller.start < .seconds(2) else { return nil }
    return [.ranAtStart, .withinFiveSeconds]
  }

  /// Keys of the numbers a call may make the PBX ring.
  func reachable(from call: Call) -> Set<String> {
    Set(site.reachable(from: call.dialled, by: call.callerParty).map(Self.numberKey))
  }

  /// Numbers under which a call can be found.
  func keys(of call: Call, leg: Leg, reachable: Set<String>) -> [String] {
    let numbers = [leg.fromUser, call.callerNumber, leg.toUser].filter { !$0.isEmpty }
    return reachable.union(numbers.map(Self.numberKey)).sorted()
  }

  /// The digits by which one number is known in its several spellings: the last seven, where there are more.
  static func numberKey(_ number: String) -> String {
    let digits = number.utf8.filter { (48...57).contains($0) }
    guard digits.count >= 5 else { return number }
    return String(decoding: digits.suffix(7), as: UTF8.self)
  }

  /// Equal, or one ends with the other's seven last digits (trunk prefixes come and go on the way).
  static func sameNumber(_ one: String, _ other: String) -> Bool {
    !one.isEmpty && (one == other || (one.utf8.count >= 7 && numberKey(one) == numberKey(other)))
  }
}
