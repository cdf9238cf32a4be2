import JSON

/// The answer to a new record: 201 with `{"id":…,"success":true,"errors":[]}` (documented).
struct SalesforceInsertion: Decodable {
  private let id: String?
  private let isDone: Bool
  private let error: SalesforceError?

  private enum Key: String, CodingKey { case id, success, errors }

  init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: Key.self)
    id = keyed.text(.id)
    isDone = (try? keyed.decodeIfPresent(Bool.self, forKey: .success)) ?? true
    error = try? keyed.decodeIfPresent(SalesforceError.self, forKey: .errors)
  }

  static func read(_ answer: CRMAnswer, settings: ConnectorSettings) throws(CRMRefusal) -> String {
    let (body, status) = try SalesforceAnswer.read(answer, settings: settings)
    let insertion = try SalesforceAnswer.decode(Self.self, body, status: status)
    if let error = insertion.error, error.code != nil { throw error.refusal(status: status, settings.salesforce) }
    guard insertion.isDone, let id = insertion.id.flatMap(SalesforceAnswer.recordID) else {
      throw CRMRefusal(.unexpectedShape, status: status, leavesDoubt: true)
    }
    return id
  }
}
