import JSON

extension JSONValue {
  /// An id as requests write it: text, or a number (observed: Zoho's own SDKs send ids of references as numbers).
  var identifier: String? {
    switch self {
    case .string(let text): text
    case .integer(let number) where number >= 0: String(number)
    case .null, .bool, .integer, .decimal, .number, .array, .object: nil
    }
  }

  /// The id of what is referred to: that of `{"id":…}`, or the id alone.
  var referredID: String? { identifier ?? self["id"]?.identifier }
}
