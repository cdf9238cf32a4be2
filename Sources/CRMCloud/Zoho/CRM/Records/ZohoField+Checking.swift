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
    case .text(let limit): return try checkedText(given, limit: limit)
    case .phone, .fax: return try checkedPhone(given)
    case .integer:
      guard case .integer = given else { throw .wrongType(name, expected: "integer") }
      return given
    case .dateTime:
      // An empty start time is INVALID_DATA, not a missing field (documented).
      guard let text = given.string, OffsetTimestamp(text) != nil else { throw .wrongType(name, expected: "datetime") }
      return given
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
    }
  }

  private func checkedText(_ given: JSONValue, limit: Int) throws(ZohoRefusedRecord) -> JSONValue? {
    guard let text = given.string else { throw .wrongType(name, expected: "text") }
    guard text.unicodeScalars.count <= limit else { throw .tooLong(name, limit: limit) }
    guard text.contains(where: { !$0.isWhitespace }) else {
      if isMandatory { throw .missing(name) }
      return nil
    }
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

  /// `{"id":"…"}`, a name beside it tolerated, or the id alone; the record must be there (assumed).
  private func checkedReference(
    _ given: JSONValue, to module: ZohoModuleName, in store: ZohoRecordStore
  ) throws(ZohoRefusedRecord) -> JSONValue {
    guard let id = given.string ?? given["id"]?.string else { throw .wrongType(name, expected: "jsonobject") }
    guard let record = store.record(id, in: module) else { throw .invalid(name) }
    return ["name": record.displayName.map(JSONValue.string) ?? .null, "id": .string(id)]
  }
}
