import FoundationEssentials
import HTTPTypes
import JSON
import Primitives

extension OutsideAuthority {
  /// The token endpoint (RFC 6749 sections 4.1.3 and 6); errors as its section 5.2 has them.
  mutating func token(_ request: CloudRequest, at now: Instant) -> CloudResponse {
    guard request.method == .post else { return Self.error(400, "invalid_request") }
    let form = request.parameters
    let credentials = Self.basicCredentials(request)
    guard let app = app(credentials?.id ?? form["client_id"]),
      Secret(credentials?.secret ?? form["client_secret"] ?? "") == app.secret
    else { return Self.error(401, "invalid_client") }
    switch form["grant_type"] {
    case "authorization_code":
      let target = form["redirect_uri"]
      guard let grant = take(code: form["code"] ?? "", client: app.id, redirectURI: target, at: now) else {
        return Self.error(400, "invalid_grant")
      }
      return reply(grant, refreshToken: grant.hasRefreshToken ? refreshToken(for: grant) : nil, at: now)
    case "refresh_token" where provider.facts.refresh != .never:
      guard let grant = grant(refreshToken: form["refresh_token"] ?? "", client: app.id) else {
        return Self.error(400, "invalid_grant")
      }
      return reply(grant, refreshToken: nil, at: now)
    case nil: return Self.error(400, "invalid_request")
    case _?: return Self.error(400, "unsupported_grant_type")
    }
  }

  private mutating func reply(_ grant: Grant, refreshToken: String?, at now: Instant) -> CloudResponse {
    let facts = provider.facts
    var members: [JSONValue.Member] = [
      .init("access_token", .string(accessToken(for: grant, at: now))),
      .init("expires_in", .integer(facts.lifeSeconds)),
    ]
    if let refreshToken { members.append(.init("refresh_token", .string(refreshToken))) }
    members.append(.init("scope", facts.hasScopes ? .string(grant.scopes.joined(separator: " ")) : .null))
    if facts.tellsTokenType { members.append(.init("token_type", "Bearer")) }
    return .json(200, .object(members))
  }

  private static func error(_ status: Int, _ code: String) -> CloudResponse { .json(status, ["error": .string(code)]) }

  /// Client id and secret by HTTP Basic (RFC 6749 section 2.3.1).
  private static func basicCredentials(_ request: CloudRequest) -> (id: String, secret: String)? {
    let words = (request.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
    guard words.count == 2, words[0].lowercased() == "basic", let data = Data(base64Encoded: String(words[1])) else {
      return nil
    }
    let halves = String(decoding: data, as: UTF8.self).split(
      separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2 else { return nil }
    return (PercentEncoding.decode(Array(halves[0].utf8)), PercentEncoding.decode(Array(halves[1].utf8)))
  }

  /// Who the request's access token speaks for; `Bearer` and `OAuth` are both taken (documented for MailChimp).
  func grant(_ request: CloudRequest, at now: Instant) -> Grant? {
    let words = (request.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
    guard words.count == 2, ["bearer", "oauth"].contains(words[0].lowercased()) else { return nil }
    return grant(accessToken: String(words[1]), at: now)
  }
}
