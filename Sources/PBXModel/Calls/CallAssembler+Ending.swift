import HeapModule
import Primitives

extension CallAssembler {
  mutating func endLeg(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard let call = call(of: leg) else { return }
    // An agreement the capture missed shows in the going of either of the party's legs.
    if leg.referred != nil { acceptTransfer(leg, report) }
    if let slot = leg.awaitedIn, let (by, other) = slots[slot]?.assembly.attended, other === leg {
      acceptTransfer(by, report)
    }
    guard leg.callSlot != nil else { return }
    leg.callSlot = nil
    if let redirect = leg.state.redirect { call.assembly.redirect = redirect }
    guard call.assembly.isStarted || leg.outcome != .unauthenticated else {
      close(call)
      return
    }
    start(call, report)
    if call.callerLeg?.leg === leg {
      endCaller(leg, call, report)
    } else if let member = call.calleeLegs.first(where: { $0.leg === leg }) {
      report(.legEnded(call, member))
    }
    guard call.hasNoLegUp else { return }
    if call.ranAtStart, call.calleeLegs.isEmpty, let end = leg.end {
      // Its other leg's BYE, by which alone that leg can be known, is on its way.
      if call.assembly.callerEnded == nil { call.assembly.callerEnded = end }
      expectEnd(of: call, by: end + limits.waitForOtherLeg)
    } else {
      finish(call, report)
    }
  }

  /// The caller is gone: unless it handed the call on, the PBX gives up every phone that has not answered, at once.
  /// A connected one gets its BYE, which the trace should show.
  private mutating func endCaller(_ leg: Leg, _ call: Call, _ report: (CallEvent) -> Void) {
    call.assembly.callerEnded = leg.end
    guard !call.assembly.isHandedOver, let end = leg.end, !call.hasNoLegUp else { return }
    expectEnd(of: call, by: end + limits.graceAfterCaller)
    for member in call.calleeLegs where member.leg.end == nil && member.leg.answer == nil {
      member.leg.settle(.cancelled, at: end)
      member.leg.callSlot = nil
      report(.legEnded(call, member))
    }
  }

  private mutating func expectEnd(of call: Call, by due: Instant) {
    overdue.insert(Overdue(due: due, key: call.assembly.key, slot: call.assembly.slot))
  }

  private mutating func finish(_ call: Call, _ report: (CallEvent) -> Void) {
    call.state.end = Self.firstHangUp(of: call) ?? Self.endWithoutHangUp(of: call)
    close(call)
    report(.ended(call))
  }

  /// The caller's end, unless a callee outlived it by more than the PBX needs to let go of it.
  private static func endWithoutHangUp(of call: Call) -> Instant {
    let callerEnd = call.callerLeg?.leg.end
    let lastCallee = call.calleeLegs.lazy.compactMap(\.leg.end).max()
    return switch (callerEnd, lastCallee) {
    case (.some(let caller), .some(let callee)): callee - caller > .seconds(1) ? callee : caller
    case (.some(let only), .none), (.none, .some(let only)): only
    case (.none, .none): call.start
    }
  }

  /// When the first of the last two connected parties hung up, which is when the PBX ends the call. Who handed the
  /// others over had left before.
  private static func firstHangUp(of call: Call) -> Instant? {
    var last = call.callerLeg?.leg.end
    for member in call.calleeLegs { last = later(last, member.leg.end) }
    guard let last else { return nil }
    var first: Instant?
    if let caller = call.callerLeg?.leg, !call.hasTurn(by: caller) {
      first = caller.hangUp(within: .seconds(1), before: last)
    }
    for member in call.calleeLegs where !call.hasTurn(by: member.leg) {
      guard let hangUp = member.leg.hangUp(within: .seconds(1), before: last) else { continue }
      first = min(first ?? hangUp, hangUp)
    }
    return first
  }

  private static func later(_ one: Instant?, _ other: Instant?) -> Instant? {
    guard let one, let other else { return one ?? other }
    return max(one, other)
  }

  mutating func close(_ call: Call) {
    if !call.turns.isEmpty { parkingLot.leave(call) }
    byNumber.remove(&call.assembly.entries)
    byNumber.remove(&call.assembly.entriesOfHandover)
    waiting.remove(&call.assembly.entriesOfWaiting)
    call.callerLeg?.leg.callSlot = nil
    for member in call.calleeLegs where member.leg.callSlot == call.assembly.slot { member.leg.callSlot = nil }
    slots[call.assembly.slot] = nil
    freeSlots.append(call.assembly.slot)
  }

  /// Ends calls whose caller is long gone and whose callee's BYE never came by.
  mutating func finishOverdue(at now: Instant, _ report: (CallEvent) -> Void) {
    while let first = overdue.min, first.due <= now {
      overdue.removeMin()
      guard let call = slots[first.slot], call.assembly.key == first.key, let callerEnd = call.assembly.callerEnded
      else { continue }
      for member in call.calleeLegs where member.leg.end == nil {
        member.leg.settle(.lost, at: callerEnd)
        callsEndedWithoutBye += 1
      }
      finish(call, report)
    }
  }
}

extension Call {
  /// Whether the leg's party handed the others over, or parked them.
  fileprivate func hasTurn(by leg: Leg) -> Bool {
    turns.contains { turn in
      switch turn {
      case .transfer(let transfer): transfer.by === leg
      case .parked(let parked): parked.by === leg
      case .pickedUp: false
      }
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
