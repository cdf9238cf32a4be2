import JSON

/// One record of a query: field names to texts. Every value is a text (measured); others count as absent.
struct VtigerRow: Decodable {
  private let texts: [String: String]

  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { return nil }
  }

  init(from decoder: any Decoder) throws {
    let keyed = try decoder.container(keyedBy: Key.self)
    var texts: [String: String] = [:]
    for key in keyed.allKeys { texts[key.stringValue] = keyed.text(key) }
    self.texts = texts
  }

  /// nil for a field that is missing, empty or no text.
  subscript(field: String) -> String? {
    guard let text = texts[field], !text.isEmpty else { return nil }
    return text
  }

  /// The record's id; nil where it has none of the form of one.
  var id: String? { texts["id"].flatMap { VtigerAnswer.isRecordID($0) ? $0 : nil } }

  /// What the record of `table` is called.
  func name(in table: CRMTable) -> String? {
    switch table {
    case .contacts, .accounts: line(table.vtigerNameFields)
    case .leads: line(["firstname", "lastname"]) ?? line(["company"])
    }
  }

  private func line(_ fields: [String]) -> String? {
    DisplayText.line(fields.compactMap { self[$0] }.map(Self.unescaped).joined(separator: " "))
  }

  private static let entities = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#039;", "'"), ("&#39;", "'"),
  ]

  /// Some versions answer texts as they put them on their pages (assumed); a telephone shows no HTML.
  private static func unescaped(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "&") {
      result += rest[..<start]
      rest = rest[start...]
      let entity = entities.first { rest.hasPrefix($0.0) }
      result += entity?.1 ?? "&"
      rest = rest.dropFirst(entity?.0.count ?? 1)
    }
    return result + rest
  }
}
