import Primitives

extension CallAssembler {
  /// A REFER in a leg of the call. A blind one counts at once, for the new leg comes soon; an attended one once the
  /// PBX has agreed, for it takes two calls apart.
  mutating func requestTransfer(_ leg: Leg, to other: Leg?) {
    guard let call = call(of: leg), let target = leg.referTo, let at = leg.referred else { return }
    if let other {
      call.assembly.transferLeg = other
      return
    }
    let route = dialPlan.route(of: target, by: partner(of: leg, in: call)?.party ?? call.callerParty)
    call.assembly.transferTarget = NumberKey(target)
    if case .parking = route.target {
      let slot = parkingLot.park(call, in: site.parking?.slots)
      call.turns.append(.parked(Turn.Parked(at: at, by: leg, slot: slot)))
    } else {
      call.turns.append(
        .transfer(Turn.Transfer(at: at, by: leg, target: target, route: route, isAttended: false)))
    }
    call.assembly.isHandedOver = true
  }

  mutating func refuseTransfer(_ leg: Leg) {
    guard let call = call(of: leg) else { return }
    call.assembly.transferLeg = nil
    call.assembly.transferTarget = nil
    switch call.turns.last {
    case .transfer(let transfer) where transfer.by === leg && !transfer.isAttended: break
    case .parked(let parked) where parked.by === leg: parkingLot.leave(call)
    case .transfer, .parked, .pickedUp, .none: return
    }
    call.turns.removeLast()
    call.assembly.isHandedOver = !call.turns.isEmpty
  }

  /// The two others of an attended transfer are put together, in the call the REFER came in.
  mutating func acceptTransfer(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard let call = call(of: leg), let other = call.assembly.transferLeg else { return }
    call.assembly.transferLeg = nil
    guard let at = leg.referred, let consultation = self.call(of: other), consultation !== call else { return }
    let moved = partners(of: other, in: consultation)
    guard !moved.isEmpty else { return }
    call.turns.append(
      .transfer(
        Turn.Transfer(at: at, by: leg, target: leg.referTo ?? "", route: nil, isAttended: true)))
    call.assembly.isHandedOver = true
    for member in moved { member.leg.callSlot = nil }
    start(consultation, report)
    consultation.end = at
    close(consultation)
    report(.ended(consultation))
    for member in moved { takeIn(member, into: call, because: .replaces, at: at, report) }
  }

  /// A leg of another call comes into this one and goes on there.
  mutating func takeIn(
    _ member: Call.Member, into call: Call, because evidence: Join.Evidence, at: Instant,
    _ report: (CallEvent) -> Void
  ) {
    guard call.calleeLegs.count < limits.calleeLegsMax else {
      legsLeftOut += 1
      return
    }
    let join = Join(grounds: Join.Grounds(evidence), confidence: 1)
    let member = Call.Member(leg: member.leg, party: member.party, join: join, cameIn: at)
    call.calleeLegs.append(member)
    member.leg.callSlot = call.assembly.slot
    report(.cameIn(call, member))
  }

  /// Who the leg talks with, or rings.
  private func partners(of leg: Leg, in call: Call) -> [Call.Member] {
    if call.callerLeg?.leg === leg {
      let up = call.calleeLegs.filter { $0.leg.end == nil }
      return up.contains { $0.leg.answer != nil } ? up.filter { $0.leg.answer != nil } : up
    }
    if let caller = call.callerLeg, caller.leg.end == nil { return [caller] }
    return call.calleeLegs.filter { $0.leg !== leg && $0.leg.end == nil && $0.leg.answer != nil }
  }

  private func partner(of leg: Leg, in call: Call) -> Call.Member? { partners(of: leg, in: call).last }
}
