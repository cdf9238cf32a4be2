public import Primitives
import SIP

/// One dialog as the trace shows it, from its INVITE on (RFC 3261 section 12).
///
/// `source` sent the INVITE and `destination` received it, on the hop of the PBX's side of the trace; the dialog's
/// caller and callee are the parties behind them.
///
/// An object, for every layer speaks of the same dialog while it goes on: what an event shows of it is its state at
/// that moment, and only the trace model changes it. Once it has ended it changes no more.
public final class Leg: @unchecked Sendable {
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

  /// What changes while the dialog goes on.
  @usableFromInline
  struct State {
    @usableFromInline var start: Instant
    @usableFromInline var isMidDialog: Bool
    var wasChallenged = false
    @usableFromInline var ringing: Instant?
    @usableFromInline var answer: Instant?
    @usableFromInline var end: Instant?
    @usableFromInline var outcome: Outcome?
    var referTo: String?
    var referred: Instant?
    /// Refer-To named a dialog to be replaced, whether or not the trace has it.
    var refersToDialog = false
    /// The number a 3xx sends the call to.
    var redirect: NumberKey?
    /// What its call made of it before the dialog itself came to an end.
    @usableFromInline var settled: Settled?
  }

  /// How a leg stood when its call was done with it.
  @usableFromInline
  struct Settled {
    @usableFromInline let answer: Instant?
    @usableFromInline let end: Instant
    @usableFromInline let outcome: Outcome
  }

  /// The leg's number within the trace.
  public let id: ID
  /// Which way its first INVITE went, seen from the PBX.
  public let role: Role
  /// Where its first INVITE came from, by the IP and transport headers.
  public let source: IPEndpoint
  /// Where its first INVITE went, by the IP and transport headers.
  public let destination: IPEndpoint
  /// Frame of the first INVITE.
  public let firstFrame: Int
  let texts: LegTexts
  let callIDHash: UInt64
  let keys: Keys
  let marks: LegMarks
  /// The leg whose place its INVITE takes (RFC 3891), and where the assembler held its call then.
  let replaced: (leg: Leg.ID, callSlot: Int)?
  /// The compiler cannot see that nobody reads it while it is changed; the trace model changes it between events.
  @exclusivity(unchecked) @usableFromInline var state: State
  /// Where the assembler holds its call; nil for none.
  @exclusivity(unchecked) var callSlot: Int?
  /// Where the assembler holds the call that a party of this leg wants to be put together with its own.
  @exclusivity(unchecked) var awaitedIn: Int?

  init(
    id: ID, role: Role, source: IPEndpoint, destination: IPEndpoint, firstFrame: Int, texts: consuming LegTexts,
    callIDHash: UInt64, marks: LegMarks, replaced: (leg: Leg.ID, callSlot: Int)?, start: Instant, isMidDialog: Bool
  ) {
    self.id = id
    self.role = role
    self.source = source
    self.destination = destination
    self.firstFrame = firstFrame
    keys = Keys(texts)
    self.texts = texts
    self.callIDHash = callIDHash
    self.marks = marks
    self.replaced = replaced
    state = State(start: start, isMidDialog: isMidDialog)
  }
}

extension Leg {
  /// The call takes the leg as over; what its dialog still shows changes nothing any more.
  func settle(_ outcome: Outcome, at instant: Instant) {
    state.settled = Settled(answer: state.answer, end: instant, outcome: outcome)
  }
}

extension Leg: Hashable {
  /// Whether both are one and the same.
  public static func == (left: Leg, right: Leg) -> Bool { left === right }
  /// Hashes the number within the trace.
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }
}

extension Leg {
  /// When the INVITE that counted came: the one with credentials, where the first was challenged.
  @inlinable public var start: Instant { state.start }
  /// The dialog was up before the trace began; its start is unknown and `start` is when it was first seen.
  @inlinable public var isMidDialog: Bool { state.isMidDialog }
  /// A 401 or 407 came for it, which the PBX asks of extensions.
  public var wasChallenged: Bool { state.wasChallenged }
  /// When the first 180 or later provisional response came; nil when none did.
  @inlinable public var ringing: Instant? { state.ringing }
  /// When the first 2xx to the INVITE came, or, `isMidDialog`, when the leg was first seen; nil while unanswered.
  @inlinable public var answer: Instant? { state.settled.map(\.answer) ?? state.answer }
  /// When it was over; nil while it is up. For a `.lost` leg the time its patience ran out, or when it was last seen.
  @inlinable public var end: Instant? { state.settled?.end ?? state.end }
  /// How it was over; nil while it is up.
  @inlinable public var outcome: Outcome? { state.settled?.outcome ?? state.outcome }
  /// User part of Refer-To when one party transfers the other (RFC 3515).
  public var referTo: String? { state.referTo }
  /// When it asked for that (the latest REFER).
  public var referred: Instant? { state.referred }

  /// Whether its first INVITE offered video.
  public var offersVideo: Bool { marks.hasVideo }
  /// Whether its first INVITE offered encrypted media (RFC 3711).
  public var offersEncryption: Bool { marks.isEncrypted }
  /// Whether the callee sent the call elsewhere (a 3xx).
  public var isRedirected: Bool {
    if case .rejected(300...399) = outcome { true } else { false }
  }
  /// Whether its INVITE asks for this number, a trunk's prefix more or less.
  public func asks(for number: String) -> Bool { keys.request == NumberKey(number) }

  /// The dialog's Call-ID as text; two legs may share one, where a PBX passes it on.
  public var callID: String { texts.string(.callID) }
  /// User part of From, without the visual separators of a number.
  public var fromUser: String { texts.string(.fromUser) }
  /// Display name of From, unquoted; empty where there is none.
  public var fromDisplayName: String { texts.string(.fromDisplayName) }
  /// User part of P-Asserted-Identity or Remote-Party-ID, where the INVITE has one (RFC 3325).
  public var assertedUser: String? { texts.hasAssertedUser ? texts.string(.assertedUser) : nil }
  /// User part of To in the form of `fromUser`; empty where To has none.
  public var toUser: String { texts.string(.toUser) }
  /// User part of the request URI: the number dialled on this leg.
  public var requestUser: String { texts.string(.requestUser) }
  /// The caller as the callee saw it: the asserted identity when From is anonymous (RFC 3325 section 7).
  public var callerNumber: String { texts.string(keys.callerField) }
}

extension Leg {
  /// The numbers of an INVITE, as legs are compared by them.
  struct Keys {
    let from: NumberKey
    let to: NumberKey
    let request: NumberKey
    let caller: NumberKey
    let asserted: NumberKey?
    /// Which of the texts is `callerNumber`.
    let callerField: LegTexts.Field
    /// A hash of `callerNumber` as it is spelt; nil for an empty one.
    let callerSpelling: UInt64?

    init(_ texts: borrowing LegTexts) {
      from = texts.withText(.fromUser) { NumberKey($0) }
      to = texts.withText(.toUser) { NumberKey($0) }
      request = texts.equals(.requestUser, texts, .toUser) ? to : texts.withText(.requestUser) { NumberKey($0) }
      asserted = texts.hasAssertedUser ? texts.withText(.assertedUser) { NumberKey($0) } : nil
      let isAnonymous =
        texts.isEmpty(.fromUser) || texts.withText(.fromUser) { $0.equalsIgnoringCase("anonymous") }
      callerField = isAnonymous && texts.hasAssertedUser ? .assertedUser : .fromUser
      caller = isAnonymous ? asserted ?? from : from
      callerSpelling = texts.withText(callerField) { $0.isEmpty ? nil : $0.stableHash }
    }
  }
}
