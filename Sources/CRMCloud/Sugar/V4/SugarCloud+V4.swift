import JSON
import Primitives

extension SugarCloud {
  /// `service/v4_1/rest.php`: a form, in the body or in the query.
  mutating func respondAsV4(_ request: CloudRequest, at now: Instant) -> CloudResponse {
    let parameters = request.parameters
    do throws(SugarV4Error) {
      guard let method = parameters["method"].flatMap(SugarV4Method.init(rawValue:)) else { throw .undefinedCall }
      guard !isExhausted else { throw .resourceLimit }
      let arguments = try SugarV4Arguments(Array((parameters["rest_data"] ?? "").utf8), for: method, settings.manner)
      return .json(200, try call(method, arguments, at: now))
    } catch { return error.response }
  }

  private mutating func call(
    _ method: SugarV4Method, _ arguments: SugarV4Arguments, at now: Instant
  ) throws(SugarV4Error) -> JSONValue {
    switch method {
    case .login: return try logIn(arguments, at: now)
    case .getServerInfo:
      return [
        "flavor": "CE", "version": "6.5.25", "suitecrm_version": "7.14.6", "gmt_time": .string(SugarTime.text(now)),
      ]
    case .logout:
      sessions.close(arguments.text("session"))
      return .null
    case .getUserID, .getAvailableModules, .getModuleFields, .getEntry, .getEntries, .getEntryList, .getEntriesCount,
      .setEntry, .setEntries, .setRelationship, .getRelationships, .searchByModule:
      let session = arguments.text("session")
      guard let user = sessions.user(of: session, idleLife: settings.sessionIdleLife, at: now),
        accounts.contains(where: { $0.id == user && $0.isActive })
      else { throw .invalidSession }
      return try call(method, arguments, by: user, at: now)
    }
  }

  private mutating func call(
    _ method: SugarV4Method, _ arguments: SugarV4Arguments, by user: String, at now: Instant
  ) throws(SugarV4Error) -> JSONValue {
    switch method {
    case .login, .logout, .getServerInfo: return .null
    case .getUserID: return .string(user)
    case .getAvailableModules:
      let modules = SugarModule.allCases.map { module -> JSONValue in
        ["module_key": .string(module.rawValue), "module_label": .string(module.rawValue), "acls": []]
      }
      return ["modules": .array(modules)]
    case .getModuleFields: return try moduleFields(arguments)
    case .getEntry: return entries([arguments.text("id")], try module(arguments), arguments)
    case .getEntries: return entries(arguments.texts("ids"), try module(arguments), arguments)
    case .getEntryList: return try list(arguments)
    case .getEntriesCount: return ["result_count": .string(String(try found(arguments).count))]
    case .setEntry:
      let (id, fields) = try set(arguments["name_value_list"], try module(arguments), by: user, at: now)
      return ["id": .string(id), "entry_list": .object(fields)]
    case .setEntries:
      let module = try module(arguments)
      var ids: [JSONValue] = []
      for entry in arguments["name_value_lists"]?.array ?? [] {
        ids.append(.string(try set(entry, module, by: user, at: now).id))
      }
      return ["ids": .array(ids)]
    case .setRelationship: return try relate(arguments)
    case .getRelationships: return try related(arguments)
    case .searchByModule: return try search(arguments)
    }
  }

  private mutating func logIn(_ arguments: SugarV4Arguments, at now: Instant) throws(SugarV4Error) -> JSONValue {
    let given = arguments["user_auth"]
    let name = given?["user_name"]?.string ?? ""
    let digest = given?["password"]?.string ?? ""
    guard let account = accounts.first(where: { $0.userName.lowercased() == name.lowercased() }), account.isActive,
      account.isOpened(byDigest: digest)
    else { throw .invalidLogin }
    let facts = [
      ("user_id", account.id), ("user_name", account.userName), ("user_language", "en_us"),
      ("user_is_admin", records.record(account.id)?["is_admin"] == "1" ? "1" : "0"),
      ("user_default_dateformat", "m/d/Y"), ("user_default_timeformat", "h:ia"),
    ]
    return [
      "id": .string(sessions.open(for: account.id, at: now)), "module_name": "Users",
      "name_value_list": .object(facts.map { .init($0.0, ["name": .string($0.0), "value": .string($0.1)]) }),
    ]
  }

  func module(_ arguments: SugarV4Arguments) throws(SugarV4Error) -> SugarModule {
    guard let module = SugarModule(rawValue: arguments.text("module_name")) else { throw .noModule }
    return module
  }

  private func moduleFields(_ arguments: SugarV4Arguments) throws(SugarV4Error) -> JSONValue {
    let module = try module(arguments)
    let asked = arguments.texts("fields")
    let fields = module.fields.filter { asked.isEmpty || asked.contains($0.name) }.map { field -> JSONValue.Member in
      .init(
        field.name,
        [
          "name": .string(field.name), "type": .string(field.type), "group": "", "label": .string(field.name),
          "required": 0, "options": [], "related_module": "", "calculated": false, "len": "",
        ])
    }
    return [
      "module_name": .string(module.rawValue), "table_name": .string(module.tableName),
      "module_fields": .object(fields), "link_fields": [],
    ]
  }
}
