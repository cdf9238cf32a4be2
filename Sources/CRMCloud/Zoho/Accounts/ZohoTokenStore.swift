import Primitives

/// Who may come in: clients, what users granted them, and the access tokens alive.
struct ZohoTokenStore {
  /// What one refresh token stands for.
  private struct Grant {
    let clientID: String
    let scopes: ZohoScopes
    let userIndex: Int
    /// When access tokens were issued, within the throttle's span.
    var issues: [Instant] = []
    /// Access tokens not yet ended, oldest first.
    var live: [String] = []
  }

  private struct Access {
    let scopes: ZohoScopes
    let userIndex: Int
    let expiry: Instant
  }

  /// Who an access token speaks for.
  struct Session {
    let scopes: ZohoScopes
    let userIndex: Int
  }

  private var secrets: [String: Secret] = [:]
  private var grants: [String: Grant] = [:]
  private var accesses: [String: Access] = [:]
  private var generator: SeededGenerator
  private let settings: ZohoCloudSettings

  init(
    clients: [ZohoCloudData.Client], users: [ZohoCloudData.User], settings: ZohoCloudSettings, seed: UInt64
  ) throws(ZohoCloudDataError) {
    guard clients.count <= ZohoCloud.maximumClients else {
      throw .tooMany(list: "clients", count: clients.count, limit: ZohoCloud.maximumClients)
    }
    self.settings = settings
    // Other numbers than the record ids', so that one refresh more does not change every id after it.
    generator = SeededGenerator(seed: seed ^ 0x746f_6b65_6e73)
    for (index, client) in clients.enumerated() {
      let tokens = client.refreshTokens
      guard tokens.count <= ZohoCloud.maximumRefreshTokensPerClient else {
        throw .tooMany(
          list: "clients[\(index)].refreshTokens", count: tokens.count, limit: ZohoCloud.maximumRefreshTokensPerClient)
      }
      guard secrets.updateValue(client.secret, forKey: client.id) == nil else {
        throw .duplicateCredential(client: index)
      }
      for (place, token) in tokens.enumerated() {
        let user = token.userID.map { id in users.firstIndex { $0.id == id } } ?? 0
        guard let user else { throw .unknownUser(client: index, refreshToken: place) }
        let grant = Grant(clientID: client.id, scopes: ZohoScopes(token.scopes), userIndex: user)
        guard grants.updateValue(grant, forKey: token.token.value) == nil else {
          throw .duplicateCredential(client: index)
        }
      }
    }
  }

  func knows(client: String) -> Bool { secrets[client] != nil }

  func isSecret(_ secret: String, of client: String) -> Bool { secrets[client] == Secret(secret) }

  func isGranted(_ refreshToken: String, to client: String) -> Bool { grants[refreshToken]?.clientID == client }

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
    let token = "1000.\(generator.hexadecimal(32)).\(generator.hexadecimal(32))"
    let ended = grant.live.filter { accesses[$0].map { $0.expiry <= now } ?? true }
    for value in ended { accesses.removeValue(forKey: value) }
    grant.live.removeAll { accesses[$0] == nil }
    grant.live.append(token)
    while grant.live.count > max(1, settings.maximumAccessTokens) {
      accesses.removeValue(forKey: grant.live.removeFirst())
    }
    if settings.tokenThrottle != nil { grant.issues.append(now) }
    grants[refreshToken] = grant
    accesses[token] = Access(scopes: grant.scopes, userIndex: grant.userIndex, expiry: now + settings.accessTokenLife)
    return token
  }

  func session(of accessToken: String, at now: Instant) -> Session? {
    guard let access = accesses[accessToken], now < access.expiry else { return nil }
    return Session(scopes: access.scopes, userIndex: access.userIndex)
  }

  mutating func revoke(_ refreshToken: String) -> Bool {
    guard let grant = grants.removeValue(forKey: refreshToken) else { return false }
    for token in grant.live { accesses.removeValue(forKey: token) }
    return true
  }
}
