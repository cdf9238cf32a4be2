import JSON

/// `POST /crm/v2/{Module}` with one record, answered by an array with one result, failures included.
///
/// A refused record comes with status 202 in v2, 201 or 400 elsewhere (documented, in conflict), so only the result
/// counts.
enum ZohoInsertion {
  /// `{"data":[record]}`.
  static func body(adding record: JSONValue) -> [UInt8] {
    let body: JSONValue = ["data": [record]]
    return body.bytes()
  }

  /// The id of the new record.
  static func read(_ answer: CRMAnswer, settings: ZohoV2Settings) throws(ZohoRefusal) -> String {
    switch try ZohoAnswer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: throw ZohoRefusal(.unexpectedStatus, status: 204, leavesDoubt: true)
    case .object(let body, let status):
      guard let result = try ZohoAnswer.data(of: body, status: status).first, let code = result["code"]?.string
      else { throw ZohoRefusal(.unexpectedShape, status: status, leavesDoubt: true) }
      guard code == "SUCCESS", result["status"]?.string != "error" else {
        let name = ZohoAnswer.speakable(code) ?? ZohoFault.unknownCode.rawValue
        throw ZohoRefusal(status: status, code: name)
      }
      guard let id = result["details"]?["id"]?.string, ZohoAnswer.isRecordID(id) else {
        throw ZohoRefusal(.unexpectedShape, status: status, leavesDoubt: true)
      }
      return id
    }
  }
}
