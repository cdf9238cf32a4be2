import Foundation
import HTTPTypes
import JSON
import Primitives

extension SalesforceCloud {
  /// `/services/oauth2/…` (documented).
  mutating func respondAsOAuth(_ request: CloudRequest, _ now: Instant) -> CloudResponse {
    switch request.parts.dropFirst(2).first {
    case "token":
      guard request.method == .post else { return Self.refused("invalid_request", "must use HTTP POST") }
      return token(request.parameters, from: Self.client(of: request), at: request.host, now)
    case "revoke":
      guard let token = request.parameters["token"] else { return Self.refused("invalid_request", "no token") }
      return revoke(token) ? .empty(200) : Self.refused("unsupported_token_type", "this token is not known")
    default: return .text(404, "Not found")
    }
  }

  /// The client's id and secret, from the form or in the header of HTTP Basic (documented).
  private static func client(of request: CloudRequest) -> (id: String?, secret: String?) {
    let words = request.headerFields[.authorization]?.split(separator: " ", maxSplits: 1) ?? []
    guard words.count == 2, words[0].lowercased() == "basic", let data = Data(base64Encoded: String(words[1])) else {
      return (request.parameters["client_id"], request.parameters["client_secret"])
    }
    let halves = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
    return (halves.first, halves.dropFirst().first)
  }

  private mutating func token(
    _ form: FormParameters, from client: (id: String?, secret: String?), at host: String, _ now: Instant
  ) -> CloudResponse {
    guard let place = clients.firstIndex(where: { $0.id == client.id }) else {
      return Self.refused("invalid_client_id", "client identifier invalid")
    }
    guard clients[place].secret.value == client.secret else {
      return Self.refused("invalid_client", "invalid client credentials")
    }
    switch form["grant_type"] {
    case "refresh_token":
      let token = Secret(form["refresh_token"] ?? "")
      guard host == self.host || host == loginHost, let user = clients[place].refreshTokens[token],
        users[user].isActive
      else { return Self.refused("invalid_grant", "expired access/refresh token") }
      let next = settings.rotatesRefreshTokens ? Secret("5Aep861" + generator.hexadecimal(60)) : nil
      if let next {
        clients[place].refreshTokens[token] = nil
        clients[place].refreshTokens[next] = user
      }
      return granted(user, from: next ?? token, now, next: next)
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

  /// Without `expires_in`, and without a new refresh token unless they rotate (documented).
  private mutating func granted(
    _ user: Int, from refreshToken: Secret?, _ now: Instant, next: Secret? = nil
  ) -> CloudResponse {
    let token = openSession(for: user, from: refreshToken, at: now)
    let issued = String(now.nanoseconds / 1_000_000)
    var members: [JSONValue.Member] = [
      .init("access_token", .string(token)), .init("signature", .string(generator.hexadecimal(32))),
      .init("instance_url", .string("https://" + host)),
      .init("id", .string("https://\(loginHost)/id/\(organisationID)/\(users[user].id)")),
      .init("token_type", "Bearer"), .init("issued_at", .string(issued)),
    ]
    if let next { members.append(.init("refresh_token", .string(next.value))) }
    return .json(200, .object(members))
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
