import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `accounts.*`: so far the token endpoint.
  mutating func respondAsAccounts(
    _ request: HTTPRequest, _ target: RequestTarget, _ body: [UInt8], isHere: Bool, at now: Instant
  ) -> CloudResponse {
    guard target.parts == ["oauth", "v2", "token"] else { return .empty(404) }
    // A wrong method and a missing grant type get 400 (documented; the body is assumed, RFC 6749 section 5.2).
    guard request.method == .post else { return .json(400, ["error": "invalid_request"]) }
    let form = FormParameters(String(decoding: body, as: UTF8.self))
    return token(target.query.followed(by: form), isHere: isHere, at: now)
  }

  /// Checks in the order method, grant type, throttle, client, secret, token (assumed).
  private mutating func token(_ parameters: FormParameters, isHere: Bool, at now: Instant) -> CloudResponse {
    enum GrantType: String { case refreshToken = "refresh_token", authorizationCode = "authorization_code" }
    guard let grantType = parameters["grant_type"].flatMap(GrantType.init) else {
      return .json(400, ["error": "invalid_request"])
    }
    let refreshToken = parameters["refresh_token"] ?? ""
    if isHere, grantType == .refreshToken, tokens.isThrottled(refreshToken, at: now) { return Self.throttled }
    // Clients are registered per data centre: elsewhere this one is unknown (documented).
    guard isHere, let client = parameters["client_id"], tokens.knows(client: client) else {
      return tokenError("invalid_client")
    }
    guard let secret = parameters["client_secret"], tokens.isSecret(secret, of: client) else {
      return tokenError("invalid_client_secret")
    }
    switch grantType {
    case .authorizationCode:
      // No page of this cloud hands out codes yet, so every code is an unknown one.
      return tokenError("invalid_code")
    case .refreshToken:
      // There is no invalid_grant: revoked and unknown refresh tokens are "codes" as well (documented).
      guard tokens.isGranted(refreshToken, to: client), let token = tokens.issue(for: refreshToken, at: now) else {
        return tokenError("invalid_code")
      }
      return .json(200, tokenReply(token))
    }
  }

  /// No refresh token: the one used stays good (documented, members in this order).
  private func tokenReply(_ token: String) -> JSONValue {
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
    let domain = ZohoHosts.all.first { $0.location == location }?.api ?? ""
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
