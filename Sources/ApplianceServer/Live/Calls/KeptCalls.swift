import CRMConnectors
import DequeModule
import PBXModel
import Primitives
import Reports
import SIP
import SIPCapture
import Simulation

/// What is kept of calls so that they can be shown afterwards: their messages, and what the appliance did about them.
///
/// Bounded by calls and by memory; the oldest are given up first. Calls change while the replay goes on, so it must
/// stand still while one is looked at.
struct KeptCalls {
  private struct Dialog {
    /// With their places in the order of the trace.
    var notes: [(place: Int, note: LadderNote)] = []
    var bytes = 0
  }

  /// One call, and what the run made of it.
  struct Kept {
    let call: Call
    var observations: CallObservations
  }

  /// What the run had leaned on before what comes next.
  var leanings = RunTally.Leanings()
  private let limits: CallHistory.Limits
  private var dialogs: [UInt64: Dialog] = [:]
  private var dialogOrder: Deque<UInt64> = []
  private var messageBytes = 0
  private var messages = 0
  private var calls: [Call.ID: Kept] = [:]
  private var callOrder: Deque<Call.ID> = []
  /// Calls by the numbers of their sessions in the database.
  private var callOfSession: [Int64: Call.ID] = [:]
  private var sessionOrder: Deque<Int64> = []
  /// How each CRM user's last login went, which concerns the calls that come.
  private var logins: [[String]: JournalEntry] = [:]
  /// The call that an effect named last: a refusal's system event names none.
  private var latest: Call.ID?

  /// More of them are not remembered.
  private static let loginsMax = 10_000

  init(_ limits: CallHistory.Limits) { self.limits = limits }

  // MARK: From the replay

  /// Keeps a message that may belong to a call.
  mutating func receive(_ captured: CapturedMessage) {
    guard let method = captured.message.cseq?.method, Self.mayBeOfCall(method), let note = LadderNote(captured) else {
      return
    }
    if dialogs[note.callIDHash] == nil {
      guard Self.mayBeginDialog(method) else { return }
      dialogOrder.append(note.callIDHash)
    }
    guard dialogs[note.callIDHash, default: Dialog()].notes.count < limits.messagesOfDialog else { return }
    messages += 1
    dialogs[note.callIDHash, default: Dialog()].notes.append((messages, note))
    dialogs[note.callIDHash, default: Dialog()].bytes += note.bytes
    messageBytes += note.bytes
    while messageBytes > limits.messageBytes, let oldest = dialogOrder.popFirst() {
      messageBytes -= dialogs.removeValue(forKey: oldest)?.bytes ?? 0
    }
  }

  private static func mayBeOfCall(_ method: SIPMethod) -> Bool {
    switch method {
    case .register, .options, .publish: false
    case .invite, .ack, .bye, .cancel, .prack, .subscribe, .notify, .update, .refer, .info, .message, .other: true
    }
  }

  private static func mayBeginDialog(_ method: SIPMethod) -> Bool {
    switch method {
    case .invite, .ack, .bye, .cancel, .prack, .update, .refer, .info: true
    case .register, .options, .publish, .subscribe, .notify, .message, .other: false
    }
  }

  /// Takes note of what happened to a call, the appliance being as it is after it.
  mutating func receive(_ event: CallEvent, _ appliance: borrowing Appliance) {
    let call = event.call
    defer { noteLeaning(call.id, appliance.tally.leanings) }
    if case .cameIn(let other, let member) = event { noteDeparture(of: member.leg, into: other.id) }
    guard case .started = event, calls[call.id] == nil else { return }
    let numbers = (call.route.map { [$0.number] } ?? []) + call.calleeLegs.compactMap(\.party.accountNumber)
    var observations = CallObservations(of: call.id)
    for entry in logins.values { observations.receive(.journal(entry)) }
    observations.noteStart(places: appliance.ledger.calls, registry: appliance.registry, numbers: numbers)
    calls[call.id] = Kept(call: call, observations: observations)
    callOrder.append(call.id)
    while calls.count > limits.calls, let oldest = callOrder.popFirst() { calls[oldest] = nil }
  }

  /// Something about the call was taken in, and now the run has leaned on so much.
  private mutating func noteLeaning(_ call: Call.ID, _ now: RunTally.Leanings) {
    let more = now.since(leanings)
    leanings = now
    if !more.isEmpty { calls[call]?.observations.note(leanedOn: more) }
  }

  private mutating func noteDeparture(of leg: Leg, into other: Call.ID) {
    for id in callOrder.suffix(Self.runningMax) where id != other {
      guard let call = calls[id]?.call, call.end == nil, call.legs.contains(where: { $0.leg === leg }) else { continue }
      calls[id]?.observations.noteDeparture(into: other)
    }
  }

  /// A leg that goes over is looked for among so many of the latest calls.
  private static let runningMax = 500

  /// Takes note of what the appliance wanted done.
  ///
  /// - Parameter session: the number that the call's rows got in the database, where it is about rows.
  mutating func receive(_ effect: Effect, session: Int64?) {
    switch effect {
    case .askCRM, .cleanCDR, .dropCRMConnections: break
    case .writeCDR(let draft):
      calls[draft.call]?.observations.receive(effect)
      guard let session, calls[draft.call] != nil else { return }
      callOfSession[session] = draft.call
      sessionOrder.append(session)
      while sessionOrder.count > limits.calls, let oldest = sessionOrder.popFirst() { callOfSession[oldest] = nil }
    case .journal(let entry): receive(entry)
    }
  }

  private mutating func receive(_ entry: JournalEntry) {
    if let call = entry.event.call {
      latest = call
      calls[call]?.observations.receive(.journal(entry))
      if case .callJoined(_, let main) = entry.event { calls[main]?.observations.receive(.journal(entry)) }
    } else if case .crmLogin(let extensions, _) = entry.event {
      if logins.count < Self.loginsMax || logins[extensions] != nil { logins[extensions] = entry }
      tellRunning(entry)
    } else if case .systemEvent = entry.event {
      if let latest { calls[latest]?.observations.receive(.journal(entry)) }
    } else if entry.event.isOfPower {
      tellRunning(entry)
    }
  }

  private mutating func tellRunning(_ entry: JournalEntry) {
    for id in callOrder where calls[id]?.call.end == nil { calls[id]?.observations.receive(.journal(entry)) }
  }

  /// Takes note of what the CRM answered.
  mutating func receive(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, sent: Instant, answered: Instant,
    leaningOn leanings: RunTally.Leanings
  ) {
    guard let call = envelope.call else { return }
    noteLeaning(call, leanings)
    calls[call]?.observations.receive(answer, to: envelope, sent: sent, answered: answered)
  }

  // MARK: For those who look

  /// The call whose rows have that number, and its messages; nil where it is not kept, or none of its messages is.
  func call(ofSession session: Int64) -> (kept: Kept, messages: LadderCollector)? {
    guard let kept = callOfSession[session].flatMap({ calls[$0] }) else { return nil }
    var collector = LadderCollector(call: kept.call, messagesMax: limits.messagesOfDialog)
    let hashes = Set(kept.call.legs.map { LadderNote.hash(of: $0.leg.callID) })
    let notes = hashes.flatMap { dialogs[$0]?.notes ?? [] }.sorted { $0.place < $1.place }
    guard !notes.isEmpty else { return nil }
    for (_, note) in notes { collector.receive(note) }
    return (kept, collector)
  }
}

extension JournalEvent {
  /// Whether the power failed or came back, which is about every call that is up.
  fileprivate var isOfPower: Bool {
    if case .powerCut = self { return true }
    return self == .booted
  }
}
