import Primitives
import SIP
import SIPCapture

extension LegTracker {
  mutating func receiveRequest(
    _ method: SIPMethod, cseq: UInt32, _ callID: CallID, _ captured: CapturedMessage, _ report: (LegEvent) -> Void
  ) {
    switch method {
    case .invite:
      let to = captured.message.dialogTo
      if to?.tag == nil {
        receiveInitialInvite(cseq: cseq, callID, to: to, captured, report)
      } else {
        _ = dialog(callID, captured, mayStandForIt: true, report)
      }
    case .ack:
      guard let index = dialog(callID, captured, mayStandForIt: false, report) else { return }
      receiveAck(captured, slot: index, report)
    case .update, .info, .prack: _ = dialog(callID, captured, mayStandForIt: false, report)
    case .refer:
      guard let index = dialog(callID, captured, mayStandForIt: true, report) else { return }
      noteTransfer(captured, cseq: cseq, slot: index, report)
    case .cancel: receiveCancel(callID, captured)
    case .bye:
      guard let index = dialog(callID, captured, mayStandForIt: true, report) else { return }
      receiveBye(slot: index, captured, report)
    case .register, .options, .subscribe, .notify, .publish, .message, .other:
      break
    }
  }

  private mutating func receiveCancel(_ callID: CallID, _ captured: CapturedMessage) {
    guard let index = find(callID, captured, isResponse: false) else {
      counts.withoutDialog += 1
      return
    }
    guard slots[index].end == nil else { return }
    slots[index].lastSeen = captured.time
    guard slots[index].cancelled == nil, !slots[index].isAnswered else {
      counts.retransmissions += 1
      return
    }
    slots[index].cancelled = captured.time
    schedule(index)
  }

  private mutating func receiveInitialInvite(
    cseq: UInt32, _ callID: CallID, to: DialogAddress?, _ captured: CapturedMessage, _ report: (LegEvent) -> Void
  ) {
    let from = captured.message.dialogFrom
    let tag = from?.tag?.stableHash ?? 0
    if let index = find(callID, captured, isResponse: false), slots[index].fromTagHash == tag,
      isSameWay(index, captured)
    {
      slots[index].lastSeen = captured.time
      guard cseq > slots[index].inviteCSeq else {
        counts.retransmissions += 1
        slots[index].wasRepeated = true
        schedule(index)
        return
      }
      if slots[index].end == nil {
        slots[index].inviteBranch = captured.message.branch?.stableHash ?? 0
        renew(index, cseq: cseq, at: captured.time, report)
        return
      }
      // Refused, and tried again in the same Call-ID (RFC 3261 section 8.1.3.5): another leg.
    }
    let index = insert(
      makeLeg(captured, callID, from: from, to: to, isMidDialog: false), callID, tag: tag, cseq: cseq, captured, report)
    report(.attempted(legs[index]))
  }

  /// false for an INVITE the other way between the same two addresses: a proxy's, to a phone beside the caller's.
  private mutating func isSameWay(_ index: Int, _ captured: CapturedMessage) -> Bool {
    guard hopRank(ofSlot: index, captured.source, captured.destination) > 0 else { return true }
    let (source, destination) = (slots[index].source, slots[index].destination)
    return source.address == captured.source.address
      && (source.address != destination.address || destination.port == captured.destination.port)
  }

  private mutating func renew(_ index: Int, cseq: UInt32, at instant: Instant, _ report: (LegEvent) -> Void) {
    slots[index].inviteCSeq = cseq
    guard !slots[index].isAnswered else { return }
    slots[index].inviteSeen = instant
    slots[index].askedAgain = nil
    legs[index].state.start = instant
    report(.renewed(legs[index]))
  }

  /// The leg of a request inside a dialog. One the trace has no INVITE of may stand for it: the call ran when the trace
  /// began.
  private mutating func dialog(
    _ callID: CallID, _ captured: CapturedMessage, mayStandForIt: Bool, _ report: (LegEvent) -> Void
  ) -> Int? {
    if let index = find(callID, captured, isResponse: false) {
      slots[index].lastSeen = captured.time
      return index
    }
    let to = captured.message.dialogTo
    guard mayStandForIt, to?.tag != nil else {
      counts.withoutDialog += 1
      return nil
    }
    let from = captured.message.dialogFrom
    let leg = makeLeg(captured, callID, from: from, to: to, isMidDialog: true)
    leg.state.answer = captured.time
    let tag = from?.tag?.stableHash ?? 0
    let index = insert(leg, callID, tag: tag, cseq: 0, captured, report)
    slots[index].isAccepted = true
    report(.answered(legs[index]))
    return index
  }

  /// A party's wish. What the PBX itself asks of a phone changes nothing here: the phone's new INVITE does.
  private mutating func noteTransfer(
    _ captured: CapturedMessage, cseq: UInt32, slot index: Int, _ report: (LegEvent) -> Void
  ) {
    guard slots[index].end == nil, let value = captured.message.firstLine(of: .referTo),
      let target = ReferTo(value), let uri = SIPURI(target.address.uri),
      pbx.role(source: captured.source, destination: captured.destination) != .outgoing
    else { return }
    // Sent again, it asks for nothing new. Each side counts for itself.
    let asked = Refer(cseq: cseq, isByLegsSource: captured.source == slots[index].source)
    guard slots[index].refer != asked else {
      counts.retransmissions += 1
      return
    }
    slots[index].refer = asked
    let replaced = target.withReplaces { findDialog($0) }
    legs[index].state.referTo = PhoneNumber.text(of: uri.user)
    legs[index].state.referred = captured.time
    legs[index].state.refersToDialog = replaced != nil
    report(.transferRequested(legs[index], to: replaced ?? nil))
  }

  /// The leg whose dialog is to be replaced, wherever its messages pass; nil where none such is up.
  mutating func findDialog(_ replaces: Replaces) -> Leg? {
    var found: Leg?
    var place = byCallID.first(replaces.callID.stableHash)
    var left = Self.sameCallIDMax
    while let index = place, left > 0 {
      left -= 1
      if slots[index].end == nil, callIDs.has(replaces.callID, at: index) {
        let tag = slots[index].fromTagHash
        if tag == replaces.fromTag.stableHash || tag == replaces.toTag.stableHash { return legs[index] }
        found = found ?? legs[index]
      }
      place = byCallID.next(after: index)
    }
    return found
  }

  /// An ACK tells of the final response, where the capture missed that: a transaction of its own acknowledges a 2xx
  /// (RFC 3261 section 13.2.2.4), one in the INVITE's a refusal.
  private mutating func receiveAck(_ captured: CapturedMessage, slot index: Int, _ report: (LegEvent) -> Void) {
    guard !slots[index].isAnswered, slots[index].end == nil, slots[index].askedAgain == nil,
      let branch = captured.message.branch
    else { return }
    if branch.stableHash != slots[index].inviteBranch {
      slots[index].isAccepted = true
      slots[index].cancelled = nil
      answer(index, at: captured.time)
      report(.accepted(legs[index]))
      report(.answered(legs[index]))
    } else if let cancelled = slots[index].cancelled {
      end(index, .cancelled, at: cancelled, report)
    } else if isOneSided {
      // Refused or challenged: which of them the next INVITE tells, or that none comes.
      slots[index].askedAgain = Slot.unseenRefusal
      slots[index].inviteSeen = captured.time
      schedule(index)
    }
  }

  private mutating func receiveBye(slot index: Int, _ captured: CapturedMessage, _ report: (LegEvent) -> Void) {
    guard slots[index].end == nil else {
      counts.retransmissions += 1
      return
    }
    let (source, destination) = (slots[index].source, slots[index].destination)
    let byCaller =
      source.address == captured.source.address
      && (source.address != destination.address || source.port == captured.source.port)
    end(index, .hungUp(byCaller: byCaller), at: captured.time, report)
  }

  mutating func makeLeg(
    _ captured: CapturedMessage, _ callID: CallID, from: DialogAddress?, to: DialogAddress?, isMidDialog: Bool
  ) -> Leg {
    let marks = LegMarks(captured.message)
    return Leg(
      id: Leg.ID(rawValue: lastID + 1), role: pbx.role(source: captured.source, destination: captured.destination),
      source: captured.source, destination: captured.destination, firstFrame: captured.frame,
      texts: LegTexts(captured.message, callID: callID.text, from: from, to: to), callIDHash: callID.hash, marks: marks,
      replaced: marks.hasReplaces ? replacedLeg(captured.message) : nil, start: captured.time, isMidDialog: isMidDialog)
  }

  private mutating func replacedLeg(_ message: SIPMessage) -> (leg: Leg.ID, callSlot: Int)? {
    guard let leg = message.firstLine(of: .replaces).flatMap(Replaces.init).flatMap({ findDialog($0) }),
      let slot = leg.callSlot
    else { return nil }
    return (leg.id, slot)
  }

  mutating func insert(
    _ leg: Leg, _ callID: CallID, tag: UInt64, cseq: UInt32, _ captured: CapturedMessage, _ report: (LegEvent) -> Void
  ) -> Int {
    if liveLegs >= limits.legsMax { evictOne(report) }
    lastID += 1
    let slot = Slot(
      leg: leg.id, source: leg.source, destination: leg.destination, isAnswered: leg.state.answer != nil,
      fromTagHash: tag, inviteCSeq: cseq, inviteBranch: captured.message.branch?.stableHash ?? 0,
      inviteSeen: captured.time, lastSeen: captured.time)
    let index = freeSlots.popLast() ?? slots.count
    if index == slots.count {
      slots.append(slot)
      legs.append(leg)
    } else {
      slots[index] = slot
      legs[index] = leg
    }
    byCallID.insert(index, hash: callID.hash)
    callIDs.set(callID.text, at: index)
    schedule(index)
    return index
  }

  /// The leg a message belongs to: same Call-ID and same hop; where that fits several, the one with its tag too.
  mutating func find(_ callID: CallID, _ captured: CapturedMessage, isResponse: Bool) -> Int? {
    guard var index = byCallID.first(callID.hash) else { return nil }
    let source = isResponse ? captured.destination : captured.source
    let destination = isResponse ? captured.source : captured.destination
    guard var next = byCallID.next(after: index) else {
      guard callIDs.has(callID.text, at: index) else { return nil }
      return hopRank(ofSlot: index, source, destination) > 0 || pbx.isEmpty ? index : nil
    }
    var best: (index: Int, rank: Int)?
    for _ in 0..<Self.sameCallIDMax {
      if callIDs.has(callID.text, at: index) {
        var rank = hopRank(ofSlot: index, source, destination)
        if rank > 0 || pbx.isEmpty {
          if hasTag(slots[index].fromTagHash, captured.message) { rank += 4 }
          if rank > best?.rank ?? -1 { best = (index, rank) }
        }
      }
      guard next != index else { break }
      index = next
      next = byCallID.next(after: index) ?? index
    }
    return best?.index
  }

  /// Legs of one Call-ID looked at, newest first: a proxy makes a few, and only malice makes more.
  private static var sameCallIDMax: Int { 64 }

  /// 2 for the leg's own two ends, ports and all (phones may share an address), 1 for their addresses, 0 for neither.
  private mutating func hopRank(ofSlot index: Int, _ source: IPEndpoint, _ destination: IPEndpoint) -> Int {
    let (one, other) = (slots[index].source, slots[index].destination)
    if one == source && other == destination || one == destination && other == source { return 2 }
    let matches =
      one.address == source.address && other.address == destination.address
      || one.address == destination.address && other.address == source.address
    return matches ? 1 : 0
  }

  /// Whether one of the message's tags is that of the leg's INVITE (RFC 3261 section 12).
  private func hasTag(_ hash: UInt64, _ message: SIPMessage) -> Bool {
    message.from?.tag?.stableHash ?? 0 == hash || message.to?.tag?.stableHash == hash
  }
}
