import JSON

/// The tasks of a query for one call's mark.
struct SalesforceCallPage: Decodable {
  private let records: [Task]

  private struct Task: Decodable {
    let id: String?
    let callObject: String?

    private enum Key: String, CodingKey {
      case id = "Id"
      case callObject = "CallObject"
    }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      id = keyed.text(.id)
      callObject = keyed.text(.callObject)
    }
  }

  static func read(_ answer: CRMAnswer, settings: ConnectorSettings) throws(CRMRefusal) -> CRMCallPage {
    let (body, status) = try SalesforceAnswer.read(answer, settings: settings)
    let page = try SalesforceAnswer.decode(Self.self, body, status: status)
    let calls = page.records.compactMap { task in
      task.id.flatMap(SalesforceAnswer.recordID).map { (id: $0, texts: task.callObject.map { [$0] } ?? []) }
    }
    return CRMCallPage(calls: calls, isLast: true)
  }
}
