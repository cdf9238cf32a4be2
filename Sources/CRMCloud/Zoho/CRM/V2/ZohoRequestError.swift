import JSON

/// The answer to a request refused as a whole: a bare object with a code (documented: status codes of the v2 API).
struct ZohoRequestError: Error, Hashable {
  let status: Int
  let code: String
  let message: String
  var details: JSONValue = [:]

  static let invalidURLPattern = ZohoRequestError(
    status: 404, code: "INVALID_URL_PATTERN", message: "Please check if the URL trying to access is a correct one")
  static let invalidMethod = ZohoRequestError(
    status: 400, code: "INVALID_REQUEST_METHOD", message: "The http request method type is not a valid one")
  static let invalidModule = ZohoRequestError(
    status: 400, code: "INVALID_MODULE", message: "The module name given seems to be invalid")
  static let authenticationFailure = ZohoRequestError(
    status: 401, code: "AUTHENTICATION_FAILURE", message: "Authentication failed")
  static let invalidToken = ZohoRequestError(status: 401, code: "INVALID_TOKEN", message: "invalid oauth token")
  /// Observed in issue threads.
  static let noAPIAccess = ZohoRequestError(
    status: 403, code: "NO_PERMISSION", message: "permission denied",
    details: ["permissions": ["Crm_Implied_Api_Access"]])
  static let parameterMissing = ZohoRequestError(
    status: 400, code: "EXPECTED_PARAM_MISSING", message: "mandatory param missing", details: ["param": "phone"])
  static let notSearchable = ZohoRequestError(
    status: 400, code: "NOT_SUPPORTED", message: "The module is not supported by this API")
  static let limitReached = ZohoRequestError(status: 400, code: "LIMIT_REACHED", message: "limit reached")
  /// The text of the message is assumed, the code documented.
  static let tooManyRequests = ZohoRequestError(
    status: 429, code: "TOO_MANY_REQUESTS", message: "You have made too many requests. Please try again later.")

  static let scopeMismatch = ZohoRequestError(status: 401, code: "OAUTH_SCOPE_MISMATCH", message: "Unauthorized")
  /// The message's wording goes by the version (documented).
  static func scopeMismatch(in version: ZohoAPIVersion) -> ZohoRequestError {
    ZohoRequestError(status: 401, code: "OAUTH_SCOPE_MISMATCH", message: version.scopeMessage)
  }

  /// `supported_version` is documented for v8.
  static func versionNotSupported(newest: String) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "API_NOT_SUPPORTED", message: "The API is not supported in this version",
      details: ["supported_version": .string(newest)])
  }

  static func missingData(_ version: ZohoAPIVersion) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "MANDATORY_NOT_FOUND", message: "required field not found",
      details: data([:], version))
  }

  /// That the text is no JSON is told the same way is assumed.
  static func dataIsNoArray(_ version: ZohoAPIVersion) -> ZohoRequestError {
    .invalidData(data(["expected_data_type": "jsonarray"], version))
  }

  /// 100 records per request are documented, the answer to more is assumed.
  static func tooManyRecords(_ maximum: Int, _ version: ZohoAPIVersion) -> ZohoRequestError {
    .invalidData(data(["maximum_length": .integer(Int64(maximum))], version))
  }

  static func invalidID(_ version: ZohoAPIVersion) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "INVALID_DATA", message: "the id given seems to be invalid",
      details: version.locatesErrors ? ["resource_path_index": 1] : ["api_name": "id"])
  }

  /// Documented: the Convert Lead page of v7, and the OpenAPI of v8 with the place; assumed for the versions before.
  static func alreadyConverted(_ version: ZohoAPIVersion) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "ID_ALREADY_CONVERTED", message: "id already converted",
      details: version.locatesErrors ? ["resource_path_index": 1] : [:])
  }

  static func invalidParameter(_ name: String) -> ZohoRequestError { .invalidData(["param_name": .string(name)]) }

  static func requiredParameter(_ name: String) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "REQUIRED_PARAM_MISSING", message: "One of the expected parameter is missing",
      details: ["param_name": .string(name)])
  }

  /// More than the version takes at once.
  static func limitExceeded(_ what: String, limit: Int) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "LIMIT_EXCEEDED", message: "given limit exceeds the maximum",
      details: ["param_name": .string(what), "limit": .integer(Int64(limit))])
  }

  static func invalidData(_ details: JSONValue) -> ZohoRequestError {
    ZohoRequestError(status: 400, code: "INVALID_DATA", message: "invalid data", details: details)
  }

  private static func data(_ details: JSONValue, _ version: ZohoAPIVersion) -> JSONValue {
    let place = version.locatesErrors ? [JSONValue.Member("json_path", "$.data")] : []
    return .object((details.members ?? []) + [.init("api_name", "data")] + place)
  }

  var response: CloudResponse {
    .json(
      status,
      ["code": .string(code), "details": details, "message": .string(message), "status": "error"])
  }
}
