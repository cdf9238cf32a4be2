import Primitives

/// Challenges under way and sessions that are open.
struct VtigerSessions: Codable {
  struct Token: Codable {
    let value: String
    let expiry: Instant
  }

  struct Session: Codable {
    let userNumber: Int
    let openedAt: Instant
    var usedAt: Instant
  }

  /// Sessions kept; the oldest makes room (ours: a real server drops files).
  static let sessionsMax = 10_000
  /// Challenges of one user kept where a second does not end the first.
  private static let tokensMax = 8

  private var tokens: [Int: [Token]] = [:]
  private var sessions: [String: Session] = [:]
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed ^ 0x7674_6967_6572) }

  /// A challenge for the user with this number.
  ///
  /// - Parameter isOnlyOne: a new token that ends the earlier one; otherwise the one that still lives is given again.
  mutating func challenge(_ user: Int, life: Instant.Span, isOnlyOne: Bool, at now: Instant) -> Token {
    let alive = (tokens[user] ?? []).filter { now < $0.expiry }
    if !isOnlyOne, let token = alive.last { return token }
    let token = Token(value: generator.hexadecimal(13), expiry: now + life)
    tokens[user] = isOnlyOne ? [token] : (alive + [token]).suffix(Self.tokensMax)
    return token
  }

  /// Tokens of the user that live; a login does not use one up (measured).
  func tokens(of user: Int, at now: Instant) -> [Token] { (tokens[user] ?? []).filter { now < $0.expiry } }

  /// Any number of sessions of one user are open at once (measured).
  mutating func open(for user: Int, at now: Instant) -> String {
    let name = generator.hexadecimal(20)
    sessions[name] = Session(userNumber: user, openedAt: now, usedAt: now)
    if sessions.count > Self.sessionsMax,
      let oldest = sessions.min(by: { ($0.value.usedAt, $0.key) < ($1.value.usedAt, $1.key) })
    {
      sessions.removeValue(forKey: oldest.key)
    }
    return name
  }

  subscript(name: String) -> Session? { sessions[name] }

  mutating func use(_ name: String, at now: Instant) { sessions[name]?.usedAt = now }

  @discardableResult
  mutating func end(_ name: String) -> Bool { sessions.removeValue(forKey: name) != nil }

  /// How many there were.
  mutating func endAll(of user: Int? = nil) -> Int {
    let before = sessions.count
    sessions = user.map { number in sessions.filter { $0.value.userNumber != number } } ?? [:]
    return before - sessions.count
  }
}
