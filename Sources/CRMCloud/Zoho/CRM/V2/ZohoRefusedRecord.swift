import JSON

/// Why one record of an insertion was refused (documented: sample responses of Insert Records).
struct ZohoRefusedRecord: Error, Hashable {
  let code: String
  let details: JSONValue
  let message: String

  static func missing(_ field: String) -> ZohoRefusedRecord {
    ZohoRefusedRecord(
      code: "MANDATORY_NOT_FOUND", details: ["api_name": .string(field)], message: "required field not found")
  }

  static func wrongType(_ field: String, expected: String) -> ZohoRefusedRecord {
    ZohoRefusedRecord(
      code: "INVALID_DATA", details: ["expected_data_type": .string(expected), "api_name": .string(field)],
      message: "invalid data")
  }

  static func tooLong(_ field: String, limit: Int) -> ZohoRefusedRecord {
    ZohoRefusedRecord(
      code: "INVALID_DATA", details: ["maximum_length": .integer(Int64(limit)), "api_name": .string(field)],
      message: "invalid data")
  }

  static func invalid(_ field: String) -> ZohoRefusedRecord {
    ZohoRefusedRecord(code: "INVALID_DATA", details: ["api_name": .string(field)], message: "invalid data")
  }

  /// Documented from v7 on.
  static let zeroDuration = ZohoRefusedRecord(
    code: "DEPENDENT_MISMATCH", details: ["api_name": "Call_Duration"], message: "Call Duration can not be zero.")

  /// Assumed: what an organisation without room answers was not found.
  static let full = ZohoRefusedRecord(code: "LIMIT_EXCEEDED", details: [:], message: "record limit exceeded")

  /// As it stands in the answer's array.
  var json: JSONValue {
    ["code": .string(code), "details": details, "message": .string(message), "status": "error"]
  }
}
