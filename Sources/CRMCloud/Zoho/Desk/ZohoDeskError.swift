import JSON

/// Why Desk's API refuses a request: a bare object of a code and a sentence.
///
/// The codes are documented, the statuses observed; the sentences are assumed but for the extra parameter's.
struct ZohoDeskError: Error, Hashable {
  let status: Int
  let code: String
  let message: String

  static let urlNotFound = ZohoDeskError(
    status: 404, code: "URL_NOT_FOUND", message: "The URL you're trying to access is not found.")
  static let methodNotAllowed = ZohoDeskError(
    status: 405, code: "METHOD_NOT_ALLOWED", message: "The HTTP method is not allowed for this URL.")
  static let unauthorized = ZohoDeskError(
    status: 401, code: "UNAUTHORIZED", message: "The Authorization header is missing or malformed.")
  static let invalidOAuth = ZohoDeskError(
    status: 401, code: "INVALID_OAUTH", message: "The OAuth token you provided is invalid or has expired.")
  static let scopeMismatch = ZohoDeskError(
    status: 403, code: "SCOPE_MISMATCH", message: "The OAuth token does not have the scope for this URL.")
  static let organisationMismatch = ZohoDeskError(
    status: 403, code: "OAUTH_ORG_MISMATCH", message: "The OAuth token was made for another organization.")
  static let forbidden = ZohoDeskError(
    status: 403, code: "FORBIDDEN", message: "You do not have the permission to access this organization.")
  /// Documented: every URL but `/organizations` needs it; the code of its lack is assumed.
  static let organisationMissing = ZohoDeskError(
    status: 422, code: "UNPROCESSABLE_ENTITY", message: "The header orgId is missing.")
  /// Documented for records; for ids of records that are not there as well.
  static let notFound = ZohoDeskError(
    status: 404, code: "URL_NOT_FOUND", message: "The resource you are looking for does not exist.")

  /// Observed in an issue thread, the wording too.
  static func extraParameter(_ name: String) -> ZohoDeskError {
    ZohoDeskError(
      status: 422, code: "UNPROCESSABLE_ENTITY", message: "Extra query parameter '\(name)' is present in the input.")
  }

  static func invalidParameter(_ name: String) -> ZohoDeskError {
    ZohoDeskError(
      status: 422, code: "UNPROCESSABLE_ENTITY", message: "The value of the query parameter '\(name)' is invalid.")
  }

  var response: CloudResponse { .json(status, ["errorCode": .string(code), "message": .string(message)]) }
}
