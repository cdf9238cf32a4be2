import JSON

/// The errors of SuiteCRM's V8 API (measured).
enum SugarV8Error: Error {
  case invalidClient
  case unsupportedGrant
  /// Status 500 with the password in clear text (measured); here without it.
  case wrongPassword
  case noToken
  case malformedToken
  case revokedToken
  /// What the API's own checks refuse: 400 and an object, where JSON:API wants a list.
  case refused(String)
  case noMethod

  var response: CloudResponse {
    switch self {
    case .invalidClient: Self.oauth(401, "invalid_client", "Client authentication failed")
    case .unsupportedGrant:
      Self.oauth(400, "unsupported_grant_type", "The authorization grant type is not supported")
    case .wrongPassword: Self.oauth(500, "unknown_error", "The password is invalid")
    case .noToken: Self.denied("Missing \"Authorization\" header")
    case .malformedToken: Self.denied("The JWT string must have two dots")
    case .revokedToken: Self.denied("Access token has been revoked")
    case .refused(let detail):
      .json(400, ["errors": ["status": 400, "title": .null, "detail": .string(detail)]])
    case .noMethod: .json(404, ["errors": ["status": 404, "title": .null, "detail": "Not found"]])
    }
  }

  private static func oauth(_ status: Int, _ error: String, _ description: String) -> CloudResponse {
    .json(status, ["error": .string(error), "error_description": .string(description)])
  }

  private static func denied(_ hint: String) -> CloudResponse {
    .json(
      401,
      [
        "error": "access_denied", "error_description": "The resource owner or authorization server denied the request.",
        "hint": .string(hint),
      ])
  }
}
