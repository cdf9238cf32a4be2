/// Why the CRM did not do what was asked. Carries the CRM's own code, never a secret or a number.
public struct CRMFailure: Hashable, Sendable {
  /// Status of the HTTP response; nil when none came.
  public let status: Int?
  /// The CRM's error code (`OAUTH_SCOPE_MISMATCH`, `invalid_code` …) or our word for what was wrong with the answer.
  public let code: String

  /// Takes both as they are; `code` must hold neither a secret nor a number.
  public init(status: Int?, code: String) {
    self.status = status
    self.code = code
  }
}

/// The user page's login status (reference section 6.1).
public enum LoginStatus: Hashable, Sendable {
  /// The CRM gave a token (GUI: Logged In; reference section 6.1, the label inferred).
  case loggedIn
  /// The last login failed, or what the user asked for cannot be had (GUI: Logged Out; reference section 6.1, the label
  /// inferred), with the reason and what the CRM said.
  case loggedOut(LogoutReason, CRMFailure)
}
