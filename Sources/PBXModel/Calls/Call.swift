public import Primitives
import SIP

/// All legs that belong together: the caller's, and those the PBX made of it.
///
/// An object, as its legs are: what an event shows of it is its state at that moment, and only the trace model changes
/// it. Once it has ended it changes no more.
public final class Call: @unchecked Sendable {
  /// Numbered from 1 in the order in which calls were taken up.
  public struct ID: Hashable, Sendable, Comparable {
    /// 1 for the first call; 0 for one that has not begun yet.
    public let rawValue: Int
    /// The id with this number; only the assembler gives out new ones.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Whether `left` was taken up before `right`.
    public static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
  }

  /// A leg, who is at its far end, and why it was taken to belong here.
  ///
  /// An object like the call itself: events name it for every appliance, and nothing is copied for that.
  public final class Member: @unchecked Sendable {
    /// The dialog.
    public let leg: Leg
    /// Who is at the far end, by the site file, a registration or the look of the number.
    public let party: Party
    /// Why it belongs to this call, and how sure that is.
    public let join: Join
    /// When it came in from a call of its own; nil for a leg that was dialled for this one.
    @exclusivity(unchecked) public internal(set) var cameIn: Instant?
    /// When it went on in another call, by an attended transfer; what became of it there is not this call's.
    @exclusivity(unchecked) public internal(set) var wentOut: Instant?

    /// When its far end lifted, as far as this call goes.
    public var answer: Instant? {
      guard let answer = leg.answer, let wentOut, answer > wentOut else { return leg.answer }
      return nil
    }

    /// How it ended, as far as this call goes.
    public var disposition: Disposition {
      guard wentOut != nil else { return leg.disposition }
      return answer == nil ? .noAnswer : .answered
    }

    init(leg: Leg, party: Party, join: Join, cameIn: Instant? = nil) {
      self.leg = leg
      self.party = party
      self.join = join
      self.cameIn = cameIn
    }
  }

  /// What changes while the call goes on. Its readers are inlined where they are asked, in other modules too: a call of
  /// a getter counts a reference for each object it hands over.
  @usableFromInline
  struct State {
    @usableFromInline var id = ID(rawValue: 0)
    @usableFromInline var callerLeg: Member?
    @usableFromInline var calleeLegs: [Member] = []
    @usableFromInline var end: Instant?
    @usableFromInline var callerParty: Party
    @usableFromInline var turns: [Turn] = []
    @usableFromInline var joinedInto: ID?
    @usableFromInline var start: Instant
    @usableFromInline var route: DialledRoute?

    init(callerParty: Party, start: Instant) {
      self.callerParty = callerParty
      self.start = start
    }
  }

  /// The compiler cannot see that nobody reads it while it is changed; the trace model changes it between events.
  @exclusivity(unchecked) @usableFromInline var state: State
  /// The call ran when the trace began, so its start is unknown.
  public let ranAtStart: Bool
  /// The leg that began it.
  let opener: Leg
  let dialledField: LegTexts.Field
  @exclusivity(unchecked) var assembly = Assembly()

  /// What the assembler keeps while the call runs.
  struct Assembly {
    /// Numbered from 1 in the order opened.
    var key = 0
    /// Where the assembler holds the call.
    var slot = 0
    var isStarted = false
    /// The numbers that may ring because of a REFER, until one was dialled or, of several, one answered.
    var handover: (at: Instant, targets: [NumberKey])?
    /// Who asked for an attended transfer the PBX has not agreed to yet, and its other leg.
    var attended: (by: Leg, other: Leg)?
    /// A party went and left the other to somebody else, so that the call goes on without it.
    var isHandedOver = false
    /// The call that picks this one up, and the leg it rings at.
    var pickup: (leg: Leg, of: Member)?
    var redirect: NumberKey?
    var entries = NumberIndex.Entries()
    var entriesOfWaiting = NumberIndex.Entries()
    /// For what the latest REFER may make ring.
    var entriesOfHandover = NumberIndex.Entries()
    var callerEnded: Instant?
  }

  init(opener: Leg, callerParty: Party) {
    self.opener = opener
    state = State(callerParty: callerParty, start: opener.start)
    dialledField = opener.texts.isEmpty(.requestUser) ? .toUser : .requestUser
    ranAtStart = opener.isMidDialog
  }

  /// The call's number within the run.
  @inlinable public var id: ID { state.id }
  /// nil when the trace shows only what the PBX sent.
  @inlinable public var callerLeg: Member? { state.callerLeg }
  /// In the order dialled.
  @inlinable public var calleeLegs: [Member] { state.calleeLegs }
  /// How the caller's own INVITE ended is in `callerLeg`; this is when the last leg was gone.
  @inlinable public var end: Instant? { state.end }
  /// Who called. A call that shows only what the PBX sent has the party its From suggests.
  @inlinable public var callerParty: Party { state.callerParty }
  /// What changed who talks with whom, in order; empty for most calls.
  @inlinable public var turns: [Turn] { state.turns }
  /// The call this one became a part of: its caller fetched a parked call, or picked one up. Such a call has no rows.
  @inlinable public var joinedInto: ID? { state.joinedInto }
  /// When the INVITE that counted came; when the call was first seen if it `ranAtStart`.
  @inlinable public var start: Instant { state.start }
  /// Where what was dialled leads, by the site file; nil only before the call has begun.
  @inlinable public var route: DialledRoute? { state.route }

  /// The number the caller dialled, or the DID.
  public var dialled: String { opener.texts.string(dialledField) }
  /// The number the callee saw, without visual separators; may be empty or `anonymous`.
  public var callerNumber: String { opener.callerNumber }
  /// Display name of the caller's From, as the phone or the carrier sent it; empty when there was none.
  public var callerName: String { opener.fromDisplayName }
  /// Caller and number dialled together, to tell whether two calls have the same ones.
  public var numbers: Numbers {
    Numbers(caller: opener.keys.callerSpelling, dialled: opener.texts.withText(dialledField) { $0.stableHash })
  }

  /// Two numbers, each as a hash of its spelling.
  public struct Numbers: Hashable, Sendable {
    fileprivate let caller: UInt64?
    fileprivate let dialled: UInt64
  }

  var dialledKey: NumberKey { dialledField == .requestUser ? opener.keys.request : opener.keys.to }

  /// The caller's leg, where the trace has it, then the callees' in the order dialled. Never empty once the call has
  /// started.
  public var legs: [Member] { (callerLeg.map { [$0] } ?? []) + calleeLegs }

  /// Calls `body` with each of `legs`, without a list of them being made.
  public func forEachLeg(_ body: (Member) -> Void) {
    if let callerLeg { body(callerLeg) }
    for member in calleeLegs { body(member) }
  }

  /// These go on in another call from `instant` on.
  func leave(_ members: [Member], at instant: Instant) {
    for member in members {
      if callerLeg?.leg === member.leg { state.callerLeg?.wentOut = instant }
      for index in calleeLegs.indices where calleeLegs[index].leg === member.leg {
        state.calleeLegs[index].wentOut = instant
      }
    }
  }

  /// The first of `legs`; nil for a call that has none yet.
  public var firstLeg: Leg? { callerLeg?.leg ?? calleeLegs.first?.leg }

  /// Whether the first INVITE of a leg offered video; that it was taken up is not looked at.
  public var hasVideo: Bool {
    if callerLeg?.leg.marks.hasVideo == true { return true }
    for member in calleeLegs where member.leg.marks.hasVideo { return true }
    return false
  }

  var hasNoLegUp: Bool {
    if let callerLeg, callerLeg.leg.end == nil { return false }
    for member in calleeLegs where member.leg.end == nil { return false }
    return true
  }

  /// When the caller was connected: to a phone, or to the PBX itself.
  public var answer: Instant? {
    if let callerLeg { return callerLeg.answer }
    return calleeLegs.compactMap(\.answer).min()
  }

  /// Internal, Inbound, Outbound or External, by who is at the two ends (reference section 5.1, `userfield`).
  public var direction: CallDirection {
    var reachesTrunk = calleeLegs.first?.party.isTrunk ?? false
    for member in calleeLegs where member.answer != nil {
      reachesTrunk = member.party.isTrunk
      break
    }
    switch (callerParty.isTrunk, reachesTrunk) {
    case (false, false): return .internal
    case (true, false): return .inbound
    case (false, true): return .outbound
    case (true, true): return .external
    }
  }

  /// How the call ended, as the caller saw it: a connected caller is ANSWERED, even by the PBX itself; else BUSY wins
  /// over NO ANSWER, and that over FAILED.
  ///
  /// Without callees the caller's own leg decides. A running call has what it would have if it ended now.
  public var disposition: Disposition {
    if answer != nil { return .answered }
    var result = calleeLegs.first?.disposition
    for member in calleeLegs {
      switch member.disposition {
      case .busy: return .busy
      case .noAnswer: result = .noAnswer
      case .answered, .failed: break
      }
    }
    return result ?? ownDisposition
  }

  /// How the caller's own leg ended, of a call that rang nobody.
  ///
  /// A number the PBX answers with "unallocated" by its own dialplan reads NO ANSWER (Asterisk's cause 1, on the
  /// recorded traces); one it does not know FAILED (reference section 2, observed).
  public var ownDisposition: Disposition {
    guard let leg = callerLeg?.leg else { return .failed }
    if case .rejected(404) = leg.outcome {
      switch route?.target {
      case .feature(.unallocated), .feature(.earlyAnnouncement): return .noAnswer
      case .account, .ringGroup, .queue, .ivr, .conference, .parking, .parkingSlot, .feature, .unknown, .none: break
      }
    }
    return leg.disposition
  }

  /// From start to end; nil while the call runs.
  public var duration: Instant.Span? { end.map { $0 - start } }

  /// From answer to end, zero when nobody answered; nil while the call runs.
  public var billable: Instant.Span? { end.map { end in answer.map { end - $0 } ?? .zero } }

  /// How sure the joining is, 0 to 1: that of the weakest join.
  public var confidence: Double { legs.map(\.join.confidence).min() ?? 0 }
}

extension Call: Hashable {
  /// Whether both are one and the same.
  public static func == (left: Call, right: Call) -> Bool { left === right }
  /// Hashes the number within the run.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Call.Member: Hashable {
  /// Whether both are one and the same.
  public static func == (left: Call.Member, right: Call.Member) -> Bool { left === right }
  /// Hashes the leg's number within the trace.
  public func hash(into hasher: inout Hasher) { hasher.combine(leg) }
}

extension Leg {
  /// What Asterisk's Dial makes of how a callee's leg ended (reference section 2 and the Asterisk traces: 486 and 600
  /// are BUSY, congestion fails, all else is NO ANSWER; upstream). A caller's leg is read the same way.
  public var disposition: Disposition {
    if answer != nil { return .answered }
    switch outcome {
    case .rejected(let status):
      switch status {
      case 486, 600: return .busy
      // Refused by the PBX itself before anything rang: the callee has no contact (Asterisk traces, upstream).
      case 480 where role == .incoming && ringing == nil: return .failed
      case 408, 480, 487, 603, 300...399: return .noAnswer
      case 404, 410, 484, 604: return role == .outgoing ? .noAnswer : .failed
      default: return .failed
      }
    case .cancelled, .hungUp, .none: return .noAnswer
    case .lost: return ringing == nil && role == .incoming ? .failed : .noAnswer
    case .unauthenticated: return .failed
    }
  }
}
