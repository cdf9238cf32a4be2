import JSON

/// `POST /crm/v2/{Module}` with one record, answered by an array with one result, failures included.
///
/// A refused record comes with status 202 in v2, 201 or 400 elsewhere (documented, in conflict), so only the result
/// counts.
struct ZohoInsertion {
  private var code: String?
  private var status: String?
  private var id: String?

  /// nil for a value that is no object.
  private init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
    let isResult = try cursor.members { cursor, name throws(JSONReader.Failure) in
      switch name {
      case "code": if code == nil { code = try cursor.text() }
      case "status": if status == nil { status = try cursor.text() }
      case "details":
        try cursor.members { cursor, name throws(JSONReader.Failure) in
          if name == "id", id == nil { id = try cursor.text() }
        }
      case _: break
      }
    }
    guard isResult else { return nil }
  }

  /// The request's body, `{"data":[record]}`.
  static func body(adding record: JSONValue) -> [UInt8] {
    let body: JSONValue = ["data": [record]]
    return body.bytes()
  }

  /// The id of the new record.
  static func read(_ answer: CRMAnswer, settings: ConnectorSettings) throws(CRMRefusal) -> String {
    switch try ZohoV2Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: throw CRMRefusal(.unexpectedStatus, status: 204, leavesDoubt: true)
    case .bytes(let body, let status):
      let results = try ZohoV2Answer.page(body, status: status) { cursor throws(JSONReader.Failure) in
        try ZohoInsertion(&cursor)
      }
      guard let result = results.first, let code = result.code else {
        throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: true)
      }
      guard code == "SUCCESS", result.status != "error" else {
        let name = ZohoV2Answer.speakable(code) ?? ConnectorFault.unknownCode.rawValue
        throw CRMRefusal(
          status: status, code: name, kind: .refused, reason: ZohoV2Answer.reason(for: code))
      }
      guard let id = result.id, ZohoV2Answer.isRecordID(id) else {
        throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: true)
      }
      return id
    }
  }
}
