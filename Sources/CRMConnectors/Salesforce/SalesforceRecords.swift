import JSON

/// The records of a search, of a query, or of a batch of queries.
struct SalesforceRecords: Decodable {
  private let searchRecords: [Record]?
  private let records: [Record]?
  private let results: [Result]?

  private struct Record: Decodable {
    let object: String?
    let id: String?
    let name: String?
    let numbers: [String]

    private enum Key: String, CodingKey, CaseIterable {
      case attributes
      case type
      case id = "Id"
      case name = "Name"
      case phone = "Phone"
      case mobile = "MobilePhone"
      case home = "HomePhone"
      case other = "OtherPhone"
      case assistant = "AssistantPhone"
      case fax = "Fax"
    }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      object = (try? keyed.nestedContainer(keyedBy: Key.self, forKey: .attributes))?.text(.type)
      id = keyed.text(.id)
      name = keyed.text(.name).flatMap { DisplayText.line($0) }
      numbers = [Key.phone, .mobile, .home, .other, .assistant, .fax].compactMap { keyed.text($0) }
    }
  }

  /// One of a batch: records, or errors.
  private struct Result: Decodable {
    let status: Int64
    let records: [Record]?
    let error: SalesforceError?

    private enum Key: String, CodingKey { case statusCode, result }
    private struct Page: Decodable { let records: [Record] }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      status = keyed.integer(.statusCode) ?? 0
      records = (try? keyed.decodeIfPresent(Page.self, forKey: .result))?.records
      error = try? keyed.decodeIfPresent(SalesforceError.self, forKey: .result)
    }
  }

  /// Of a batch that failed in part, nothing: the table that is missing may be the one with the caller.
  static func read(
    _ answer: CRMAnswer, in tables: [CRMTable], settings: ConnectorSettings
  ) throws(CRMRefusal) -> [CRMHit] {
    let (body, status) = try SalesforceAnswer.read(answer, settings: settings)
    let page = try SalesforceAnswer.decode(Self.self, body, status: status)
    var found = page.searchRecords ?? page.records
    if let results = page.results {
      // As many as were asked, each with an answer.
      guard results.count == tables.count else { throw CRMRefusal(.unexpectedShape, status: status) }
      found = []
      for result in results {
        if let error = result.error, error.code != nil {
          throw error.refusal(status: Int(clamping: result.status), settings.salesforce)
        }
        guard let records = result.records else { throw CRMRefusal(.unexpectedShape, status: status) }
        found?.append(contentsOf: records)
      }
    }
    guard let found else { throw CRMRefusal(.unexpectedShape, status: status) }
    var hits: [CRMHit] = []
    for record in found {
      guard let object = record.object, let id = record.id.flatMap(SalesforceAnswer.recordID) else {
        throw CRMRefusal(.unexpectedShape, status: status)
      }
      guard let table = tables.first(where: { $0.salesforceObject == object }) else { continue }
      hits.append(CRMHit(id: id, name: record.name, numbers: record.numbers, table: table))
    }
    return hits
  }
}
