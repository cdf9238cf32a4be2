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
      call.assembly.pickup = (caller.leg, ringing)
      absorb(fetcher, into: call, because: .pickup, at: at, report)
    case .account, .ringGroup, .queue, .ivr, .conference, .parking, .feature, .unknown: break
    }
  }

  /// Somebody fetched the call, or the PBX rings who parked it because nobody did.
  mutating func endParking(of call: Call, at instant: Instant) {
    guard case .parked(var parked) = call.turns.last, parked.until == nil else { return }
    parkingLot.leave(call)
    parked.until = instant
    call.turns[call.turns.count - 1] = .parked(parked)
  }

  /// The caller of a call that is being picked up was connected.
  func completePickup(of call: Call, at: Instant) {
    guard let (leg, ringing) = call.assembly.pickup else { return }
    call.assembly.pickup = nil
    call.turns.append(.pickedUp(Turn.PickedUp(at: at, ringing: ringing.leg, by: leg)))
    for index in call.calleeLegs.indices where call.calleeLegs[index].leg === leg { call.calleeLegs[index].cameIn = at }
  }

  private mutating func absorb(
    _ fetcher: Call, into call: Call, because evidence: Join.Evidence, at: Instant, _ report: (CallEvent) -> Void
  ) {
    guard let caller = fetcher.callerLeg else { return }
    start(fetcher, report)
    fetcher.joinedInto = call.id
    fetcher.end = at
    close(fetcher)
    report(.ended(fetcher))
    call.assembly.isHandedOver = true
    takeIn(caller, into: call, because: evidence, at: at, report)
  }

  /// The call that rings at the extension named behind the code, or, for a group's code, the one that rings longest.
  private func ringingCall(for fetcher: Call, at route: DialledRoute) -> (Call, Call.Member)? {
    var best: (call: Call, member: Call.Member)?
    func consider(_ call: Call, _ isWanted: (Call.Member) -> Bool) {
      guard call !== fetcher, let caller = call.callerLeg?.leg, caller.answer == nil, caller.end == nil else { return }
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
      var left = limits.candidatesMax
      byNumber.forEach(NumberKey(number)) { slot in
        left -= 1
        if let call = slots[slot] { consider(call) { $0.party.accountNumber == number } }
        return left > 0
      }
    }
    return best
  }

  /// Running calls looked through for a group's pick-up.
  private static var pickupSearchMax: Int { 4096 }
}
