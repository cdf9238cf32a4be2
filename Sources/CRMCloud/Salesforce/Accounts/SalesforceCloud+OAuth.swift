import HTTPTypes
import JSON
import Primitives

extension SalesforceCloud {
  /// `/services/oauth2/…` (documented).
  mutating func respondAsOAuth(_ request: CloudRequest, _ now: Instant) -> CloudResponse {
    switch request.parts.dropFirst(2).first {
    case "token":
      guard request.method == .post else { return Self.refused("invalid_request", "must use HTTP POST") }
      return token(request.parameters, at: request.host, now)
    case "revoke":
      guard let token = request.parameters["token"] else { return Self.refused("invalid_request", "no token") }
      return revoke(token) ? .empty(200) : Self.refused("unsupported_token_type", "this token is not known")
    default: return .text(404, "Not found")
    }
  }

  private mutating func token(_ form: FormParameters, at host: String, _ now: Instant) -> CloudResponse {
    guard let place = clients.firstIndex(where: { $0.id == form["client_id"] }) else {
      return Self.refused("invalid_client_id", "client identifier invalid")
    }
    guard clients[place].secret.value == form["client_secret"] else {
      return Self.refused("invalid_client", "invalid client credentials")
    }
    switch form["grant_type"] {
    case "refresh_token":
      let token = Secret(form["refresh_token"] ?? "")
      guard host == self.host || host == loginHost, let user = clients[place].refreshTokens[token],
        users[user].isActive
      else { return Self.refused("invalid_grant", "expired access/refresh token") }
      return granted(user, from: token, now)
    case "password":
      guard !settings.blocksPasswordGrant,
        case .success(let user) = authenticate(form["username"] ?? "", form["password"] ?? "", at: host, now)
      else { return Self.refused("invalid_grant", "authentication failure") }
      return granted(user, from: nil, now)
    case "client_credentials":
      // Only at the organisation's own host (documented).
      guard host == self.host else { return Self.refused("invalid_grant", "request not supported on this domain") }
      guard let user = clients[place].runsAs, users[user].isActive else {
        return Self.refused("invalid_grant", "no client credentials user enabled")
      }
      return granted(user, from: nil, now)
    case _: return Self.refused("unsupported_grant_type", "grant type not supported")
    }
  }

  /// Without `expires_in`, and without a new refresh token (documented).
  private mutating func granted(_ user: Int, from refreshToken: Secret?, _ now: Instant) -> CloudResponse {
    let token = openSession(for: user, from: refreshToken, at: now)
    let issued = String(now.nanoseconds / 1_000_000)
    return .json(
      200,
      [
        "access_token": .string(token), "signature": .string(generator.hexadecimal(32)),
        "instance_url": .string("https://" + host),
        "id": .string("https://\(loginHost)/id/\(organisationID)/\(users[user].id)"), "token_type": "Bearer",
        "issued_at": .string(issued),
      ])
  }

  /// Ends an access token, or a refresh token with the access tokens made from it.
  mutating func revoke(_ token: String) -> Bool {
    if sessions.end(token) { return true }
    let secret = Secret(token)
    for place in clients.indices where clients[place].refreshTokens.removeValue(forKey: secret) != nil {
      _ = sessions.endAll { $0.origin == secret }
      return true
    }
    return false
  }

  /// One object, unlike the API's errors (documented).
  private static func refused(_ code: String, _ description: String) -> CloudResponse {
    .json(400, ["error": .string(code), "error_description": .string(description)])
  }
}
