import PBXModel
import Primitives

/// Rows of what the PBX did itself: queues, the parking lot, voicemail, announcements, refusals.
extension CDRRowWriter {
  /// The queue the call came to.
  var queue: Queue? {
    guard let route = call.route, !route.isToPhone, case .queue(let queue) = route.target else { return nil }
    return queue
  }

  func queueData(_ queue: Queue) -> String {
    "\(queue.number),,,," + (queue.waitSecondsMax.map(String.init) ?? "")
  }

  /// A caller who gave up before anybody was rung.
  func queuedRow() -> CDRRecord {
    var row = base(disposition: call.callerLeg?.leg.answer == nil ? .noAnswer : .answered)
    guard let queue else { return row }
    row.dst = queue.number
    row.dcontext = call.callerParty.isTrunk ? "did-local" : "from-internal"
    row.lastapp = "Queue"
    row.lastdata = queueData(queue)
    row.actionType = "QUEUE[\(queue.number)]"
    setTimes(&row, answer: call.callerLeg?.leg.answer, end: call.end ?? call.start)
    return row
  }

  /// `PARKEDCALL` to the place in the lot (reference section 5.2, observed on a 63xx).
  func parkedRow(_ turn: Turn) -> CDRRecord {
    var row = base(disposition: .answered)
    guard case .parked(let parked) = turn else { return row }
    if let side = call.side(at: parked.at), side.leg !== call.callerLeg?.leg { take(side, into: &row) }
    row.start = parked.at
    row.dst = parked.slot.map(String.init) ?? ""
    row.dcontext = "from-internal"
    row.lastapp = "Park"
    row.lastdata = row.dst
    row.actionOwner = number(of: parked.by) ?? row.actionOwner
    row.actionType = "PARKEDCALL"
    setTimes(&row, answer: parked.at, end: parked.until ?? call.end ?? parked.at)
    return row
  }

  /// What the PBX answered or refused itself; nil when dialling says it all.
  var ownRow: CDRRowOrigin? {
    let turn = call.turns.last
    if case .parked = turn { return nil }
    let since = turn?.at ?? call.start
    for member in call.calleeLegs where member.answer != nil {
      if turn == nil || (member.cameIn ?? member.leg.start) >= since { return nil }
    }
    guard turn == nil || call.side(at: since)?.leg === call.callerLeg?.leg, let caller = call.callerLeg?.leg else {
      return nil
    }
    guard caller.answer != nil else { return call.calleeLegs.isEmpty ? .refusal : nil }
    if turn != nil, let end = call.end, let last = call.calleeLegs.last?.leg.end, end - last < .seconds(1) {
      return nil
    }
    if queue != nil, turn == nil {
      if call.calleeLegs.isEmpty { return .queued }
      if !outlivesCallees { return nil }
    }
    if site.account(mailbox)?.hasVoicemail == true { return .voicemail }
    if turn != nil { return nil }
    return entrance?.isMenu == true ? nil : .answeredByPBX
  }

  /// Whether the caller went on when the last callee was gone.
  var outlivesCallees: Bool {
    guard let end = call.end, let last = call.calleeLegs.last?.leg.end else { return false }
    return end - last > .seconds(1)
  }

  /// Whose voicemail answers: that of the phone rung last, else of the number dialled; behind a queue the one it names.
  var mailbox: String {
    if case .transfer(let transfer) = call.turns.last { return transfer.route?.number ?? transfer.target }
    if let queue {
      if case .voicemail(let number) = queue.timeoutDestination { return number }
      return ""
    }
    return call.calleeLegs.last?.party.accountNumber ?? destinationNumber
  }

  func voicemailRow(_ mailbox: String, start: Instant) -> CDRRecord {
    let wasBusy = call.calleeLegs.last?.disposition == .busy
    var row = rowOfPBX(start: start)
    let mailbox = mailbox
    row.dst = mailbox
    row.lastapp = "VoiceMail"
    row.lastdata = "\(mailbox)@default,\(wasBusy ? "b" : "u")"
    row.dstanswer = mailbox
    row.actionType = "VM"
    return row
  }

  func playbackRow(start: Instant) -> CDRRecord {
    var row = rowOfPBX(start: start)
    row.dst = call.dialled
    (row.lastapp, row.lastdata, row.actionType) = service
    return row
  }

  /// What answered, where the site file says: application, its arguments and the type of action.
  var service: (String, String, String) {
    switch call.route?.target {
    case .conference(let room): ("ConfBridge", room, "CONFERENCE[\(room)]")
    case .parkingSlot(let slot): ("ParkedCall", String(slot), "PARKEDCALL")
    case .feature(.voicemailMenu): ("VoiceMailMain", "\(call.callerNumber)@default,s", "VM")
    case .feature(.echoTest): ("Echo", "", "DIAL")
    case .feature(.pickupExtension), .feature(.pickupGroup): ("Pickup", "", "PICKUP")
    case .feature(.conference): ("ConfBridge", "", "CONFERENCE")
    case .feature(.announcement): ("Playback", "", "ANNOUNCEMENTS")
    case .feature(.paging): ("Page", "", "PAGE")
    case .feature(.disa): ("DISA", "", "DISA")
    case .feature(.callback): ("Wait", "", "CALLBACK")
    case .feature(.fax): ("ReceiveFAX", "", "FAX")
    case .account, .ringGroup, .queue, .ivr, .parking, .feature, .unknown, .none: ("Playback", "", "DIAL")
    }
  }

  func rowOfPBX(start: Instant) -> CDRRecord {
    var row = base(disposition: .answered)
    row.dcontext = "from-internal"
    row.start = start
    let answer = call.callerLeg?.leg.answer ?? start
    setTimes(&row, answer: max(answer, start), end: call.end ?? answer)
    return row
  }

  /// Nobody was dialled: the number is unknown, forbidden, or the caller gave up first.
  func refusal() -> CDRRecord {
    guard let caller = call.callerLeg?.leg else { return refusedRow() }
    var row = base(disposition: call.ownDisposition)
    row.dst = call.dialled
    row.actionType = "DIAL"
    row.dcontext = call.callerParty.isTrunk ? "did-local" : "from-internal"
    switch caller.outcome {
    case .rejected where call.callerParty.isTrunk && row.disposition == .failed:
      row.lastapp = "Congestion"
      row.lastdata = "10"
    case .rejected(404), .rejected(484), .rejected(410):
      row.dcontext = "after-outbound-context"
      row.lastapp = "Playback"
      row.lastdata = "silence/1&wrong-number,noanswer"
    case .rejected(403):
      row.lastapp = "Playback"
      row.lastdata = "silence/1&no-permission,noanswer"
    case .rejected(503):
      row.lastapp = "Congestion"
      row.lastdata = "10"
    case .rejected, .cancelled, .hungUp, .lost, .unauthenticated, .none:
      row.lastapp = "Hangup"
    }
    setTimes(&row, answer: nil, end: call.end ?? call.start)
    return row
  }
}
