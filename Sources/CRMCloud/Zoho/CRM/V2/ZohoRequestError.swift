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
  static let scopeMismatch = ZohoRequestError(status: 401, code: "OAUTH_SCOPE_MISMATCH", message: "Unauthorized")
  static let parameterMissing = ZohoRequestError(
    status: 400, code: "EXPECTED_PARAM_MISSING", message: "mandatory param missing", details: ["param": "phone"])
  static let limitReached = ZohoRequestError(status: 400, code: "LIMIT_REACHED", message: "limit reached")
  static let missingData = ZohoRequestError(
    status: 400, code: "MANDATORY_NOT_FOUND", message: "required field not found", details: ["api_name": "data"])
  /// That the text is no JSON is told the same way is assumed.
  static let dataIsNoArray = ZohoRequestError(
    status: 400, code: "INVALID_DATA", message: "invalid data",
    details: ["expected_data_type": "jsonarray", "api_name": "data"])
  /// 100 records per request are documented, the answer to more is assumed.
  static let tooManyRecords = ZohoRequestError(
    status: 400, code: "INVALID_DATA", message: "invalid data", details: ["maximum_length": 100, "api_name": "data"])
  static let invalidID = ZohoRequestError(
    status: 400, code: "INVALID_DATA", message: "the id given seems to be invalid", details: ["api_name": "id"])

  static func invalidParameter(_ name: String) -> ZohoRequestError {
    ZohoRequestError(
      status: 400, code: "INVALID_DATA", message: "invalid data", details: ["param_name": .string(name)])
  }

  var response: CloudResponse {
    .json(
      status,
      ["code": .string(code), "details": details, "message": .string(message), "status": "error"])
  }
}
