import ApplianceAPI
import Primitives

/// Who is signed in, by cookie.
struct WebSessions: Sendable {
  /// Whose session it is.
  enum User: Hashable, Sendable {
    case administrator
    case `extension`(String)
  }

  /// One sign-in.
  struct Session: Hashable, Sendable {
    var user: User
    /// What every form of the session's pages has to send.
    var token: String
    /// Whether the pages are those of the model beside the one that is served.
    var isBeside = false
  }

  static let cookie = "ucm_session"
  /// Sessions at once; the one that ends first makes room.
  private static let countMax = 256

  private var sessions = ExpiringTable<Session>(countMax: countMax)
  private var tokens: TokenSource
  private let life: Instant.Span

  init(key: [UInt8], life: Instant.Span) {
    tokens = TokenSource(key: key)
    self.life = life
  }

  /// A token for a form of somebody who is not signed in yet.
  mutating func token() -> String { tokens.hexadecimal() }

  /// A new session's cookie.
  mutating func open(_ user: User, at now: Instant) -> String {
    let cookie = tokens.hexadecimal()
    sessions.set(cookie, to: Session(user: user, token: tokens.hexadecimal()), until: now + life, at: now)
    return cookie
  }

  /// The session of that cookie.
  ///
  /// - Parameter renewing: whether its time begins anew.
  mutating func session(_ cookie: String?, at now: Instant, renewing: Bool) -> Session? {
    guard let cookie, let session = sessions.value(cookie, at: now) else { return nil }
    guard renewing else { return session }
    sessions.set(cookie, to: session, until: now + life, at: now)
    return session
  }

  /// Whose pages are shown from now on.
  mutating func show(beside isBeside: Bool, _ cookie: String?, at now: Instant) {
    guard let cookie, var session = sessions.value(cookie, at: now) else { return }
    session.isBeside = isBeside
    sessions.set(cookie, to: session, until: now + life, at: now)
  }

  mutating func close(_ cookie: String?) {
    if let cookie { sessions.remove(cookie) }
  }

  /// In a time that does not depend on where they differ; nothing is never equal.
  static func isSame(_ given: String?, _ expected: String?) -> Bool {
    let (given, expected) = (Array((given ?? "").utf8), Array((expected ?? "").utf8))
    guard !expected.isEmpty, given.count == expected.count else { return false }
    return zip(given, expected).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}
