import Primitives

/// What a connector or a connection knows of an OAuth 2 server whose client it is.
struct OAuthService: Codable, Hashable {
  /// Consent page; parameters in it are kept (documented: scope, state and access type are the developer's).
  var requestURL: String
  var accessTokenURL: String
  var refreshTokenURL: String
  var clientID = ""
  var clientSecret = Secret("")

  /// What is wrong with the addresses, by the form field's name.
  var addressErrors: [String: String] {
    var errors: [String: String] = [:]
    for (name, text) in [
      ("request_url", requestURL), ("access_url", accessTokenURL), ("refresh_url", refreshTokenURL),
    ] {
      guard let address = WebAddress(text) else {
        errors[name] = InnerRequestFailure.malformedAddress.text
        continue
      }
      if !address.isServed { errors[name] = InnerRequestFailure.notSimulated(host: address.host).text }
    }
    return errors
  }

  /// What is wrong with the client's credentials, by the form field's name.
  var credentialErrors: [String: String] {
    var errors: [String: String] = [:]
    if !Self.isCredential(clientID) { errors["client_id"] = "Enter the client id." }
    if !Self.isCredential(clientSecret.value) { errors["client_secret"] = "Enter the client secret." }
    return errors
  }

  /// A credential as pasted, without the white space around and within it.
  static func trimmed(_ text: String?) -> String { (text ?? "").filter { !$0.isWhitespace } }

  private static func isCredential(_ text: String) -> Bool {
    (1...500).contains(text.utf8.count) && text.utf8.allSatisfy { (0x21...0x7e).contains($0) }
  }

  /// Where the browser is sent, and the state that has to come back; nil where nobody here is meant.
  ///
  /// Redirect URI, client id and response type are added (documented), the others only where the address lacks them.
  func authorizationAddress(redirectURI: String, scopes: [String], state: String) -> (text: String, state: String)? {
    guard let address = WebAddress(requestURL), address.isServed else { return nil }
    let isZoho = ZohoHosts.service(at: address.host) != nil
    var pairs = [("redirect_uri", redirectURI), ("client_id", clientID), ("response_type", "code")]
    // Zoho parts scopes by commas (documented), the others by spaces (RFC 6749 section 3.3).
    if !scopes.isEmpty { pairs.append(("scope", scopes.joined(separator: isZoho ? "," : " "))) }
    pairs.append(("state", state))
    return (address.adding(pairs), address.query["state"] ?? state)
  }

  /// The word before the token (documented: `Zoho-oauthtoken` for Zoho, `Bearer` elsewhere).
  var tokenScheme: String {
    WebAddress(accessTokenURL).flatMap { ZohoHosts.service(at: $0.host) } == nil ? "Bearer" : "Zoho-oauthtoken"
  }
}

/// What an OAuth 2 server gave its client.
struct OAuthTokens: Codable, Hashable {
  var accessToken: Secret
  var refreshToken: Secret?
  /// nil where the server told none, or none that counts.
  var expiry: Instant?

  func isExpired(at now: Instant) -> Bool { expiry.map { $0 <= now } ?? false }
}

/// Why there is no usable token.
enum OAuthFailure: Error, Hashable {
  case request(InnerRequestFailure)
  /// The server's `error`, if it looks like one.
  case refused(String)
  case nonsense(status: Int)
  case expired

  var text: String {
    switch self {
    case .request(let failure): failure.text
    case .refused(let code): "The token endpoint refused: \(code)."
    case .nonsense(let status): "The token endpoint answered with status \(status) and no token."
    case .expired:
      "The access token has expired, and no refresh token came with it: access_type=offline was not asked for. "
        + "Authorize again."
    }
  }
}
