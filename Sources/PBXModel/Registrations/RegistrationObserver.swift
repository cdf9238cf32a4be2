public import Primitives
import SIP
public import SIPCapture

/// Pairs each REGISTER at the PBX with its response (RFC 3261 section 10.2).
///
/// REGISTERs the PBX sends, to the carriers it registers at, are counted only.
public struct RegistrationObserver {
  /// What was met and given up; none of it grows a table.
  public struct Counts: Hashable, Sendable {
    /// REGISTERs and final responses seen before.
    public var retransmissions = 0
    /// REGISTERs sent by the PBX.
    public var byPBX = 0
    /// Responses whose request the trace does not hold.
    public var withoutRequest = 0
    /// REGISTERs let go because too many were open.
    public var evicted = 0
    /// REGISTERs whose To names no user, which nothing could be bound to.
    public var malformed = 0
  }

  /// Seconds a binding lives when neither request nor response says (RFC 3261 section 10.2).
  public static let expiresSecondsDefault: UInt32 = 3600
  /// Transactions remembered at one moment, answered ones included; past it the oldest is let go.
  public static let pendingMax = 16_384
  /// Contacts read of one message.
  static let contactsMax = 32
  /// Timer F, 64*T1: how long a response is waited for.
  public static let patience = Instant.Span.seconds(32)

  private struct Pending {
    let number: String
    let source: IPEndpoint
    let frame: Int
    let time: Instant
    let hasCredentials: Bool
    let userAgent: String
    let isWildcard: Bool
    let contacts: [Contact]
    let expires: UInt32?
    /// Kept after its response, to know retransmissions of either by.
    var isAnswered = false
  }

  private struct Contact {
    let uri: String
    let expires: UInt32?
  }

  /// What a REGISTER's headers say, taken in one walk over them.
  private struct Reading {
    var contacts: [Contact] = []
    var isWildcard = false
    var hasCredentials = false
    var userAgent: String?
    /// Of the first Expires header; nil within where that is no number.
    var expires: UInt32??

    mutating func take(_ name: SIPText, _ value: SIPText) {
      if HeaderName.contact.matches(name) {
        value.forEachListValue { take(contact: $0) }
      } else if HeaderName.expires.matches(name) {
        if expires == nil { expires = .some(value.decimal) }
      } else if HeaderName.userAgent.matches(name) {
        if userAgent == nil { userAgent = value.unfolded }
      } else if HeaderName.authorization.matches(name) || HeaderName.proxyAuthorization.matches(name) {
        hasCredentials = true
      }
    }

    private mutating func take(contact: SIPText) {
      if contact == "*" {
        isWildcard = true
      } else if let address = NameAddress(contact), contacts.count < RegistrationObserver.contactsMax {
        contacts.append(Contact(uri: address.uri.string, expires: address.parameters.value("expires")?.decimal))
      }
    }
  }

  private typealias Key = OpenRegisters<Pending>.Key

  /// What was met and given up so far.
  public private(set) var counts = Counts()
  private let pbx: PBXAddresses
  private var pending = OpenRegisters<Pending>()

  /// An observer without a transaction.
  ///
  /// - Parameter pbx: empty when none is known; every REGISTER then counts.
  public init(pbx: PBXAddresses) { self.pbx = pbx }

  /// Reads one message and reports the transactions it ends: its own, and before that those nobody answered within
  /// `patience`. Messages other than REGISTER and its responses only let time pass.
  public mutating func receive(_ captured: CapturedMessage, report: (RegistrationEvent) -> Void) {
    guard let transaction = captured.message.transaction, transaction.method == .register else {
      return advance(to: captured.time, report: report)
    }
    receive(captured, transaction, report: report)
  }

  /// The same for a caller who has read what names the transaction already, and knows it for a REGISTER's.
  mutating func receive(
    _ captured: CapturedMessage, _ transaction: SIPMessage.Transaction, report: (RegistrationEvent) -> Void
  ) {
    advance(to: captured.time, report: report)
    let isRequest = captured.message.isRequest
    let client = isRequest ? captured.source : captured.destination
    let registrar = isRequest ? captured.destination : captured.source
    switch pbx.role(source: client, destination: registrar) {
    case .outgoing:
      if isRequest { counts.byPBX += 1 }
      return
    case .passing where !pbx.isEmpty: return
    case .incoming, .passing: break
    }
    let branch = captured.message.branch?.stableHash ?? 0
    let key = Key(
      callID: transaction.callID.stableHash, cseq: transaction.cseq, branch: branch, source: client)
    if isRequest { open(key, captured, report) } else { close(key, captured, report) }
  }

  /// Lets time pass: reports the transactions nobody answered within `patience`.
  public mutating func advance(to now: Instant, report: (RegistrationEvent) -> Void) {
    guard let oldest = pending.oldest, oldest + Self.patience <= now else { return }
    expire(at: now, report)
  }

  /// Reports what never got an answer.
  public mutating func finish(report: (RegistrationEvent) -> Void) {
    expire(at: .distantFuture, report)
  }

  private mutating func open(_ key: Key, _ captured: CapturedMessage, _ report: (RegistrationEvent) -> Void) {
    guard pending.place(of: key) == nil else {
      counts.retransmissions += 1
      return
    }
    guard let request = Self.read(captured) else {
      counts.malformed += 1
      return
    }
    if pending.count >= Self.pendingMax, let oldest = pending.removeOldest(), !oldest.transaction.isAnswered {
      counts.evicted += 1
    }
    pending.insert(request, key, at: captured.time)
  }

  private static func read(_ captured: CapturedMessage) -> Pending? {
    let message = captured.message
    let number = PhoneNumber.user(of: message.to)
    guard !number.isEmpty else { return nil }
    var reading = Reading()
    message.forEachHeader(beginningWith: HeaderBeginnings("coexusaupr")) { reading.take($0, $1) }
    return Pending(
      number: number, source: captured.source, frame: captured.frame, time: captured.time,
      hasCredentials: reading.hasCredentials, userAgent: reading.userAgent ?? "",
      isWildcard: reading.isWildcard, contacts: reading.contacts, expires: reading.expires.flatMap(\.self))
  }

  private mutating func close(_ key: Key, _ captured: CapturedMessage, _ report: (RegistrationEvent) -> Void) {
    guard let status = captured.message.status, status >= 200 else { return }
    guard let place = pending.place(of: key), let request = pending[place] else {
      counts.withoutRequest += 1
      return
    }
    guard !request.isAnswered else {
      counts.retransmissions += 1
      return
    }
    pending[place]?.isAnswered = true
    report(Self.event(request, at: captured.time, outcome: Self.outcome(of: request, status, captured.message)))
  }

  private static func outcome(of request: Pending, _ status: Int, _ response: SIPMessage)
    -> RegistrationEvent.Outcome
  {
    switch status {
    case 200...299: break
    case 401, 407: return .challenged
    default: return .refused(status: status)
    }
    if request.isWildcard { return request.expires == 0 ? .removedAll : .queried }
    guard !request.contacts.isEmpty else { return .queried }
    // Contacts are few, and the latest word on one counts.
    var granted: [(uri: SIPText, expires: UInt32)] = []
    var contactsInResponse = 0
    response.forEachValue(of: .contact) { value in
      contactsInResponse += 1
      guard granted.count < contactsMax, let address = NameAddress(value),
        let expires = address.parameters.value("expires")?.decimal
      else { return }
      if let known = granted.firstIndex(where: { $0.uri == address.uri }) {
        granted[known].expires = expires
      } else {
        granted.append((address.uri, expires))
      }
    }
    // A registrar behind NAT answers with the address it saw; with one contact on either side it is still that one.
    let only = contactsInResponse == 1 && request.contacts.count == 1 ? granted.first?.expires : nil
    return .accepted(
      changes(of: request) { uri, asked in
        guard asked != 0 else { return 0 }
        return only ?? granted.last { $0.uri.string == uri }?.expires ?? response.firstLine(of: .expires)?.decimal
          ?? asked
      })
  }

  private static func changes(of request: Pending, granted: (String, UInt32) -> UInt32)
    -> [RegistrationEvent.ContactChange]
  {
    request.contacts.map { contact in
      let asked = contact.expires ?? request.expires ?? expiresSecondsDefault
      return RegistrationEvent.ContactChange(uri: contact.uri, expiresSeconds: granted(contact.uri, asked))
    }
  }

  private static func event(_ request: Pending, at time: Instant, outcome: RegistrationEvent.Outcome)
    -> RegistrationEvent
  {
    RegistrationEvent(
      number: request.number, source: request.source, frame: request.frame, time: time,
      hasCredentials: request.hasCredentials, userAgent: request.userAgent, outcome: outcome)
  }

  private mutating func expire(at now: Instant, _ report: (RegistrationEvent) -> Void) {
    while let oldest = pending.oldest, now == .distantFuture || oldest + Self.patience <= now,
      let (time, request) = pending.removeOldest()
    {
      guard !request.isAnswered else { continue }
      report(Self.event(request, at: time, outcome: .unanswered(Self.changes(of: request) { $1 })))
    }
  }
}
