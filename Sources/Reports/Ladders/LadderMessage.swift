public import Primitives
public import SIP
public import SIPCapture

/// What a ladder shows of one message, copied out of the trace.
///
/// Every text in it comes from the wire, is cut to `textMax` and not yet made printable.
public struct LadderMessage: Hashable, Sendable {
  /// A request or a response.
  public enum Kind: Hashable, Sendable {
    /// Its method; `name` keeps the spelling of one that is `.other`.
    case request(SIPMethod, name: String)
    /// Its status and the phrase behind it, which may be empty.
    case response(status: Int, reason: String)
  }

  /// What a message says besides its start line that explains the flow.
  public enum Remark: Hashable, Sendable {
    /// A 401 or 407 asks for credentials of this realm; an earlier answer's nonce may be too old.
    case challenge(realm: String, isStale: Bool)
    /// It carries credentials of this account.
    case credentials(user: String)
    /// A REFER's target, and the Call-ID it is to take over, where the transfer is an attended one.
    case refersTo(target: String, replaces: String?)
    /// It takes over the dialog of this Call-ID (RFC 3891).
    case replaces(callID: String)
    /// Who asked for the transfer this belongs to (RFC 3892).
    case referredBy(String)
    /// Who sent the call on, and why (RFC 5806).
    case diverted(by: String, reason: String)
    /// Why it was sent (RFC 3326).
    case reason(String)
    /// What a NOTIFY says of a transfer's progress (RFC 3515 section 2.4.5).
    case progress(status: Int, reason: String)
  }

  /// Number of the frame that completed it, in its trace.
  public let frame: Int
  /// Capture time of that frame.
  public let time: Instant
  /// What carried it.
  public let transport: SIPTransport
  /// Index into the call's `legs`.
  public private(set) var leg: Int
  /// From the phone or trunk; otherwise from the PBX.
  public private(set) var isFromFarEnd: Bool
  /// What its start line says.
  public let kind: Kind
  /// The number of CSeq, by which a response finds its request.
  public let cseq: UInt32
  /// The method of CSeq.
  public let cseqMethod: String
  /// A request within a dialog: its To has a tag.
  public let isInDialog: Bool
  /// nil without a session description.
  public let session: LadderSession?
  /// In the order of the cases.
  public let remarks: [Remark]
  /// Equal for a message and its retransmissions: all by which RFC 3261 section 17 tells transactions apart.
  private(set) var transaction: Transaction

  struct Transaction: Hashable {
    var leg: Int
    var isFromFarEnd: Bool
    let kind: Kind
    let cseq: UInt32
    let cseqMethod: String
    let branch: UInt64
    /// Forks answer with tags of their own, and a second 18x with a description is news.
    let toTag: UInt64
    let body: UInt64
  }

  /// Unicode scalars of a text that are kept; a display name may fill a datagram.
  static let textMax = 160

  /// nil for a message without a CSeq that can be read.
  init?(_ captured: CapturedMessage, leg: Int, isFromFarEnd: Bool) {
    let message = captured.message
    guard let cseq = message.cseq else { return nil }
    frame = captured.frame
    time = captured.time
    transport = captured.transport
    self.leg = leg
    self.isFromFarEnd = isFromFarEnd
    switch message.startLine {
    case .request(let method, let name, _): kind = .request(method, name: Self.cut(name))
    case .response(let status, let reason): kind = .response(status: status, reason: Self.cut(reason))
    }
    self.cseq = cseq.number
    cseqMethod = Self.cut(cseq.methodText)
    isInDialog = message.isRequest && message.to?.tag != nil
    session = message.sessionDescription.map(LadderSession.init)
    remarks = Self.remarks(of: message)
    transaction = Transaction(
      leg: leg, isFromFarEnd: isFromFarEnd, kind: kind, cseq: self.cseq, cseqMethod: cseqMethod,
      branch: message.branch?.stableHash ?? 0, toTag: message.to?.tag?.stableHash ?? 0, body: message.body.stableHash)
  }

  /// The same message in a leg, sent by one of its ends.
  func placed(in leg: Int, isFromFarEnd: Bool) -> LadderMessage {
    var message = self
    (message.leg, message.isFromFarEnd) = (leg, isFromFarEnd)
    (message.transaction.leg, message.transaction.isFromFarEnd) = (leg, isFromFarEnd)
    return message
  }

  /// Bytes of the texts and lists it refers to, about.
  var textBytes: Int {
    let name =
      switch kind {
      case .request(_, let name): name.utf8.count
      case .response(_, let reason): reason.utf8.count
      }
    return name + cseqMethod.utf8.count + (session?.media.count ?? 0) * 96 + remarks.count * 160
  }

  /// The beginning of a text, as long as `textMax` allows.
  static func cut(_ text: SIPText) -> String { cut(text.slice(0, 4 * textMax).string) }

  /// The same of a text that is a copy already.
  static func cut(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(textMax + 1)
    guard scalars.count > textMax else { return text }
    return String(String.UnicodeScalarView(scalars.dropLast())) + "…"
  }
}
