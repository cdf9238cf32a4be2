import JSON
import Primitives

extension SugarCloud {
  /// The fields asked for: `fields`, a text with commas, in the body or the query.
  static func names(_ body: JSONValue, _ query: FormParameters) -> [String] {
    (body["fields"]?.string ?? query["fields"] ?? "").split(separator: ",").map(String.init)
  }

  /// A record with the fields asked for and those that always come (documented form).
  func restRecord(_ record: SugarRecord, _ module: SugarModule, _ names: [String]) -> JSONValue {
    let fields = module.fields.filter { field in
      names.isEmpty || names.contains(field.name) || field.name == "id" || field.name == "date_modified"
    }
    return .object(
      fields.map { field -> JSONValue.Member in
        let text = value(field.name, of: record)
        switch field.type {
        case "datetime", "datetimecombo": return .init(field.name, .string(SugarTime.iso(text) ?? ""))
        case "int": return .init(field.name, Int64(text).map { .integer($0) } ?? .null)
        case "bool": return .init(field.name, .bool(text == "1"))
        case _: return .init(field.name, .string(text))
        }
      } + [.init("_module", .string(module.rawValue))])
  }

  /// A page of the records that the filter fits, newest last.
  func restList(
    _ module: SugarModule, _ body: JSONValue, _ query: FormParameters
  ) throws(SugarRESTError) -> JSONValue {
    let filter = body["filter"] ?? Self.filter(of: query)
    let condition = try filter.map { filter throws(SugarRESTError) in
      try SugarFilterReader.read(filter, of: module)
    }
    let all = records.all(in: module).filter { condition?.holds(for: $0) ?? true }
    let most = Self.number("max_num", body, query) ?? settings.listLength
    let offset = max(0, Self.number("offset", body, query) ?? 0)
    let page = all.dropFirst(offset).prefix(max(0, min(most, Self.longestList)))
    let isLast = min(offset, all.count) + page.count >= all.count
    return [
      "next_offset": isLast ? -1 : .integer(Int64(offset + page.count)),
      "records": .array(page.map { restRecord($0, module, Self.names(body, query)) }),
    ]
  }

  private static func number(_ name: String, _ body: JSONValue, _ query: FormParameters) -> Int? {
    (body[name]?.phpText ?? query[name]).flatMap { Int($0) }
  }

  /// `filter[0][phone_work][$contains]=0142`, and the same below `[$or][0]` (recalled): one term at each place.
  private static func filter(of query: FormParameters) -> JSONValue? {
    var terms: [JSONValue] = []
    var alternatives: [JSONValue] = []
    for pair in query.pairs where pair.name.hasPrefix("filter[") {
      let steps = pair.name.dropFirst("filter".count).split(whereSeparator: { "[]".contains($0) }).map(String.init)
      guard let field = steps.last(where: { !$0.hasPrefix("$") && Int($0) == nil }) else { continue }
      let last = steps.last ?? ""
      let value: JSONValue =
        last.hasPrefix("$") ? .object([.init(last, .string(pair.value))]) : .string(pair.value)
      let term = JSONValue.object([.init(field, value)])
      if steps.contains("$or") { alternatives.append(term) } else { terms.append(term) }
    }
    if !alternatives.isEmpty { terms.append(["$or": .array(alternatives)]) }
    return terms.isEmpty ? nil : .array(terms)
  }

  /// Makes a record, or changes one, and shows it whole.
  mutating func restSave(
    _ id: String?, _ module: SugarModule, _ body: JSONValue, by user: String, at now: Instant
  ) throws(SugarRESTError) -> JSONValue {
    guard let members = body.members else { throw .invalidParameter }
    guard module.table != .users else { throw .notAuthorized }
    var given: [String: String] = [:]
    for member in members {
      guard let text = member.value.phpText else { continue }
      let isTime = module.field(member.name)?.type == "datetimecombo"
      given[member.name] =
        isTime ? OffsetTimestamp(text).map { SugarTime.text(Instant(seconds: $0.seconds)) } ?? "" : text
    }
    var former: SugarRecord?
    if let id {
      guard let there = records.record(id, in: module) else { throw .notFound }
      former = there
    } else {
      guard !records.isFull(module) else { throw .full }
    }
    let values: [String: String]
    do throws(SugarSaving.Fault) {
      // Sugar fills the half of a duration that is missing (assumed); what it makes of fractions is not known.
      if module == .calls {
        for name in ["duration_hours", "duration_minutes"] where former == nil { given[name] = given[name] ?? "0" }
      }
      values = try SugarSaving.values(of: module, setting: given, on: former?.values ?? [:], settings.manner)
    } catch { throw .invalidParameter }
    let saved = former?.id ?? records.nextID()
    if former == nil {
      records.append(
        SugarRecord(
          id: saved, module: module, values: values, createdAt: now, modifiedAt: now, createdBy: user, modifiedBy: user)
      )
    } else {
      records.update(saved) { record in
        record.values = values
        record.modifiedAt = now
        record.modifiedBy = user
      }
    }
    return records.record(saved).map { restRecord($0, module, []) } ?? .null
  }
}
