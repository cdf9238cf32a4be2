import JSON
import Primitives

extension SugarCloud {
  /// A type is plural in requests and singular in answers (measured).
  func v8Record(_ record: SugarRecord, _ module: SugarModule, _ names: [String]) -> JSONValue {
    let fields = module.fields.filter { $0.name != "id" && (names.isEmpty || names.contains($0.name)) }
    return [
      "type": .string(String(module.rawValue.dropLast())), "id": .string(record.id),
      "attributes": .object(
        fields.map { field in
          let text = value(field.name, of: record)
          let isTime = field.type == "datetime" || field.type == "datetimecombo"
          return .init(field.name, .string(isTime ? SugarTime.iso(text) ?? "" : text))
        }),
    ]
  }

  func v8Page(_ page: [JSONValue]) -> JSONValue {
    guard page.isEmpty else { return ["data": .array(page)] }
    return ["meta": ["message": "Request was successful, but there is no result"], "data": []]
  }

  /// `filter[phone_work][eq]=…`, all of them or, with `filter[operator]=or`, any (measured).
  func v8List(_ module: SugarModule, _ query: FormParameters) throws(SugarV8Error) -> JSONValue {
    var conditions: [SugarCondition] = []
    for pair in query.pairs where pair.name.hasPrefix("filter[") && pair.name != "filter[operator]" {
      let steps = pair.name.dropFirst("filter".count).split(whereSeparator: { "[]".contains($0) }).map(String.init)
      guard steps.count == 2 else { throw .refused("Filter is not valid") }
      guard let field = module.field(steps[0]), field.isColumn else {
        throw .refused("Filter field \(steps[0].prefix(40)) in \(module.rawValue) module is not found")
      }
      conditions.append(try Self.v8Condition(field.name, steps[1], pair.value))
    }
    let asked = (query["fields[\(module.rawValue)]"] ?? "").split(separator: ",").map(String.init)
    if let unknown = asked.first(where: { module.field($0) == nil }) {
      throw .refused("The following field in \(module.rawValue) module is not found: \(unknown.prefix(40))")
    }
    let isAny = query["filter[operator]"]?.lowercased() == "or" && !conditions.isEmpty
    let condition: SugarCondition = isAny ? .any(conditions) : .every(conditions)
    let found = records.all(in: module).filter { condition.holds(for: $0) }
    guard let size = query["page[size]"].flatMap({ Int($0) }) else {
      return v8Page(found.prefix(settings.listLength).map { v8Record($0, module, asked) })
    }
    let length = max(1, min(size, Self.longestList))
    let number = max(1, min(query["page[number]"].flatMap { Int($0) } ?? 1, 1_000_000))
    let page = found.dropFirst((number - 1) * length).prefix(length).map { v8Record($0, module, asked) }
    guard !page.isEmpty else { return v8Page([]) }
    let pages = (found.count + length - 1) / length
    return [
      "meta": ["total-pages": .integer(Int64(pages)), "records-on-this-page": .integer(Int64(page.count))],
      "data": .array(page),
    ]
  }

  private static func v8Condition(
    _ field: String, _ operation: String, _ value: String
  ) throws(SugarV8Error) -> SugarCondition {
    switch operation.lowercased() {
    case "eq": .compare(column: field, .equal, .text(value))
    case "neq": .compare(column: field, .unequal, .text(value))
    case "gt": .compare(column: field, .greater, .text(value))
    case "gte": .compare(column: field, .greaterOrEqual, .text(value))
    case "lt": .compare(column: field, .less, .text(value))
    case "lte": .compare(column: field, .lessOrEqual, .text(value))
    case "like": .like(column: field, SugarPattern(value))
    case _: throw .refused("Filter operator \(operation.prefix(20)) is invalid")
    }
  }

  /// `{"type":"Calls","id":…,"attributes":{…}}`; an id that comes with a new record is kept (observed in clients).
  mutating func v8Save(
    _ data: JSONValue, isNew: Bool, by user: String, at now: Instant
  ) throws(SugarV8Error) -> JSONValue {
    guard let module = data["type"]?.string.flatMap(SugarModule.init(rawValue:)) else {
      throw .refused("Module with name \((data["type"]?.string ?? "").prefix(40)) is not found")
    }
    guard module.table != .users else { throw .refused("Access denied") }
    var given: [String: String] = [:]
    for member in data["attributes"]?.members ?? [] {
      guard let field = module.field(member.name) else {
        throw .refused("Property \(member.name.prefix(40)) in \(module.rawValue) module is invalid")
      }
      guard let text = member.value.phpText else { continue }
      let isTime = field.type == "datetimecombo" && SugarTime.instant(text) == nil
      given[field.name] =
        isTime ? OffsetTimestamp(text).map { SugarTime.text(Instant(seconds: $0.seconds)) } ?? "" : text
    }
    let id = data["id"]?.string
    let former = id.flatMap { records.record($0, in: module) }
    guard isNew || former != nil else { throw .refused("\(module.rawValue) module with id is not found") }
    guard !isNew || !records.isFull(module) else { throw .refused("Database failure.") }
    let values: [String: String]
    do throws(SugarSaving.Fault) {
      values = try SugarSaving.values(of: module, setting: given, on: former?.values ?? [:], settings.manner)
    } catch { throw .refused("Database failure.") }
    let isFit =
      id.map { (1...36).contains($0.utf8.count) && $0.utf8.allSatisfy { PercentEncoding.isUnreserved($0) } } ?? true
    guard isFit, !isNew || id.flatMap({ records.record($0) }) == nil else { throw .refused("The id is not valid") }
    let saved = id ?? records.nextID()
    if former != nil {
      records.update(saved) { record in
        record.values = values
        record.modifiedAt = now
        record.modifiedBy = user
      }
    } else {
      records.append(
        SugarRecord(
          id: saved, module: module, values: values, createdAt: now, modifiedAt: now, createdBy: user, modifiedBy: user)
      )
    }
    return records.record(saved).map { v8Record($0, module, []) } ?? .null
  }
}
