import JSON
import Primitives

/// Why the token endpoint refuses (documented codes).
enum TokenError: String, Error, Hashable {
  case invalidClient = "invalid_client"
  case invalidClientSecret = "invalid_client_secret"
  case invalidRedirectURI = "invalid_redirect_uri"
  case invalidCode = "invalid_code"
  case invalidScope = "invalid_scope"
  case accessDenied = "access_denied"
}

extension ZohoCloud {
  /// The members of a reply with tokens, in the documented order. A refresh answers no refresh token: the one used
  /// stays good (documented).
  func tokenReply(
    _ token: String, refreshToken: String? = nil, scopes: ZohoScopes, at centre: Int
  ) -> CloudResponse {
    let domain = ZohoHosts.at(centres[centre].location)?.api ?? ""
    var members = [JSONValue.Member("access_token", .string(token))]
    if let refreshToken { members.append(.init("refresh_token", .string(refreshToken))) }
    if settings.tokenReplyHasScope {
      members.append(.init("scope", .string(scopes.listed.joined(separator: " "))))
    }
    members += [.init("api_domain", .string("https://" + domain)), .init("token_type", "Bearer")]
    let seconds = settings.accessTokenLife.wholeSeconds
    switch settings.expiresInForm {
    case .seconds: members.append(.init("expires_in", .integer(seconds)))
    case .milliseconds:
      members += [
        .init("expires_in_sec", .integer(seconds)),
        .init("expires_in", .integer(seconds.multipliedReportingOverflow(by: 1000).partialValue)),
      ]
    case .absent: break
    }
    return .json(200, .object(members))
  }

  func tokenError(_ error: TokenError) -> CloudResponse {
    .json(settings.tokenErrorStatus, ["error": .string(error.rawValue)])
  }

  /// Always 400 (observed in issue threads).
  static let throttled = CloudResponse.json(
    400,
    [
      "error_description":
        "You have made too many requests continuously. Please try again after some time.",
      "error": "Access Denied", "status": "failure",
    ])
}
