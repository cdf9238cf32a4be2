import Primitives
import HTTPTypes

/// `GET /crm/v2/{Module}/search?phone=…` (documented; that the appliance asks this way and in one format is assumed).
enum ZohoSearch {
  private struct Page: Decodable { let data: [ZohoRecord] }

  /// The number encoded whole: a `+` left alone arrives as a space and finds nobody, which is the commonest fault of
  /// Zoho clients (documented: Zoho's search page and its Kaizen post 82).
  static func path(table: CRMTable, number: String) -> String {
    "/crm/v2/\(table.zohoModule)/search?" + PercentEncoding.form([("phone", number)])
  }

  /// The first record found; nil for a miss, which is status 204 and nothing else.
  ///
  /// A 200 without records is no documented answer, and taking it for a miss would add the caller once more.
  static func read(
    _ answer: CRMAnswer, question: LookupQuestion, table: CRMTable, settings: ZohoV2Settings
  ) throws(ZohoRefusal) -> CRMRecordReference? {
    switch try ZohoAnswer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: return nil
    case .bytes(let body, let status):
      guard let record = try ZohoAnswer.decode(Page.self, body, status: status).data.first,
        let id = record.id, ZohoAnswer.isRecordID(id)
      else { throw ZohoRefusal(.unexpectedShape, status: status) }
      return CRMRecordReference(table: table, id: id, name: record.name ?? question.number)
    }
  }
}
