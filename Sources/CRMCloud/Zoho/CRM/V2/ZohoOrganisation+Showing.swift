import JSON
import Primitives

extension ZohoOrganisation {
  /// The record as answers show it: empty fields as null, the system's own fields around them.
  func json(_ record: ZohoRecord, fields: Set<String>?, _ version: ZohoAPIVersion) -> JSONValue {
    var members: [JSONValue.Member] = []
    func put(_ name: String, _ value: @autoclosure () -> JSONValue) {
      if fields?.contains(name) ?? true { members.append(.init(name, value())) }
    }
    members.append(.init("id", .string(record.id)))
    put("Owner", user(record.userIndex))
    if record.module.hasFullName { put("Full_Name", .optional(record.fullName)) }
    for field in record.module.storedFields {
      put(version.shownName(of: field.name), shown(record.values[field.name], field))
    }
    put("Created_Time", timestamp(record.createdAt))
    put("Modified_Time", timestamp(record.modifiedAt))
    put("Created_By", user(record.createdBy))
    put("Modified_By", user(record.modifiedBy))
    put("Tag", [])
    guard fields == nil else { return .object(members) }
    return .object(
      members + [.init("$editable", true), .init("$approved", true), .init("$currency_symbol", "$")])
  }

  /// One field's value as answers show it; nil for a field the module lacks.
  func value(of name: String, _ record: ZohoRecord) -> JSONValue? {
    switch name {
    case "id": return .string(record.id)
    case "Owner": return user(record.userIndex)
    case "Full_Name": return record.module.hasFullName ? .optional(record.fullName) : nil
    case "Created_Time": return timestamp(record.createdAt)
    case "Modified_Time": return timestamp(record.modifiedAt)
    case "Created_By": return user(record.createdBy)
    case "Modified_By": return user(record.modifiedBy)
    case "Tag": return []
    case _:
      guard let field = record.module.field(name) else { return nil }
      return shown(record.values[name], field)
    }
  }

  /// A reference shows the name that the other record has today.
  private func shown(_ value: JSONValue?, _ field: ZohoField) -> JSONValue {
    guard let value else { return .null }
    switch field.kind {
    case .reference, .relatedReference:
      guard let id = value["id"]?.string, let other = records.record(id) else { return value }
      return ["name": .optional(other.displayName), "id": .string(id)]
    case _: return value
    }
  }

  func user(_ index: Int) -> JSONValue {
    guard let user = user(at: index) else { return .null }
    return ["name": .string(user.fullName), "id": .string(user.id)]
  }

  func timestamp(_ instant: Instant) -> JSONValue { .string(time(instant).description) }

  /// On the organisation's clock.
  func time(_ instant: Instant) -> OffsetTimestamp {
    OffsetTimestamp(instant, utcOffsetSeconds: timeZone.offsetSeconds(at: instant))
  }
}
