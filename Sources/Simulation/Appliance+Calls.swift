import CRMConnectors
import PBXModel
import Primitives

extension Appliance {
  /// Whether the call is not here any more, or never was; what the trace shows of it did not happen.
  func isAbsent(_ call: Call) -> Bool { isAbsent(calls[call: call.id]) }

  /// A call of which nothing is kept began before the power failed, or while there was none.
  func isAbsent(_ standing: Standing?) -> Bool { standing?.isAbsent ?? (tally.powerCuts > 0) }

  /// The same of a leg.
  private func isAbsent(_ leg: Leg) -> Bool { absentLegs > 0 && legs[leg: leg.id]?.isAbsent ?? false }

  mutating func receive(_ event: CallEvent, _ effects: inout [Effect]) {
    switch event {
    case .started(let call): start(call, &effects)
    case .dialled(let call, let member): dial(call, member, &effects)
    case .ringing(let call, let member):
      guard !isAbsent(call), !isAbsent(member.leg) else { return }
      noteSignOfLife(of: member, &effects)
      guard let number = member.party.accountNumber else { return }
      show(states.ring(number, member.leg.id), of: number, at: now, &effects)
    case .answered(let call, let member): answer(call, member, &effects)
    case .connected: break
    case .cameIn(let call, let member): comeIn(call, member, &effects)
    case .legEnded(let call, let member):
      if !isAbsent(call), !isAbsent(member.leg) {
        if hasCRM { crm?.legEnded(call.id, member.leg.id) }
        noteEnd(of: member, &effects)
        release(member, &effects)
      }
      giveBack(member.leg, &effects)
    case .ended(let call): end(call, &effects)
    }
  }

  /// A phone of the call may be one of a user with CRM.
  private mutating func lookUp(_ call: Call, _ member: Call.Member, _ effects: inout [Effect]) {
    guard hasCRM else { return }
    var outputs: [CRMModule.Output] = []
    crm?.dialled(call, member, at: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  private mutating func start(_ call: Call, _ effects: inout [Effect]) {
    tally.calls += 1
    if call.ranAtStart { tally.callsRunningAtStart += 1 }
    if isRecorded, let leg = call.callerLeg?.leg.id { openChannel(leg) }
    if !recentRefusals.isEmpty { noteRetry(call, &effects) }
    if let refusal = admit(call) { return refuse(call, refusal, &effects) }
    if call.callerParty.isTrunk, let slot = trunks.slot(of: call.callerParty) { watchLevel(of: slot, &effects) }
    journal(
      .callStarted(call: call.id, start: call.start, caller: call.callerNumber, callee: call.dialled),
      at: now, &effects)
    if let number = call.callerParty.accountNumber, let leg = call.callerLeg?.leg.id {
      show(states.connect(number, leg), of: number, at: now, &effects)
    }
  }

  private mutating func dial(_ call: Call, _ member: Call.Member, _ effects: inout [Effect]) {
    guard !isAbsent(call) else { return }
    if let refusal = admit(member, of: call, &effects) { return leaveOut(member, of: call, refusal, &effects) }
    openChannel(member.leg.id)
    lookUp(call, member, &effects)
  }

  private mutating func answer(_ call: Call, _ member: Call.Member, _ effects: inout [Effect]) {
    guard !isAbsent(call) else { return }
    guard !isAbsent(member.leg) else { return loseTrack(of: call, .answererAbsent, &effects) }
    noteSignOfLife(of: member, &effects)
    journal(
      .callAnswered(call: call.id, by: member.party.accountNumber ?? member.leg.requestUser), at: now, &effects)
    record(call, member, &effects)
    guard let number = member.party.accountNumber else { return }
    show(states.connect(number, member.leg.id), of: number, at: now, &effects)
  }

  private mutating func comeIn(_ call: Call, _ member: Call.Member, _ effects: inout [Effect]) {
    guard !isAbsent(call) else { return }
    guard !isAbsent(member.leg) else { return loseTrack(of: call, .partyOfRefusedCall, &effects) }
    openChannel(member.leg.id)
    let number = member.party.accountNumber ?? member.leg.requestUser
    journal(.callTransferred(call: call.id, to: number), at: now, &effects)
    lookUp(call, member, &effects)
    guard let number = member.party.accountNumber, member.leg.answer != nil else { return }
    show(states.connect(number, member.leg.id), of: number, at: now, &effects)
  }

  private mutating func release(_ member: Call.Member, _ effects: inout [Effect]) {
    guard let number = member.party.accountNumber else { return }
    show(states.release(number, member.leg.id), of: number, at: now, &effects)
  }

  mutating func releaseAll(of call: Call, _ effects: inout [Effect]) {
    if let caller = call.callerLeg { release(caller, &effects) }
    let members = call.calleeLegs
    for index in members.indices { release(members[index], &effects) }
  }

  private mutating func end(_ call: Call, _ effects: inout [Effect]) {
    let standing = calls[call: call.id]
    calls[call: call.id] = nil
    giveBackLegs(of: call, &effects)
    guard !isAbsent(standing) else { return }
    if let standing {
      ledger.giveBack(standing.resources, at: now)
      if standing.resources.contains(.recordings) { flash.addRecording(seconds: call.billable?.wholeSeconds ?? 0) }
    }
    let variation = standing?.isVaried == true ? variations.removeValue(forKey: call.id) : nil
    if let main = call.joinedInto {
      tally.callsJoined += 1
      releaseAll(of: call, &effects)
      crm?.joined(call.id)
      return journal(.callJoined(call: call.id, into: main), at: now, &effects)
    }
    releaseAll(of: call, &effects)
    let disposition = variation.map { $0.disposition(of: call) } ?? call.disposition
    tally.count(disposition, call.direction)
    journal(
      .callEnded(
        call: call.id, direction: call.direction, disposition: disposition,
        durationSeconds: call.duration?.wholeSeconds ?? 0, billsecSeconds: call.billable?.wholeSeconds ?? 0),
      at: now, &effects)
    writeRows(of: call, variation, &effects)
    guard hasCRM else { return }
    var outputs: [CRMModule.Output] = []
    crm?.ended(call, utcOffsetSeconds: site.timeZone.offsetSeconds(at: call.start), at: now) { outputs.append($0) }
    names[call.id] = nil
    apply(outputs, &effects)
  }

  /// Channels are numbered for the rows alone.
  mutating func openChannel(_ leg: Leg.ID) {
    if isRecorded { cdr.openChannel(leg) }
  }

  mutating func writeRows(of call: Call, _ variation: CallVariation?, _ effects: inout [Effect]) {
    var leanedOn: [Assumption] = []
    if !isRecorded {
      let count =
        variation == nil ? rowCountAsRecorded ?? cdr.rowCount(of: call, nil) : cdr.rowCount(of: call, variation)
      leanedOn = count.leanedOn
      store(nil, rows: count.rows, of: call, &effects)
    } else if let draft = cdr.rows(
      of: call, variation, nameByCRM: names[call.id], leansOn: { leanedOn.append($0) })
    {
      store(draft, rows: draft.rowCount, of: call, &effects)
    } else {
      journal(.callWithoutRow(call: call.id), at: now, &effects)
    }
    for assumption in leanedOn { leanOn(assumption) }
  }

  /// The one row of a call that was over here before anybody was reached.
  mutating func writeRow(_ origin: CDRRowOrigin, of call: Call, _ effects: inout [Effect]) {
    if !isRecorded {
      store(nil, rows: call.ranAtStart ? 0 : 1, of: call, &effects)
    } else if let draft = cdr.row(origin, of: call, at: now, nameByCRM: names[call.id]) {
      store(draft, rows: draft.rowCount, of: call, &effects)
    }
  }

  mutating func apply(_ outputs: [CRMModule.Output], _ effects: inout [Effect]) {
    for output in outputs {
      switch output {
      case .ask(let envelope): effects.append(.askCRM(envelope))
      case .leanedOn(let assumption): leanOn(assumption)
      case .login(let extensions, let status):
        note(status, of: extensions)
        journal(.crmLogin(extensions: extensions, status: status), at: now, &effects)
      case .lookup(let call, let number, let outcome):
        journal(.crmLookup(call: call, number: number, outcome: outcome), at: now, &effects)
        count(outcome)
      case .show(let call, let name, let phones): show(name, on: phones, call: call, &effects)
      case .log(let call, let outcome):
        switch outcome {
        case .logged: tally.callsLogged += 1
        case .failed: tally.callLogsFailed += 1
        case .postponed: tally.callLogsPostponed += 1
        }
        journal(.crmLog(call: call, outcome: outcome), at: now, &effects)
      case .lost(let call, let loss):
        switch loss {
        case .storeFull: tally.callLogsDiscarded += 1
        case .unsentAtEnd, .settingsChanged: tally.callLogsUnsent += 1
        }
        journal(.crmLogLost(call: call, loss: loss), at: now, &effects)
      }
    }
  }

  private mutating func note(_ status: LoginStatus, of extensions: [String]) {
    if let index = tally.crmUsers.firstIndex(where: { $0.extensions == extensions }) {
      tally.crmUsers[index].status = status
    } else {
      tally.crmUsers.append(CRMUserStanding(extensions: extensions, status: status))
    }
  }

  private mutating func count(_ outcome: LookupOutcome) {
    switch outcome {
    case .ambiguous: tally.lookupsAmbiguous += 1
    case .missed: tally.lookupsMissed += 1
    case .failed: tally.lookupsFailed += 1
    case .added:
      tally.lookupsAdded += 1
      leanOn(.crmNewRecordIsNamedByNumber)
    case .found: tally.lookupsHit += 1
    }
  }

  /// A name found lands on the displays of the phones that were called, and in the row when the call is still up.
  private mutating func show(_ name: String, on phones: [String], call: Call.ID, _ effects: inout [Effect]) {
    guard let standing = calls[call: call], !standing.isAbsent else { return }
    names[call] = name
    for phone in phones { journal(.display(call: call, number: phone, name: name), at: now, &effects) }
  }
}
