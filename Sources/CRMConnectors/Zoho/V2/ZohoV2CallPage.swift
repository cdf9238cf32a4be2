import JSON

/// A page of `GET /crm/v2/Calls`.
struct ZohoV2CallPage: Decodable {
  private let data: [Call]
  private let info: Info?

  private struct Info: Decodable {
    let hasMore: Bool?
    private enum CodingKeys: String, CodingKey { case hasMore = "more_records" }
  }

  private struct Call: Decodable {
    let id: String?
    let texts: [String]

    private enum Key: String, CodingKey, CaseIterable {
      case id
      case subject = "Subject"
      case description = "Description"
      case callerID = "Caller_ID"
    }

    init(from decoder: any Decoder) throws {
      let keyed = try decoder.container(keyedBy: Key.self)
      id = keyed.text(.id)
      texts = [Key.description, .subject, .callerID].compactMap { keyed.text($0) }
    }
  }

  static func read(_ answer: CRMAnswer, settings: ConnectorSettings) throws(CRMRefusal) -> CRMCallPage {
    switch try ZohoV2Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: return CRMCallPage(calls: [], isLast: true)
    case .bytes(let body, let status):
      let page = try ZohoV2Answer.decode(Self.self, body, status: status)
      let calls = page.data.compactMap { call in
        call.id.flatMap { ZohoV2Answer.isRecordID($0) ? (id: $0, texts: call.texts) : nil }
      }
      return CRMCallPage(calls: calls, isLast: !(page.info?.hasMore ?? false))
    }
  }
}
