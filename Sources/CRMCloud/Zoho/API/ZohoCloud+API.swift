import HTTPTypes
import Primitives

extension ZohoCloud {
  /// An endpoint of `/crm/v2`.
  private enum Endpoint: Hashable {
    case module(String)
    case search(String)
    case record(String, id: String)

    init?(_ parts: [String]) {
      guard parts.count >= 3, parts.starts(with: ["crm", "v2"]) else { return nil }
      switch (parts.count, parts.last) {
      case (3, _): self = .module(parts[2])
      case (4, "search"): self = .search(parts[2])
      case (4, let id?): self = .record(parts[2], id: id)
      case (_, _): return nil
      }
    }

    var module: String {
      switch self {
      case .module(let name), .search(let name), .record(let name, _): name
      }
    }
  }

  /// `www.zohoapis.*`. Checks in the order path, token, module, method, scope, parameters (assumed).
  mutating func respondAsAPI(
    _ request: HTTPRequest, _ target: RequestTarget, _ body: [UInt8], isHere: Bool, at now: Instant
  ) -> CloudResponse {
    do throws(ZohoRequestError) {
      guard let endpoint = Endpoint(target.parts) else { throw .invalidURLPattern }
      let session = try session(request, isHere: isHere, at: now)
      guard let module = ZohoModuleName(rawValue: endpoint.module) else { throw .invalidModule }
      switch (endpoint, request.method) {
      case (.search, .get):
        try require(.read, on: module, session, isSearch: true)
        return try search(module, target.query, at: now)
      case (.module, .get):
        try require(.read, on: module, session)
        return try list(module, target.query)
      case (.record(_, let id), .get):
        try require(.read, on: module, session)
        return try show(id, in: module)
      case (.module, .post):
        try require(.create, on: module, session)
        return try insert(body, into: module, by: session.userIndex, at: now)
      case (.search, _), (.module, _), (.record, _): throw .invalidMethod
      }
    } catch {
      return error.response
    }
  }

  private func session(
    _ request: HTTPRequest, isHere: Bool, at now: Instant
  ) throws(ZohoRequestError) -> ZohoTokenStore.Session {
    let words = (request.headerFields[.authorization] ?? "").split(separator: " ", maxSplits: 1)
    // The documented scheme is Zoho-oauthtoken; Bearer works as well (observed in third-party clients).
    guard words.count == 2, ["zoho-oauthtoken", "bearer"].contains(words[0].lowercased()) else {
      throw .authenticationFailure
    }
    // Tokens are good in their own data centre only (documented).
    guard isHere, let session = tokens.session(of: String(words[1]), at: now) else { throw .invalidToken }
    return session
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
