public import Primitives
import SIP
public import SIPCapture

/// Follows every INVITE dialog of a trace and says what each message meant for it.
///
/// Before working here, read RFC 3261 sections 9, 12, 13 and 17: most of what looks odd below is a retransmission,
/// a fork, or a message the capture missed. Holds only what is alive: a leg goes when it has ended and its
/// retransmissions have died down, and each table has a limit.
///
/// What is asked for every message is asked of the tracker where it lies, and is `mutating` for that alone: a value of
/// this size would be copied for whoever may not change it.
public struct LegTracker {
  /// Bounds of memory and patience; the times are RFC 3261's or Asterisk's.
  public struct Limits: Hashable, Sendable {
    /// Legs held at one moment, ended ones that linger included; past it one is let go and counted.
    public var legsMax = 50_000
    /// An ended leg is remembered for late retransmissions (Timer H, 64*T1).
    public var lingerAfterEnd = Instant.Span.seconds(32)
    /// An INVITE nobody answers dies after Timer B.
    public var unansweredInvite = Instant.Span.seconds(32)
    /// Ringing without end: Timer C is over three minutes.
    public var ringing = Instant.Span.seconds(600)
    /// An answered leg of which nothing more is seen.
    public var answered = Instant.Span.seconds(86_400)
    /// A deadline further off is looked at again this often, so that the queue forgets legs that ended long before.
    public var lookEvery = Instant.Span.seconds(600)
    /// Every bound at its default.
    public init() {}
  }

  /// What was met and given up; none of it grows a table.
  public struct Counts: Hashable, Sendable {
    /// Requests and final responses seen before: INVITE, CANCEL, BYE and what answers an INVITE.
    public var retransmissions = 0
    /// Messages that neither came from the PBX nor went to it.
    public var pastPBX = 0
    /// Messages of a dialog of which the trace holds no INVITE and which cannot stand for one.
    public var withoutDialog = 0
    /// Legs let go because `legsMax` was reached.
    public var evicted = 0
  }

  /// A REFER, by what its retransmissions have in common.
  struct Refer: Equatable {
    let cseq: UInt32
    let isByLegsSource: Bool
  }

  /// A message's Call-ID and its hash, which is computed once.
  struct CallID {
    let text: SIPText
    let hash: UInt64

    init(_ text: SIPText) {
      self.text = text
      hash = text.stableHash
    }
  }

  /// What each message asks of a leg, so that the leg itself is touched only where something changes in it.
  struct Slot {
    let leg: Leg.ID
    let source: IPEndpoint
    let destination: IPEndpoint
    var isRinging = false
    var isAnswered = false
    /// As in the leg's own state.
    var end: Instant?
    var fromTagHash: UInt64
    var inviteCSeq: UInt32
    /// Of the INVITE that counts: the ACK of a refusal has it too, that of a 2xx has its own.
    var inviteBranch: UInt64
    /// From when Timer B runs: the INVITE that counts, or the response that asked for another.
    var inviteSeen: Instant
    /// A 100 came: the other side works on it, and may still challenge.
    var isTrying = false
    var isAccepted = false
    /// The INVITE came again as it was: nobody had taken it up.
    var wasRepeated = false
    var cancelled: Instant?
    /// The final response that asked, or may have asked, for the INVITE once more: 401, 407, 422 or `unseenRefusal`.
    var askedAgain: Int?
    /// Some refusal, of which a one-sided trace shows only the ACK.
    static let unseenRefusal = 0
    var lastSeen: Instant
    var isCurrent = true
    /// The latest REFER.
    var refer: Refer?
    /// When the deadline queue looks at this slot next; one live entry a slot keeps the queue small.
    var nextLook = Instant.distantFuture
  }

  /// The bounds given at the start.
  public let limits: Limits
  /// What was met and given up so far.
  public internal(set) var counts = Counts()
  /// What changes with each message; without references, so that it is changed where it lies.
  var slots: [Slot] = []
  /// The leg of each slot; that of a slot let go stays until the slot is used again.
  var legs: [Leg] = []
  var freeSlots: [Int] = []
  /// The Call-ID of each slot.
  var callIDs = KeptTexts()
  /// By hash of the Call-ID; more than one slot where a PBX passes a Call-ID on, or a client uses one again.
  var byCallID = HashChains()
  var deadlines = DeadlineQueue()
  var lastID = 0
  let pbx: PBXAddresses
  private var now = Instant(nanoseconds: .min)
  private var hasMessagesToPBX = false
  private var hasMessagesFromPBX = false

  /// A tracker without a leg.
  ///
  /// - Parameter pbx: empty when none is known; every leg is then `.passing`.
  public init(pbx: PBXAddresses, limits: Limits = Limits()) {
    self.limits = limits
    self.pbx = pbx
  }

  /// Legs held at this moment, ended ones that linger included.
  public var liveLegs: Int { slots.count - freeSlots.count }

  /// Reads one message; the events go to `report` in order.
  public mutating func receive(_ captured: CapturedMessage, report: (LegEvent) -> Void) {
    receive(captured, captured.message.transaction, report: report)
  }

  /// The same for a caller who has read what names the transaction already.
  mutating func receive(
    _ captured: CapturedMessage, _ transaction: SIPMessage.Transaction?, report: (LegEvent) -> Void
  ) {
    advance(to: captured.time, report: report)
    guard let transaction else { return }
    if !pbx.isEmpty {
      switch pbx.role(source: captured.source, destination: captured.destination) {
      case .incoming: hasMessagesToPBX = true
      case .outgoing: hasMessagesFromPBX = true
      case .passing:
        counts.pastPBX += 1
        return
      }
    }
    switch captured.message.startLine {
    case .response(let status, _): receiveResponse(status, transaction, captured, report)
    case .request(let method, _, _):
      guard method != .register else { return }
      receiveRequest(method, cseq: transaction.cseq, CallID(transaction.callID), captured, report)
    }
  }

  /// Whether the trace has, so far, nothing the PBX sent, or nothing that was sent to it.
  var isOneSided: Bool { mutating get { !pbx.isEmpty && !(hasMessagesToPBX && hasMessagesFromPBX) } }

  /// Lets go of what has been silent too long.
  public mutating func advance(to instant: Instant, report: (LegEvent) -> Void) {
    now = now.followed(by: instant)
    guard deadlines.soonest <= now else { return }
    while let index = popLook(at: now) {
      let due = deadline(ofSlot: index)
      if due > now {
        schedule(index)
      } else if slots[index].end != nil {
        release(index)
      } else {
        expire(index, at: due, report)
      }
    }
  }

  /// The slot whose next look is soonest, if that is not after `instant`.
  private mutating func popLook(at instant: Instant) -> Int? {
    while let (index, id) = deadlines.popDue(at: instant) {
      guard index < slots.count, slots[index].isCurrent, slots[index].leg == id else { continue }
      slots[index].nextLook = .distantFuture
      return index
    }
    return nil
  }

  /// Makes room: lets go of an ended leg if one comes up soon, else of the one whose next look is soonest.
  mutating func evictOne(_ report: (LegEvent) -> Void) {
    var passedOver: [Int] = []
    var ended: Int?
    while ended == nil, passedOver.count < 16, let index = popLook(at: .distantFuture) {
      if slots[index].end != nil { ended = index } else { passedOver.append(index) }
    }
    let chosen = ended ?? passedOver.first
    for index in passedOver where index != chosen { schedule(index) }
    guard let chosen else { return }
    counts.evicted += 1
    end(chosen, .lost, at: slots[chosen].lastSeen, report)
    release(chosen)
  }

  /// The legs still up, in order of appearance.
  public var running: [Leg] {
    zip(slots, legs).filter { slot, _ in slot.isCurrent && slot.end == nil }.map(\.1).sorted { $0.id < $1.id }
  }

  /// Asked by index, because a slot is too large to be handed over for every message.
  mutating func deadline(ofSlot index: Int) -> Instant {
    if let end = slots[index].end { return end + limits.lingerAfterEnd }
    if slots[index].cancelled != nil { return slots[index].lastSeen + limits.unansweredInvite }
    if slots[index].isAnswered { return slots[index].lastSeen + limits.answered }
    // What the other side made of the INVITE a one-sided trace cannot show.
    return slots[index].isAccepted || slots[index].isTrying
      || isOneSided && !slots[index].wasRepeated && slots[index].askedAgain == nil
      ? slots[index].lastSeen + limits.ringing : slots[index].inviteSeen + limits.unansweredInvite
  }

  private mutating func expire(_ index: Int, at due: Instant, _ report: (LegEvent) -> Void) {
    let slot = slots[index]
    if let cancelled = slot.cancelled { return end(index, .cancelled, at: cancelled, report) }
    switch slot.askedAgain {
    case .some(422): end(index, .rejected(status: 422), at: slot.inviteSeen, report)
    case .some(Slot.unseenRefusal): end(index, .lost, at: slot.inviteSeen, report)
    case .some: end(index, .unauthenticated, at: slot.inviteSeen, report)
    case .none: end(index, .lost, at: due, report)
    }
  }

  mutating func end(_ index: Int, _ outcome: Leg.Outcome, at instant: Instant, _ report: (LegEvent) -> Void) {
    guard slots[index].end == nil else { return }
    slots[index].end = instant
    legs[index].state.end = instant
    legs[index].state.outcome = outcome
    schedule(index)
    report(.ended(legs[index]))
  }

  mutating func answer(_ index: Int, at instant: Instant) {
    slots[index].isAnswered = true
    legs[index].state.answer = instant
  }

  /// Sees to it that the slot is looked at when its deadline comes.
  mutating func schedule(_ index: Int) {
    let look = min(deadline(ofSlot: index), now + max(limits.lookEvery, .milliseconds(1)))
    guard look < slots[index].nextLook else { return }
    slots[index].nextLook = look
    deadlines.push(look, slot: index, leg: slots[index].leg)
  }

  mutating func release(_ index: Int) {
    byCallID.remove(index)
    slots[index].isCurrent = false
    freeSlots.append(index)
  }
}
