import JSON
import Primitives

/// One record as kept.
struct SalesforceRecord: Codable, Hashable {
  /// 18 characters.
  let id: String
  let object: SalesforceObject
  /// By the fields' names; only those with a value.
  var values: [String: JSONValue]
  let createdAt: Instant
  var modifiedAt: Instant
  /// From when on searches find it as it is now.
  var findableFrom: Instant
  /// What searches go by until then; nil for a record they do not know yet.
  var indexedValues: [String: JSONValue]?

  /// The value of any field, computed ones among them; `.null` for an empty one.
  subscript(field: String) -> JSONValue { Self.value(of: field, in: values, self) }

  /// The texts that searches go by at `now`; nil where they do not know the record.
  func searched(at now: Instant) -> [String: JSONValue]? { findableFrom <= now ? values : indexedValues }

  static func value(of field: String, in values: [String: JSONValue], _ record: SalesforceRecord) -> JSONValue {
    switch (field, record.object) {
    case ("Id", _): return .string(record.id)
    case ("CreatedDate", _): return .string(time(record.createdAt))
    case ("LastModifiedDate", _): return .string(time(record.modifiedAt))
    case ("IsDeleted", _): return false
    case ("IsClosed", .task): return .bool(values["Status"]?.string == "Completed")
    case ("Name", .contact), ("Name", .lead):
      let parts = ["FirstName", "LastName"].compactMap { values[$0]?.string }
      return parts.isEmpty ? .null : .string(parts.joined(separator: " "))
    default: return values[field] ?? .null
    }
  }

  /// `2026-11-28T17:00:00.000+0000` (documented).
  private static func time(_ instant: Instant) -> String {
    OffsetTimestamp(instant, utcOffsetSeconds: 0).description.prefix(19) + ".000+0000"
  }

  /// With what tells of which object it is.
  func json(_ fields: [String], version: String) -> JSONValue {
    let address = "/services/data/v\(version)/sobjects/\(object.rawValue)/\(id)"
    let attributes: JSONValue = ["type": .string(object.rawValue), "url": .string(address)]
    return .object([.init("attributes", attributes)] + fields.map { .init($0, self[$0]) })
  }
}
