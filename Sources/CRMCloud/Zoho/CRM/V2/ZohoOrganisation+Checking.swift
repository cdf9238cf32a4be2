import JSON
import Primitives

extension ZohoOrganisation {
  /// The values to keep, and the owner's place if the request names one. Mandatory fields are looked for first
  /// (assumed).
  /// - Parameter over: the record that is edited, whose other fields stay; nil for a new one.
  func checked(
    _ record: JSONValue, _ module: ZohoModuleName, over old: ZohoRecord?, _ version: ZohoAPIVersion
  ) throws(ZohoRefusedRecord) -> (values: [String: JSONValue], owner: Int?) {
    guard case .object = record else { throw .wrongType("data", expected: "jsonobject") }
    var given = Self.renamed(record, module, version)
    if module == .notes { given = Self.withModuleOfParent(given, old: old) }
    if old == nil {
      for field in module.storedFields where field.isMandatory && (given[field.name] ?? .null) == .null {
        throw .missing(field.name)
      }
    }
    let related = (given["$se_module"] ?? old?.values["$se_module"])?.string.flatMap(ZohoModuleName.init)
    var values = old?.values ?? [:]
    for field in module.storedFields {
      guard old == nil || given[field.name] != nil else { continue }
      values[field.name] = try field.checked(given[field.name], in: records, module: related)
    }
    let owner = try owner(given["Owner"])
    if module == .calls { try checkCall(&values, over: old, owner: owner, given, version) }
    try checkUniqueness(values, module, except: old?.id)
    return (values, owner)
  }

  /// The members by the names they are kept under. Of two of one name the first holds.
  private static func renamed(
    _ record: JSONValue, _ module: ZohoModuleName, _ version: ZohoAPIVersion
  ) -> [String: JSONValue] {
    var given: [String: JSONValue] = [:]
    for member in record.members ?? [] {
      let name = module == .calls ? version.storedName(of: member.name) : member.name
      if given[name] == nil { given[name] = member.value }
    }
    return given
  }

  /// Notes name their parent's module `se_module`, or inside `Parent_Id` in later versions (documented).
  private static func withModuleOfParent(_ given: [String: JSONValue], old: ZohoRecord?) -> [String: JSONValue] {
    var given = given
    let named = given["se_module"] ?? given["$se_module"] ?? given["Parent_Id"]?["module"]?["api_name"]
    given["$se_module"] = named ?? old?.values["$se_module"]
    return given
  }

  /// Place of the user that `Owner` names, by `{"id":…}` or the id alone; nil where it names none.
  private func owner(_ given: JSONValue?) throws(ZohoRefusedRecord) -> Int? {
    guard let given, given != .null else { return nil }
    guard let id = given.referredID else { throw .wrongType("Owner", expected: "jsonobject") }
    guard let index = users.firstIndex(where: { $0.id == id && $0.status == .active }) else { throw .noOwner }
    return index
  }

  /// Documented: a completed call says how long it was, and neither its type nor its owner change any more. That a
  /// missed call need not is assumed.
  private func checkCall(
    _ values: inout [String: JSONValue], over old: ZohoRecord?, owner: Int?, _ given: [String: JSONValue],
    _ version: ZohoAPIVersion
  ) throws(ZohoRefusedRecord) {
    if let old {
      guard values["Call_Type"] == old.values["Call_Type"] else { throw .invalid("Call_Type") }
      let wasPlanned = old.values["Call_Status"]?.string == "Scheduled"
      if let owner, owner != old.userIndex, !wasPlanned { throw .noOwner }
    }
    let duration = values["Call_Duration"]?.string.flatMap(ZohoCallDuration.init)
    if let duration, given["Call_Duration"] != nil, given["Call_Duration_in_seconds"] == nil {
      values["Call_Duration_in_seconds"] = .integer(Int64(duration.seconds))
    }
    let isMissed = values["Call_Type"]?.string == "Missed"
    let isPlanned = values["Call_Status"]?.string == "Scheduled"
    guard !isMissed, !isPlanned else { return }
    guard let duration else { throw .invalid("Call_Duration") }
    if duration.seconds == 0, !(version.acceptsZeroDuration ?? settings.acceptsZeroDuration) { throw .zeroDuration }
  }

  /// "Do not allow duplicate values" of the field Email, where the organisation has switched it on.
  private func checkUniqueness(
    _ values: [String: JSONValue], _ module: ZohoModuleName, except id: String?
  ) throws(ZohoRefusedRecord) {
    guard settings.refusesDuplicateEmails, module == .contacts || module == .leads,
      let address = values["Email"]?.string
    else { return }
    if let other = records(withAddress: address, in: module).first(where: { $0.id != id }) {
      throw .duplicate("Email", of: other.id)
    }
  }

  private func records(withAddress address: String, in module: ZohoModuleName) -> [ZohoRecord] {
    let wanted = address.lowercased()
    return records.filter(module, places: records.places(address: address, in: module)) {
      $0.values["Email"]?.string?.lowercased() == wanted
    }
  }

  /// What an upsert compares: the fields asked for, or the module's own (documented).
  func duplicateCheckFields(_ body: JSONValue, _ module: ZohoModuleName) throws(ZohoRequestError) -> [String] {
    guard let asked = body["duplicate_check_fields"], asked != .null else {
      switch module {
      case .contacts, .leads: return ["Email"]
      case .accounts, .deals, .campaigns: return [module.nameField]
      case .calls, .tasks, .events, .notes: return []
      }
    }
    let names = asked.array ?? asked.string.map { $0.split(separator: ",").map { .string(String($0)) } }
    guard let names, names.count <= 10 else {
      throw .invalidData(["expected_data_type": "jsonarray", "api_name": "duplicate_check_fields"])
    }
    var fields: [String] = []
    for name in names {
      guard let name = name.string, module.field(name)?.isText ?? (name == "id") else {
        throw .invalidData(["api_name": "duplicate_check_fields"])
      }
      fields.append(name)
    }
    return fields
  }

  /// The oldest record that agrees with `record` in one of the fields, and in which; text without regard to case
  /// (assumed).
  func duplicate(
    of record: JSONValue, in module: ZohoModuleName, by fields: [String]
  ) -> (record: ZohoRecord, field: String)? {
    if let id = record["id"]?.identifier, let old = records.record(id, in: module) { return (old, "id") }
    for field in fields {
      guard let wanted = record[field]?.string?.lowercased(), !wanted.isEmpty else { continue }
      let isEmail = module.field(field)?.kind == .email
      let places = isEmail ? records.places(address: wanted, in: module) : nil
      let found = records.filter(module, places: places) { $0.values[field]?.string?.lowercased() == wanted }
      if let first = found.first { return (first, field) }
    }
    return nil
  }
}
