import Primitives

/// What one data centre's accounts server has given out: refresh tokens, and the access tokens alive.
struct ZohoTokenStore: Codable {
  /// What one refresh token stands for.
  struct Grant: Codable, Hashable {
    let clientID: String
    let zuid: String
    /// The organisation or portal chosen at consent; nil for the person's first.
    let organisationID: String?
    var environment = ZohoEnvironment.production
    let scopes: ZohoScopes
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

  /// Who an access token speaks for.
  struct Session: Codable, Hashable {
    let clientID: String
    let zuid: String
    /// The organisation or portal chosen at consent; nil for the person's first.
    let organisationID: String?
    var environment = ZohoEnvironment.production
    let scopes: ZohoScopes
  }

  private(set) var grants: [String: Grant] = [:]
  private var accesses: [String: Access] = [:]
  private var generator: SeededGenerator
  private let settings: ZohoCloudSettings

  init(settings: ZohoCloudSettings, seed: UInt64) {
    self.settings = settings
    // Other numbers than the record ids', so that one refresh more does not change every id after it.
    generator = SeededGenerator(seed: seed ^ 0x746f_6b65_6e73)
  }

  /// Takes a grant in under a token made elsewhere; false if the token is in use.
  mutating func add(_ grant: Grant, token: String) -> Bool {
    guard grants[token] == nil else { return false }
    grants[token] = grant
    return true
  }

  /// The grant a refresh token stands for, if it was given to `client`.
  func grant(_ refreshToken: String, to client: String) -> Grant? {
    grants[refreshToken].flatMap { $0.clientID == client ? $0 : nil }
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
    guard var grant = grants[refreshToken] else { return nil }
    let token = newToken()
    let ended = grant.live.filter { accesses[$0].map { $0.expiry <= now } ?? true }
    for value in ended { accesses.removeValue(forKey: value) }
    grant.live.removeAll { accesses[$0] == nil }
    grant.live.append(token)
    while grant.live.count > max(1, settings.maximumAccessTokens) {
      accesses.removeValue(forKey: grant.live.removeFirst())
    }
    if settings.tokenThrottle != nil { grant.issues.append(now) }
    grants[refreshToken] = grant
    let session = Session(
      clientID: grant.clientID, zuid: grant.zuid, organisationID: grant.organisationID,
      environment: grant.environment, scopes: grant.scopes)
    accesses[token] = Access(session: session, expiry: now + settings.accessTokenLife, refreshToken: refreshToken)
    return token
  }

  func session(of accessToken: String, at now: Instant) -> Session? {
    guard let access = accesses[accessToken], now < access.expiry else { return nil }
    return access.session
  }

  mutating func revoke(_ refreshToken: String) -> Bool {
    guard let grant = grants.removeValue(forKey: refreshToken) else { return false }
    for token in grant.live { accesses.removeValue(forKey: token) }
    return true
  }

  /// Ends one access token; false if it is not alive.
  mutating func end(_ accessToken: String) -> Bool { accesses.removeValue(forKey: accessToken) != nil }

  /// The refresh token that an access token was made from; nil for a token that is not alive.
  func refreshToken(of accessToken: String) -> String? { accesses[accessToken]?.refreshToken }

  /// `1000.` and twice 32 hexadecimal digits: codes, access and refresh tokens all look so (documented).
  mutating func newToken() -> String { "1000.\(generator.hexadecimal(32)).\(generator.hexadecimal(32))" }
}
