public import Primitives
import SIP
public import SIPCapture

/// Follows every INVITE dialog of a trace and says what each message meant for it.
///
/// Before working here, read RFC 3261 sections 9, 12, 13 and 17: most of what looks odd below is a retransmission,
/// a fork, or a message the capture missed. Holds only what is alive: a leg goes when it has ended and its
/// retransmissions have died down, and each table has a limit.
public struct LegTracker {
  /// Bounds of memory and patience; the times are RFC 3261's or Asterisk's.
  public struct Limits: Hashable, Sendable {
    public var legsMax = 200_000
    /// An ended leg is remembered for late retransmissions (Timer H, 64*T1).
    public var lingerAfterEnd = Instant.Span.seconds(32)
    /// An INVITE nobody answers dies after Timer B.
    public var unansweredInvite = Instant.Span.seconds(32)
    /// Ringing without end: Timer C is over three minutes.
    public var ringing = Instant.Span.seconds(600)
    /// An answered leg of which nothing more is seen.
    public var answered = Instant.Span.seconds(86_400)
    public init() {}
  }

  public struct Counts: Hashable, Sendable {
    public var retransmissions = 0
    /// Messages of a dialog of which the trace holds no INVITE and which cannot stand for one.
    public var withoutDialog = 0
    /// Legs let go because `legsMax` was reached.
    public var evicted = 0
  }

  struct Slot {
    var leg: Leg
    var callIDBytes: [UInt8]
    var callIDHash: UInt64
    var fromTagHash: UInt64
    var inviteCSeq: UInt32
    var isAccepted = false
    var cancelled: Instant?
    var lastSeen: Instant
    var isCurrent = true
    /// When the deadline queue looks at this slot next; one live entry a slot keeps the queue small.
    var nextLook = Instant.distantFuture
  }

  public let limits: Limits
  public internal(set) var counts = Counts()
  var slots: [Slot] = []
  var freeSlots: [Int] = []
  /// Call-ID hash -> slots; more than one where a PBX passes a Call-ID on, or a client uses one again.
  var byCallID: [UInt64: [Int]] = [:]
  var deadlines = DeadlineQueue()
  var lastID = 0
  let pbx: PBXAddresses

  public init(pbx: PBXAddresses, limits: Limits = Limits()) {
    self.limits = limits
    self.pbx = pbx
  }

  public var liveLegs: Int { slots.count - freeSlots.count }

  /// Reads one message; the events go to `report` in order.
  public mutating func receive(_ captured: CapturedMessage, report: (LegEvent) -> Void) {
    advance(to: captured.time, report: report)
    let message = captured.message
    guard let callID = message.callID, let cseq = message.cseq else { return }
    switch message.startLine {
    case .request(let method, _, _):
      guard method != .register else { return }
      receiveRequest(method, cseq: cseq.number, callID: callID, captured, report)
    case .response(let status, _):
      guard cseq.method == .invite || cseq.method == .bye else { return }
      guard cseq.method == .invite, let index = find(callID, captured, isResponse: true) else { return }
      receiveInviteResponse(status, cseq: cseq.number, slot: index, captured, report)
    }
  }

  /// Lets go of what has been silent too long.
  public mutating func advance(to now: Instant, report: (LegEvent) -> Void) {
    while let (index, id) = deadlines.popDue(at: now) {
      guard index < slots.count, slots[index].isCurrent, slots[index].leg.id == id else { continue }
      slots[index].nextLook = .distantFuture
      let due = deadline(of: slots[index])
      if due > now {
        schedule(index)
      } else if slots[index].leg.end != nil {
        release(index)
      } else {
        expire(index, at: due, report)
      }
    }
  }

  /// The legs still up, in order of appearance.
  public var running: [Leg] {
    slots.filter { $0.isCurrent && $0.leg.end == nil }.map(\.leg).sorted { $0.id < $1.id }
  }

  func deadline(of slot: Slot) -> Instant {
    if let end = slot.leg.end { return end + limits.lingerAfterEnd }
    if slot.cancelled != nil { return slot.lastSeen + limits.unansweredInvite }
    if slot.leg.answer != nil { return slot.lastSeen + limits.answered }
    return slot.lastSeen + (slot.isAccepted ? limits.ringing : limits.unansweredInvite)
  }

  private mutating func expire(_ index: Int, at due: Instant, _ report: (LegEvent) -> Void) {
    let slot = slots[index]
    let outcome: Leg.Outcome =
      slot.cancelled != nil ? .cancelled : slot.leg.wasChallenged && !slot.isAccepted ? .unauthenticated : .lost
    end(index, outcome, at: slot.cancelled ?? (outcome == .lost ? due : slot.lastSeen), report)
  }

  mutating func end(_ index: Int, _ outcome: Leg.Outcome, at instant: Instant, _ report: (LegEvent) -> Void) {
    guard slots[index].leg.end == nil else { return }
    slots[index].leg.end = instant
    slots[index].leg.outcome = outcome
    schedule(index)
    report(.ended(slots[index].leg))
  }

  /// Sees to it that the slot is looked at when its deadline comes.
  mutating func schedule(_ index: Int) {
    let due = deadline(of: slots[index])
    guard due < slots[index].nextLook else { return }
    slots[index].nextLook = due
    deadlines.push(due, slot: index, leg: slots[index].leg.id)
  }

  mutating func release(_ index: Int) {
    let hash = slots[index].callIDHash
    byCallID[hash]?.removeAll { $0 == index }
    if byCallID[hash]?.isEmpty == true { byCallID[hash] = nil }
    slots[index].isCurrent = false
    freeSlots.append(index)
  }
}
