import JSON

extension SugarCloud {
  /// Records by id; one that is not there comes as a warning (measured): success in form, failure in content.
  func entries(_ ids: [String], _ module: SugarModule, _ arguments: SugarV4Arguments) -> JSONValue {
    let fields = arguments.texts("select_fields")
    let list = ids.prefix(Self.longestList).map { id -> JSONValue in
      guard let record = records.record(id, in: module) else {
        let warning = "Access to this object is denied since it has been deleted or does not exist"
        return [
          "id": .string(id), "module_name": .string(module.rawValue),
          "name_value_list": [["name": "warning", "value": .string(warning)], ["name": "deleted", "value": "1"]],
        ]
      }
      return entry(record, module, fields)
    }
    return ["entry_list": .array(list), "relationship_list": []]
  }

  static let longestList = 1000

  /// The records that `query` and `deleted` name.
  func found(_ arguments: SugarV4Arguments) throws(SugarV4Error) -> [SugarRecord] {
    let module = try module(arguments)
    let condition = try condition(arguments.text("query"), of: module)
    let deleted = arguments.integer("deleted") == 1
    return records.all(in: module, deleted: deleted).filter { condition.holds(for: $0) }
  }

  func condition(_ text: String, of module: SugarModule) throws(SugarV4Error) -> SugarCondition {
    do throws(SugarConditionReader.Fault) {
      return try SugarConditionReader.read(text, of: module)
    } catch {
      switch error {
      case .accessDenied: throw .accessDenied
      case .databaseFailure: throw .databaseFailure
      }
    }
  }

  func list(_ arguments: SugarV4Arguments) throws(SugarV4Error) -> JSONValue {
    let module = try module(arguments)
    let all = try sorted(try found(arguments), by: arguments.text("order_by"), module)
    let offset = max(0, arguments.integer("offset"))
    let most = arguments.integer("max_results")
    let length = min(most > 0 ? most : settings.listLength, Self.longestList)
    let page = all.dropFirst(offset).prefix(length)
    let fields = arguments.texts("select_fields")
    return [
      "result_count": .integer(Int64(page.count)),
      // Text, but the number 0 where nothing is found (measured).
      "total_count": all.isEmpty ? 0 : .string(String(all.count)),
      "next_offset": .integer(Int64(min(offset, all.count) + page.count)),
      "entry_list": .array(page.map { entry($0, module, fields) }), "relationship_list": [],
    ]
  }

  /// `contacts.date_entered desc` or the column alone; nothing for the order they came in.
  private func sorted(
    _ found: [SugarRecord], by order: String, _ module: SugarModule
  ) throws(SugarV4Error) -> [SugarRecord] {
    let words = order.lowercased().split(separator: " ")
    guard let column = words.first else { return found }
    let name = column.split(separator: ".").last.map(String.init) ?? ""
    guard let field = module.field(name), field.isColumn, words.count <= 2 else { throw .databaseFailure }
    let rising = found.enumerated().sorted { left, right in
      let (one, other) = (left.element[field.name].lowercased(), right.element[field.name].lowercased())
      return one == other ? left.offset < right.offset : one < other
    }.map(\.element)
    return words.dropFirst().first == "desc" ? rising.reversed() : rising
  }

  func entry(_ record: SugarRecord, _ module: SugarModule, _ fields: [String]) -> JSONValue {
    [
      "id": .string(record.id), "module_name": .string(module.rawValue),
      "name_value_list": .object(nameValues(record, module, fields)),
    ]
  }

  /// The fields asked for that the module has; every one where none is asked for.
  func nameValues(_ record: SugarRecord, _ module: SugarModule, _ fields: [String]) -> [JSONValue.Member] {
    let names = fields.isEmpty ? module.fields.map(\.name) : fields.filter { module.field($0) != nil }
    return names.map { name in .init(name, ["name": .string(name), "value": .string(value(name, of: record))]) }
  }

  /// `parent_name` is the parent's, read when asked for (measured).
  func value(_ field: String, of record: SugarRecord) -> String {
    field == "parent_name" ? records.record(record["parent_id"])?.displayName ?? "" : record[field]
  }

  /// Names and numbers that begin with the text, whatever the case; `%` in it stands for anything (measured). One entry
  /// for each module, in the server's order, also without hits (measured).
  func search(_ arguments: SugarV4Arguments) throws(SugarV4Error) -> JSONValue {
    let text = arguments.text("search_string")
    let asked = arguments.texts("modules")
    let fields = arguments.texts("select_fields")
    let offset = max(0, arguments.integer("offset"))
    let most = arguments.integer("max_results")
    let pattern = SugarPattern(text + "%")
    let modules = SugarModule.allCases.filter { asked.contains($0.rawValue) && $0 != .calls }
    let list = modules.map { module -> JSONValue in
      let hits = records.all(in: module).filter { record in
        !text.isEmpty && module.searchedFields.contains { pattern.matches(record[$0]) }
      }
      let page = hits.dropFirst(offset).prefix(min(most > 0 ? most : settings.listLength, Self.longestList))
      return [
        "name": .string(module.rawValue),
        "records": .array(
          page.map { .object(nameValues($0, module, fields.isEmpty ? ["id", "name"] : fields)) }),
      ]
    }
    return ["entry_list": .array(list)]
  }

  func related(_ arguments: SugarV4Arguments) throws(SugarV4Error) -> JSONValue {
    let module = try module(arguments)
    let link = arguments.text("link_field_name")
    guard let record = records.record(arguments.text("module_id"), in: module) else { throw .accessDenied }
    guard let target = SugarModule.allCases.first(where: { $0.linkName == link }) else {
      return ["entry_list": [], "relationship_list": []]
    }
    let condition = try condition(arguments.text("related_module_query"), of: target)
    let hits = records.tied(to: record, target).filter { condition.holds(for: $0) }
    let limit = arguments.integer("limit")
    let page = hits.dropFirst(max(0, arguments.integer("offset"))).prefix(limit > 0 ? limit : Self.longestList)
    let fields = arguments.texts("related_fields")
    return [
      "entry_list": .array(page.map { entry($0, target, fields.isEmpty ? ["id"] : fields) }), "relationship_list": [],
    ]
  }
}
