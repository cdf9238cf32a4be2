/// Why a user's login status is Logged Out: a closed set, each with its cause and what to do about it in words.
///
/// What the appliance's own page tells of the reason was not found (reference section 6.1); the causes are those of the
/// CRM's documentation. The raw value is what `events.jsonl` and `summary.json` say.
public enum LogoutReason: String, Hashable, Sendable, CaseIterable {
  /// Enable CRM is off on the user's page.
  case userDisabled
  /// The user's page lacks a field that the chosen system needs.
  case credentialsMissing
  /// No CRM system is chosen on the admin's page.
  case noSystemChosen
  /// `invalid_client`: also what a data centre says to a client of another (documented).
  case clientUnknown
  case clientSecretWrong
  /// `invalid_code` to a refresh: revoked, deleted with its connected app, or pushed out by a 21st token (documented).
  case refreshTokenDead
  /// A token just made is refused: it belongs to another data centre or environment.
  case wrongRegion
  /// `OAUTH_SCOPE_MISMATCH`: the token does not cover a module that is used.
  case scopeTooNarrow
  /// The user's profile lacks API access, or a permission on the module.
  case noPermission
  /// Too many requests; the client waits.
  case throttled
  /// No answer, or nobody listens.
  case unreachable
  case tlsFailed
  /// The server sent us elsewhere, where credentials do not go.
  case redirected
  /// The server failed (5xx).
  case serverError
  /// An answer that is not the CRM's: a proxy's page, a cut or endless text.
  case unreadableAnswer
  /// User name, password, access key or security token is wrong, or the user is locked or inactive: CRMs with passwords
  /// do not tell which.
  case credentialsWrong
  /// Salesforce: the SOAP login is switched off or retired in this organisation.
  case loginRetired
  /// Zoho v1: the security token is refused.
  case securityTokenInvalid
  /// Zoho v1: refused after the end of the API's life.
  case versionRetired
  /// The CRM is switched off for this account, or the account has none.
  case crmDisabled
  /// Refused for a reason that has no name here; the failure's code is the CRM's own.
  case loginRefused

  /// The reason in one sentence, with the remedy where there is one.
  public var words: String {
    switch self {
    case .userDisabled: "Enable CRM is off on the user's page"
    case .credentialsMissing: "the user's page lacks what the chosen CRM system asks for; fill it in"
    case .noSystemChosen: "no CRM system is chosen"
    case .clientUnknown:
      "the CRM does not know the client ID in this data centre; check the ID, and whether the server address is that "
        + "of the region where it was made"
    case .clientSecretWrong: "the client secret is not the one of this client ID in this data centre"
    case .refreshTokenDead:
      "the refresh token is not valid any more (revoked, its connected app deleted, or replaced by newer ones); make a "
        + "new one"
    case .wrongRegion:
      "the server refuses a token that was just made; it is of another region or environment than the server address"
    case .scopeTooNarrow: "the token's scopes do not cover a module that is used; make one with ZohoCRM.modules.ALL"
    case .noPermission: "the CRM user's profile lacks API access or a permission on a module that is used"
    case .throttled: "the CRM has had too many requests and answers none for a while"
    case .unreachable: "the CRM does not answer"
    case .tlsFailed: "no secure connection to the CRM could be made; its certificate may not be trusted"
    case .redirected: "the server sent the request elsewhere, where credentials do not go; check the server address"
    case .serverError: "the CRM reports an error of its own"
    case .unreadableAnswer: "what answers is not the CRM, or its answer was cut"
    case .credentialsWrong:
      "user name, password (vTiger: access key; Salesforce: with the security token) are not a user's of this CRM, or "
        + "the user is locked"
    case .loginRetired:
      "the CRM takes no more logins with user name and password over SOAP; enter a connected app and a refresh token"
    case .securityTokenInvalid: "the security token is not valid; make a new one"
    case .versionRetired: "version 1 of the CRM's API ended on 2019-12-31; choose version 2"
    case .crmDisabled: "the CRM is switched off for this account"
    case .loginRefused: "the CRM refused the login"
    }
  }

  /// Whether the cause is expected to go by itself, so that the next answer that is one logs the user in again.
  var passes: Bool {
    switch self {
    case .throttled, .unreachable, .tlsFailed, .redirected, .serverError, .unreadableAnswer: true
    case .userDisabled, .credentialsMissing, .noSystemChosen, .clientUnknown, .clientSecretWrong, .refreshTokenDead,
      .wrongRegion, .scopeTooNarrow,
      .noPermission, .credentialsWrong, .loginRetired, .securityTokenInvalid, .versionRetired, .crmDisabled,
      .loginRefused:
      false
    }
  }
}
