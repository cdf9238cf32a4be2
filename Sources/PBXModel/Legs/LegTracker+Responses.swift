import Primitives
import SIP
import SIPCapture

extension LegTracker {
  mutating func receiveResponse(
    _ status: Int, _ transaction: SIPMessage.Transaction, _ captured: CapturedMessage, _ report: (LegEvent) -> Void
  ) {
    let (method, cseq) = (transaction.method, transaction.cseq)
    guard method == .invite || method == .refer || method == .bye else { return }
    let callID = CallID(transaction.callID)
    var found = find(callID, captured, isResponse: true)
    if found == nil { found = standIn(status, cseq: cseq, method: method, callID, captured, report) }
    guard let index = found else {
      counts.withoutDialog += method == .bye ? 0 : 1
      return
    }
    if method == .invite {
      receiveInviteResponse(status, cseq: cseq, slot: index, captured, report)
      return
    }
    guard slots[index].end == nil, status >= 200 else { return }
    if method == .refer {
      report(status < 300 ? .transferAccepted(legs[index]) : .transferRefused(legs[index]))
    } else if status < 300 || status == 481 {
      // The capture missed the BYE it answers.
      let byCaller = slots[index].source == captured.destination
      end(index, .hungUp(byCaller: byCaller), at: captured.time, report)
    }
  }

  /// A 2xx may be a re-INVITE's, and what asks for credentials or for another try has an INVITE behind it.
  private static func tellsOfNewInvite(_ status: Int) -> Bool {
    switch status {
    case 200...299, 401, 407, 422, 481, 491: false
    default: true
    }
  }

  /// A leg made of a response, in a trace that cannot show the INVITE because it has one direction only.
  mutating func standIn(
    _ status: Int, cseq: UInt32, method: SIPMethod, _ callID: CallID, _ captured: CapturedMessage,
    _ report: (LegEvent) -> Void
  ) -> Int? {
    guard isOneSided, method == .invite, Self.tellsOfNewInvite(status) else { return nil }
    let invite = CapturedMessage(
      frame: captured.frame, time: captured.time, transport: captured.transport, source: captured.destination,
      destination: captured.source, message: captured.message)
    let from = captured.message.dialogFrom
    let index = insert(
      makeLeg(invite, callID, from: from, to: captured.message.dialogTo, isMidDialog: false), callID,
      tag: from?.tag?.stableHash ?? 0, cseq: cseq,
      invite, report)
    report(.attempted(legs[index]))
    return index
  }

  /// A response to the leg's INVITE, or to a re-INVITE of it (which changes nothing here).
  mutating func receiveInviteResponse(
    _ status: Int, cseq: UInt32, slot index: Int, _ captured: CapturedMessage, _ report: (LegEvent) -> Void
  ) {
    slots[index].lastSeen = captured.time
    guard slots[index].end == nil, !slots[index].isAnswered else {
      if cseq == slots[index].inviteCSeq { counts.retransmissions += 1 }
      return
    }
    // A response to an INVITE that was sent again with credentials comes too late to matter.
    guard cseq >= slots[index].inviteCSeq else { return }
    switch status {
    case 100...199: receiveProvisional(status, slot: index, captured.time, report)
    case 200...299:
      accept(index, report)
      slots[index].cancelled = nil
      answer(index, at: captured.time)
      report(.answered(legs[index]))
    case 401, 407, 422:
      // What a CANCEL was to stop has ended by itself; a 422 wants a longer session timer (RFC 4028 section 6).
      if status != 422 { legs[index].state.wasChallenged = true }
      slots[index].askedAgain = status
      slots[index].inviteSeen = captured.time
      slots[index].cancelled = nil
      slots[index].isTrying = false
    case 487 where slots[index].cancelled != nil:
      accept(index, report)
      end(index, .cancelled, at: slots[index].cancelled ?? captured.time, report)
    default:
      accept(index, report)
      if (300...399).contains(status) { legs[index].state.redirect = Self.redirect(captured.message) }
      end(index, .rejected(status: status), at: captured.time, report)
    }
    schedule(index)
  }

  private mutating func receiveProvisional(
    _ status: Int, slot index: Int, _ now: Instant, _ report: (LegEvent) -> Void
  ) {
    slots[index].isTrying = true
    guard status > 100 else { return }
    accept(index, report)
    guard status >= 180, !slots[index].isRinging else { return }
    slots[index].isRinging = true
    legs[index].state.ringing = now
    report(.ringing(legs[index]))
  }

  private mutating func accept(_ index: Int, _ report: (LegEvent) -> Void) {
    guard !slots[index].isAccepted else { return }
    slots[index].isAccepted = true
    report(.accepted(legs[index]))
  }

  /// Where a 3xx sends the call (RFC 3261 section 21.3).
  private static func redirect(_ message: SIPMessage) -> NumberKey? {
    guard let contact = message.firstLine(of: .contact), let address = NameAddress(contact),
      let uri = SIPURI(address.uri), !uri.user.isEmpty
    else { return nil }
    return NumberKey(PhoneNumber.text(of: uri.user))
  }
}
