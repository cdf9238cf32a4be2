import CRMConnectors
import HardwareProfiles
import PBXModel
import Primitives

/// Members of a fleet that have behaved alike so far, and the one appliance that stands for them.
struct Cohort {
  /// Has the limits of one of the members; each of them lacks what it lacks.
  var appliance: Appliance
  /// Positions among the fleet's members, in their order.
  var members: [Int]
  private(set) var refusals = FleetRefusals()
  private(set) var rowChanges = RowChanges()
  /// Rows that calls got before their end, as refused ones do.
  private(set) var rowsBeforeEnd = SerialTable()
  var requests = 0
  let hasCRM: Bool
  var carrier: (any CRMCarrier)?
  var profiles: [Profile]
  /// At the place of the resource's raw value; of no use where there is one member only.
  var ranges: [ClosedRange<Int>]
  var effects: [Effect] = []

  init(_ appliance: Appliance, _ carrier: (any CRMCarrier)?, member: Int, _ profile: Profile) {
    self.appliance = appliance
    self.carrier = carrier
    hasCRM = carrier != nil
    members = [member]
    profiles = [profile]
    ranges = appliance.limits(of: profile).map { $0...$0 }
  }

  mutating func add(_ member: Int, _ profile: Profile) {
    members.append(member)
    profiles.append(profile)
    ranges = zip(ranges, appliance.limits(of: profile)).map { min($0.lowerBound, $1)...max($0.upperBound, $1) }
  }

  mutating func boot(at instant: Instant) {
    appliance.boot(at: instant, effects: &effects)
    carryOut(at: instant)
  }

  /// - Returns: how many rows a call has that ended with the event; 0 for every other event.
  @discardableResult
  mutating func receive(_ event: TraceModel.Event, at instant: Instant) -> Int {
    let (rows, refused) = (appliance.tally.rows, appliance.tally.callsRefused)
    appliance.receive(event, at: instant, effects: &effects)
    if !effects.isEmpty { carryOut(at: instant) }
    let added = appliance.tally.rows - rows
    if appliance.tally.callsRefused > refused { noteRefusal(by: event, at: instant) }
    switch event {
    case .call(.ended(let call)):
      let before = rowsBeforeEnd[call.id.rawValue] ?? 0
      if before > 0 { rowsBeforeEnd[call.id.rawValue] = nil }
      return before + added
    case .call(let event):
      if added > 0 { rowsBeforeEnd[event.call.id.rawValue, default: 0] += added }
    case .registration: break
    }
    return 0
  }

  private mutating func noteRefusal(by event: TraceModel.Event, at instant: Instant) {
    guard case .call(let call) = event else { return }
    guard !refusals.isFull else { return refusals.leaveOut() }
    refusals.note(call.call, appliance.ledger.firstShortage(of: appliance.demand(of: event)), at: instant)
  }

  /// As above, of the end of a call, with a look at what that brought on an appliance without limits.
  ///
  /// - Parameters:
  ///   - recordedRows: how many rows the call has there.
  ///   - wasVaried: whether the call went otherwise there too than on the recorded box.
  mutating func receive(
    _ event: TraceModel.Event, ending call: Call, at instant: Instant, recordedRows: Int, wasVaried: Bool
  ) {
    let isVaried = appliance.goesOtherwise(call)
    let rows = receive(event, at: instant)
    guard rows > 0 || recordedRows > 0 else { return }
    rowChanges.note(rows, recorded: recordedRows, isVaried: isVaried || wasVaried)
  }

  /// Calls that never ended have no row but that of their refusal.
  mutating func compareRows(ofRunning calls: [Call], recorded: [Int]) {
    for (call, recorded) in zip(calls, recorded) {
      let rows = rowsBeforeEnd[call.id.rawValue] ?? 0
      if rows > 0 || recorded > 0 { rowChanges.note(rows, recorded: recorded, isVaried: false) }
    }
  }

  mutating func finish(at end: Instant, running: [Call], endedWithoutBye: Int, drain: Instant.Span) {
    appliance.advance(to: end, effects: &effects)
    appliance.finish(running: running, endedWithoutBye: endedWithoutBye, effects: &effects)
    carryOut(at: end)
    guard hasCRM else { return }
    passTime(until: end + drain)
    appliance.stopSendingCallLogs()
    deliverAnswers(until: .distantFuture)
    appliance.finishCRM(effects: &effects)
    carryOut(at: end)
  }
}

extension SerialTable {
  fileprivate subscript(_ serial: Int, default value: Int) -> Int {
    get { self[serial] ?? value }
    set { self[serial] = newValue }
  }
}
