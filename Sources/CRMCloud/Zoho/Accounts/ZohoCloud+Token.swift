import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `POST /oauth/v2/token`; parameters count in the query and in the form (documented).
  ///
  /// Checks in the order method, grant type, throttle, client, secret, token (assumed).
  mutating func token(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    enum GrantType: String { case refreshToken = "refresh_token", authorizationCode = "authorization_code" }
    // A wrong method and a missing grant type get 400 (documented; the body is assumed, RFC 6749 section 5.2).
    guard request.method == .post else { return .json(400, ["error": "invalid_request"]) }
    let parameters = request.parameters
    guard let grantType = parameters["grant_type"].flatMap(GrantType.init) else {
      return .json(400, ["error": "invalid_request"])
    }
    let location = centres[centre].location
    let refreshToken = parameters["refresh_token"] ?? ""
    if grantType == .refreshToken, centres[centre].accounts.tokens.isThrottled(refreshToken, at: now) {
      return Self.throttled
    }
    // Clients are enabled per data centre: elsewhere this one is unknown (documented).
    guard let client = parameters["client_id"], clients.client(client, in: location) != nil else {
      return tokenError("invalid_client")
    }
    guard let secret = parameters["client_secret"], clients.isSecret(secret, of: client, in: location) else {
      return tokenError("invalid_client_secret")
    }
    switch grantType {
    case .authorizationCode:
      // No page of this cloud hands out codes yet, so every code is an unknown one.
      return tokenError("invalid_code")
    case .refreshToken:
      // There is no invalid_grant: revoked and unknown refresh tokens are "codes" as well (documented).
      guard centres[centre].accounts.tokens.grant(refreshToken, to: client) != nil,
        let token = centres[centre].accounts.tokens.issue(for: refreshToken, at: now)
      else { return tokenError("invalid_code") }
      return .json(200, tokenReply(token, at: centre))
    }
  }

  /// No refresh token: the one used stays good (documented, members in this order).
  private func tokenReply(_ token: String, at centre: Int) -> JSONValue {
    let seconds = settings.accessTokenLife.wholeSeconds
    let life: [JSONValue.Member] =
      switch settings.expiresInForm {
      case .seconds: [.init("expires_in", .integer(seconds))]
      case .milliseconds:
        [
          .init("expires_in_sec", .integer(seconds)),
          .init("expires_in", .integer(seconds.multipliedReportingOverflow(by: 1000).partialValue)),
        ]
      case .absent: []
      }
    let domain = ZohoHosts.at(centres[centre].location)?.api ?? ""
    return .object(
      [
        .init("access_token", .string(token)), .init("api_domain", .string("https://" + domain)),
        .init("token_type", "Bearer"),
      ] + life)
  }

  private func tokenError(_ code: String) -> CloudResponse {
    .json(settings.tokenErrorStatus, ["error": .string(code)])
  }

  /// Always 400 (observed in issue threads).
  private static let throttled = CloudResponse.json(
    400,
    [
      "error_description":
        "You have made too many requests continuously. Please try again after some time.",
      "error": "Access Denied", "status": "failure",
    ])
}
