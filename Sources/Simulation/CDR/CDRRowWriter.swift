import PBXModel
import Primitives

/// What rows need beside the call; one for the whole run.
final class CDRContext: Sendable {
  let site: Site
  let settings: ApplianceSettings
  let technology: String
  let lastdataCharactersMax: Int?

  init(site: Site, settings: ApplianceSettings, technology: String, lastdataCharactersMax: Int?) {
    self.site = site
    self.settings = settings
    self.technology = technology
    self.lastdataCharactersMax = lastdataCharactersMax
  }
}

/// Turns one call into rows: one for the menu or group it came to, one per leg dialled, and one for what the PBX itself
/// answered.
///
/// Field rules are those of reference section 5.1 and 5.2 (observed on real rows) unless a line says otherwise.
struct CDRRowWriter: Sendable {
  /// One row to be written, and why it is there.
  enum Plan: Sendable {
    case entrance(Entrance)
    /// A leg dialled, by its place among the call's callees.
    case dialled(Int, Entrance?)
    case voicemail(mailbox: String)
    /// The PBX answered with something no site file tells of.
    case answeredByPBX
    /// Nobody was dialled.
    case refusal
    /// The model could not carry the call.
    case refused
  }

  let call: Call
  let context: CDRContext
  let callerName: String
  /// Serial of each leg's channel.
  let serials: [(leg: Leg.ID, serial: Int)]

  var site: Site { context.site }

  /// The rows the call has, oldest first.
  func plan(leansOn: (Assumption) -> Void) -> [Plan] {
    let entrance = entrance
    var rows: [Plan] = []
    rows.reserveCapacity(call.calleeLegs.count + 1)
    if let entrance {
      leansOn(.entranceHasItsRow)
      rows.append(.entrance(entrance))
    }
    for index in call.calleeLegs.indices {
      rows.append(.dialled(index, entrance))
      if let assumption = assumption(behind: call.calleeLegs[index].party) { leansOn(assumption) }
    }
    if let own = ownRow(entrance) {
      if case .answeredByPBX = own { leansOn(.answeredByPBXItself) }
      rows.append(own)
    }
    return rows
  }

  func row(_ plan: Plan) -> CDRRecord {
    switch plan {
    case .entrance(let entrance): row(of: entrance)
    case .dialled(let index, let entrance): row(dialling: call.calleeLegs[index], entrance, start: start(of: plan))
    case .voicemail(let mailbox): voicemailRow(mailbox, start: start(of: plan))
    case .answeredByPBX: playbackRow(start: start(of: plan))
    case .refusal: refusal()
    case .refused: refusedRow()
    }
  }

  /// The first dial begins with the call; a later one (next member, transfer) with its own INVITE, and what the PBX
  /// did itself when the last callee was gone.
  func start(of plan: Plan) -> Instant {
    switch plan {
    case .dialled(let index, _):
      let leg = call.calleeLegs[index].leg
      guard let first = call.calleeLegs.first, leg.start - first.leg.start > .seconds(1) else { return call.start }
      return leg.start
    case .voicemail, .answeredByPBX: return max(call.start, call.calleeLegs.last?.leg.end ?? call.start)
    case .entrance, .refusal, .refused: return call.start
    }
  }

  private func refusedRow() -> CDRRecord {
    var row = base(disposition: .failed)
    row.dst = call.dialled
    row.dcontext = call.callerParty.isTrunk ? "did-local" : "from-internal"
    row.lastapp = "Congestion"
    row.lastdata = "10"
    row.actionType = "DIAL"
    return row
  }

  private func row(dialling member: Call.Member, _ entrance: Entrance?, start: Instant) -> CDRRecord {
    let leg = member.leg
    var row = base(disposition: leg.disposition)
    row.start = start
    row.dst = member.party.accountNumber ?? (call.callerParty.isTrunk ? leg.requestUser : call.dialled)
    row.dcontext = dialplanContext(for: member)
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
  private func ownRow(_ entrance: Entrance?) -> Plan? {
    let wasConnected = call.calleeLegs.contains { $0.leg.answer != nil }
    guard let caller = call.callerLeg?.leg, !wasConnected else { return nil }
    guard caller.answer != nil else { return call.calleeLegs.isEmpty ? .refusal : nil }
    let mailbox = call.calleeLegs.last?.party.accountNumber ?? destinationNumber
    if site.account(mailbox)?.hasVoicemail == true { return .voicemail(mailbox: mailbox) }
    return entrance?.isMenu == true ? nil : .answeredByPBX
  }

  private func voicemailRow(_ mailbox: String, start: Instant) -> CDRRecord {
    let wasBusy = call.calleeLegs.last?.leg.disposition == .busy
    var row = rowOfPBX(start: start)
    row.dst = mailbox
    row.lastapp = "VoiceMail"
    row.lastdata = "\(mailbox)@default,\(wasBusy ? "b" : "u")"
    row.dstanswer = mailbox
    row.actionType = "VM"
    return row
  }

  private func playbackRow(start: Instant) -> CDRRecord {
    var row = rowOfPBX(start: start)
    row.dst = call.dialled
    row.lastapp = "Playback"
    row.actionType = "DIAL"
    return row
  }

  private func rowOfPBX(start: Instant) -> CDRRecord {
    var row = base(disposition: .answered)
    row.dcontext = "from-internal"
    row.start = start
    let answer = call.callerLeg?.leg.answer ?? start
    setTimes(&row, answer: max(answer, start), end: call.end ?? answer)
    return row
  }

  /// Nobody was dialled: the number is unknown, forbidden, or the caller gave up first.
  private func refusal() -> CDRRecord {
    guard let caller = call.callerLeg?.leg else { return refusedRow() }
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
    let number = call.callerNumber
    row.src = number
    row.clid = String(atMost: callerName.utf8.count + number.utf8.count + 5) { cursor in
      cursor.put("\"" as StaticString)
      cursor.put(callerName)
      cursor.put("\" <" as StaticString)
      cursor.put(number)
      cursor.put(">" as StaticString)
    }
    row.channel = callerChannel
    row.channelExt = name(of: call.callerParty)
    row.callerName = callerName
    row.actionOwner = number
    let serial = serial(of: call.firstLeg?.id)
    row.uniqueid = String(atMost: 2 * ByteCursor.decimalBytesMax + 1) { cursor in
      cursor.put(decimal: call.start.seconds)
      cursor.put("." as StaticString)
      cursor.put(decimal: Int64(serial))
    }
    row.session = String(atMost: 2 * ByteCursor.decimalBytesMax + 1 + number.utf8.count) { cursor in
      cursor.put(decimal: call.start.seconds)
      cursor.put(decimal: Int64(call.start.microsecondsOfSecond))
      cursor.put("-" as StaticString)
      cursor.put(number)
    }
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

  private func dialplanContext(for member: Call.Member) -> String {
    switch (call.callerParty, member.party) {
    case (.account, .account): return "from-internal"
    case (.account, .trunk), (.trunk, .trunk):
      return "outbound-route-" + String(site.outboundRoute(for: call.dialled)?.index ?? 1)
    case (.trunk(_, let index), .account(let number)):
      let hasRoute = site.inboundRoute(for: call.dialled, from: call.callerParty) != nil
      return hasRoute && destinationNumber == number ? "from-did-direct" : "ext-did-" + String(index)
    }
  }

  /// What `dialplanContext` leans on.
  private func assumption(behind party: Party) -> Assumption? {
    switch (call.callerParty, party) {
    case (.account, .account): nil
    case (.account, .trunk), (.trunk, .trunk):
      site.outboundRoute(for: call.dialled) == nil ? .outboundRouteUnknown : nil
    case (.trunk, .account): .dcontextOfInboundCall
    }
  }

  private func dialString(_ member: Call.Member) -> String {
    let target = dialTarget(member)
    return String(atMost: target.utf8.count + ByteCursor.decimalBytesMax + 32) { cursor in
      cursor.put(target)
      switch member.party {
      case .account(let number):
        cursor.put("," as StaticString)
        cursor.put(decimal: Int64(site.account(number)?.ringTimeoutSeconds ?? ringSeconds))
        cursor.put(",zb(callee-handler^s^1)" as StaticString)
      case .trunk: cursor.put(",,b(callee-handler^s^1)" as StaticString)
      }
    }
  }

  var ringSeconds: Int { site.ringTimeoutSeconds ?? context.settings.ringTimeoutSeconds }

  func dialTarget(_ member: Call.Member) -> String {
    switch member.party {
    case .account(let number):
      let destination = member.leg.destination.description
      let count = context.technology.utf8.count + 2 * number.utf8.count + destination.utf8.count + 7
      return String(atMost: count) { cursor in
        cursor.put(context.technology)
        cursor.put("/" as StaticString)
        cursor.put(number)
        cursor.put("/sip:" as StaticString)
        cursor.put(number)
        cursor.put("@" as StaticString)
        cursor.put(destination)
      }
    case .trunk(_, let index): return "\(context.technology)/\(member.leg.requestUser)@\(Self.trunkName(index))"
    }
  }

  var callerChannel: String {
    channel(of: call.callerParty, call.callerLeg?.leg.id ?? call.firstLeg?.id)
  }

  private func channel(of party: Party, _ leg: Leg.ID?) -> String {
    let name = name(of: party)
    let serial = UInt64(UInt(bitPattern: serial(of: leg)))
    return String(atMost: context.technology.utf8.count + name.utf8.count + 18) { cursor in
      cursor.put(context.technology)
      cursor.put("/" as StaticString)
      cursor.put(name)
      cursor.put("-" as StaticString)
      cursor.put(hexadecimal: serial, digitsMin: 8)
    }
  }

  private func serial(of leg: Leg.ID?) -> Int { serials.first { $0.leg == leg }?.serial ?? 0 }

  private func name(of party: Party) -> String {
    switch party {
    case .account(let number): number
    case .trunk(_, let index): Self.trunkName(index)
    }
  }

  private static func trunkName(_ index: Int) -> String {
    String(atMost: ByteCursor.decimalBytesMax + 6) { cursor in
      cursor.put("trunk_" as StaticString)
      cursor.put(decimal: Int64(index))
    }
  }
}
