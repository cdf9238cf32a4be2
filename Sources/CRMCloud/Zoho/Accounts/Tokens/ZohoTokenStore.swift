import Primitives

/// What one data centre's accounts server has given out: codes, refresh tokens, the access tokens alive, and which
/// clients each person has let in.
struct ZohoTokenStore: Codable {
  /// Who an access token speaks for, and what it opens.
  struct Session: Codable, Hashable {
    let clientID: String
    let zuid: String
    /// The CRM's organisation chosen at consent, or the portal where no organisation was; nil for the person's first.
    var organisationID: String?
    /// Desk's portal chosen at consent; nil where no scope of Desk's was asked for.
    var portalID: String?
    var environment = ZohoEnvironment.production
    var scopes: ZohoScopes

    var party: Party { Party(clientID: clientID, zuid: zuid) }
  }

  /// A client and a person who let it in: what limits are counted for.
  struct Party: Codable, Hashable {
    let clientID: String
    let zuid: String
  }

  /// What one refresh token stands for.
  struct Grant: Codable, Hashable {
    let session: Session
    let createdAt: Instant
    /// When access tokens were issued, within the throttle's span.
    var issues: [Instant] = []
    /// Access tokens not yet ended, oldest first.
    var live: [String] = []
  }

  private struct Access: Codable {
    let session: Session
    let expiry: Instant
    /// The refresh token it was made from; nil for one that came without.
    let refreshToken: String?
  }

  let settings: ZohoCloudSettings
  private(set) var grants: [String: Grant] = [:]
  /// Refresh tokens of each party, oldest first.
  private var refreshTokens: [Party: [String]] = [:]
  private var refreshTokenIssues: [Party: [Instant]] = [:]
  private var accesses: [String: Access] = [:]
  /// Access tokens that came without a refresh token, oldest first.
  private var unrefreshed: [Party: [String]] = [:]
  /// What a code may be exchanged for.
  var codes: [String: ZohoGrantCode] = [:]
  /// When codes were made for a client, within the limit's span.
  var codeIssues: [String: [Instant]] = [:]
  /// Who let in whom, by person (GUI: Connected Apps).
  var connectedApps: [String: [ZohoConnectedApp]] = [:]
  private var generator: SeededGenerator

  init(settings: ZohoCloudSettings, seed: UInt64) {
    self.settings = settings
    // Other numbers than the record ids', so that one refresh more does not change every id after it.
    generator = SeededGenerator(seed: seed ^ 0x746f_6b65_6e73)
  }

  /// Takes a grant in under a token made elsewhere; false if the token is in use.
  mutating func add(_ grant: Grant, token: String) -> Bool {
    guard grants[token] == nil else { return false }
    grants[token] = grant
    refreshTokens[grant.session.party, default: []].append(token)
    connect(grant.session, at: grant.createdAt)
    return true
  }

  /// The grant a refresh token stands for, if it was given to `client`.
  func grant(_ refreshToken: String, to client: String) -> Grant? {
    grants[refreshToken].flatMap { $0.session.clientID == client ? $0 : nil }
  }

  /// Whether one access token more would be too many within the throttle's span.
  mutating func isThrottled(_ refreshToken: String, at now: Instant) -> Bool {
    guard let limit = settings.tokenThrottle, var grant = grants[refreshToken] else { return false }
    grant.issues.removeAll { now - $0 >= settings.tokenThrottleSpan }
    grants[refreshToken] = grant
    return grant.issues.count >= limit
  }

  /// A new access token, which may end the oldest of the same grant; nil for an unknown refresh token.
  mutating func issue(for refreshToken: String, at now: Instant) -> String? {
    guard let token = addAccess(to: refreshToken, at: now) else { return nil }
    if settings.tokenThrottle != nil { grants[refreshToken]?.issues.append(now) }
    return token
  }

  /// Whether one refresh token more would be too many within a minute.
  mutating func isRefreshThrottled(_ party: Party, at now: Instant) -> Bool {
    guard let limit = settings.maximumNewRefreshTokens else { return false }
    let issues = refreshTokenIssues[party, default: []].filter { now - $0 < .seconds(60) }
    refreshTokenIssues[party] = issues.isEmpty ? nil : issues
    return issues.count >= limit
  }

  /// A new refresh token with its first access token, which the throttle does not count (assumed: it limits what is
  /// made from a refresh token). One refresh token too many silently ends the party's oldest (documented).
  mutating func issueRefreshToken(
    for session: Session, at now: Instant
  ) -> (refreshToken: String, accessToken: String) {
    let refreshToken = newToken()
    grants[refreshToken] = Grant(session: session, createdAt: now)
    refreshTokens[session.party, default: []].append(refreshToken)
    if settings.maximumNewRefreshTokens != nil { refreshTokenIssues[session.party, default: []].append(now) }
    while let oldest = refreshTokens[session.party]?.first,
      refreshTokens[session.party, default: []].count > max(1, settings.maximumRefreshTokens)
    {
      _ = revoke(oldest)
    }
    return (refreshToken, addAccess(to: refreshToken, at: now) ?? "")
  }

  /// An access token that nothing renews. As many of one party live as of one refresh token (assumed).
  mutating func issueAccessToken(for session: Session, at now: Instant) -> String {
    let token = newToken()
    let access = Access(session: session, expiry: now + settings.accessTokenLife, refreshToken: nil)
    let live = add(access, token: token, to: unrefreshed[session.party, default: []], now)
    unrefreshed[session.party] = live
    return token
  }

  func session(of accessToken: String, at now: Instant) -> Session? {
    guard let access = accesses[accessToken], now < access.expiry else { return nil }
    return access.session
  }

  /// Whom an access token was given to, alive or not.
  func client(ofAccessToken token: String) -> String? { accesses[token]?.session.clientID }

  /// The refresh token that an access token was made from; nil for a token that is not alive or came without.
  func refreshToken(of accessToken: String) -> String? { accesses[accessToken]?.refreshToken }

  /// Ends a refresh token and every access token made from it; false for an unknown one.
  mutating func revoke(_ refreshToken: String) -> Bool {
    guard let grant = grants.removeValue(forKey: refreshToken) else { return false }
    for token in grant.live { accesses.removeValue(forKey: token) }
    refreshTokens[grant.session.party]?.removeAll { $0 == refreshToken }
    if refreshTokens[grant.session.party]?.isEmpty ?? false { refreshTokens[grant.session.party] = nil }
    return true
  }

  /// Ends one access token; false if it is not alive.
  mutating func end(_ token: String) -> Bool {
    guard let access = accesses.removeValue(forKey: token) else { return false }
    if let refreshToken = access.refreshToken {
      grants[refreshToken]?.live.removeAll { $0 == token }
    } else {
      unrefreshed[access.session.party]?.removeAll { $0 == token }
    }
    return true
  }

  /// Ends every access token and returns how many there were.
  mutating func endAll() -> Int {
    let tokens = accesses.keys.sorted()
    for token in tokens { _ = end(token) }
    return tokens.count
  }

  /// Ends all that was given to these parties: tokens, codes, and that the client was let in.
  mutating func revokeAll(where isMeant: (Party) -> Bool) {
    for (party, tokens) in refreshTokens where isMeant(party) {
      for token in tokens { _ = revoke(token) }
    }
    for (party, tokens) in unrefreshed where isMeant(party) {
      for token in tokens { accesses.removeValue(forKey: token) }
      unrefreshed[party] = nil
    }
    codes = codes.filter { !isMeant($0.value.session.party) }
    connectedApps = connectedApps.mapValues { apps in apps.filter { !isMeant($0.session.party) } }
      .filter { !$0.value.isEmpty }
  }

  /// `1000.` and twice 32 hexadecimal digits: codes, access and refresh tokens all look so (documented).
  /// Codes of devices begin with `1004.` (documented).
  mutating func newToken(prefix: String = "1000") -> String {
    "\(prefix).\(generator.hexadecimal(32)).\(generator.hexadecimal(32))"
  }

  private mutating func addAccess(to refreshToken: String, at now: Instant) -> String? {
    guard let grant = grants[refreshToken] else { return nil }
    let token = newToken()
    let access = Access(session: grant.session, expiry: now + settings.accessTokenLife, refreshToken: refreshToken)
    let live = add(access, token: token, to: grant.live, now)
    grants[refreshToken]?.live = live
    return token
  }

  /// The tokens alive with one more; the oldest makes room.
  private mutating func add(_ access: Access, token: String, to tokens: [String], _ now: Instant) -> [String] {
    var live: [String] = []
    for value in tokens {
      if let known = accesses[value], now < known.expiry { live.append(value) } else { accesses[value] = nil }
    }
    accesses[token] = access
    live.append(token)
    while live.count > max(1, settings.maximumAccessTokens) { accesses.removeValue(forKey: live.removeFirst()) }
    return live
  }
}
