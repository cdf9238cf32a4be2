import JSON
import Primitives

extension ZohoField {
  /// The value to keep, nil for an empty field.
  /// - Throws: what Insert Records says of a value the field does not take.
  func checked(_ given: JSONValue?, in store: ZohoRecordStore, module: ZohoModuleName? = nil) throws(ZohoRefusedRecord)
    -> JSONValue?
  {
    guard let given, given != .null else {
      if isMandatory { throw .missing(name) }
      return nil
    }
    switch kind {
    case .text(let limit), .textArea(let limit): return try checkedText(given, limit: limit, expected: "text")
    case .picklist: return try checkedText(given, limit: 120, expected: "picklist")
    case .website: return try checkedText(given, limit: 450, expected: "website")
    case .email: return try checkedEmail(given)
    case .phone, .fax: return try checkedPhone(given)
    case .integer, .double, .currency, .boolean, .date, .dateTime: return try checkedScalar(given)
    case .duration:
      guard let text = given.string, ZohoCallDuration(text) != nil else { throw .invalid(name) }
      return given
    case .choice(let choices):
      guard let text = given.string, choices.contains(text) else { throw .invalid(name) }
      return given
    case .moduleName:
      guard let text = given.string, ZohoModuleName(rawValue: text) != nil else { throw .invalid(name) }
      return given
    case .reference(let module): return try checkedReference(given, to: module, in: store)
    case .relatedReference:
      guard let module else { throw .missing("$se_module") }
      return try checkedReference(given, to: module, in: store)
    case .user, .identifier, .tags: return nil
    }
  }

  private func checkedText(
    _ given: JSONValue, limit: Int, expected: String
  ) throws(ZohoRefusedRecord) -> JSONValue? {
    guard let text = given.string else { throw .wrongType(name, expected: expected) }
    guard text.unicodeScalars.count <= limit else { throw .tooLong(name, limit: limit) }
    guard text.contains(where: { !$0.isWhitespace }) else {
      if isMandatory { throw .missing(name) }
      return nil
    }
    return given
  }

  /// Something, an at sign, something with a dot, no blanks (Zoho's own pattern is longer and not published).
  private func checkedEmail(_ given: JSONValue) throws(ZohoRefusedRecord) -> JSONValue? {
    guard let text = given.string else { throw .wrongType(name, expected: "email") }
    if text.isEmpty { return nil }
    guard text.utf8.count <= 100 else { throw .tooLong(name, limit: 100) }
    let halves = text.split(separator: "@", omittingEmptySubsequences: false)
    guard halves.count == 2, !halves[0].isEmpty, halves[1].split(separator: ".").count >= 2,
      text.utf8.allSatisfy({ $0 > 32 && $0 != 127 })
    else { throw .wrongType(name, expected: "email") }
    return given
  }

  private func checkedPhone(_ given: JSONValue) throws(ZohoRefusedRecord) -> JSONValue? {
    guard let text = given.string else { throw .wrongType(name, expected: "phone") }
    if text.isEmpty { return nil }
    guard text.utf8.count <= ZohoPhoneNumber.maximumLength else {
      throw .tooLong(name, limit: ZohoPhoneNumber.maximumLength)
    }
    guard ZohoPhoneNumber.isValid(text) else { throw .wrongType(name, expected: "phone") }
    return given
  }

  /// Numbers, switches and times. Nine digits of an integer and sixteen before the point are documented.
  private func checkedScalar(_ given: JSONValue) throws(ZohoRefusedRecord) -> JSONValue {
    switch (kind, given) {
    case (.integer, .integer(let value)):
      guard (-999_999_999...999_999_999).contains(value) else { throw .tooLong(name, limit: 9) }
      return given
    case (.double, .integer(let value)), (.currency, .integer(let value)):
      guard value.magnitude < 10_000_000_000_000_000 else { throw .tooLong(name, limit: 16) }
      return given
    case (.double, .number(let value)), (.currency, .number(let value)):
      guard value.magnitude < 1e16 else { throw .tooLong(name, limit: 16) }
      return given
    case (.boolean, .bool): return given
    case (.date, .string(let text)) where OffsetTimestamp(text + "T00:00:00Z") != nil: return given
    // An empty start time is INVALID_DATA, not a missing field (documented).
    case (.dateTime, .string(let text)) where OffsetTimestamp(text) != nil: return given
    case (_, _): throw .wrongType(name, expected: dataType)
    }
  }

  /// `{"id":"…"}`, a name beside it tolerated, or the id alone; the record must be there (assumed).
  private func checkedReference(
    _ given: JSONValue, to module: ZohoModuleName, in store: ZohoRecordStore
  ) throws(ZohoRefusedRecord) -> JSONValue {
    guard let id = given.referredID else { throw .wrongType(name, expected: "jsonobject") }
    guard let record = store.record(id, in: module) else { throw .invalid(name) }
    return ["name": record.displayName.map(JSONValue.string) ?? .null, "id": .string(id)]
  }
}
