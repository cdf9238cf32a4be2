import Primitives

/// One provider's OAuth 2 server: its apps, and what their users granted them.
struct OutsideAuthority: Codable {
  static let maximumApps = 100
  /// Consent pages open, and codes and tokens alive: the oldest makes room.
  static let maximumLive = 1000
  /// Of a consent page and of a code (assumed; RFC 6749 section 4.1.2 allows a code no more than ten minutes).
  static let codeLife = Instant.Span.seconds(600)

  /// What goes wrong at the provider, set on its page of apps.
  enum Trouble: String, Codable, Hashable, CaseIterable {
    case none
    /// 503 to every program.
    case unavailable
    /// A page where JSON is due.
    case nonsense
    /// An answer after two minutes.
    case slow
  }

  /// A client.
  struct App: Codable, Hashable {
    let id: String
    let secret: Secret
    let name: String
    /// Compared character by character.
    let redirectURIs: [String]
  }

  /// What a consent page is about, and then what its code stands for.
  struct Authorization: Codable, Hashable {
    let clientID: String
    let redirectURI: String
    let scopes: [String]
    let state: String?
    let wantsRefreshToken: Bool
    /// Whether consent given before counts for nothing.
    let asksAgain: Bool
    let expiry: Instant
  }

  /// Who granted what to whom.
  struct Grant: Codable, Hashable {
    let clientID: String
    let account: String
    let scopes: [String]
    var hasRefreshToken: Bool
  }

  struct Access: Codable, Hashable {
    let grant: Grant
    /// nil for a token that lives until it is taken back.
    let expiry: Instant?
  }

  let provider: OutsideProvider
  var trouble = Trouble.none
  /// Sent back by the forms of its pages.
  let formToken: String
  private(set) var apps: [App] = []
  private var open = BoundedTable<Authorization>(limit: maximumLive)
  private var codes = BoundedTable<Code>(limit: maximumLive)
  private var refreshTokens = BoundedTable<Grant>(limit: maximumLive)
  private var accesses = BoundedTable<Access>(limit: maximumLive)
  /// Client and account of consents given, for providers that give a refresh token once.
  private var consents = BoundedTable<Bool>(limit: maximumLive)
  private var generator: SeededGenerator

  private struct Code: Codable, Hashable {
    let authorization: Authorization
    let grant: Grant
  }

  init(provider: OutsideProvider, seed: UInt64) {
    self.provider = provider
    generator = SeededGenerator(seed: seed)
    formToken = generator.hexadecimal(32)
  }

  func app(_ id: String?) -> App? { id.flatMap { id in apps.first { $0.id == id } } }

  /// nil where there is room for no more.
  mutating func register(_ name: String, redirectURIs: [String]) -> App? {
    guard apps.count < Self.maximumApps else { return nil }
    let app = App(
      id: provider.clientID(&generator), secret: Secret(provider.clientSecret(&generator)), name: name,
      redirectURIs: redirectURIs)
    apps.append(app)
    return app
  }

  /// Opens a consent page; returns the name its form sends back.
  mutating func begin(_ authorization: Authorization) -> String {
    let name = generator.hexadecimal(32)
    open.set(name, authorization)
    return name
  }

  /// Closes a consent page; nil for one that is not open, or has been for too long.
  mutating func end(_ name: String, at now: Instant) -> Authorization? {
    open.remove(name).flatMap { now < $0.expiry ? $0 : nil }
  }

  /// A code for what `account` has consented to.
  mutating func code(for authorization: Authorization, account: String) -> String {
    let consent = authorization.clientID + " " + account
    let isFirst = consents.set(consent, true) == nil
    let grant = Grant(
      clientID: authorization.clientID, account: account, scopes: authorization.scopes,
      hasRefreshToken: authorization.wantsRefreshToken
        && (isFirst || authorization.asksAgain || !provider.givesRefreshTokenOnce))
    let code = provider.code(&generator)
    codes.set(code, Code(authorization: authorization, grant: grant))
    return code
  }

  /// What a code stands for; good once.
  mutating func take(code: String, client: String, redirectURI: String?, at now: Instant) -> Grant? {
    guard let held = codes[code], held.grant.clientID == client else { return nil }
    codes.remove(code)
    guard now < held.authorization.expiry, held.authorization.redirectURI == redirectURI else { return nil }
    return held.grant
  }

  func grant(refreshToken: String, client: String) -> Grant? {
    refreshTokens[refreshToken].flatMap { $0.clientID == client ? $0 : nil }
  }

  mutating func refreshToken(for grant: Grant) -> String {
    let token = provider.refreshToken(&generator)
    refreshTokens.set(token, grant)
    return token
  }

  mutating func accessToken(for grant: Grant, at now: Instant) -> String {
    let token = provider.accessToken(&generator)
    let seconds = provider.facts.lifeSeconds
    accesses.set(token, Access(grant: grant, expiry: seconds > 0 ? now + .seconds(seconds) : nil))
    return token
  }

  /// Who an access token speaks for.
  func grant(accessToken: String, at now: Instant) -> Grant? {
    accesses[accessToken].flatMap { access in access.expiry.map { now < $0 } ?? true ? access.grant : nil }
  }

  mutating func identifier(_ count: Int) -> String { generator.hexadecimal(count) }
}
