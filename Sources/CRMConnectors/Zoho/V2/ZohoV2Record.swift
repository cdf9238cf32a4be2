import JSON

/// One person or company as a search answers it: its id, the name to put on a phone's display, and its numbers.
struct ZohoV2Record: Decodable {
  let id: String?
  /// The first of Full_Name, First_Name with Last_Name, Account_Name, Company that is there (documented fields; the
  /// order is assumed).
  let name: String?
  /// nil where no field of the record is for a number, so that a hit cannot be verified.
  let numbers: [String]?

  private struct Page: Decodable { let data: [ZohoV2Record] }

  /// The records found; none for a miss, which is status 204 and nothing else.
  ///
  /// A 200 without records is no documented answer, and taking it for a miss would add the caller once more.
  static func read(_ answer: CRMAnswer, settings: ConnectorSettings) throws(CRMRefusal) -> [CRMHit] {
    switch try ZohoV2Answer.read(answer, maximumBytes: settings.maximumAnswerBytes) {
    case .nothing: return []
    case .bytes(let body, let status):
      let records = try ZohoV2Answer.decode(Page.self, body, status: status).data
      guard !records.isEmpty else { throw CRMRefusal(.unexpectedShape, status: status) }
      return try records.map { record throws(CRMRefusal) in
        guard let id = record.id, ZohoV2Answer.isRecordID(id), let numbers = record.numbers else {
          throw CRMRefusal(.unexpectedShape, status: status)
        }
        return CRMHit(id: id, name: record.name, numbers: numbers)
      }
    }
  }

  /// Fields have the names their organisation gave them; those of its own that hold numbers are told by their names.
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(_ name: String) { stringValue = name }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }

    var isForNumbers: Bool {
      let name = stringValue.lowercased()
      return ["phone", "mobile", "fax", "tel", "cell"].contains(where: name.contains)
    }
  }

  /// A contact's Account_Name is a reference, an account's is text.
  private struct Reference: Decodable { let name: String? }

  init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: Key.self)
    let text = { (name: String) in keyed.text(Key(name)) }
    id = text("id")
    let parts = [text("First_Name"), text("Last_Name")].compactMap { $0.flatMap { DisplayText.line($0) } }
    name =
      text("Full_Name").flatMap { DisplayText.line($0) }
      ?? (parts.isEmpty ? nil : parts.joined(separator: " "))
      ?? (text("Account_Name") ?? (try? keyed.decodeIfPresent(Reference.self, forKey: Key("Account_Name")))?.name)
      .flatMap { DisplayText.line($0) } ?? text("Company").flatMap { DisplayText.line($0) }
    let keys = keyed.allKeys.filter(\.isForNumbers)
    // In the order of their names: the decoder's own order is chance.
    numbers = keys.isEmpty ? nil : keys.sorted { $0.stringValue < $1.stringValue }.compactMap { keyed.text($0) }
  }
}
