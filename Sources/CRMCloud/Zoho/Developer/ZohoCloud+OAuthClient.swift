import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// Exchanges a code for tokens.
  mutating func exchange(
    code: String, of service: OAuthService, redirectURI: String, at now: Instant
  ) throws(OAuthFailure) -> OAuthTokens {
    try tokens(
      from: service.accessTokenURL,
      [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", redirectURI)], of: service, at: now)
  }

  /// Tokens good at `now`: the same, or new ones for an access token past its time.
  mutating func fresh(
    _ tokens: OAuthTokens, of service: OAuthService, isRefused: Bool = false, at now: Instant
  ) throws(OAuthFailure) -> OAuthTokens {
    guard isRefused || tokens.isExpired(at: now) else { return tokens }
    guard let refreshToken = tokens.refreshToken else { throw .expired }
    var renewed = try self.tokens(
      from: service.refreshTokenURL, [("grant_type", "refresh_token"), ("refresh_token", refreshToken.value)],
      of: service, at: now)
    renewed.refreshToken = renewed.refreshToken ?? refreshToken
    return renewed
  }

  private mutating func tokens(
    from address: String, _ pairs: [(name: String, value: String)], of service: OAuthService, at now: Instant
  ) throws(OAuthFailure) -> OAuthTokens {
    let form = PercentEncoding.form(
      pairs + [("client_id", service.clientID), ("client_secret", service.clientSecret.value)])
    let answer: CloudResponse
    do throws(InnerRequestFailure) {
      answer = try ask(
        .post, address, [.contentType: "application/x-www-form-urlencoded"], body: Array(form.utf8), at: now)
    } catch {
      throw .request(error)
    }
    let reply = JSONValue(parsing: answer.body)
    guard let token = reply?["access_token"]?.string, Self.isToken(token) else {
      guard let code = reply?["error"]?.string, (1...60).contains(code.utf8.count),
        code.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
      else { throw .nonsense(status: answer.response.status.code) }
      throw .refused(code)
    }
    let refreshToken = reply?["refresh_token"]?.string.flatMap { Self.isToken($0) ? Secret($0) : nil }
    // Older replies of Zoho's tell milliseconds, and seconds beside them (documented).
    let life = reply?["expires_in_sec"] ?? reply?["expires_in"]
    return OAuthTokens(
      accessToken: Secret(token), refreshToken: refreshToken, expiry: Self.seconds(life).map { now + .seconds($0) })
  }

  /// What can stand in a header field after its scheme.
  private static func isToken(_ text: String) -> Bool {
    (1...4096).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
  }

  /// nil for 0 too, with which MailChimp says "never" (documented).
  private static func seconds(_ value: JSONValue?) -> Int64? {
    switch value {
    case .integer(let seconds)? where seconds > 0: seconds
    case .string(let text)?: Int64(text).flatMap { $0 > 0 ? $0 : nil }
    case .integer?, .null?, .bool?, .decimal?, .number?, .array?, .object?, nil: nil
    }
  }

  /// Asks with the access token, renewed first where it is past its time and once where it is refused.
  mutating func ask(
    _ method: HTTPRequest.Method, _ address: String, _ fields: HTTPFields, body: [UInt8], as service: OAuthService,
    _ tokens: inout OAuthTokens, at now: Instant
  ) throws(OAuthFailure) -> CloudResponse {
    tokens = try fresh(tokens, of: service, at: now)
    let answer = try ask(method, address, fields, body: body, token: tokens, scheme: service.tokenScheme, at: now)
    guard answer.response.status.code == 401, tokens.refreshToken != nil else { return answer }
    tokens = try fresh(tokens, of: service, isRefused: true, at: now)
    return try ask(method, address, fields, body: body, token: tokens, scheme: service.tokenScheme, at: now)
  }

  private mutating func ask(
    _ method: HTTPRequest.Method, _ address: String, _ fields: HTTPFields, body: [UInt8], token: OAuthTokens,
    scheme: String, at now: Instant
  ) throws(OAuthFailure) -> CloudResponse {
    var fields = fields
    fields[.authorization] = scheme + " " + token.accessToken.value
    do throws(InnerRequestFailure) {
      return try ask(method, address, fields, body: body, at: now)
    } catch {
      throw .request(error)
    }
  }
}
