import JSON

/// The errors of the REST API: a label and a status for each (first-party source; 404, 422 and 503 recalled).
enum SugarRESTError: Error {
  case needLogin
  case invalidGrant
  case notAuthorized
  case noMethod
  case notFound
  case missingParameter
  case invalidParameter
  case tooManyRequests
  case maintenance
  case full

  var response: CloudResponse {
    let (status, label, message) =
      switch self {
      case .needLogin: (401, "need_login", "You must specify a valid username and password.")
      case .invalidGrant: (401, "invalid_grant", "The access token provided is invalid.")
      case .notAuthorized: (403, "not_authorized", "You are not authorized to perform this action.")
      case .noMethod: (404, "no_method", "Could not find a route.")
      case .notFound: (404, "not_found", "Could not find the record.")
      case .missingParameter: (422, "missing_parameter", "A parameter is missing.")
      case .invalidParameter: (422, "invalid_parameter", "A parameter is not valid.")
      case .tooManyRequests: (429, "too_many_requests", "Too many requests.")
      case .maintenance: (503, "maintenance", "The system is in maintenance mode.")
      case .full: (500, "fatal_error", "The database refused the record.")
      }
    return .json(status, ["error": .string(label), "error_message": .string(message)])
  }
}
