import PBXModel
import Primitives

/// Turns one call into rows: one for the menu or group it came to, one per leg dialled, and one for what the PBX itself
/// answered.
///
/// Field rules are those of reference section 5.1 and 5.2 (observed on real rows) unless a line says otherwise.
struct CDRRowWriter {
  let call: Call
  let site: Site
  let settings: ApplianceSettings
  let technology: String
  let callerName: String
  let serials: [Leg.ID: Int]

  func rows(leansOn: (Assumption) -> Void) -> [CDRRecord] {
    let entrance = entrance
    var rows: [CDRRecord] = []
    if let entrance {
      leansOn(.entranceHasItsRow)
      rows.append(row(of: entrance))
    }
    rows += call.calleeLegs.map { row(dialling: $0, entrance, leansOn) }
    if let own = ownRow(entrance, leansOn) { rows.append(own) }
    return rows
  }

  func refusedRow() -> CDRRecord {
    var row = base(disposition: .failed)
    row.dst = call.dialled
    row.dcontext = call.callerParty.isTrunk ? "did-local" : "from-internal"
    row.lastapp = "Congestion"
    row.lastdata = "10"
    row.actionType = "DIAL"
    return row
  }

  private func row(dialling member: Call.Member, _ entrance: Entrance?, _ leansOn: (Assumption) -> Void) -> CDRRecord {
    let leg = member.leg
    var row = base(disposition: leg.disposition)
    // The first dial begins with the call; a later one (next member, transfer) with its own INVITE.
    if let first = call.calleeLegs.first, leg.start - first.leg.start > .seconds(1) { row.start = leg.start }
    row.dst = member.party.accountNumber ?? (call.callerParty.isTrunk ? leg.requestUser : call.dialled)
    row.dcontext = context(for: member, leansOn)
    row.dstchannel = channel(of: member.party, leg.id)
    row.dstchannelExt = name(of: member.party)
    row.lastapp = "Dial"
    row.lastdata = entrance.flatMap { dialString(of: $0, member) } ?? dialString(member)
    row.actionType = member.join.rests(on: .transfer) ? "TRANSFER" : entrance?.actionType ?? "DIAL"
    if leg.answer != nil { row.dstanswer = row.dst }
    switch member.party {
    case .trunk(let name, _):
      // Only Outbound rows carry it (no exception in 2,661 rows).
      if row.userfield == .outbound { row.dstTrunkName = name }
    case .account: break
    }
    setTimes(&row, answer: leg.answer, end: min(leg.end ?? row.start, call.end ?? row.start))
    return row
  }

  /// What the PBX answered or refused itself; nil when dialling says it all.
  private func ownRow(_ entrance: Entrance?, _ leansOn: (Assumption) -> Void) -> CDRRecord? {
    let wasConnected = call.calleeLegs.contains { $0.leg.answer != nil }
    guard let caller = call.callerLeg?.leg, !wasConnected else { return nil }
    guard let answer = caller.answer else {
      return call.calleeLegs.isEmpty ? refusal(caller) : nil
    }
    var row = base(disposition: .answered)
    row.dst = call.dialled
    row.dcontext = "from-internal"
    if let last = call.calleeLegs.last?.leg.end { row.start = max(row.start, last) }
    let mailbox = call.calleeLegs.last?.party.accountNumber ?? destinationNumber
    if site.account(mailbox)?.hasVoicemail == true {
      let wasBusy = call.calleeLegs.last?.leg.disposition == .busy
      row.dst = mailbox
      row.lastapp = "VoiceMail"
      row.lastdata = "\(mailbox)@default,\(wasBusy ? "b" : "u")"
      row.dstanswer = mailbox
      row.actionType = "VM"
    } else if entrance?.isMenu == true {
      return nil
    } else {
      leansOn(.answeredByPBXItself)
      row.lastapp = "Playback"
      row.actionType = "DIAL"
    }
    setTimes(&row, answer: max(answer, row.start), end: call.end ?? answer)
    return row
  }

  /// Nobody was dialled: the number is unknown, forbidden, or the caller gave up first.
  private func refusal(_ caller: Leg) -> CDRRecord {
    var row = base(disposition: caller.disposition)
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

  func base(disposition: Disposition) -> CDRRecord {
    var row = CDRRecord(start: call.start, disposition: disposition, userfield: direction)
    row.src = call.callerNumber
    row.clid = "\"\(callerName)\" <\(call.callerNumber)>"
    row.channel = callerChannel
    row.channelExt = name(of: call.callerParty)
    row.callerName = callerName
    row.actionOwner = call.callerNumber
    let serial = call.legs.first.flatMap { serials[$0.leg.id] } ?? 0
    row.uniqueid = "\(call.start.seconds).\(serial)"
    row.session = "\(call.start.seconds)\(call.start.microsecondsOfSecond)-\(call.callerNumber)"
    switch call.callerParty {
    case .trunk(let name, _):
      if row.userfield == .inbound { row.srcTrunkName = name }
    case .account: break
    }
    return row
  }

  private var direction: CallDirection { call.direction }

  /// `answer` equals `end` on NO ANSWER; both are empty on BUSY and FAILED, whose duration may still be above zero.
  func setTimes(_ row: inout CDRRecord, answer: Instant?, end: Instant) {
    row.durationSeconds = max(0, (end - row.start).wholeSeconds)
    switch row.disposition {
    case .answered:
      row.answer = answer
      row.end = end
      row.billsecSeconds = max(0, answer.map { (end - $0).wholeSeconds } ?? 0)
    case .noAnswer: (row.answer, row.end) = (end, end)
    case .busy, .failed: break
    }
  }

  private func context(for member: Call.Member, _ leansOn: (Assumption) -> Void) -> String {
    switch (call.callerParty, member.party) {
    case (.account, .account): return "from-internal"
    case (.account, .trunk), (.trunk, .trunk):
      guard let route = site.outboundRoute(for: call.dialled) else {
        leansOn(.outboundRouteUnknown)
        return "outbound-route-1"
      }
      return "outbound-route-\(route.index)"
    case (.trunk(_, let index), .account(let number)):
      leansOn(.dcontextOfInboundCall)
      let hasRoute = site.inboundRoute(for: call.dialled, from: call.callerParty) != nil
      return hasRoute && destinationNumber == number ? "from-did-direct" : "ext-did-\(index)"
    }
  }

  private func dialString(_ member: Call.Member) -> String {
    switch member.party {
    case .account(let number):
      let seconds = site.account(number)?.ringTimeoutSeconds ?? ringSeconds
      return "\(dialTarget(member)),\(seconds),zb(callee-handler^s^1)"
    case .trunk: return "\(dialTarget(member)),,b(callee-handler^s^1)"
    }
  }

  var ringSeconds: Int { site.ringTimeoutSeconds ?? settings.ringTimeoutSeconds }

  func dialTarget(_ member: Call.Member) -> String {
    switch member.party {
    case .account(let number): "\(technology)/\(number)/sip:\(number)@\(member.leg.destination)"
    case .trunk(_, let index): "\(technology)/\(member.leg.requestUser)@trunk_\(index)"
    }
  }

  var callerChannel: String {
    channel(of: call.callerParty, call.callerLeg?.leg.id ?? call.legs.first?.leg.id)
  }

  private func channel(of party: Party, _ leg: Leg.ID?) -> String {
    let serial = String(leg.flatMap { serials[$0] } ?? 0, radix: 16)
    let padded = String(repeating: "0", count: max(0, 8 - serial.count)) + serial
    return "\(technology)/\(name(of: party))-\(padded)"
  }

  private func name(of party: Party) -> String {
    switch party {
    case .account(let number): number
    case .trunk(_, let index): "trunk_\(index)"
    }
  }
}
