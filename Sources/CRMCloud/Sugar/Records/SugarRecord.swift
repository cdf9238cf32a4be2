import JSON
import Primitives

/// One record of a module. Every value is text, as the database's columns come back.
struct SugarRecord: Codable {
  let id: String
  let module: SugarModule
  /// By field name; without the empty ones.
  var values: [String: String]
  let createdAt: Instant
  var modifiedAt: Instant
  let createdBy: String
  var modifiedBy: String
  var isDeleted = false

  /// What people see: first and last name, or the name.
  var displayName: String {
    guard module.isOfPeople else { return values["name"] ?? "" }
    return [values["first_name"], values["last_name"]].compactMap(\.self).joined(separator: " ")
  }

  /// A field's value; empty for one that is not set.
  subscript(field: String) -> String {
    switch field {
    case "id": id
    case "name": displayName
    case "date_entered": SugarTime.text(createdAt)
    case "date_modified": SugarTime.text(modifiedAt)
    case "created_by": createdBy
    case "modified_user_id": modifiedBy
    case "deleted": isDeleted ? "1" : "0"
    case _: values[field] ?? ""
    }
  }
}

/// One record of a cloud, for reports.
public struct SugarCloudRecord: Hashable, Sendable {
  /// A UUID, or what the data calls it.
  public let id: String
  /// `Contacts`, `Calls` …
  public let module: String
  private let values: [String: String]

  init(_ record: SugarRecord) {
    id = record.id
    module = record.module.rawValue
    values = Dictionary(
      record.module.fields.map { ($0.name, record[$0.name]) }, uniquingKeysWith: { first, _ in first })
  }

  /// The field's value by its API name; nil for an empty field and for one the module does not have.
  public func text(_ field: String) -> String? { values[field].flatMap { $0.isEmpty ? nil : $0 } }
}
