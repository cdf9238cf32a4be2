import HTTPTypes
import Primitives

extension ZohoOrganisation {
  /// An endpoint below `/crm/v2`.
  private enum Endpoint: Hashable {
    case module(String)
    case search(String)
    case record(String, id: String)

    init?(_ parts: [String]) {
      switch (parts.count, parts.first, parts.last) {
      case (1, let module?, _): self = .module(module)
      case (2, let module?, "search"): self = .search(module)
      case (2, let module?, let id?): self = .record(module, id: id)
      case (_, _, _): return nil
      }
    }

    var module: String {
      switch self {
      case .module(let name), .search(let name), .record(let name, _): name
      }
    }
  }

  /// `/crm/v2/…`; `parts` is what follows. Checks in the order path, module, method, scope, parameters (assumed).
  mutating func respondV2(
    _ request: CloudRequest, _ parts: [String], _ session: ZohoTokenStore.Session, at now: Instant
  ) throws(ZohoRequestError) -> CloudResponse {
    guard let endpoint = Endpoint(parts) else { throw .invalidURLPattern }
    guard let module = ZohoModuleName(rawValue: endpoint.module) else { throw .invalidModule }
    switch (endpoint, request.method) {
    case (.search, .get):
      try require(.read, on: module, session, isSearch: true)
      return try search(module, request.query, at: now)
    case (.module, .get):
      try require(.read, on: module, session)
      return try list(module, request.query)
    case (.record(_, let id), .get):
      try require(.read, on: module, session)
      return try show(id, in: module)
    case (.module, .post):
      try require(.create, on: module, session)
      return try insert(request.body, into: module, by: userIndex(zuid: session.zuid) ?? 0, at: now)
    case (.search, _), (.module, _), (.record, _): throw .invalidMethod
    }
  }

  private func require(
    _ operation: ZohoScopes.Operation, on module: ZohoModuleName, _ session: ZohoTokenStore.Session,
    isSearch: Bool = false
  ) throws(ZohoRequestError) {
    let isAllowed =
      switch settings.scopeEnforcement {
      case .lenient: true
      case .strict: session.scopes.allow(operation, on: module)
      case .strictWithSearchScope:
        session.scopes.allow(operation, on: module) && (!isSearch || session.scopes.allowSecureSearch)
      }
    guard isAllowed else { throw .scopeMismatch }
  }
}
