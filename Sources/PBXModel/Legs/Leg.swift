public import Primitives

/// One dialog as the trace shows it, from its INVITE on (RFC 3261 section 12).
///
/// `caller` is who sent the INVITE and `callee` who received it on the PBX's side of the trace.
public struct Leg: Hashable, Sendable {
  /// Numbered from 1 in order of appearance.
  public struct ID: Hashable, Sendable, Comparable {
    public let rawValue: Int
    public init(rawValue: Int) { self.rawValue = rawValue }
    public static func < (left: ID, right: ID) -> Bool { left.rawValue < right.rawValue }
  }

  /// Which way the INVITE went.
  public enum Role: Hashable, Sendable {
    /// To the PBX: a caller's leg.
    case incoming
    /// From the PBX: a callee's leg.
    case outgoing
    /// Past it, or no PBX is known.
    case passing
  }

  public let id: ID
  public let role: Role
  public let callID: String
  public let source: IPEndpoint
  public let destination: IPEndpoint
  /// Frame of the first INVITE.
  public let firstFrame: Int
  /// User part of From, without the visual separators of a number.
  public let fromUser: String
  public let fromDisplayName: String
  /// User part of P-Asserted-Identity or Remote-Party-ID, where the INVITE has one (RFC 3325).
  public let assertedUser: String?
  public let toUser: String
  /// User part of the request URI: the number dialled on this leg.
  public let requestUser: String

  /// When the INVITE that counted came: the one with credentials, where the first was challenged.
  public var start: Instant
  /// The dialog was up before the trace began; its start is unknown and `start` is when it was first seen.
  public var isMidDialog: Bool
  public var wasChallenged = false
  public var ringing: Instant?
  public var answer: Instant?
  public var end: Instant?
  public var outcome: Outcome?
  /// User part of Refer-To when one party transfers the other (RFC 3515).
  public var referTo: String?

  /// How a leg ended.
  public enum Outcome: Hashable, Sendable {
    /// A BYE, from the caller's side or the callee's.
    case hungUp(byCaller: Bool)
    /// CANCEL and 487.
    case cancelled
    /// A final response of 300 to 699 other than 401, 407 and the 487 of a CANCEL.
    case rejected(status: Int)
    /// A 401 or 407 that nobody answered with credentials.
    case unauthenticated
    /// Nothing more was seen for longer than RFC 3261's timers allow.
    case lost
  }

  /// The caller as the callee saw it: the asserted identity when From is anonymous (RFC 3325 section 7).
  public var callerNumber: String {
    if let assertedUser, fromUser.isEmpty || fromUser.lowercased() == "anonymous" { return assertedUser }
    return fromUser
  }
}
