import Crypto
import Primitives

/// Challenges given out and sessions opened (observed on several units).
///
/// A challenge is 16 digits with zeros in front; its proof is the MD5 over it and the password in lower-case
/// hexadecimal; a session is `sid<digits>-<epoch seconds>`. Each challenge serves once.
struct Sessions: Sendable {
  /// What a cookie stands for.
  enum Standing: Hashable {
    case open(user: String)
    case over
    case unknown
  }

  private var challenges: ExpiringTable<String>
  private var sessions: ExpiringTable<String>
  private var tokens: TokenSource
  private let settings: DoorSettings

  /// Challenges not yet used; the one that ends first makes room.
  private static let challengesMax = 1024
  /// How long it is remembered that a session was there.
  private static let remembrance = Instant.Span.seconds(3600)

  init(_ settings: DoorSettings, tokens: TokenSource) {
    self.settings = settings
    self.tokens = tokens
    challenges = ExpiringTable(countMax: Self.challengesMax)
    // Those that are over are remembered beside those that are open.
    sessions = ExpiringTable(countMax: 4 * max(1, settings.sessionsMax))
  }

  /// One for everybody who asks, whether the user exists or not.
  mutating func challenge(for user: String, at now: Instant) -> String {
    let digits = String(tokens.number(below: 10_000_000_000))
    let challenge = String(repeating: "0", count: 16 - digits.utf8.count) + digits
    challenges.set(challenge, to: user, until: now + .seconds(settings.challengeSeconds), at: now)
    return challenge
  }

  /// Whether `token` proves the password with a challenge that was given to the user; that challenge is then used up.
  ///
  /// The client does not say which of its challenges it means, so each is tried.
  mutating func redeem(token: String, user: APIUser, at now: Instant) -> Bool {
    for challenge in challenges.keys(of: user.name, at: now)
    where Self.equal(Self.proof(challenge, user.password), token) {
      challenges.remove(challenge)
      return true
    }
    return false
  }

  /// A new session's cookie; nil where as many are open as can be.
  mutating func open(_ user: APIUser, at now: Instant) -> String? {
    guard openCount(at: now) < settings.sessionsMax else { return nil }
    let cookie = "sid\(tokens.number(below: 1_000_000_000_000_000_000))-\(now.seconds)"
    touch(cookie, user.name, at: now)
    return cookie
  }

  /// Who is logged in by that cookie, whose time begins anew.
  mutating func standing(of cookie: String, at now: Instant) -> Standing {
    guard let user = sessions.value(cookie, at: now), let ends = sessions.ends(cookie) else { return .unknown }
    guard ends - now > Self.remembrance else { return .over }
    touch(cookie, user, at: now)
    return .open(user: user)
  }

  mutating func close(_ cookie: String) { sessions.remove(cookie) }

  /// Sessions that are open.
  func openCount(at now: Instant) -> Int { sessions.count { $0 - now > Self.remembrance } }

  private mutating func touch(_ cookie: String, _ user: String, at now: Instant) {
    sessions.set(cookie, to: user, until: now + .seconds(settings.sessionSeconds) + Self.remembrance, at: now)
  }

  static func proof(_ challenge: String, _ password: Secret) -> String {
    Hexadecimal.md5(challenge + password.value)
  }

  /// In a time that does not depend on where they differ.
  static func equal(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left.utf8), Array(right.utf8))
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }
}

extension ExpiringTable where Value == String {
  /// Keys whose value it is, in the order of their text.
  func keys(of value: String, at now: Instant) -> [String] { keys(at: now) { $0 == value } }
}

/// Digests as text.
enum Hexadecimal {
  static func md5(_ text: String) -> String { Self.text(Insecure.MD5.hash(data: Array(text.utf8))) }

  static func sha256(_ text: String) -> String { Self.text(SHA256.hash(data: Array(text.utf8))) }

  static func text(_ bytes: some Sequence<UInt8>) -> String {
    var result = ""
    for byte in bytes {
      let digits = String(byte, radix: 16)
      result += digits.utf8.count == 1 ? "0" + digits : digits
    }
    return result
  }
}
