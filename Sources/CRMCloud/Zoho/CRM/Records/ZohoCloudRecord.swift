import JSON
public import Primitives

/// One record of a cloud, for reports.
public struct ZohoCloudRecord: Hashable, Sendable {
  /// Decimal text.
  public let id: String
  /// Where it is kept.
  public let module: ZohoModuleName
  /// On the run's clock.
  public let createdAt: Instant
  /// The same as `createdAt` until somebody edits it.
  public let modifiedAt: Instant
  private let values: [String: JSONValue]
  private let fullName: String?

  init(_ record: ZohoRecord) {
    id = record.id
    module = record.module
    createdAt = record.createdAt
    modifiedAt = record.modifiedAt
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
    case .bool(let flag): flag ? "true" : "false"
    case .number(let value): String(value)
    case .object: values[field]?["id"]?.string
    case .null, .decimal, .array, nil: nil
    }
  }
}
