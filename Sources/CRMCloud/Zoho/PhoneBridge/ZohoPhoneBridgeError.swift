import JSON

/// A refusal of the PhoneBridge API. Documented are REQUIRED_PARAM_MISSING, INTERNAL_ERROR and those of `integrate`;
/// the body's shape is that observed with INVALID_TOKEN; INVALID_DATA for values that cannot be is assumed.
struct ZohoPhoneBridgeError: Error, Hashable {
  var status: Int
  let code: String
  let message: String
  var details: JSONValue = []

  static func missing(_ parameter: String) -> ZohoPhoneBridgeError {
    ZohoPhoneBridgeError(
      status: 400, code: "REQUIRED_PARAM_MISSING", message: "required parameter missing",
      details: ["param": .string(parameter)])
  }

  static func invalid(_ parameter: String, _ reason: String) -> ZohoPhoneBridgeError {
    ZohoPhoneBridgeError(
      status: 400, code: "INVALID_DATA", message: reason, details: ["param": .string(parameter)])
  }

  static let providerNotRegistered = ZohoPhoneBridgeError(
    status: 400, code: "PROVIDER_NOT_REGISTERED", message: "the client is not registered as a provider")
  static let otherProvider = ZohoPhoneBridgeError(
    status: 403, code: "DIFFERENT_PROVIDER_ALREADY_ENABLED", message: "another provider is enabled for this user")
  static let internalError = ZohoPhoneBridgeError(
    status: 500, code: "INTERNAL_ERROR", message: "the call could not be logged")
  static let unknownPath = ZohoPhoneBridgeError(
    status: 404, code: "INVALID_URL_PATTERN", message: "no such address of PhoneBridge")
  static let wrongMethod = ZohoPhoneBridgeError(
    status: 405, code: "INVALID_REQUEST_METHOD", message: "the method is not allowed here")

  /// What the CRM's API says of a token, with PhoneBridge's own status.
  static func token(_ error: ZohoRequestError, status: Int) -> ZohoPhoneBridgeError {
    ZohoPhoneBridgeError(status: status, code: error.code, message: error.message)
  }

  var response: CloudResponse {
    .json(
      status,
      ["code": .string(code), "details": details, "message": .string(message), "status": "error"])
  }
}
