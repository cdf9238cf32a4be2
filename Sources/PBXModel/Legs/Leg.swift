public import Primitives

/// One dialog as the trace shows it, from its INVITE on (RFC 3261 section 12).
///
/// `source` sent the INVITE and `destination` received it, on the hop of the PBX's side of the trace; the dialog's
/// caller and callee are the parties behind them.
public struct Leg: Hashable, Sendable {
  /// Numbered from 1 in order of appearance.
  public struct ID: Hashable, Sendable, Comparable {
    /// 1 for the first leg of the trace.
    public let rawValue: Int
    /// The id with this number; only the tracker gives out new ones.
    public init(rawValue: Int) { self.rawValue = rawValue }
    /// Whether `left` appeared before `right`.
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

  /// What its first INVITE said.
  let invitation: Invitation

  /// When the INVITE that counted came: the one with credentials, where the first was challenged.
  public var start: Instant
  /// The dialog was up before the trace began; its start is unknown and `start` is when it was first seen.
  public var isMidDialog: Bool
  /// A 401 or 407 came for it, which the PBX asks of extensions.
  public var wasChallenged = false
  /// When the first 180 or later provisional response came; nil when none did.
  public var ringing: Instant?
  /// When the first 2xx to the INVITE came, or, `isMidDialog`, when the leg was first seen; nil while unanswered.
  public var answer: Instant?
  /// When it was over; nil while it is up. For a `.lost` leg the time its patience ran out, or when it was last seen.
  public var end: Instant?
  /// How it was over; nil while it is up.
  public var outcome: Outcome?
  /// User part of Refer-To when one party transfers the other (RFC 3515).
  public var referTo: String?

  /// How a leg ended.
  public enum Outcome: Hashable, Sendable {
    /// A BYE, from the caller's side or the callee's.
    case hungUp(byCaller: Bool)
    /// CANCEL, with the 487 it leads to or without; also what became of a callee whose caller went before the answer.
    case cancelled
    /// A final response of 300 to 699 other than 401, 407 and the 487 of a CANCEL.
    case rejected(status: Int)
    /// A 401 or 407 that nobody answered with credentials.
    case unauthenticated
    /// Nothing more was seen for longer than RFC 3261's timers allow.
    case lost
  }

  init(_ invitation: Invitation, start: Instant, isMidDialog: Bool) {
    self.invitation = invitation
    self.start = start
    self.isMidDialog = isMidDialog
  }
}

extension Leg {
  /// The leg's number within the trace.
  public var id: ID { invitation.id }
  /// Which way its first INVITE went, seen from the PBX.
  public var role: Role { invitation.role }
  /// The dialog's Call-ID as text; two legs may share one, where a PBX passes it on.
  public var callID: String { invitation.callID }
  /// Where its first INVITE came from, by the IP and transport headers.
  public var source: IPEndpoint { invitation.source }
  /// Where its first INVITE went, by the IP and transport headers.
  public var destination: IPEndpoint { invitation.destination }
  /// Frame of the first INVITE.
  public var firstFrame: Int { invitation.firstFrame }
  /// User part of From, without the visual separators of a number.
  public var fromUser: String { invitation.fromUser }
  /// Display name of From, unquoted; empty where there is none.
  public var fromDisplayName: String { invitation.fromDisplayName }
  /// User part of P-Asserted-Identity or Remote-Party-ID, where the INVITE has one (RFC 3325).
  public var assertedUser: String? { invitation.assertedUser }
  /// User part of To in the form of `fromUser`; empty where To has none.
  public var toUser: String { invitation.toUser }
  /// User part of the request URI: the number dialled on this leg.
  public var requestUser: String { invitation.requestUser }
  /// The caller as the callee saw it: the asserted identity when From is anonymous (RFC 3325 section 7).
  public var callerNumber: String { invitation.callerNumber }
}
