/// What a secret of an HTTP exchange is, as its stand-in names it.
public enum SecretKind: String, Hashable, Sendable, CaseIterable {
  /// Opens an API until it expires.
  case accessToken = "access token"
  /// Makes access tokens until it is revoked.
  case refreshToken = "refresh token"
  /// Stands for a registered client.
  case clientSecret = "client secret"
  /// A grant code, a device code or a code of a second factor.
  case code
  /// A user's, or one for an application.
  case password
  /// CRM v1's token (`AUTHTOKEN`, `ticket`).
  case authToken = "auth token"
  /// What a browser shows to stay signed in, and what pages hide against forged forms.
  case session
  /// Told by its form alone.
  case token

  /// Parameter, member and element names that hold secrets, in lower case, with what they hold (documented: Zoho
  /// Accounts' OAuth and auth token pages; `ticket` in v1's error messages; measured: vTiger's `accessKey` and
  /// `sessionName`, SugarCRM's `session`; documented: Salesforce's `sessionId` and `signature`, Sugar 7's
  /// `download_token`; the rest are common names).
  static let names: [String: SecretKind] = [
    "access_token": .accessToken, "id_token": .accessToken, "refresh_token": .refreshToken, "token": .token,
    "client_secret": .clientSecret, "clientsecret": .clientSecret, "code": .code, "device_code": .code,
    "user_code": .code, "otp": .password, "password": .password, "passwd": .password, "pwd": .password,
    "app_password": .password, "current_password": .password, "authtoken": .authToken, "ticket": .authToken,
    "iamcsr": .session, "csrf": .session, "csrf_token": .session, "session": .session, "sid": .session,
    "secret": .clientSecret, "api_key": .token, "apikey": .token, "zapikey": .token,
    "accesskey": .password, "sessionname": .session, "sessionid": .session, "session_id": .session,
    "security_token": .token, "securitytoken": .token, "download_token": .token, "signature": .token,
    "vtigersignature": .token,
  ]

  /// Whether a parameter or member of this name holds a secret, whatever the case of its letters.
  public static func isName(_ name: String) -> Bool { names[name.lowercased()] != nil }

  /// Header fields whose value is secret, in lower case.
  static let headers: [String: SecretKind] = [
    "authorization": .accessToken, "proxy-authorization": .password, "cookie": .session, "set-cookie": .session,
    "x-api-key": .token, "oauth-token": .accessToken,
  ]
}
