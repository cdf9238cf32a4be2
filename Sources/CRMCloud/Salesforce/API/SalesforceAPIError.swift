import JSON

/// What the REST API says when it does not do what it was asked: an array of message, code and fields (documented).
struct SalesforceAPIError: Error, Hashable {
  let status: Int
  let code: String
  let message: String
  var fields: [String]?

  init(_ status: Int, _ code: String, _ message: String, fields: [String]? = nil) {
    self.status = status
    self.code = code
    self.message = message
    self.fields = fields
  }

  var json: JSONValue {
    var members: [JSONValue.Member] = [.init("message", .string(message)), .init("errorCode", .string(code))]
    if let fields { members.append(.init("fields", .array(fields.map { .string($0) }))) }
    return [.object(members)]
  }

  static let sessionInvalid = Self(401, "INVALID_SESSION_ID", "Session expired or invalid")
  static let authHeaderInvalid = Self(401, "INVALID_AUTH_HEADER", "The Authorization header is none that is known")
  static let limitExceeded = Self(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded.")
  static let apiDisabled = Self(403, "API_DISABLED_FOR_ORG", "The API is not enabled for this user")
  static let notFound = Self(404, "NOT_FOUND", "The requested resource does not exist")
  static let wrongMethod = Self(405, "METHOD_NOT_ALLOWED", "This HTTP method is not allowed here")
  static let unreadableJSON = Self(400, "JSON_PARSER_ERROR", "The body is no JSON object")

  static func noSuchObject(_ name: String) -> Self {
    Self(404, "NOT_FOUND", "The requested resource does not exist: sobjects/\(name.prefix(80))")
  }

  static func noSuchType(_ name: String) -> Self {
    Self(400, "INVALID_TYPE", "sObject type '\(name.prefix(80))' is not supported.")
  }

  static func noSuchField(_ name: String, of object: SalesforceObject) -> Self {
    Self(400, "INVALID_FIELD", "No such column '\(name.prefix(80))' on entity '\(object.rawValue)'")
  }

  static func malformedQuery(_ what: String) -> Self { Self(400, "MALFORMED_QUERY", what) }
  static func malformedSearch(_ what: String) -> Self { Self(400, "MALFORMED_SEARCH", what) }

  static func missing(_ fields: [String]) -> Self {
    Self(
      400, "REQUIRED_FIELD_MISSING", "Required fields are missing: [\(fields.joined(separator: ", "))]",
      fields: fields)
  }

  static func notWritable(_ field: String) -> Self {
    Self(
      400, "INVALID_FIELD_FOR_INSERT_UPDATE", "Unable to create/update fields: \(field)", fields: [field])
  }

  static func tooLong(field: String, length: Int) -> Self {
    Self(400, "STRING_TOO_LONG", "\(field): data value too large (max length=\(length))", fields: [field])
  }

  static func restrictedPicklist(field: String) -> Self {
    Self(
      400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", "\(field): bad value for restricted picklist field",
      fields: [field])
  }

  static func outsideRange(field: String) -> Self {
    Self(400, "NUMBER_OUTSIDE_VALID_RANGE", "\(field): value outside of valid range", fields: [field])
  }

  static func unreadable(field: String) -> Self {
    Self(400, "JSON_PARSER_ERROR", "Cannot deserialize the value of \(field)")
  }

  static func malformedID(field: String) -> Self {
    Self(400, "MALFORMED_ID", "\(field): id value of incorrect type", fields: [field])
  }

  static func wrongReference(field: String) -> Self {
    Self(400, "FIELD_INTEGRITY_EXCEPTION", "\(field): id value of incorrect type", fields: [field])
  }
}
