import JSON
import Primitives

extension ZohoOrganisation {
  /// `GET /settings/{setting}` and `/settings/{setting}/{name}`.
  func show(
    _ setting: ZohoSetting, name: String?, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    switch setting {
    case .modules: return try showModules(name, call)
    case .profiles: return try showList("profiles", profiles.map { (id: $0.id, json: json($0)) }, name, call)
    case .roles: return try showList("roles", ZohoRole.all.map { (id: $0.id, json: json($0)) }, name, call)
    case .fields:
      let module = try module(call)
      let all = module.fields.enumerated().map { index, field in
        let id = ZohoMetadataID.field(module, index)
        return (id: id, json: json(field, id: id, call.version))
      }
      return try showList("fields", all, name, call)
    case .layouts:
      let module = try module(call)
      let id = ZohoMetadataID.layout(module)
      return try showList(
        "layouts", [(id: id, json: ["id": .string(id), "name": "Standard", "status": "active", "visible": true])],
        name, call)
    case .relatedLists:
      let module = try module(call)
      return try showList("related_lists", relatedLists(of: module), name, call)
    }
  }

  private func module(_ call: ZohoAPICall) throws(ZohoRequestError) -> ZohoModuleName {
    guard let name = call.query["module"] else { throw .requiredParameter("module") }
    guard let module = ZohoModuleName(rawValue: name) else { throw .invalidModule }
    return module
  }

  /// All of them, or the one of this id.
  private func showList(
    _ key: String, _ all: [(id: String, json: JSONValue)], _ id: String?, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    guard let id else { return .json(200, .object([.init(key, .array(all.map(\.json)))])) }
    guard let found = all.first(where: { $0.id == id }) else { throw .invalidID(call.version) }
    return .json(200, .object([.init(key, [found.json])]))
  }

  /// By API name; the parameter If-Modified-Since is taken: nothing has changed since the organisation came into being.
  private func showModules(_ name: String?, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    if let since = try call.modifiedSince(), createdAt <= since { return .empty(304) }
    guard let name else {
      return .json(200, ["modules": .array(ZohoModuleName.allCases.map { json($0) })])
    }
    guard let module = ZohoModuleName(rawValue: name) else { throw .invalidModule }
    return .json(200, ["modules": [json(module)]])
  }

  private func json(_ module: ZohoModuleName) -> JSONValue {
    [
      "id": .string(ZohoMetadataID.module(module)), "api_name": .string(module.rawValue),
      "module_name": .string(module.v1Name), "singular_label": .string(module.singularLabel),
      "plural_label": .string(module.rawValue), "generated_type": "default", "api_supported": true, "creatable": true,
      "editable": true, "deletable": true, "viewable": true, "convertable": .bool(module == .leads), "visible": true,
      "visibility": 1, "status": "visible", "global_search_supported": true, "presence_sub_menu": true,
      "triggers_supported": true, "feeds_required": false, "quick_create": true, "web_link": .null,
      "sequence_number": .integer(Int64((ZohoModuleName.allCases.firstIndex(of: module) ?? 0) + 1)),
      "business_card_field_limit": 5, "parent_module": [:], "modified_by": .null, "modified_time": .null,
      "profiles": .array(profiles.map { ["name": .string($0.name), "id": .string($0.id)] }), "arguments": [],
    ]
  }

  private func json(_ profile: ZohoProfile) -> JSONValue {
    [
      "id": .string(profile.id), "name": .string(profile.name), "display_label": .string(profile.name),
      "default": .bool(profile.name != "No API Access"), "category": false, "description": .null,
      "permissions_details": [
        [
          "id": .string(profile.id + "1"), "name": "Crm_Implied_Api_Access", "display_label": "Zoho CRM API Access",
          "enabled": .bool(profile.hasAPIAccess), "module": .null,
        ]
      ],
    ]
  }

  private func json(_ role: (name: String, id: String)) -> JSONValue {
    [
      "id": .string(role.id), "name": .string(role.name), "display_label": .string(role.name),
      "reporting_to": .null, "admin_user": .bool(role.name == "CEO"), "share_with_peers": true, "description": .null,
    ]
  }

  private func relatedLists(of module: ZohoModuleName) -> [(id: String, json: JSONValue)] {
    ZohoRelatedList.all(of: module).enumerated().map { index, list in
      let id = ZohoMetadataID.relatedList(module, index)
      return (
        id: id,
        json: [
          "id": .string(id), "api_name": .string(list.name), "name": .string(list.name),
          "display_label": .string(list.name), "href": .string("\(module.rawValue)/{ENTITYID}/\(list.name)"),
          "module": ["api_name": .string(list.module.rawValue), "id": .string(ZohoMetadataID.module(list.module))],
          "type": "default", "sequence_number": .integer(Int64(index + 1)), "visible": true,
        ]
      )
    }
  }
}

/// Ids of what every organisation has, made from its place (shape as records'; the numbers are assumed).
enum ZohoMetadataID {
  static func module(_ module: ZohoModuleName) -> String { text(module, kind: 0, 0) }
  static func field(_ module: ZohoModuleName, _ index: Int) -> String { text(module, kind: 1, index) }
  static func layout(_ module: ZohoModuleName) -> String { text(module, kind: 2, 0) }
  static func relatedList(_ module: ZohoModuleName, _ index: Int) -> String { text(module, kind: 3, index) }

  private static func text(_ module: ZohoModuleName, kind: Int, _ index: Int) -> String {
    let place = ZohoModuleName.allCases.firstIndex(of: module) ?? 0
    return String(4_000_000_000_000_002_000 + place * 20_000 + kind * 1000 + index)
  }
}
