import JSON
import Primitives

/// One record as kept.
struct ZohoRecord: Codable, Hashable {
  let id: String
  let module: ZohoModuleName
  /// Only fields the module has, and only those with a value.
  let values: [String: JSONValue]
  let createdAt: Instant
  /// Place of its owner and creator among the users.
  let userIndex: Int
  /// From when on searches find it.
  var findableFrom: Instant
  /// What `search?phone=` compares with.
  let numbers: [ZohoStoredNumber]

  /// First_Name and Last_Name on modules of people.
  var fullName: String? {
    guard module.hasFullName else { return nil }
    let parts = [values["First_Name"]?.string, values["Last_Name"]?.string].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }

  /// What another record's reference shows as its name.
  var displayName: String? {
    switch module {
    case .contacts, .leads: fullName
    case .accounts: values["Account_Name"]?.string
    case .calls: values["Subject"]?.string
    }
  }
}
