import Primitives

/// The sessions of v4_1 and the tokens of the REST APIs.
struct SugarSessions: Codable {
  /// A session of v4_1; many of one user live side by side (measured).
  private struct Session: Codable {
    let user: String
    var usedAt: Instant
  }

  /// What a REST login gave; one user has one on each platform (observed by several third parties).
  struct Grant: Codable {
    let user: String
    let platform: String
    let access: String
    let refresh: String
    let accessEnd: Instant
    let refreshEnd: Instant
  }

  private var sessions: BoundedTable<Session>
  private var grants: BoundedTable<Grant>
  /// Ids of sessions, for ending them all.
  private var open: [String] = []
  /// Names of grants: user and platform.
  private var granted: [String] = []
  private var generator: SeededGenerator
  private let limit: Int

  init(limit: Int, seed: UInt64) {
    self.limit = max(1, limit)
    sessions = BoundedTable(limit: limit)
    grants = BoundedTable(limit: limit)
    generator = SeededGenerator(seed: seed ^ 0x7365_7373)
  }

  /// A session's id has 26 characters of PHP's (measured form).
  mutating func open(for user: String, at now: Instant) -> String {
    let id = String(generator.hexadecimal(26))
    sessions.set(id, Session(user: user, usedAt: now))
    open.append(id)
    if open.count > limit { open.removeFirst(open.count - limit) }
    return id
  }

  /// Whose session it is; using it keeps it.
  mutating func user(of id: String, idleLife: Instant.Span, at now: Instant) -> String? {
    guard var session = sessions[id] else { return nil }
    guard now - session.usedAt < idleLife else {
      close(id)
      return nil
    }
    session.usedAt = now
    sessions.set(id, session)
    return session.user
  }

  mutating func close(_ id: String) {
    sessions.remove(id)
    open.removeAll { $0 == id }
  }

  /// New tokens; those the user had on this platform are over.
  /// - Parameter isDotted: whether the access token has the form of a JWT.
  mutating func grant(
    user: String, platform: String, _ settings: SugarCloudSettings, isDotted: Bool = false, at now: Instant
  ) -> Grant {
    let access = isDotted ? [uuid(), uuid(), uuid()].joined(separator: ".") : uuid()
    let grant = Grant(
      user: user, platform: platform, access: access, refresh: uuid(), accessEnd: now + settings.accessTokenLife,
      refreshEnd: now + settings.refreshTokenLife)
    let name = "\(user) \(platform)"
    grants.set(name, grant)
    granted.removeAll { $0 == name }
    granted.append(name)
    if granted.count > limit { granted.removeFirst(granted.count - limit) }
    return grant
  }

  func grant(access token: String, at now: Instant) -> Grant? {
    live.first { $0.access == token && now < $0.accessEnd }
  }

  func grant(refresh token: String, at now: Instant) -> Grant? {
    live.first { $0.refresh == token && now < $0.refreshEnd }
  }

  private var live: [Grant] { granted.compactMap { grants[$0] } }

  /// Ends one session or grant by its id or either token. False if there is none.
  mutating func end(_ token: String) -> Bool {
    if sessions[token] != nil {
      close(token)
      return true
    }
    guard let grant = live.first(where: { $0.access == token || $0.refresh == token }) else { return false }
    remove(grant)
    return true
  }

  /// Lets an access token run out now, so that its refresh token still works.
  mutating func expire(_ token: String, at now: Instant) -> Bool {
    guard let grant = live.first(where: { $0.access == token }) else {
      guard sessions[token] != nil else { return false }
      close(token)
      return true
    }
    grants.set(
      "\(grant.user) \(grant.platform)",
      Grant(
        user: grant.user, platform: grant.platform, access: grant.access, refresh: grant.refresh, accessEnd: now,
        refreshEnd: grant.refreshEnd))
    return true
  }

  mutating func remove(_ grant: Grant) {
    let name = "\(grant.user) \(grant.platform)"
    grants.remove(name)
    granted.removeAll { $0 == name }
  }

  /// How many there were.
  mutating func endAll() -> Int {
    let count = open.count + granted.count
    sessions = BoundedTable(limit: limit)
    grants = BoundedTable(limit: limit)
    (open, granted) = ([], [])
    return count
  }

  private mutating func uuid() -> String {
    let digits = Array(generator.hexadecimal(32))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }
}
