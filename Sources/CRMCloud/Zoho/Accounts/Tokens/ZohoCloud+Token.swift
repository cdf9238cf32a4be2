import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  private enum GrantType: String { case refreshToken = "refresh_token", authorizationCode = "authorization_code" }

  /// `POST /oauth/v2/token`.
  ///
  /// Checks in the order method, grant type, throttle, client, secret, redirect URI, code or token (assumed).
  mutating func token(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    // A wrong method and a missing grant type get 400 (documented; the body is assumed, RFC 6749 section 5.2).
    guard request.method == .post else { return .json(400, ["error": "invalid_request"]) }
    let parameters = TokenRequestParameters(request)
    guard let grantType = parameters["grant_type"].flatMap(GrantType.init) else {
      return .json(400, ["error": "invalid_request"])
    }
    let refreshToken = parameters["refresh_token"] ?? ""
    if grantType == .refreshToken, centres[centre].accounts.tokens.isThrottled(refreshToken, at: now) {
      return Self.throttled
    }
    do throws(TokenError) {
      let client = try client(of: parameters, at: centre)
      switch grantType {
      case .authorizationCode:
        return try exchange(parameters["code"] ?? "", of: client, parameters["redirect_uri"], at: centre, now)
      case .refreshToken:
        // There is no invalid_grant: revoked and unknown refresh tokens are "codes" as well (documented).
        guard let grant = centres[centre].accounts.tokens.grant(refreshToken, to: client.id),
          isOpen(grant.session, at: centre),
          let token = centres[centre].accounts.tokens.issue(for: refreshToken, at: now)
        else { throw .invalidCode }
        return tokenReply(token, scopes: grant.session.scopes, at: centre)
      }
    } catch {
      return tokenError(error)
    }
  }

  /// The client that the request proves to be. Clients are enabled per data centre, each with a secret of its own:
  /// elsewhere this one is unknown (documented).
  func client(of parameters: TokenRequestParameters, at centre: Int) throws(TokenError) -> ZohoClient {
    let location = centres[centre].location
    guard let client = parameters["client_id"].flatMap({ clients.client($0, in: location) }) else {
      throw .invalidClient
    }
    guard let secret = parameters["client_secret"], clients.isSecret(secret, of: client.id, in: location) else {
      throw .invalidClientSecret
    }
    return client
  }

  /// Whether the person behind a grant still has an account.
  func isOpen(_ session: ZohoTokenStore.Session, at centre: Int) -> Bool {
    centres[centre].accounts.person(zuid: session.zuid)?.isActive ?? false
  }

  private mutating func exchange(
    _ value: String, of client: ZohoClient, _ redirectURI: String?, at centre: Int, _ now: Instant
  ) throws(TokenError) -> CloudResponse {
    // Scripts have no secret and devices a flow of their own (documented: "wrong client type").
    guard client.kind != .clientBased, client.kind != .nonBrowser else { throw .invalidClient }
    let code = centres[centre].accounts.tokens.code(value, at: now).flatMap { mayExchange($0, client) ? $0 : nil }
    if let code {
      // A self-client code was sent nowhere, so whatever is given is not looked at (documented: not needed).
      guard code.redirectURI == nil || code.redirectURI == redirectURI else { throw .invalidRedirectURI }
    } else if client.kind != .selfClient {
      guard redirectURI.map(client.redirectURIs.contains) ?? true else { throw .invalidRedirectURI }
    }
    guard let code, isOpen(code.session, at: centre) else { throw .invalidCode }
    if code.givesRefreshToken, centres[centre].accounts.tokens.isRefreshThrottled(code.session.party, at: now) {
      return Self.throttled
    }
    centres[centre].accounts.tokens.useUp(code: value)
    // Where the switch lets another client exchange the code, the tokens are that client's.
    let session = ZohoTokenStore.Session(
      clientID: client.id, zuid: code.session.zuid, organisationID: code.session.organisationID,
      portalID: code.session.portalID, environment: code.session.environment, scopes: code.session.scopes)
    if session.clientID != code.session.clientID { centres[centre].accounts.tokens.connect(session, at: now) }
    return issueTokens(for: session, withRefreshToken: code.givesRefreshToken, at: centre, now)
  }

  /// Tokens for a new grant and the reply that carries them.
  mutating func issueTokens(
    for session: ZohoTokenStore.Session, withRefreshToken: Bool, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    guard withRefreshToken else {
      let token = centres[centre].accounts.tokens.issueAccessToken(for: session, at: now)
      return tokenReply(token, scopes: session.scopes, at: centre)
    }
    let issued = centres[centre].accounts.tokens.issueRefreshToken(for: session, at: now)
    return tokenReply(issued.accessToken, refreshToken: issued.refreshToken, scopes: session.scopes, at: centre)
  }

  private func mayExchange(_ code: ZohoGrantCode, _ client: ZohoClient) -> Bool {
    if code.session.clientID == client.id { return true }
    guard code.redirectURI == nil, settings.selfClientBinding == .anyClientOfAccount,
      let owner = clients[code.session.clientID]?.ownerZUID
    else { return false }
    return client.ownerZUID == owner
  }
}
