import JSON

/// The members of a `request` object. Values are strings; numbers count as their text where that is allowed.
struct APIParameters {
  private let members: [JSONValue.Member]

  /// More parameters than these are no request.
  static let countMax = 128
  /// A longer value is no value.
  static let bytesMax = 4096

  /// nil where the body is not `{"request":{"action":…}}`, or has too much in it.
  init?(_ body: [UInt8]) {
    guard let members = JSONValue(parsing: body)?["request"]?.members, members.count <= Self.countMax else {
      return nil
    }
    self.members = members
  }

  /// As a form sends them; nil for too many.
  init?(form pairs: [(name: String, value: String)]) {
    guard pairs.count <= Self.countMax else { return nil }
    members = pairs.map { JSONValue.Member($0.name, .string($0.value)) }
  }

  subscript(name: String) -> JSONValue? { members.first { $0.name == name }?.value }

  /// The text of a string, or of a whole number.
  func text(_ name: String) -> String? {
    switch self[name] {
    case .string(let text)?: text.utf8.count <= Self.bytesMax ? text : nil
    case .integer(let number)?: String(number)
    case .null?, .bool?, .decimal?, .number?, .array?, .object?, nil: nil
    }
  }

  /// Whether it is there and a JSON number.
  func isNumber(_ name: String) -> Bool {
    switch self[name] {
    case .integer?, .decimal?, .number?: true
    case .string?, .null?, .bool?, .array?, .object?, nil: false
    }
  }

  /// Whether it is there and neither a string nor a whole number.
  func isOfWrongKind(_ name: String) -> Bool { self[name] != nil && text(name) == nil }

  /// What else was sent, as a query of the old API would have it; nil where a value is no text.
  func pairs(without names: Set<String>) -> [(name: String, value: String)]? {
    var pairs: [(name: String, value: String)] = []
    for member in members where !names.contains(member.name) {
      guard let value = text(member.name) else { return nil }
      pairs.append((member.name, value))
    }
    return pairs
  }
}
