import JSON
import Primitives

extension ZohoOrganisation {
  /// `getRecords` and `getMyRecords`.
  func v1List(_ call: ZohoV1Call, ownOnly: Bool) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    var found = records.filter(module, places: nil) { !ownOnly || $0.userIndex == call.userIndex }
    if let label = call.parameters["sortColumnString"], !label.isEmpty {
      guard let field = module.field(label: label) else { throw .wrongParameter }
      guard let word = ["asc", "desc"].first(where: { $0 == call.parameters["sortOrderString"] ?? "asc" }) else {
        throw .wrongParameter
      }
      found = sorted(found, by: ZohoSortOrder(field: field.name, isDescending: word == "desc"))
    }
    return try v1Rows(try since(call, found), module, call)
  }

  /// `id`, or `idlist` with `;` between the ids.
  func v1RecordsByID(_ call: ZohoV1Call) throws(ZohoV1Error) -> ZohoV1Node {
    let module = try call.kept()
    let text = if let list = call.parameters["idlist"] { list } else { try call.mandatory("id") }
    let ids = text.split(separator: ";", maxSplits: 100).map { $0.filter { $0 != " " } }
    guard ids.count <= 100, !ids.isEmpty else { throw .wrongParameter }
    guard ids.allSatisfy(ZohoIdentifiers.isWellFormed) else { throw .wrongParameter }
    let found = ids.compactMap { records.record($0, in: module) }
    guard !found.isEmpty else { throw .noData }
    return v1Result(found, module, try columns(call, module), try call.showsEmptyFields(), first: 1)
  }

  /// The rows asked for; 4422 for none.
  func v1Rows(
    _ all: [ZohoRecord], _ module: ZohoModuleName, _ call: ZohoV1Call
  ) throws(ZohoV1Error) -> ZohoV1Node {
    let rows = try call.rows()
    let columns = try columns(call, module)
    let showsEmpty = try call.showsEmptyFields()
    let shown = Array(all.dropFirst(rows.lowerBound - 1).prefix(rows.count))
    guard !shown.isEmpty else { throw .noData }
    return v1Result(shown, module, columns, showsEmpty, first: rows.lowerBound)
  }

  /// `lastModifiedTime`, on the organisation's clock.
  func since(_ call: ZohoV1Call, _ all: [ZohoRecord]) throws(ZohoV1Error) -> [ZohoRecord] {
    guard let text = call.parameters["lastModifiedTime"] else { return all }
    guard let since = instant(v1: text) else { throw .wrongParameter }
    return all.filter { $0.modifiedAt >= since }
  }

  private func v1Result(
    _ shown: [ZohoRecord], _ module: ZohoModuleName, _ columns: Set<String>?, _ showsEmpty: Bool, first: Int
  ) -> ZohoV1Node {
    let rows = shown.enumerated().map { index, record in
      ZohoV1Node("row", [("no", String(first + index))], v1Fields(of: record, columns, showsEmpty))
    }
    return ZohoV1Node("result", [], [ZohoV1Node(module.v1Name, [], rows)])
  }

  /// `Contacts(First Name,Phone)` or `All`; labels in lower case, nil for all.
  private func columns(_ call: ZohoV1Call, _ module: ZohoModuleName) throws(ZohoV1Error) -> Set<String>? {
    guard let text = call.parameters["selectColumns"], text.lowercased() != "all", !text.isEmpty else { return nil }
    let bytes = Array(text.utf8)
    let halves = bytes.split(separator: UInt8(ascii: "("), maxSplits: 1)
    guard halves.count == 2, halves[1].last == UInt8(ascii: ")"),
      String(decoding: halves[0], as: UTF8.self).lowercased() == module.v1Name.lowercased()
    else { throw .wrongParameter }
    let labels = halves[1].dropLast().split(separator: UInt8(ascii: ",")).map { label in
      String(decoding: label.drop { $0 == UInt8(ascii: " ") }, as: UTF8.self).lowercased()
    }
    return Set(labels)
  }

  /// A row's `FL` elements: ids come along whatever the columns (documented in samples).
  private func v1Fields(of record: ZohoRecord, _ columns: Set<String>?, _ showsEmpty: Bool) -> [ZohoV1Node] {
    var nodes = [ZohoV1Node.field(record.module.v1IDLabel, record.id, isWrapped: false)]
    func isAsked(_ labelKey: String) -> Bool { columns?.contains(labelKey) ?? true }
    func put(owner label: String, _ name: String, _ index: Int) {
      guard isAsked(name.lowercased()), let user = user(at: index) else { return }
      nodes.append(.field(label, user.id, isWrapped: false))
      nodes.append(.field(name, user.fullName))
    }
    put(owner: "SMOWNERID", record.module.singularLabel + " Owner", record.userIndex)
    for field in record.module.storedFields {
      guard let value = record.values[field.name] else {
        if showsEmpty, isAsked(field.labelKey) { nodes.append(.field(field.label, "null", isWrapped: false)) }
        continue
      }
      guard isAsked(field.labelKey) else { continue }
      if let label = v1IDLabel(of: field, record), let id = value["id"]?.string {
        nodes.append(.field(label, id, isWrapped: false))
      }
      if let text = v1Text(value, field) {
        nodes.append(.field(field.label, text))
      } else if showsEmpty {
        nodes.append(.field(field.label, "null", isWrapped: false))
      }
    }
    if isAsked("created time") { nodes.append(.field("Created Time", v1Text(record.createdAt))) }
    if isAsked("modified time") { nodes.append(.field("Modified Time", v1Text(record.modifiedAt))) }
    put(owner: "SMCREATORID", "Created By", record.createdBy)
    put(owner: "MODIFIEDBY", "Modified By", record.modifiedBy)
    return nodes
  }

  private func v1IDLabel(of field: ZohoField, _ record: ZohoRecord) -> String? {
    switch field.kind {
    case .reference(let module): module.v1IDLabel
    case .relatedReference: "RELATEDTOID"
    case _: nil
    }
  }

  /// A value as v1 writes it: times on the organisation's clock, references by name.
  private func v1Text(_ value: JSONValue, _ field: ZohoField) -> String? {
    switch value {
    case .string(let text):
      guard field.kind == .dateTime, let time = OffsetTimestamp(text) else { return text }
      return v1Text(Instant(seconds: time.seconds))
    case .bool(let flag): return flag ? "true" : "false"
    case .integer(let number): return String(number)
    case .number(let number), .decimal(let number, _): return String(number)
    case .object: return value["name"]?.string
    case .null, .array: return nil
    }
  }

  /// `yyyy-MM-dd HH:mm:ss` without a zone (documented; that it is the organisation's is assumed).
  func v1Text(_ instant: Instant) -> String { timeZone.local(instant).text }

  /// The moment of such a text; nil for another form. Of two the clock shows alike, the first.
  func instant(v1 text: String) -> Instant? {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 2, let time = OffsetTimestamp("\(parts[0])T\(parts[1])Z") else { return nil }
    return Instant(seconds: timeZone.seconds(showing: time.seconds).lowerBound)
  }
}
