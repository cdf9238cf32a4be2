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

  static let trunkNameBytesMax = ByteCursor.decimalBytesMax + 6
  /// Of the trunks with small numbers, which nearly all have.
  private let trunkNames = (0..<64).map { "trunk_\($0)" }

  /// As channels name a trunk.
  func trunkName(_ index: Int) -> String {
    trunkNames.indices.contains(index) ? trunkNames[index] : "trunk_\(index)"
  }
}

/// Turns one call into rows: one for the menu or group it came to, one per leg dialled, and one for what the PBX itself
/// answered.
///
/// Field rules are those of reference section 5.1 and 5.2 (observed on real rows) unless a line says otherwise.
struct CDRRowWriter: Sendable {
  let call: Call
  let context: CDRContext
  /// What the CRM found; nil without.
  let nameByCRM: String?
  /// Serial of each leg's channel.
  let serials: [(leg: Leg.ID, serial: Int)]
  /// Phones of the extensions that take part, where rows tell of them.
  let devices: CallDevices
  /// In what the call went otherwise here than on the recorded box; nil for nearly all.
  var variation: CallVariation?

  /// The CRM's, or the one the extension has on the PBX, whatever its phone says (upstream); a trunk's as it came.
  var callerName: String {
    if let nameByCRM { return nameByCRM }
    guard let number = call.callerParty.accountNumber, let name = site.accountName(number), !name.isEmpty
    else { return call.callerName }
    return name
  }

  var site: Site { context.site }

  /// Hands over the rows the call has, oldest first, and what they lean on.
  func plan(leansOn: (Assumption) -> Void, _ add: (CDRRowOrigin) -> Void) {
    let isToPhone = call.route?.isToPhone ?? true
    if !isToPhone, entrance != nil {
      leansOn(.entranceHasItsRow)
      add(.entrance)
    }
    let hasTurns = !call.turns.isEmpty
    let members = call.calleeLegs
    var turn = 0
    var isAnybodyDialled = false
    for index in members.indices where variation?.isAbsent(members[index].leg.id) != true {
      isAnybodyDialled = true
      if hasTurns { addParked(before: members[index].cameIn ?? members[index].leg.start, from: &turn, add) }
      add(.dialled(index))
      if let assumption = assumption(behind: members[index].party) { leansOn(assumption) }
    }
    if hasTurns {
      addParked(before: .distantFuture, from: &turn, add)
      leansOn(.rowsAfterTransferAreAsterisks)
    }
    if hasTurns || !isToPhone || mayBeForwarded, hasUnseenActionType { leansOn(.actionTypesByTitle) }
    if let own = ownRow {
      if case .answeredByPBX = own { leansOn(dialsDocumentedAgentCode ? .agentCodes : .answeredByPBXItself) }
      add(own)
    } else if !members.isEmpty, !isAnybodyDialled {
      add(.unreachable)
    }
  }

  /// Whether an agent of queues dialled a code that the site file does not have.
  private var dialsDocumentedAgentCode: Bool {
    switch call.route?.target {
    case .feature(.agentLogin), .feature(.agentLogout), .feature(.agentPause), .feature(.agentUnpause):
      return site.agentCode(call.dialled)?.isOfSite == false
    case .account, .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature, .unknown, .none:
      return false
    }
  }

  /// false for most calls that came to an extension, without a look at what they came to.
  private var mayBeForwarded: Bool {
    call.route?.mayForward == true || call.calleeLegs.contains { $0.join.rests(on: .redirect) }
  }

  private var hasUnseenActionType: Bool {
    for turn in call.turns { if case .pickedUp = turn { return true } }
    switch call.route?.target {
    case .queue, .conference, .feature: return true
    case .account:
      return call.calleeLegs.contains { forwarder(to: $0) != nil }
    case .ringGroup, .ivr, .parking, .parkingSlot, .unknown, .none: return false
    }
  }

  private func addParked(before instant: Instant, from turn: inout Int, _ add: (CDRRowOrigin) -> Void) {
    while turn < call.turns.count, call.turns[turn].at <= instant {
      if case .parked = call.turns[turn] { add(.parked(turn)) }
      turn += 1
    }
  }

  /// What every row of the call begins as. Nearly all are filled where they lie: a row has 27 texts, and each copy of
  /// it counts a reference for every one.
  var blankRow: CDRRecord { CDRRecord(start: call.start, disposition: .failed, userfield: direction) }

  /// - Parameter row: a `blankRow`.
  func fill(_ row: inout CDRRecord, _ plan: CDRRowOrigin) {
    switch plan {
    case .dialled(let index): fill(&row, dialling: call.calleeLegs[index], entrance)
    case .entrance: row = entrance.map { self.row(of: $0) } ?? refusal()
    case .parked(let turn): row = parkedRow(call.turns[turn])
    case .queued: row = queuedRow()
    case .voicemail: row = voicemailRow(mailbox, start: start(of: plan))
    case .answeredByPBX: row = playbackRow(start: start(of: plan))
    case .refusal: row = refusal()
    case .refused: row = refusedRow()
    case .unreachable: row = unreachableRow()
    case .mailboxOfAbsent: row = rowOfMailboxOfAbsent()
    case .withoutTrunk: row = rowWithoutTrunk()
    }
    if !devices.isEmpty { fillDevices(of: &row) }
  }

  private func fillDevices(of row: inout CDRRecord) {
    let (caller, callee) = (devices[row.channelExt], devices[row.dstchannelExt])
    row.deviceInfo = caller?.model ?? ""
    row.deviceInfoPeer = callee?.model ?? ""
    row.isNATCall = caller?.isBehindNAT ?? false
    if row.isNATCallOfPeer != nil { row.isNATCallOfPeer = callee?.isBehindNAT ?? false }
    row.isGDSCall = [caller, callee].contains { $0?.isDoorSystem == true }
    row.isGSCCall = [caller, callee].contains { $0?.isIntercom == true }
  }

  func start(of plan: CDRRowOrigin) -> Instant {
    switch plan {
    case .dialled(let index): return connection(of: call.calleeLegs[index]).start
    case .parked(let turn): return call.turns[turn].at
    case .voicemail, .answeredByPBX:
      // Who handed the call over may have gone a moment later.
      guard let turn = call.turns.last else { return max(call.start, call.calleeLegs.last?.leg.end ?? call.start) }
      let later = call.calleeLegs.last { ($0.cameIn ?? $0.leg.start) >= turn.at }
      return max(call.start, max(turn.at, later?.leg.end ?? turn.at))
    case .entrance, .refusal, .refused, .queued, .unreachable, .mailboxOfAbsent, .withoutTrunk: return call.start
    }
  }

  func base(disposition: Disposition) -> CDRRecord {
    var row = blankRow
    fillBase(of: &row, disposition)
    return row
  }

  /// What does not depend on who was dialled.
  func fillBase(of row: inout CDRRecord, _ disposition: Disposition) {
    row.disposition = disposition
    let number = call.callerNumber
    let callerName = callerName
    row.src = number
    row.clid = callerID(callerName, number)
    row.channel = callerChannel
    row.channelExt = name(of: call.callerParty)
    row.isVideoCall = call.hasVideo
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
  }

  var direction: CallDirection { call.direction }

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
}
