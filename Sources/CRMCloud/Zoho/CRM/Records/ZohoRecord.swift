import JSON
import Primitives

/// One record as kept.
struct ZohoRecord: Codable, Hashable {
  let id: String
  let module: ZohoModuleName
  /// Only fields the module has, and only those with a value.
  var values: [String: JSONValue]
  let createdAt: Instant
  var modifiedAt: Instant
  /// Place of its owner among the users.
  var userIndex: Int
  let createdBy: Int
  var modifiedBy: Int
  /// From when on searches find it as it is now.
  var findableFrom: Instant
  /// What searches go by until then; nil for a record they do not know yet.
  var indexedValues: [String: JSONValue]?

  init(
    id: String, module: ZohoModuleName, values: [String: JSONValue], createdAt: Instant, userIndex: Int,
    createdBy: Int, findableFrom: Instant
  ) {
    self.id = id
    self.module = module
    self.values = values
    self.createdAt = createdAt
    modifiedAt = createdAt
    self.userIndex = userIndex
    self.createdBy = createdBy
    modifiedBy = createdBy
    self.findableFrom = findableFrom
  }

  /// First_Name and Last_Name on modules of people.
  var fullName: String? { Self.fullName(of: values, in: module) }

  static func fullName(of values: [String: JSONValue], in module: ZohoModuleName) -> String? {
    guard module.hasFullName else { return nil }
    let parts = [values["First_Name"]?.string, values["Last_Name"]?.string].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// What another record's reference shows as its name.
  var displayName: String? { module.hasFullName ? fullName : values[module.nameField]?.string }

  /// The values that searches go by at `now`; nil where they do not know the record yet.
  func searchedValues(at now: Instant, flushedAt: Instant) -> [String: JSONValue]? {
    findableFrom <= now || modifiedAt <= flushedAt ? values : indexedValues
  }
}
