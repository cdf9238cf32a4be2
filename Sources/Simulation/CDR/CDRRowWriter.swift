import PBXModel
import Primitives

/// What rows need beside the call; one for the whole run.
final class CDRContext: Sendable {
  let site: Site
  let settings: ApplianceSettings
  let technology: String

  init(site: Site, settings: ApplianceSettings, technology: String) {
    self.site = site
    self.settings = settings
    self.technology = technology
  }
}

/// Turns one call into rows: one for the menu or group it came to, one per leg dialled, and one for what the PBX itself
/// answered.
///
/// Field rules are those of reference section 5.1 and 5.2 (observed on real rows) unless a line says otherwise.
struct CDRRowWriter: Sendable {
  /// One row to be written, and why it is there.
  enum Plan: Sendable {
    /// The menu or group it came to.
    case entrance
    /// A leg dialled, by its place among the call's callees.
    case dialled(Int)
    case voicemail
    /// A stay in the parking lot, by its place among the call's turns.
    case parked(Int)
    /// A caller waited in a queue that rang nobody.
    case queued
    /// The PBX answered with something no site file tells of.
    case answeredByPBX
    /// Nobody was dialled.
    case refusal
    /// The model could not carry the call.
    case refused
  }

  let call: Call
  let context: CDRContext
  /// What the CRM found; nil without.
  let nameByCRM: String?
  /// Serial of each leg's channel.
  let serials: [(leg: Leg.ID, serial: Int)]

  /// The CRM's, or the one the extension has on the PBX, whatever its phone says (upstream); a trunk's as it came.
  private var callerName: String {
    if let nameByCRM { return nameByCRM }
    guard let number = call.callerParty.accountNumber, let account = site.account(number), !account.name.isEmpty
    else { return call.callerName }
    return account.name
  }

  var site: Site { context.site }

  /// The rows the call has, oldest first.
  func plan(leansOn: (Assumption) -> Void) -> [Plan] {
    let hasEntrance = entrance != nil
    var rows: [Plan] = []
    rows.reserveCapacity(call.calleeLegs.count + 1)
    if hasEntrance {
      leansOn(.entranceHasItsRow)
      rows.append(.entrance)
    }
    var turn = 0
    for index in call.calleeLegs.indices {
      let member = call.calleeLegs[index]
      appendParked(before: member.cameIn ?? member.leg.start, from: &turn, to: &rows)
      rows.append(.dialled(index))
      if let assumption = assumption(behind: member.party) { leansOn(assumption) }
    }
    appendParked(before: .distantFuture, from: &turn, to: &rows)
    if !call.turns.isEmpty { leansOn(.rowsAfterTransferAreAsterisks) }
    if let own = ownRow {
      if case .answeredByPBX = own { leansOn(.answeredByPBXItself) }
      rows.append(own)
    }
    return rows
  }

  private func appendParked(before instant: Instant, from turn: inout Int, to rows: inout [Plan]) {
    while turn < call.turns.count, call.turns[turn].at <= instant {
      if case .parked = call.turns[turn] { rows.append(.parked(turn)) }
      turn += 1
    }
  }

  func row(_ plan: Plan) -> CDRRecord {
    switch plan {
    case .entrance: entrance.map { row(of: $0) } ?? refusal()
    case .dialled(let index): row(dialling: call.calleeLegs[index], entrance)
    case .parked(let turn): parkedRow(call.turns[turn])
    case .queued: queuedRow()
    case .voicemail: voicemailRow(mailbox, start: start(of: plan))
    case .answeredByPBX: playbackRow(start: start(of: plan))
    case .refusal: refusal()
    case .refused: refusedRow()
    }
  }

  func start(of plan: Plan) -> Instant {
    switch plan {
    case .dialled(let index): return call.connection(of: call.calleeLegs[index]).start
    case .parked(let turn): return call.turns[turn].at
    case .voicemail, .answeredByPBX:
      // Who handed the call over may have gone a moment later.
      guard let turn = call.turns.last else { return max(call.start, call.calleeLegs.last?.leg.end ?? call.start) }
      let later = call.calleeLegs.last { ($0.cameIn ?? $0.leg.start) >= turn.at }
      return max(call.start, max(turn.at, later?.leg.end ?? turn.at))
    case .entrance, .refusal, .refused, .queued: return call.start
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

  private func row(dialling member: Call.Member, _ entrance: Entrance?) -> CDRRecord {
    let leg = member.leg
    let connection = call.connection(of: member)
    var row = base(disposition: member.disposition)
    row.start = connection.start
    if let side = connection.side, side.leg !== call.callerLeg?.leg { take(side, into: &row) }
    row.dst = destination(of: member, connection)
    row.dcontext = dialplanContext(for: member)
    row.dstchannel = channel(of: member.party, leg.id)
    row.dstchannelExt = name(of: member.party)
    row.lastapp = "Dial"
    row.lastdata = entrance.flatMap { dialString(of: $0, member) } ?? dialString(member)
    row.actionType = actionType(of: connection, entrance)
    if let queue { (row.lastapp, row.lastdata) = ("Queue", queueData(queue)) }
    if member.answer != nil { row.dstanswer = member.party.accountNumber ?? row.dst }
    switch member.party {
    case .trunk(let name, _):
      // Only Outbound rows carry it (no exception in 2,661 rows).
      if row.userfield == .outbound { row.dstTrunkName = name }
      // Where the number shown outside is set before the trunk is dialled, the row has it too (upstream).
      if site.trunks.contains(where: { $0.name == name && $0.isCallerIDInCDR }), !leg.fromUser.isEmpty {
        row.src = leg.fromUser
        row.clid = "\"\(row.callerName)\" <\(leg.fromUser)>"
      }
    case .account: break
    }
    if case .transfer(let transfer) = connection.after {
      row.actionOwner = number(of: transfer.by) ?? row.actionOwner
      if transfer.isAttended, transfer.by === call.callerLeg?.leg { row.lastapp = "AppDial" }
      if !transfer.isAttended { row.dcontext = "from-internal-xfer" }
    }
    setTimes(&row, answer: connection.answer, end: connection.end)
    return row
  }

  /// The row belongs to who stayed when the caller handed the call over.
  private func take(_ side: Call.Member, into row: inout CDRRecord) {
    let number = side.party.accountNumber ?? side.leg.requestUser
    row.src = number
    row.clid = "\"\(site.account(number)?.name ?? "")\" <\(number)>"
    row.callerName = site.account(number)?.name ?? ""
    row.channel = channel(of: side.party, side.leg.id)
    row.channelExt = name(of: side.party)
  }

  /// The callee's number. A call that a callee hands on blindly has the target on both its rows, for the first is
  /// closed only after the caller has moved on (upstream).
  private func destination(of member: Call.Member, _ connection: Connection) -> String {
    if case .transfer(let transfer) = connection.before, !transfer.isAttended, transfer.by === member.leg {
      return transfer.target
    }
    if case .transfer(let transfer) = connection.after, transfer.isAttended, connection.start == transfer.at {
      // The engine keeps what was dialled at first, or nothing where the caller went (upstream).
      return transfer.by === call.callerLeg?.leg ? "" : number(of: transfer.by) ?? call.dialled
    }
    // What a call is dialled from keeps its number; what it is sent to has its own (upstream).
    if call.route?.inbound?.keepsDIDInCDR == true, connection.after == nil { return call.dialled }
    return member.party.accountNumber ?? (call.callerParty.isTrunk ? member.leg.requestUser : call.dialled)
  }

  private func number(of leg: Leg) -> String? {
    if call.callerLeg?.leg === leg { return call.callerParty.accountNumber ?? call.callerNumber }
    return call.calleeLegs.first { $0.leg === leg }.map { $0.party.accountNumber ?? $0.leg.requestUser }
  }

  private func actionType(of connection: Connection, _ entrance: Entrance?) -> String {
    switch connection.after {
    case .transfer: return "TRANSFER"
    case .parked: return "PARKEDCALL"
    case .pickedUp: return "PICKUP"
    case .none: return queue.map { "QUEUE[\($0.number)]" } ?? entrance?.actionType ?? "DIAL"
    }
  }

  /// The queue the call came to.
  private var queue: Queue? {
    guard case .queue(let queue) = call.route?.target else { return nil }
    return queue
  }

  private func queueData(_ queue: Queue) -> String {
    "\(queue.number),,,," + (queue.waitSecondsMax.map(String.init) ?? "")
  }

  /// A caller who gave up before anybody was rung.
  private func queuedRow() -> CDRRecord {
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
  private func parkedRow(_ turn: Turn) -> CDRRecord {
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
  private var ownRow: Plan? {
    let turn = call.turns.last
    if case .parked = turn { return nil }
    let since = turn?.at ?? call.start
    for member in call.calleeLegs where member.leg.answer != nil {
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
  private var outlivesCallees: Bool {
    guard let end = call.end, let last = call.calleeLegs.last?.leg.end else { return false }
    return end - last > .seconds(1)
  }

  /// Whose voicemail answers: that of the phone rung last, else of the number dialled; behind a queue the one it names.
  private var mailbox: String {
    if case .transfer(let transfer) = call.turns.last { return transfer.route?.number ?? transfer.target }
    if let queue {
      if case .voicemail(let number) = queue.timeoutDestination { return number }
      return ""
    }
    return call.calleeLegs.last?.party.accountNumber ?? destinationNumber
  }

  private func voicemailRow(_ mailbox: String, start: Instant) -> CDRRecord {
    let wasBusy = call.calleeLegs.last?.leg.disposition == .busy
    var row = rowOfPBX(start: start)
    let mailbox = mailbox
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
    (row.lastapp, row.lastdata, row.actionType) = service
    return row
  }

  /// What answered, where the site file says: application, its arguments and the type of action.
  private var service: (String, String, String) {
    switch call.route?.target {
    case .conference(let room): ("ConfBridge", room, "CONFERENCE[\(room)]")
    case .parkingSlot(let slot): ("ParkedCall", String(slot), "PARKEDCALL")
    case .feature(.voicemailMenu): ("VoiceMailMain", "\(call.callerNumber)@default,s", "VM")
    case .feature(.echoTest): ("Echo", "", "DIAL")
    case .feature(.pickupExtension), .feature(.pickupGroup): ("Pickup", "", "PICKUP")
    case .account, .ringGroup, .queue, .ivr, .parking, .feature, .unknown, .none: ("Playback", "", "DIAL")
    }
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

  func base(disposition: Disposition) -> CDRRecord {
    var row = CDRRecord(start: call.start, disposition: disposition, userfield: direction)
    row.src = call.callerNumber
    let callerName = callerName
    row.clid = "\"\(callerName)\" <\(call.callerNumber)>"
    row.channel = callerChannel
    row.channelExt = name(of: call.callerParty)
    row.callerName = callerName
    row.actionOwner = call.callerNumber
    let serial = serial(of: call.firstLeg?.id)
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
  ///
  /// Where the capture's clock was put back during the call, the moments before and after it cannot be compared: the
  /// later one is taken to follow at once, so that nothing ends before it began and what lies on one side keeps its
  /// length.
  func setTimes(_ row: inout CDRRecord, answer: Instant?, end: Instant) {
    var (answer, end) = (answer, end)
    if let early = answer, early < row.start {
      end = end + (row.start - early)
      answer = row.start
    }
    end = max(end, answer ?? row.start)
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
      return "outbound-route-\(call.route?.outbound?.index ?? 1)"
    case (.trunk(_, let index), .account(let number)):
      return call.route?.inbound != nil && destinationNumber == number ? "from-did-direct" : "ext-did-\(index)"
    }
  }

  /// What `dialplanContext` leans on.
  private func assumption(behind party: Party) -> Assumption? {
    switch (call.callerParty, party) {
    case (.account, .account): nil
    case (.account, .trunk), (.trunk, .trunk):
      call.route?.outbound == nil ? .outboundRouteUnknown : nil
    case (.trunk, .account): .dcontextOfInboundCall
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

  var ringSeconds: Int { site.ringTimeoutSeconds ?? context.settings.ringTimeoutSeconds }

  func dialTarget(_ member: Call.Member) -> String {
    switch member.party {
    case .account(let number): "\(context.technology)/\(number)/sip:\(number)@\(member.leg.destination)"
    case .trunk(_, let index): "\(context.technology)/\(member.leg.requestUser)@trunk_\(index)"
    }
  }

  var callerChannel: String {
    channel(of: call.callerParty, call.callerLeg?.leg.id ?? call.firstLeg?.id)
  }

  private func channel(of party: Party, _ leg: Leg.ID?) -> String {
    let serial = String(serial(of: leg), radix: 16)
    let padded = String(repeating: "0", count: max(0, 8 - serial.count)) + serial
    return "\(context.technology)/\(name(of: party))-\(padded)"
  }

  private func serial(of leg: Leg.ID?) -> Int { serials.first { $0.leg == leg }?.serial ?? 0 }

  private func name(of party: Party) -> String {
    switch party {
    case .account(let number): number
    case .trunk(_, let index): "trunk_\(index)"
    }
  }
}
