import HeapModule
import Primitives

extension CallAssembler {
  mutating func endLeg(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard let slot = slotOfLeg[leg.id] else { return }
    slotOfLeg[leg.id] = nil
    guard slots[slot].isStarted || leg.outcome != .unauthenticated else {
      close(slot)
      return
    }
    let endedCallee = slots[slot].call.calleeLegs.firstIndex { $0.leg.id == leg.id }
    if let endedCallee { slots[slot].call.calleeLegs[endedCallee].leg = leg }
    start(slot, report)
    if let endedCallee { report(.legEnded(slots[slot].call, slots[slot].call.calleeLegs[endedCallee])) }
    if slots[slot].call.callerLeg?.leg.id == leg.id { endCaller(leg, slot, report) }
    guard slots[slot].call.hasNoLegUp else { return }
    if slots[slot].call.ranAtStart, slots[slot].call.calleeLegs.isEmpty, let end = leg.end {
      // Its other leg's BYE, by which alone that leg can be known, is on its way.
      if slots[slot].callerEnded == nil { slots[slot].callerEnded = end }
      overdue.insert(Overdue(due: end + limits.waitForOtherLeg, key: slots[slot].key, slot: slot))
    } else {
      finish(slot, report)
    }
  }

  /// The caller is gone: unless it handed the call on, the PBX gives up every phone that has not answered, at once.
  /// A connected one gets its BYE, which the trace should show.
  private mutating func endCaller(_ leg: Leg, _ slot: Int, _ report: (CallEvent) -> Void) {
    slots[slot].call.callerLeg?.leg = leg
    slots[slot].callerEnded = leg.end
    guard slots[slot].isTransferring == nil, let end = leg.end, !slots[slot].call.hasNoLegUp else { return }
    overdue.insert(Overdue(due: end + limits.graceAfterCaller, key: slots[slot].key, slot: slot))
    for index in slots[slot].call.calleeLegs.indices
    where slots[slot].call.calleeLegs[index].leg.end == nil && slots[slot].call.calleeLegs[index].leg.answer == nil {
      slots[slot].call.calleeLegs[index].leg.end = end
      slots[slot].call.calleeLegs[index].leg.outcome = .cancelled
      slotOfLeg[slots[slot].call.calleeLegs[index].leg.id] = nil
      report(.legEnded(slots[slot].call, slots[slot].call.calleeLegs[index]))
    }
  }

  private mutating func finish(_ slot: Int, _ report: (CallEvent) -> Void) {
    var call = slots[slot].call
    call.end = firstHangUp(of: call) ?? endWithoutHangUp(of: call)
    close(slot)
    report(.ended(call))
  }

  /// The caller's end, unless a callee outlived it by more than the PBX needs to let go of it.
  private func endWithoutHangUp(of call: Call) -> Instant {
    let callerEnd = call.callerLeg?.leg.end
    let lastCallee = call.calleeLegs.lazy.compactMap(\.leg.end).max()
    return switch (callerEnd, lastCallee) {
    case (.some(let caller), .some(let callee)): callee - caller > .seconds(1) ? callee : caller
    case (.some(let only), .none), (.none, .some(let only)): only
    case (.none, .none): call.start
    }
  }

  /// When the first of the last two connected parties hung up, which is when the PBX ends the call.
  private func firstHangUp(of call: Call) -> Instant? {
    var last = call.callerLeg?.leg.end
    for member in call.calleeLegs { last = later(last, member.leg.end) }
    guard let last else { return nil }
    var first = call.callerLeg?.leg.hangUp(within: .seconds(1), before: last)
    for member in call.calleeLegs {
      guard let hangUp = member.leg.hangUp(within: .seconds(1), before: last) else { continue }
      first = min(first ?? hangUp, hangUp)
    }
    return first
  }

  private func later(_ one: Instant?, _ other: Instant?) -> Instant? {
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }

  private mutating func close(_ slot: Int) {
    for number in slots[slot].keys {
      byNumber[number]?.remove(slot)
      if byNumber[number]?.isEmpty == true { byNumber[number] = nil }
    }
    if let leg = slots[slot].call.callerLeg?.leg { slotOfLeg[leg.id] = nil }
    for member in slots[slot].call.calleeLegs { slotOfLeg[member.leg.id] = nil }
    slots[slot] = Self.vacant
    freeSlots.append(slot)
  }

  private static let vacant = Running(
    Call(
      dialled: "", callerNumber: "", callerName: "", callerParty: .account(""), start: .epoch,
      ranAtStart: false))

  /// Ends calls whose caller is long gone and whose callee's BYE never came by.
  mutating func finishOverdue(at now: Instant, _ report: (CallEvent) -> Void) {
    while let first = overdue.min, first.due <= now {
      overdue.removeMin()
      guard slots[first.slot].key == first.key, let callerEnd = slots[first.slot].callerEnded else { continue }
      for index in slots[first.slot].call.calleeLegs.indices
      where slots[first.slot].call.calleeLegs[index].leg.end == nil {
        slots[first.slot].call.calleeLegs[index].leg.end = callerEnd
        slots[first.slot].call.calleeLegs[index].leg.outcome = .lost
        callsEndedWithoutBye += 1
      }
      finish(first.slot, report)
    }
  }
}

extension Leg {
  /// When a BYE ended it, if that is no longer than `span` before `instant`.
  fileprivate func hangUp(within span: Instant.Span, before instant: Instant) -> Instant? {
    guard let end, case .hungUp = outcome, instant - end <= span else { return nil }
    return end
  }
}
