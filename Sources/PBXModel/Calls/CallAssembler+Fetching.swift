import Primitives

extension CallAssembler {
  /// The PBX answered a caller itself: it may have dialled to take over somebody else's call.
  mutating func fetch(by fetcher: Call, _ report: (CallEvent) -> Void) {
    guard let route = fetcher.route, let caller = fetcher.callerLeg, fetcher.calleeLegs.isEmpty,
      let at = caller.leg.answer
    else { return }
    switch route.target {
    case .parkingSlot(let slot):
      guard let call = parkingLot.call(at: slot), call !== fetcher else { return }
      endParking(of: call, at: at)
      absorb(fetcher, into: call, because: .parking, at: at, report)
    case .feature(.pickupExtension), .feature(.pickupGroup):
      guard let (call, ringing) = ringingCall(for: fetcher, at: route) else { return }
      pickUp(call, ringing, by: fetcher, because: .pickup, at: at, report)
    case .account, .ringGroup, .queue, .ivr, .conference, .parking, .feature, .unknown: break
    }
  }

  /// The caller is connected when the PBX says so, or was already: a queue or a menu answers first.
  private mutating func pickUp(
    _ call: Call, _ ringing: Call.Member, by fetcher: Call, because evidence: Join.Evidence, at: Instant,
    _ report: (CallEvent) -> Void
  ) {
    guard let leg = fetcher.callerLeg?.leg else { return }
    call.assembly.pickup = (leg, ringing)
    absorb(fetcher, into: call, because: evidence, at: at, report)
    if let caller = call.callerLeg?.leg, caller.answer != nil { completePickup(of: call, at: at) }
  }

  /// A caller whose INVITE takes another leg's place was connected (Replaces, RFC 3891): it picks up a call that rings
  /// there, or goes on with one that was answered.
  mutating func takePlace(by fetcher: Call, _ report: (CallEvent) -> Void) {
    guard let caller = fetcher.callerLeg, let replaced = caller.leg.replaced, fetcher.calleeLegs.isEmpty,
      let at = caller.leg.answer, slots.indices.contains(replaced.callSlot), let call = slots[replaced.callSlot],
      call !== fetcher, let member = call.legs.last(where: { $0.leg.id == replaced.leg }), member.leg.end == nil
    else { return }
    if member.leg.answer == nil, member.leg !== call.callerLeg?.leg {
      pickUp(call, member, by: fetcher, because: .replaces, at: at, report)
      return
    }
    append(
      .transfer(
        Turn.Transfer(
          at: at, by: member.leg, target: caller.party.accountNumber ?? fetcher.callerNumber, route: nil,
          isAttended: true)), to: call)
    absorb(fetcher, into: call, because: .replaces, at: at, report)
  }

  /// Somebody fetched the call, or the PBX rings who parked it because nobody did.
  mutating func endParking(of call: Call, at instant: Instant) {
    guard case .parked(var parked) = call.turns.last, parked.until == nil else { return }
    parkingLot.leave(call)
    parked.until = instant
    call.state.turns[call.turns.count - 1] = .parked(parked)
  }

  /// The caller of a call that is being picked up was connected.
  mutating func completePickup(of call: Call, at: Instant) {
    guard let (leg, ringing) = call.assembly.pickup else { return }
    call.assembly.pickup = nil
    append(.pickedUp(Turn.PickedUp(at: at, ringing: ringing.leg, by: leg)), to: call)
    for index in call.calleeLegs.indices where call.calleeLegs[index].leg === leg {
      call.state.calleeLegs[index].cameIn = at
    }
  }

  private mutating func absorb(
    _ fetcher: Call, into call: Call, because evidence: Join.Evidence, at: Instant, _ report: (CallEvent) -> Void
  ) {
    guard let caller = fetcher.callerLeg else { return }
    start(call, report)
    start(fetcher, report)
    fetcher.state.joinedInto = call.id
    fetcher.state.end = at
    close(fetcher)
    report(.ended(fetcher))
    call.assembly.isHandedOver = true
    takeIn(caller, into: call, because: evidence, at: at, report)
  }

  /// The call that rings at the extension named behind the code, or, for a group's code, the one that rings longest.
  private func ringingCall(for fetcher: Call, at route: DialledRoute) -> (Call, Call.Member)? {
    var best: (call: Call, member: Call.Member)?
    func consider(_ call: Call, _ isWanted: (Call.Member) -> Bool) {
      guard call !== fetcher, let caller = call.callerLeg?.leg, caller.end == nil else { return }
      for member in call.calleeLegs
      where member.leg.end == nil && member.leg.answer == nil && isWanted(member)
        && best.map({ member.leg.id < $0.member.leg.id }) ?? true
      {
        best = (call, member)
      }
    }
    if route.target == .feature(.pickupGroup) {
      for call in slots.prefix(Self.pickupSearchMax) {
        if let call { consider(call) { !$0.party.isTrunk } }
      }
      return best
    }
    // Where the code ends and the extension begins, the site file need not say.
    for codeLength in 1...4 where best == nil {
      let number = String(route.number.dropFirst(codeLength))
      guard !number.isEmpty else { break }
      let wanted = directory.copy.number(number)
      var left = limits.candidatesMax
      byNumber.forEach(NumberKey(number)) { slot in
        left -= 1
        if let call = slots[slot] { consider(call) { $0.party.accountNumber == wanted } }
        return left > 0
      }
    }
    return best
  }

  /// Running calls looked through for a group's pick-up.
  private static var pickupSearchMax: Int { 4096 }
}
