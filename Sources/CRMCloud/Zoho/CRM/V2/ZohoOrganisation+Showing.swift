import JSON
import Primitives

extension ZohoOrganisation {
  /// Writes the record as answers show it: empty fields as null, the system's own fields around them.
  ///
  /// Straight to bytes: a lookup is one record with some thirty fields, and most of them are null.
  func write(_ record: ZohoRecord, fields: Set<String>?, _ version: ZohoAPIVersion, to bytes: inout [UInt8]) {
    func isShown(_ name: String) -> Bool {
      guard fields?.contains(name) ?? true else { return false }
      JSONText.append(member: name, isFirst: false, to: &bytes)
      return true
    }
    bytes.append(UInt8(ascii: "{"))
    JSONText.append(member: "id", isFirst: true, to: &bytes)
    JSONText.append(record.id, to: &bytes)
    if isShown("Owner") { writeUser(record.userIndex, to: &bytes) }
    if record.module.hasFullName, isShown("Full_Name") { JSONValue.optional(record.fullName).write(to: &bytes) }
    for field in record.module.storedFields where isShown(version.shownName(of: field.name)) {
      shown(record.values[field.name], field).write(to: &bytes)
    }
    if isShown("Created_Time") { timestamp(record.createdAt).write(to: &bytes) }
    if isShown("Modified_Time") { timestamp(record.modifiedAt).write(to: &bytes) }
    if isShown("Created_By") { writeUser(record.createdBy, to: &bytes) }
    if isShown("Modified_By") { writeUser(record.modifiedBy, to: &bytes) }
    if isShown("Tag") { bytes.append(contentsOf: "[]".utf8) }
    if fields == nil {
      bytes.append(contentsOf: #","$editable":true,"$approved":true,"$currency_symbol":"$""#.utf8)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  private func writeUser(_ index: Int, to bytes: inout [UInt8]) {
    guard let user = user(at: index) else { return bytes.append(contentsOf: "null".utf8) }
    bytes.append(UInt8(ascii: "{"))
    JSONText.append(member: "name", isFirst: true, to: &bytes)
    JSONText.append(user.fullName, to: &bytes)
    JSONText.append(member: "id", isFirst: false, to: &bytes)
    JSONText.append(user.id, to: &bytes)
    bytes.append(UInt8(ascii: "}"))
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
