import JSON

/// A record of version 1: values by label, in the order they came.
///
/// One field is an object, several are an array of them (documented; every v1 client met it).
struct ZohoV1Row {
  let fields: [(label: String, value: String)]

  /// nil for a value that is no object, or whose fields are none.
  init?(_ cursor: inout JSONCursor) throws(JSONReader.Failure) {
    var fields: [(label: String, value: String)] = []
    var areFields = true
    var isFirst = true
    let isRow = try cursor.members { cursor, name throws(JSONReader.Failure) in
      guard name == "FL", isFirst, try cursor.kind != .null else { return }
      isFirst = false
      let isList = try cursor.oneOrMany { cursor throws(JSONReader.Failure) in
        var field = Field()
        guard try field.read(&cursor) else { return false }
        // With newFormat=2 an empty value is the text `null` (documented).
        if let label = field.label, let value = field.value, value != "null" { fields.append((label, value)) }
        return true
      }
      areFields = isList
    }
    guard isRow, areFields else { return nil }
    self.fields = fields
  }

  private struct Field {
    private(set) var label: String?
    private(set) var value: String?

    /// False for a value that is no object.
    mutating func read(_ cursor: inout JSONCursor) throws(JSONReader.Failure) -> Bool {
      try cursor.members { cursor, name throws(JSONReader.Failure) in
        switch name {
        case "val": if label == nil { label = try cursor.text() }
        case "content": if value == nil { value = try cursor.textOrInteger() }
        case _: break
        }
      }
    }
  }

  subscript(label: String) -> String? { fields.first { $0.label == label }?.value }

  /// The name to put on a phone's display, in the order of version 2.
  var name: String? {
    let parts = ["First Name", "Last Name"].compactMap { self[$0].flatMap { DisplayText.line($0) } }
    if !parts.isEmpty { return parts.joined(separator: " ") }
    return (self["Account Name"] ?? self["Company"]).flatMap { DisplayText.line($0) }
  }
}
