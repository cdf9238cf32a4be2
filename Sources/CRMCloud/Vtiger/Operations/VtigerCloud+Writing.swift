import JSON
import Primitives

extension VtigerCloud {
  mutating func create(
    _ input: FormParameters, by user: VtigerUser, at now: Instant
  ) throws(VtigerError) -> JSONValue {
    let module = try module(named: input["elementType"] ?? "")
    guard module != .users else { throw .accessDenied("Permission to write is denied") }
    var values = try checked(Self.element(input["element"]), of: module, replacing: nil, isWhole: true)
    guard records.count(in: module) < settings.maximumRecordsPerModule else { throw .internal }
    values["createdtime"] = Self.time(now)
    values["modifiedtime"] = Self.time(now)
    let number = records.freeNumber()
    return records.insert(values, number, into: module).json(names(of: module))
  }

  /// - Parameter isWhole: `update`, which empties what is not given; otherwise `revise`, which leaves it.
  mutating func change(_ input: FormParameters, isWhole: Bool, at now: Instant) throws(VtigerError) -> JSONValue {
    let element = Self.element(input["element"])
    var record = try record(element["id"] ?? "")
    guard record.module != .users else { throw .accessDenied("Permission to write is denied") }
    var values = try checked(element, of: record.module, replacing: record, isWhole: isWhole)
    for field in record.module.fields(settings.manner) where field.isAutomatic {
      values[field.name] = record[field.name]
    }
    values["modifiedtime"] = Self.time(now)
    record.values = values
    records.replace(record)
    return record.json(names(of: record.module))
  }

  mutating func delete(_ id: String) throws(VtigerError) -> JSONValue {
    let record = try record(id)
    guard record.module != .users, records.delete(record.number, in: record.module) else {
      throw .accessDenied("Permission to delete is denied")
    }
    return ["status": "successful"]
  }

  /// A text that is no JSON object is an empty record (measured).
  private static func element(_ text: String?) -> [String: String] {
    guard let text, let members = JSONValue(parsing: Array(text.utf8))?.members else { return [:] }
    var element: [String: String] = [:]
    for member in members { element[member.name] = Self.text(of: member.value) }
    return element
  }

  /// As PHP writes it; null and what has parts count as not given.
  private static func text(of value: JSONValue) -> String? {
    switch value {
    case .string(let text): text
    case .integer(let number): String(number)
    case .bool(let flag): flag ? "1" : ""
    case .decimal(let number, _), .number(let number): "\(number)"
    case .null, .array, .object: nil
    }
  }

  /// The values a record gets: references first, then what must be given, then the owner (from vTiger's source).
  private func checked(
    _ element: [String: String], of module: VtigerModule, replacing former: VtigerRecord?, isWhole: Bool
  ) throws(VtigerError) -> [String: String] {
    let fields = module.fields(settings.manner)
    for field in fields { try checkReference(element[field.name] ?? "", field) }
    var values = isWhole ? [:] : former?.values ?? [:]
    for field in fields where !field.isAutomatic {
      // What is no field of the module is dropped without a word.
      if let value = element[field.name] { values[field.name] = value }
    }
    for field in fields where field.isMandatory && (values[field.name] ?? "").isEmpty {
      throw VtigerError("MANDATORY_FIELDS_MISSING", "\(field.name) does not have a value")
    }
    guard let owner = VtigerID(values["assigned_user_id"] ?? ""), owner.prefix == VtigerModule.users.prefix,
      users.contains(where: { $0.number == owner.number })
    else { throw .accessDenied("Cannot assign record to the given user") }
    try checkUnique(values, of: module, former)
    Self.completeCalendar(&values, of: module)
    return values
  }

  /// The kind of what is referred to counts, not whether it is there (from vTiger's source).
  private func checkReference(_ text: String, _ field: VtigerField) throws(VtigerError) {
    guard let allowed = field.referredModules, !text.isEmpty else { return }
    guard let id = VtigerID(text), let module = VtigerModule.allCases.first(where: { $0.prefix == id.prefix }) else {
      throw .invalidID
    }
    guard allowed.contains(module.rawValue) else {
      throw VtigerError("REFERENCE_INVALID", "Invalid reference specified for \(field.name)")
    }
  }

  private func checkUnique(
    _ values: [String: String], of module: VtigerModule, _ former: VtigerRecord?
  ) throws(VtigerError) {
    guard module == .accounts, !settings.acceptsDuplicateAccounts else { return }
    let name = VtigerComparison.folded(values["accountname"] ?? "")
    let isTaken = records.all(in: module).contains {
      $0.number != former?.number && VtigerComparison.folded($0["accountname"]) == name
    }
    if isTaken { throw VtigerError(settings.duplicateCode, "Duplicate record found") }
  }
}
