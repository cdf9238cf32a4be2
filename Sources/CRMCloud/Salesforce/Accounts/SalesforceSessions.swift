import Primitives

/// Sessions and access tokens, which are the same to the API (documented).
struct SalesforceSessions: Codable {
  struct Session: Codable {
    let userIndex: Int
    var lastUse: Instant
    /// The refresh token it came from.
    let origin: Secret?
  }

  /// One more ends the one opened longest ago; a real organisation has no such bound.
  private var table = BoundedTable<Session>(limit: 10_000)
  private var tokens: [String] = []

  mutating func open(_ token: String, for userIndex: Int, from origin: Secret? = nil, at now: Instant) {
    table.set(token, Session(userIndex: userIndex, lastUse: now, origin: origin))
    tokens.append(token)
    if tokens.count > 20_000 { tokens.removeAll { table[$0] == nil } }
  }

  /// Whose session `token` is, which is used by asking; nil for one that never was or has ended.
  mutating func use(_ token: String, life: Instant.Span, at now: Instant) -> Int? {
    guard var session = table[token] else { return nil }
    guard now - session.lastUse < life else {
      table.remove(token)
      return nil
    }
    session.lastUse = session.lastUse < now ? now : session.lastUse
    table.set(token, session)
    return session.userIndex
  }

  mutating func end(_ token: String) -> Bool { table.remove(token) != nil }

  /// Ends every session that `isMeant`; how many there were.
  mutating func endAll(where isMeant: (Session) -> Bool = { _ in true }) -> Int {
    var ended = 0
    for token in tokens {
      guard let session = table[token], isMeant(session) else { continue }
      table.remove(token)
      ended += 1
    }
    tokens.removeAll { table[$0] == nil }
    return ended
  }
}
