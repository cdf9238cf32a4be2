/// What an operation ends with that was not carried out: a code and a message, under status 200.
struct VtigerError: Error, Hashable {
  let code: String
  let message: String

  init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }

  static func accessDenied(_ message: String = "Permission to perform the operation is denied") -> VtigerError {
    VtigerError("ACCESS_DENIED", message)
  }

  /// `Authencation` is how the server writes it (measured).
  static let authenticationRequired = VtigerError("AUTHENTICATION_REQUIRED", "Authencation required")
  static let wrongCredentials = VtigerError("INVALID_USER_CREDENTIALS", "Invalid username or password")
  static let invalidID = VtigerError("INVALID_ID_ATTRIBUTE", "Id specified is incorrect")
  static let notFound = VtigerError("RECORD_NOT_FOUND", "Record you are trying to access is not found")
  static let `internal` = VtigerError("INTERNAL_SERVER_ERROR", "Unknown Error while processing request")
}
