import Primitives
import SIP

extension CallAssembler {
  /// A REFER in a leg of the call. A blind one counts at once, for the new leg comes soon; an attended one once the
  /// PBX has agreed, for it takes two calls apart.
  mutating func requestTransfer(_ leg: Leg, to other: Leg?, _ report: (CallEvent) -> Void) {
    guard let call = call(of: leg), let target = leg.referTo, let at = leg.referred else { return }
    start(call, report)
    call.assembly.attended = nil
    if let other {
      if other !== leg { call.assembly.attended = (leg, other) }
      other.awaitedIn = call.assembly.slot
      return
    }
    let staying = partners(of: leg, in: call)
    let route = dialPlan.route(of: target, by: staying.last?.party ?? call.callerParty)
    expectLegs(of: call, for: target, by: route, staying: staying, at: at)
    if case .parking = route.target {
      park(call, by: leg, at: at)
    } else {
      append(
        .transfer(
          Turn.Transfer(at: at, by: leg, target: target, route: route, isAttended: leg.state.refersToDialog)),
        to: call)
    }
  }

  /// Makes the call known under the numbers that may ring because of a REFER.
  private mutating func expectLegs(
    of call: Call, for target: String, by route: DialledRoute, staying: [Call.Member], at instant: Instant
  ) {
    let targets = [NumberKey(target)] + route.reachable.filter { $0 != NumberKey(target) }
    call.assembly.handover = (instant, targets)
    byNumber.remove(&call.assembly.entriesOfHandover)
    guard call.opener.role == .incoming else { return }
    let slot = call.assembly.slot
    for key in targets {
      byNumber.insertNew(key, slot: slot, into: &call.assembly.entriesOfHandover)
      for pair in call.opener.pairKeys(with: key) {
        byNumber.insertNew(pair, slot: slot, into: &call.assembly.entriesOfHandover)
      }
      // The PBX may show who stayed as the caller of what it dials now.
      guard let staying = staying.last?.leg, staying !== call.callerLeg?.leg else { continue }
      let spelling = staying.texts.withText(.requestUser) { $0.stableHash }
      for caller in [spelling, staying.keys.request.rawValue] {
        byNumber.insertNew(NumberKey(pairing: caller, with: key), slot: slot, into: &call.assembly.entriesOfHandover)
      }
    }
  }

  private mutating func park(_ call: Call, by leg: Leg, at instant: Instant) {
    let slot = parkingLot.park(call, in: site.parking?.slots)
    append(.parked(Turn.Parked(at: instant, by: leg, slot: slot)), to: call)
  }

  /// Gives the call one turn more; the party that asked for it may go without the call being over.
  mutating func append(_ turn: Turn, to call: Call) {
    call.assembly.isHandedOver = true
    guard call.turns.count < limits.turnsMax else {
      turnsLeftOut += 1
      return
    }
    call.state.turns.append(turn)
  }

  mutating func refuseTransfer(_ leg: Leg) {
    guard let call = call(of: leg) else { return }
    if call.assembly.attended?.by === leg { call.assembly.attended = nil }
    call.assembly.handover = nil
    switch call.turns.last {
    case .transfer(let transfer) where transfer.by === leg && transfer.at == leg.referred: break
    case .parked(let parked) where parked.by === leg && parked.at == leg.referred: parkingLot.leave(call)
    case .transfer, .parked, .pickedUp, .none: return
    }
    call.state.turns.removeLast()
    call.assembly.isHandedOver = !call.turns.isEmpty
  }

  /// The PBX agreed, or a party's going shows that it did.
  mutating func acceptTransfer(_ leg: Leg, _ report: (CallEvent) -> Void) {
    guard let call = call(of: leg), let (by, other) = call.assembly.attended, by === leg else { return }
    call.assembly.attended = nil
    guard let at = leg.referred, let consultation = self.call(of: other), consultation !== call else { return }
    let moved = partners(of: other, in: consultation)
    if moved.isEmpty {
      guard other.answer != nil || other.isMidDialog else { return }
      handOver(call, by: leg, to: consultation, at: at)
    } else {
      putTogether(moved, of: consultation, with: call, by: leg, at: at, report)
    }
  }

  /// The two others of an attended transfer are put together, in the call the REFER came in.
  private mutating func putTogether(
    _ moved: [Call.Member], of consultation: Call, with call: Call, by leg: Leg, at: Instant,
    _ report: (CallEvent) -> Void
  ) {
    append(
      .transfer(Turn.Transfer(at: at, by: leg, target: leg.referTo ?? "", route: nil, isAttended: true)), to: call)
    for member in moved { member.leg.callSlot = nil }
    consultation.leave(moved, at: at)
    start(consultation, report)
    consultation.state.end = at
    close(consultation)
    report(.ended(consultation))
    for member in moved { takeIn(member, into: call, because: .replaces, at: at, report) }
  }

  /// Who asked for the transfer talked with the PBX itself: with a menu, a mailbox, the parking lot.
  private mutating func handOver(_ call: Call, by leg: Leg, to consultation: Call, at: Instant) {
    if case .parking = consultation.route?.target {
      park(call, by: leg, at: at)
    } else {
      append(
        .transfer(
          Turn.Transfer(
            at: at, by: leg, target: consultation.dialled, route: consultation.route, isAttended: true)), to: call)
    }
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
    call.state.calleeLegs.append(member)
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
}
