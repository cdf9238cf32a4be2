import JSON

/// The errors of v4_1 (first-party source): status 200 and an object of three.
enum SugarV4Error: Error {
  case invalidLogin
  case invalidSession
  case noModule
  case accessDenied
  case resourceLimit
  case undefinedCall
  /// PHP stopped: status 500 with nothing (measured).
  case crash
  /// The database refused the query: status 500 with a text (measured).
  case databaseFailure

  var response: CloudResponse {
    switch self {
    case .invalidLogin:
      Self.object("Invalid Login", 10, "Login attempt failed please check the username and password")
    case .invalidSession: Self.object("Invalid Session ID", 11, "The session ID is invalid")
    case .noModule: Self.object("Module Does Not Exist", 20, "This module is not available on this server")
    case .accessDenied: Self.object("Access Denied", 40, "You do not have access")
    case .resourceLimit: Self.object("Resource Limit", 90, "The limit of this server is reached")
    // The one number that comes as text (measured).
    case .undefinedCall: Self.object("invalid_call", "-1", "There is no error definition for invalid_call")
    case .crash: .empty(500)
    case .databaseFailure:
      .typed(
        500, "text/html;charset=UTF-8",
        Array("Database failure. Please refer to suitecrm.log for details.".utf8))
    }
  }

  private static func object(_ name: String, _ number: JSONValue, _ description: String) -> CloudResponse {
    .json(200, ["name": .string(name), "number": number, "description": .string(description)])
  }
}
