import JSON
import Primitives

/// The fields of one record, of either API.
struct SugarRecordFields {
  private let values: [String: String]

  init(_ values: [String: String]) { self.values = values }

  /// Members of a record in the REST API: what is no text says nothing.
  init(members: [JSONValue.Member]) {
    values = Dictionary(
      members.compactMap { member in member.value.string.map { (member.name, $0) } },
      uniquingKeysWith: { first, _ in first })
  }

  subscript(name: String) -> String? {
    values[name].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// A record that could not be read stands among the others with a warning in place of its fields (measured).
  var isThere: Bool { self["warning"] == nil && self["deleted"] != "1" }

  /// The record as a hit; nil where its id is none.
  func hit(id: String?, in table: CRMTable, names: CRMTable? = nil) -> CRMHit? {
    guard let id = id ?? self["id"], Self.isRecordID(id) else { return nil }
    let parts = [self["first_name"], self["last_name"]].compactMap { $0.flatMap(Self.shown) }
    let name =
      parts.isEmpty
      ? [self["name"], self["account_name"]].lazy.compactMap { $0.flatMap(Self.shown) }.first
      : parts.joined(separator: " ")
    return CRMHit(id: id, name: name, numbers: table.sugarPhoneFields.compactMap { self[$0] }, table: names)
  }

  /// A UUID, or whatever else an importer chose: 36 characters at most (documented column), none that could break out
  /// of a path or a query.
  static func isRecordID(_ text: String) -> Bool {
    (1...36).contains(text.utf8.count) && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) } && text != "-1"
      && text != "." && text != ".."
  }

  /// On one line. v4_1 hands out texts as the database holds them, with five characters as HTML entities (recalled).
  private static func shown(_ text: String) -> String? {
    var plain = text
    if plain.utf8.contains(UInt8(ascii: "&")) {
      for (entity, character) in [("&#039;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")] {
        plain = plain.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
      }
    }
    return DisplayText.line(plain)
  }
}
