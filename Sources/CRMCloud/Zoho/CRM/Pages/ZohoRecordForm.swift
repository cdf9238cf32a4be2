import CloudPages
import JSON
import Primitives

/// A record's fields as a form shows them and as it sends them back.
struct ZohoRecordForm {
  let module: ZohoModuleName
  /// nil for a record to be created.
  let record: ZohoRecord?
  let organisation: ZohoOrganisation

  private var shownFields: [ZohoField] {
    module.storedFields.filter { field in
      switch field.kind {
      case .identifier, .tags: false
      case _: !field.isReadOnly
      }
    }
  }

  /// - Parameter entered: what somebody sent and is to see again; nil for what the record holds.
  func fields(entered: FormParameters?, wrong: String, reason: String) -> [PageField] {
    var fields = shownFields.map { field in
      let value = entered.map { $0[field.name] ?? "" } ?? text(of: field)
      return PageField(
        field.name, field.label, kind(of: field, value), value: field.kind == .boolean ? "on" : value,
        isRequired: field.isMandatory, hint: hint(of: field), error: field.name == wrong ? reason : "")
    }
    let owner = entered?["Owner"] ?? (record?.userIndex).flatMap { organisation.user(at: $0)?.id } ?? ""
    let users = organisation.users.filter { $0.status == .active || $0.id == owner }.prefix(500)
    let options = users.map { PageOption($0.id, $0.fullName, isChosen: $0.id == owner) }
    let yourself = record == nil ? [PageOption("", "Yourself", isChosen: owner.isEmpty)] : []
    fields.append(
      PageField(
        "Owner", module.singularLabel + " Owner", .choice(yourself + options), error: wrong == "Owner" ? reason : ""))
    return fields
  }

  private func kind(of field: ZohoField, _ value: String) -> PageField.Kind {
    switch field.kind {
    case .text, .duration, .reference, .relatedReference, .identifier, .tags, .user, .double, .currency: .text
    case .textArea: .multiline
    case .email: .email
    case .website: .url
    case .phone, .fax: .telephone
    case .integer: .number
    case .boolean: .checkbox(isOn: value == "on")
    case .date: .date
    case .dateTime: .localTime
    case .choice(let offered), .picklist(let offered): .choice(Self.options(offered, value))
    case .moduleName: .choice(Self.options(ZohoModuleName.allCases.map(\.rawValue), value))
    }
  }

  /// What is offered, nothing, and what stands there though it is not offered.
  private static func options(_ offered: [String], _ value: String) -> [PageOption] {
    let own = value.isEmpty || offered.contains(value) ? [] : [value]
    return [PageOption("", "–", isChosen: value.isEmpty)]
      + (own + offered).map { PageOption($0, $0, isChosen: $0 == value) }
  }

  private func hint(of field: ZohoField) -> String {
    switch field.kind {
    case .reference(let module): "Name or id of one of the \(module.rawValue)."
    case .relatedReference: "Name or id of a record of the module chosen."
    case .duration: "Minutes and seconds, as 3:05."
    case .dateTime: "On the clock of the organization, \(organisation.timeZone.name)."
    case _: ""
    }
  }

  /// What stands in the field for what the record holds.
  private func text(of field: ZohoField) -> String {
    guard let record, let value = organisation.value(of: field.name, record), value != .null else { return "" }
    switch (field.kind, value) {
    case (.dateTime, .string(let text)):
      guard let time = OffsetTimestamp(text) else { return text }
      let local = organisation.timeZone.local(Instant(seconds: time.seconds)).text
      return String(local.map { $0 == " " ? "T" : $0 })
    case (_, .string(let text)): return text
    case (_, .bool(let isOn)): return isOn ? "on" : ""
    case (_, .object): return value["name"]?.string ?? value["id"]?.string ?? ""
    case (_, _): return String(decoding: value.bytes(), as: UTF8.self)
    }
  }

  /// What was entered as the API takes it; of a record that is there only what was changed.
  func values(_ entered: FormParameters) throws(ZohoRefusedRecord) -> JSONValue {
    var members: [JSONValue.Member] = []
    for field in shownFields {
      // Browsers leave a box that is not ticked out, and send line breaks as two characters.
      guard let sent = entered[field.name] ?? (field.kind == .boolean ? "" : nil) else { continue }
      let text = sent.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
      let isUnchanged = text == self.text(of: field)
      let isRelated = field.kind == .relatedReference && entered["$se_module"] != record?.values["$se_module"]?.string
      if isUnchanged, !isRelated || text.isEmpty { continue }
      members.append(.init(field.name, try value(text.trimmed, of: field, entered)))
    }
    if let owner = entered["Owner"], !owner.isEmpty,
      record.map({ organisation.user(at: $0.userIndex)?.id != owner }) ?? true
    {
      members.append(.init("Owner", .string(owner)))
    }
    return .object(members)
  }

  private func value(
    _ text: String, of field: ZohoField, _ entered: FormParameters
  ) throws(ZohoRefusedRecord) -> JSONValue {
    guard field.kind != .boolean else { return .bool(text == "on") }
    guard !text.isEmpty else { return .null }
    switch field.kind {
    case .integer, .double, .currency:
      // What is no number is left a text, which the field then refuses.
      let isNumber = text.utf8.allSatisfy { (48...57).contains($0) || "-.".utf8.contains($0) }
      return (isNumber ? JSONValue(parsing: Array(text.utf8)) : nil) ?? .string(text)
    case .dateTime: return organisation.localTime(text).map { .string($0) } ?? .string(text)
    case .reference(let module): return try reference(text, to: module, field)
    case .relatedReference:
      guard let module = entered["$se_module"].flatMap(ZohoModuleName.init) else { throw .missing("$se_module") }
      return try reference(text, to: module, field)
    case _: return .string(text)
    }
  }

  /// The record of this id or of this name; of several of one name the oldest.
  private func reference(
    _ text: String, to module: ZohoModuleName, _ field: ZohoField
  ) throws(ZohoRefusedRecord) -> JSONValue {
    if organisation.records.record(text, in: module) != nil { return .string(text) }
    let wanted = text.lowercased()
    let found = organisation.records.filter(module, places: nil) { $0.displayName?.lowercased() == wanted }
    guard let first = found.first else { throw .invalid(field.name) }
    return .string(first.id)
  }

  /// A refusal in words.
  static func reason(_ refusal: ZohoRefusedRecord) -> String {
    switch refusal.code {
    case "MANDATORY_NOT_FOUND": return "Fill this in."
    case "DUPLICATE_DATA": return "Another record has this value."
    case "LIMIT_EXCEEDED": return "The organization has no room for more records."
    case "DEPENDENT_MISMATCH": return refusal.message
    case _:
      if case .integer(let limit)? = refusal.details["maximum_length"] { return "At most \(limit) characters." }
      if let type = refusal.details["expected_data_type"]?.string { return "This is not of the type \(type)." }
      return "This value is not possible here."
    }
  }
}

extension ZohoOrganisation {
  /// `2027-01-15T09:30` on the organisation's clock as a timestamp; of a time that the clock shows twice the first.
  fileprivate func localTime(_ text: String) -> String? {
    let whole = text.utf8.count == 16 ? text + ":00" : text
    guard let local = OffsetTimestamp(whole + "Z") else { return nil }
    let instant = Instant(seconds: timeZone.seconds(showing: local.seconds).lowerBound)
    return time(instant).description
  }
}
