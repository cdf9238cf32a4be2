import JSON

/// `POST /crm/v2/{Module}` with one record, answered by an array with one result, failures included.
///
/// A refused record comes with status 202 in v2, 201 or 400 elsewhere (documented, in conflict), so only the result
/// counts.
struct ZohoInsertion: Decodable {
  private let data: [Result]

  private struct Result: Decodable {
    let code: String?
    let status: String?
    let id: String?

    private enum Key: String, CodingKey { case code, status, details, id }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      code = keyed.text(.code)
      status = keyed.text(.status)
      id = (try? keyed.nestedContainer(keyedBy: Key.self, forKey: .details))?.text(.id)
    }
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
      guard let result = try ZohoV2Answer.decode(Self.self, body, status: status).data.first, let code = result.code
      else { throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: true) }
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
