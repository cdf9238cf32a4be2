import HTTPTypes
import JSON
import Primitives

extension ZohoOrganisation {
  /// `/crm/v2/…` and later versions. Checks in the order path, module, method, scope, parameters (assumed).
  mutating func respond(_ endpoint: ZohoAPIEndpoint, _ call: ZohoAPICall) throws(ZohoRequestError) -> CloudResponse {
    guard let name = endpoint.module else { return try respondBesideModules(endpoint, call) }
    guard let module = ZohoModuleName(rawValue: name) else {
      if case .search = endpoint, ZohoModuleName.notSearchable.contains(name) { throw .notSearchable }
      throw .invalidModule
    }
    switch (endpoint, call.method) {
    case (.search, .get):
      try require([(.read, module)], call, isSearch: true)
      return try search(module, call)
    case (.module, .get):
      try require([(.read, module)], call)
      return try list(module, call)
    case (.record(_, let id), .get):
      try require([(.read, module)], call)
      return try show(id, in: module, call)
    case (.module, .post):
      try require([(.create, module)], call)
      return try insert(module, call)
    case (.upsert, .post):
      try require([(.create, module), (.update, module)], call)
      return try upsert(module, call)
    case (.module, .put):
      try require([(.update, module)], call)
      return try update(module, id: nil, call)
    case (.record(_, let id), .put):
      try require([(.update, module)], call)
      return try update(module, id: id, call)
    case (.module, .delete):
      try require([(.delete, module)], call)
      return try delete(module, ids: call.list("ids") ?? [], call)
    case (.record(_, let id), .delete):
      try require([(.delete, module)], call)
      return try delete(module, ids: [id], call)
    case (.deleted, .get):
      try require([(.read, module)], call)
      return try listDeleted(module, call)
    case (.action(_, let id, "convert"), .post) where module == .leads:
      try require([(.create, module)], call)
      return try convert(id, call)
    case (.action(_, _, let name), _) where module != .leads || name != "convert": throw .invalidURLPattern
    case (.related(_, let id, let list), _): return try respond(related: list, of: id, in: module, call)
    case (_, _): throw .invalidMethod
    }
  }

  private mutating func respondBesideModules(
    _ endpoint: ZohoAPIEndpoint, _ call: ZohoAPICall
  ) throws(ZohoRequestError) -> CloudResponse {
    switch (endpoint, call.method) {
    case (.users, .get):
      try require("users", .read, call)
      return try listUsers(call)
    case (.user(let id), .get):
      try require("users", .read, call)
      return try showUser(id, call)
    case (.organisation, .get):
      try require("org", .read, call)
      return .json(200, ["org": [organisationJSON]])
    case (.query, .post):
      try require("coql", .read, call)
      return try respondToQuery(call)
    case (.settings(let group, let name), .get):
      guard let setting = ZohoSetting(rawValue: group) else { throw .invalidURLPattern }
      try require("settings", part: setting.scope, .read, call)
      return try show(setting, name: name, call)
    case (.settings(let group, _), _) where ZohoSetting(rawValue: group) == nil: throw .invalidURLPattern
    case (_, _): throw .invalidMethod
    }
  }

  /// Throws unless the token may do all of these.
  func require(
    _ operations: [(ZohoScopes.Operation, ZohoModuleName)], _ call: ZohoAPICall, isSearch: Bool = false
  ) throws(ZohoRequestError) {
    let isAllowed = operations.allSatisfy { call.scopes.allow($0.0, on: $0.1) }
    let allowsSearch =
      !isSearch || settings.scopeEnforcement != .strictWithSearchScope || call.scopes.allowSecureSearch
    guard settings.scopeEnforcement == .lenient || (isAllowed && allowsSearch) else {
      throw .scopeMismatch(in: call.version)
    }
  }

  /// The same for what belongs to no module: the scope of the group, or of its part.
  private func require(
    _ group: String, part: String? = nil, _ operation: ZohoScopes.Operation, _ call: ZohoAPICall
  ) throws(ZohoRequestError) {
    let isAllowed =
      part.map { call.scopes.allow(operation, "ZohoCRM", group, $0) } ?? call.scopes.allow(operation, "ZohoCRM", group)
    guard settings.scopeEnforcement == .lenient || isAllowed else { throw .scopeMismatch(in: call.version) }
  }
}
