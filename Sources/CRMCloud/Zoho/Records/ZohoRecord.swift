import JSON
public import Primitives

/// One record as kept.
struct ZohoRecord: Hashable {
  let id: String
  let module: ZohoModuleName
  /// Only fields the module has, and only those with a value.
  let values: [String: JSONValue]
  let createdAt: Instant
  /// Place of its owner and creator among the users.
  let userIndex: Int
  /// From when on searches find it.
  let findableFrom: Instant
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

/// One record of a cloud, for reports.
public struct ZohoCloudRecord: Hashable, Sendable {
  /// Decimal text.
  public let id: String
  /// Where it is kept.
  public let module: ZohoModuleName
  /// On the run's clock.
  public let createdAt: Instant
  private let values: [String: JSONValue]
  private let fullName: String?

  init(_ record: ZohoRecord) {
    id = record.id
    module = record.module
    createdAt = record.createdAt
    values = record.values
    fullName = record.fullName
  }

  /// The field's value as text, by its API name (`Last_Name`, `Call_Type`, `Full_Name`).
  ///
  /// A reference gives the id of the record referred to. Nil for an empty field and for one the module does not have.
  public func text(_ field: String) -> String? {
    if field == "Full_Name" { return fullName }
    return switch values[field] {
    case .string(let text): text
    case .integer(let value): String(value)
    case .object: values[field]?["id"]?.string
    case .null, .bool, .decimal, .number, .array, nil: nil
    }
  }
}
