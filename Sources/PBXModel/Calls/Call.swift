public import Primitives

/// All legs that belong together: the caller's, and those the PBX made of it.
public struct Call: Hashable, Sendable {
  /// Numbered from 1 in the order in which calls were taken up.
  public struct ID: Hashable, Sendable, Comparable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
  }

  /// A leg, who is at its far end, and why it was taken to belong here.
  public struct Member: Hashable, Sendable {
    public var leg: Leg
    public let party: Party
    public let join: Join
  }

  public let id: ID
  /// nil when the trace shows only what the PBX sent.
  public internal(set) var callerLeg: Member?
  /// In the order dialled.
  public internal(set) var calleeLegs: [Member] = []
  /// How the caller's own INVITE ended is in `callerLeg`; this is when the last leg was gone.
  public internal(set) var end: Instant?
  /// The number the caller dialled, or the DID.
  public internal(set) var dialled: String
  public internal(set) var callerNumber: String
  public internal(set) var callerName: String
  public internal(set) var callerParty: Party
  public internal(set) var start: Instant
  /// The call ran when the trace began, so its start is unknown.
  public internal(set) var ranAtStart: Bool

  public var legs: [Member] { (callerLeg.map { [$0] } ?? []) + calleeLegs }

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
