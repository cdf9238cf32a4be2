public import Primitives

/// One ended call, as the CRM's call table wants it.
public struct CallLogEntry: Hashable, Sendable {
  /// Unique within one connector; the asker's to choose.
  public struct ID: Hashable, Sendable {
    /// Any number; the CRM module takes the call's own.
    public let rawValue: Int
    /// The id with this number, which the asker has not used before.
    public init(rawValue: Int) { self.rawValue = rawValue }
  }

  /// How the CRM files a call, seen from the agent.
  public enum Direction: String, Hashable, Sendable, CaseIterable {
    /// From outside, and answered.
    case inbound
    /// To the outside, answered or not.
    case outbound
    /// From outside, and answered by nobody.
    case missed
  }

  /// Comes back with the outcome.
  public let id: ID
  /// From outside, to the outside, or missed.
  public let direction: Direction
  /// The outside party.
  public let number: String
  /// Whom the call is filed under; nil for a number the CRM does not know.
  public let record: CRMRecordReference?
  /// The extension that talked, or that the outside called first; empty when none is known.
  public let agentExtension: String
  /// When the caller's INVITE came, on the trace's clock.
  public let start: Instant
  /// Offset of the site's wall clock from UTC at `start`.
  public let utcOffsetSeconds: Int
  /// Whole seconds from answer to end, 0 for an unanswered call, never negative.
  public let talkSeconds: Int64
  /// Tells this call from every other, in the form of Asterisk's `uniqueid`: digits and a point. It stands in the
  /// record, so that a record whose answer was lost can be found again; empty for none.
  public let mark: String
  /// Whether an earlier attempt may have made the record, which is then looked for before it is made.
  public var mayExist: Bool

  /// Takes the facts as they are; nothing in them is checked.
  public init(
    id: ID, direction: Direction, number: String, record: CRMRecordReference?, agentExtension: String, start: Instant,
    utcOffsetSeconds: Int, talkSeconds: Int64, mark: String = "", mayExist: Bool = false
  ) {
    self.id = id
    self.direction = direction
    self.number = number
    self.record = record
    self.agentExtension = agentExtension
    self.start = start
    self.utcOffsetSeconds = utcOffsetSeconds
    self.talkSeconds = talkSeconds
    self.mark = mark
    self.mayExist = mayExist
  }
}

/// What came of recording a call. Each entry gets exactly one.
public enum CallLogOutcome: Hashable, Sendable {
  /// The CRM's id of the call's record: made now, or found to be there already.
  case logged(id: String)
  /// Not recorded, and it would not be if it were tried again.
  case failed(CRMFailure)
  /// Not recorded now, and worth another try; with `mayExist` the CRM may have it all the same.
  case postponed(CRMFailure, mayExist: Bool)
}
