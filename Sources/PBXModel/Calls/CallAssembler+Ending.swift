import HeapModule
import Primitives

extension CallAssembler {
  mutating func endLeg(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard let key = callOfLeg.removeValue(forKey: leg.id), var entry = running[key] else { return }
    guard entry.isStarted || leg.outcome != .unauthenticated else {
      close(key)
      return
    }
    let endedCallee = entry.call.calleeLegs.firstIndex { $0.leg.id == leg.id }
    if let endedCallee { entry.call.calleeLegs[endedCallee].leg = leg }
    running[key] = entry
    start(key, report)
    if let endedCallee, let call = running[key]?.call { report(.legEnded(call, call.calleeLegs[endedCallee])) }
    if entry.call.callerLeg?.leg.id == leg.id { endCaller(leg, key, report) }
    guard let call = running[key]?.call, call.legs.allSatisfy({ $0.leg.end != nil }) else { return }
    if call.ranAtStart, call.calleeLegs.isEmpty, let end = leg.end {
      // Its other leg's BYE, by which alone that leg can be known, is on its way.
      if entry.callerEnded == nil { running[key]?.callerEnded = end }
      overdue.insert(Overdue(due: end + limits.waitForOtherLeg, key: key))
    } else {
      finish(key, report)
    }
  }

  /// The caller is gone: unless it handed the call on, the PBX gives up every phone that has not answered, at once.
  /// A connected one gets its BYE, which the trace should show.
  private mutating func endCaller(_ leg: Leg, _ key: Int, _ report: (CallEvent) -> Void) {
    running[key]?.call.callerLeg?.leg = leg
    running[key]?.callerEnded = leg.end
    guard let entry = running[key], entry.isTransferring == nil, let end = leg.end else { return }
    overdue.insert(Overdue(due: end + limits.graceAfterCaller, key: key))
    for index in entry.call.calleeLegs.indices
    where entry.call.calleeLegs[index].leg.end == nil && entry.call.calleeLegs[index].leg.answer == nil {
      running[key]?.call.calleeLegs[index].leg.end = end
      running[key]?.call.calleeLegs[index].leg.outcome = .cancelled
      callOfLeg[entry.call.calleeLegs[index].leg.id] = nil
      if let call = running[key]?.call { report(.legEnded(call, call.calleeLegs[index])) }
    }
  }

  private mutating func finish(_ key: Int, _ report: (CallEvent) -> Void) {
    guard var call = running[key]?.call else { return }
    call.end = firstHangUp(of: call) ?? endWithoutHangUp(of: call)
    close(key)
    report(.ended(call))
  }

  /// The caller's end, unless a callee outlived it by more than the PBX needs to let go of it.
  private func endWithoutHangUp(of call: Call) -> Instant {
    let callerEnd = call.callerLeg?.leg.end
    let lastCallee = call.calleeLegs.compactMap(\.leg.end).max()
    return switch (callerEnd, lastCallee) {
    case (.some(let caller), .some(let callee)): callee - caller > .seconds(1) ? callee : caller
    case (.some(let only), .none), (.none, .some(let only)): only
    case (.none, .none): call.start
    }
  }

  /// When the first of the last two connected parties hung up, which is when the PBX ends the call.
  private func firstHangUp(of call: Call) -> Instant? {
    guard let last = call.legs.compactMap(\.leg.end).max() else { return nil }
    return call.legs.filter { member in
      switch member.leg.outcome {
      case .hungUp: true
      case .cancelled, .rejected, .unauthenticated, .lost, .none: false
      }
    }.compactMap(\.leg.end).filter { last - $0 <= .seconds(1) }.min()
  }

  private mutating func close(_ key: Int) {
    guard let entry = running.removeValue(forKey: key) else { return }
    for number in entry.keys {
      byNumber[number]?.removeAll { $0 == key }
      if byNumber[number]?.isEmpty == true { byNumber[number] = nil }
    }
    for member in entry.call.legs { callOfLeg[member.leg.id] = nil }
  }

  /// Ends calls whose caller is long gone and whose callee's BYE never came by.
  mutating func finishOverdue(at now: Instant, _ report: (CallEvent) -> Void) {
    while let first = overdue.min, first.due <= now {
      overdue.removeMin()
      guard let entry = running[first.key], let callerEnd = entry.callerEnded else { continue }
      for index in entry.call.calleeLegs.indices where entry.call.calleeLegs[index].leg.end == nil {
        running[first.key]?.call.calleeLegs[index].leg.end = callerEnd
        running[first.key]?.call.calleeLegs[index].leg.outcome = .lost
        callsEndedWithoutBye += 1
      }
      finish(first.key, report)
    }
  }
}
