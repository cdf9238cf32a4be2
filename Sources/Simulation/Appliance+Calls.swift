import CRMConnectors
import HardwareProfiles
import PBXModel
import Primitives

extension Appliance {
  /// What `calls` says of a call that holds a place in the ledger.
  private static let admitted = 1
  /// What `calls` says of a call the model could not carry; what the trace shows of it afterwards did not happen here.
  private static let refused = 2

  func isRefused(_ call: Call) -> Bool { calls[call.id.rawValue] == Self.refused }

  mutating func receive(_ event: CallEvent, _ effects: inout [Effect]) {
    switch event {
    case .started(let call): start(call, &effects)
    case .dialled(let call, let member):
      guard !isRefused(call) else { return }
      openChannel(member.leg.id)
      lookUp(call, member, &effects)
    case .ringing(let call, let member):
      guard !isRefused(call), let number = member.party.accountNumber else { return }
      show(states.ring(number, member.leg.id), of: number, at: now, &effects)
    case .answered(let call, let member):
      guard !isRefused(call) else { return }
      journal(
        .callAnswered(call: call.id, by: member.party.accountNumber ?? member.leg.requestUser), at: now, &effects)
      guard let number = member.party.accountNumber else { return }
      show(states.connect(number, member.leg.id), of: number, at: now, &effects)
    case .connected: break
    case .cameIn(let call, let member):
      guard !isRefused(call) else { return }
      openChannel(member.leg.id)
      let number = member.party.accountNumber ?? member.leg.requestUser
      journal(.callTransferred(call: call.id, to: number), at: now, &effects)
      lookUp(call, member, &effects)
      guard let number = member.party.accountNumber, member.leg.answer != nil else { return }
      show(states.connect(number, member.leg.id), of: number, at: now, &effects)
    case .legEnded(let call, let member):
      guard !isRefused(call) else { return }
      crm?.legEnded(call.id, member.leg.id)
      release(member, &effects)
    case .ended(let call): end(call, &effects)
    }
  }

  /// A phone of the call may be one of a user with CRM.
  private mutating func lookUp(_ call: Call, _ member: Call.Member, _ effects: inout [Effect]) {
    guard crm != nil else { return }
    var outputs: [CRMModule.Output] = []
    crm?.dialled(call, member, at: now) { outputs.append($0) }
    apply(outputs, &effects)
  }

  private mutating func start(_ call: Call, _ effects: inout [Effect]) {
    tally.calls += 1
    if call.ranAtStart { tally.callsRunningAtStart += 1 }
    if isRecorded, let leg = call.callerLeg?.leg.id { openChannel(leg) }
    guard ledger.take(ResourceSet(.calls), at: now) == nil else {
      refuse(call, &effects)
      return
    }
    calls[call.id.rawValue] = Self.admitted
    journal(
      .callStarted(call: call.id, start: call.start, caller: call.callerNumber, callee: call.dialled),
      at: now, &effects)
    if let number = call.callerParty.accountNumber, let leg = call.callerLeg?.leg.id {
      show(states.connect(number, leg), of: number, at: now, &effects)
    }
  }

  /// Over the call limit: 503, cause 42, a FAILED row, and nothing of what the recorded box did next
  /// (reference section 2; the row is observed, the status upstream).
  private mutating func refuse(_ call: Call, _ effects: inout [Effect]) {
    calls[call.id.rawValue] = Self.refused
    tally.callsRefused += 1
    leanOn(.callLimitCountsCallerLegs)
    leanOn(.refusedCallHasNoSequel)
    let limit = ledger.calls.limit?.value ?? 0
    journal(
      .callRefused(
        call: call.id, start: call.start, caller: call.callerNumber, callee: call.dialled, limit: limit,
        inUse: ledger.calls.inUse, status: 503, cause: 42),
      at: now, &effects)
    let channel = isRecorded ? cdr.callerChannel(of: call) : ""
    systemEvent(
      call.callerParty.isTrunk ? .trunkConcurrentCalls : .internalCallFailure,
      "Maximum call limit of \(limit) calls exceeded by '\(channel)'!", at: now, &effects)
    writeRefusal(of: call, &effects)
    tally.count(.failed, call.direction)
  }

  private mutating func release(_ member: Call.Member, _ effects: inout [Effect]) {
    guard let number = member.party.accountNumber else { return }
    show(states.release(number, member.leg.id), of: number, at: now, &effects)
  }

  private mutating func releaseAll(of call: Call, _ effects: inout [Effect]) {
    if let caller = call.callerLeg { release(caller, &effects) }
    let members = call.calleeLegs
    for index in members.indices { release(members[index], &effects) }
  }

  private mutating func end(_ call: Call, _ effects: inout [Effect]) {
    let standing = calls[call.id.rawValue]
    calls[call.id.rawValue] = nil
    guard standing != Self.refused else { return }
    if standing == Self.admitted { ledger.giveBack(ResourceSet(.calls), at: now) }
    if let main = call.joinedInto {
      tally.callsJoined += 1
      releaseAll(of: call, &effects)
      crm?.joined(call.id)
      return journal(.callJoined(call: call.id, into: main), at: now, &effects)
    }
    releaseAll(of: call, &effects)
    tally.count(call.disposition, call.direction)
    journal(
      .callEnded(
        call: call.id, direction: call.direction, disposition: call.disposition,
        durationSeconds: call.duration?.wholeSeconds ?? 0, billsecSeconds: call.billable?.wholeSeconds ?? 0),
      at: now, &effects)
    writeRows(of: call, &effects)
    guard crm != nil else { return }
    var outputs: [CRMModule.Output] = []
    crm?.ended(call, utcOffsetSeconds: site.timeZone.offsetSeconds(at: call.start), at: now) { outputs.append($0) }
    names[call.id] = nil
    apply(outputs, &effects)
  }

  /// Channels are numbered for the rows alone.
  private mutating func openChannel(_ leg: Leg.ID) {
    if isRecorded { cdr.openChannel(leg) }
  }

  private mutating func writeRows(of call: Call, _ effects: inout [Effect]) {
    var leanedOn: [Assumption] = []
    if !isRecorded {
      let count = cdr.rowCount(of: call) { leanedOn.append($0) }
      tally.rows += count
    } else if let draft = cdr.rows(of: call, nameByCRM: names[call.id], leansOn: { leanedOn.append($0) }) {
      write(draft, &effects)
    } else {
      journal(.callWithoutRow(call: call.id), at: now, &effects)
    }
    for assumption in leanedOn { leanOn(assumption) }
  }

  private mutating func writeRefusal(of call: Call, _ effects: inout [Effect]) {
    if !isRecorded {
      tally.rows += call.ranAtStart ? 0 : 1
    } else if let draft = cdr.rowOfRefused(call, nameByCRM: names[call.id]) {
      write(draft, &effects)
    }
  }

  private mutating func write(_ draft: CDRDraft, _ effects: inout [Effect]) {
    tally.rows += draft.rowCount
    effects.append(.writeCDR(draft))
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
        case .unsentAtEnd: tally.callLogsUnsent += 1
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
    guard calls[call.rawValue] == Self.admitted else { return }
    names[call] = name
    for phone in phones { journal(.display(call: call, number: phone, name: name), at: now, &effects) }
  }
}
