public import Primitives

/// All legs that belong together: the caller's, and those the PBX made of it.
public struct Call: Hashable, Sendable {
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
  public struct Member: Hashable, Sendable {
    /// The leg as it stood at the latest event.
    public var leg: Leg
    /// Who is at the far end, by the site file, a registration or the look of the number.
    public let party: Party
    /// Why it belongs to this call, and how sure that is.
    public let join: Join
  }

  /// A call is copied into every event about it, so what it holds is shared until one of the copies changes.
  var storage: Storage

  init(
    id: ID = ID(rawValue: 0), dialled: String, callerNumber: String, callerName: String, callerParty: Party,
    start: Instant, ranAtStart: Bool
  ) {
    storage = Storage(
      Values(
        id: id, dialled: dialled, callerNumber: callerNumber, callerName: callerName, callerParty: callerParty,
        start: start, ranAtStart: ranAtStart))
  }

  /// The caller's leg, where the trace has it, then the callees' in the order dialled. Never empty once the call has
  /// started.
  public var legs: [Member] { (callerLeg.map { [$0] } ?? []) + calleeLegs }

  /// Calls `body` with each of `legs`, without a list of them being made.
  public func forEachLeg(_ body: (Member) -> Void) {
    if let callerLeg { body(callerLeg) }
    for member in calleeLegs { body(member) }
  }

  /// The first of `legs`; nil for a call that has none yet.
  public var firstLeg: Leg? { callerLeg?.leg ?? calleeLegs.first?.leg }

  var hasNoLegUp: Bool { (callerLeg.map { $0.leg.end != nil } ?? true) && calleeLegs.allSatisfy { $0.leg.end != nil } }

  /// When the caller was connected: to a phone, or to the PBX itself.
  public var answer: Instant? {
    if let callerLeg { return callerLeg.leg.answer }
    return calleeLegs.compactMap(\.leg.answer).min()
  }

  /// Internal, Inbound, Outbound or External, by who is at the two ends (reference section 5.1, `userfield`).
  public var direction: CallDirection {
    let reachesTrunk = (calleeLegs.first { $0.leg.answer != nil } ?? calleeLegs.first)?.party.isTrunk ?? false
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
    let callees = calleeLegs.map { $0.leg.disposition }
    if callees.contains(.busy) { return .busy }
    if callees.contains(.noAnswer) { return .noAnswer }
    return callees.first ?? callerLeg?.leg.disposition ?? .failed
  }

  /// From start to end; nil while the call runs.
  public var duration: Instant.Span? { end.map { $0 - start } }

  /// From answer to end, zero when nobody answered; nil while the call runs.
  public var billable: Instant.Span? { end.map { end in answer.map { end - $0 } ?? .zero } }

  /// How sure the joining is, 0 to 1: that of the weakest join.
  public var confidence: Double { legs.map(\.join.confidence).min() ?? 0 }
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
