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

  /// No user of this id who could own a record.
  static let noOwner = ZohoRefusedRecord.invalid("Owner")

  static func duplicate(_ field: String, of id: String) -> ZohoRefusedRecord {
    ZohoRefusedRecord(
      code: "DUPLICATE_DATA", details: ["api_name": .string(field), "id": .string(id)], message: "duplicate data")
  }

  /// No record has this id, or the text is none.
  static func unknownID(_ id: String) -> ZohoRefusedRecord {
    ZohoRefusedRecord(
      code: "INVALID_DATA", details: ["id": .string(id)], message: "the id given seems to be invalid")
  }

  /// As it stands in the answer's array; `index` is the record's in the request.
  func json(_ version: ZohoAPIVersion, index: Int) -> JSONValue {
    var details = details
    if version.locatesErrors, let name = details["api_name"]?.string, let members = details.members {
      let path = name == "data" ? "$.data[\(index)]" : "$.data[\(index)].\(name)"
      details = .object(members + [.init("json_path", .string(path))])
    }
    return ["code": .string(code), "details": details, "message": .string(message), "status": "error"]
  }
}
