import HTTPTypes
import JSON
import Primitives

extension SugarCloud {
  /// `rest/v10` and `rest/v11`.
  /// - Parameter parts: of the path, behind the version.
  mutating func respondAsREST(_ request: CloudRequest, _ parts: [String], at now: Instant) -> CloudResponse {
    do throws(SugarRESTError) {
      guard !settings.isInMaintenance else { throw .maintenance }
      guard !isExhausted else { throw .tooManyRequests }
      let body = request.body.isEmpty ? JSONValue.object([]) : JSONValue(parsing: request.body)
      guard let body else { throw .invalidParameter }
      if parts == ["oauth2", "token"] {
        guard request.method == .post else { throw .noMethod }
        return .json(200, try token(body, at: now))
      }
      guard let token = Self.restToken(request) else { throw .needLogin }
      guard let grant = sessions.grant(access: token, at: now),
        let account = accounts.first(where: { $0.id == grant.user }), account.isActive
      else { throw .invalidGrant }
      if parts == ["oauth2", "logout"], request.method == .post {
        sessions.remove(grant)
        return .json(200, ["success": true])
      }
      return .json(200, try restAnswer(request, parts, body, by: account, at: now))
    } catch { return error.response }
  }

  /// `OAuth-Token` (documented), or `Authorization: Bearer` (documented since autumn 2018).
  private static func restToken(_ request: CloudRequest) -> String? {
    if let name = HTTPField.Name("OAuth-Token"), let token = request.headerFields[name] { return token }
    let words = request.headerFields[.authorization]?.split(separator: " ") ?? []
    return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
  }

  private mutating func token(_ body: JSONValue, at now: Instant) throws(SugarRESTError) -> JSONValue {
    guard let grantType = body["grant_type"]?.string else { throw .missingParameter }
    guard body["client_id"]?.string == "sugar", (body["client_secret"]?.string ?? "").isEmpty else { throw .needLogin }
    let platform = body["platform"]?.string ?? "base"
    guard platform.utf8.count <= 127, settings.platforms?.contains(platform) ?? true else { throw .invalidParameter }
    let user: String
    switch grantType {
    case "password":
      let name = body["username"]?.string ?? ""
      guard let account = accounts.first(where: { $0.userName.lowercased() == name.lowercased() }), account.isActive,
        account.password.value == body["password"]?.string
      else { throw .needLogin }
      user = account.id
    case "refresh_token":
      guard let grant = sessions.grant(refresh: body["refresh_token"]?.string ?? "", at: now),
        accounts.contains(where: { $0.id == grant.user && $0.isActive })
      else { throw .invalidGrant }
      // The old pair ends with the new one (assumed).
      sessions.remove(grant)
      user = grant.user
    case _: throw .invalidParameter
    }
    let grant = sessions.grant(user: user, platform: platform, settings, at: now)
    return [
      "access_token": .string(grant.access), "expires_in": .integer(settings.accessTokenLife.wholeSeconds),
      "token_type": "bearer", "scope": .null, "refresh_token": .string(grant.refresh),
      "refresh_expires_in": .integer(settings.refreshTokenLife.wholeSeconds), "download_token": .string(grant.access),
    ]
  }

  private mutating func restAnswer(
    _ request: CloudRequest, _ parts: [String], _ body: JSONValue, by account: SugarAccount, at now: Instant
  ) throws(SugarRESTError) -> JSONValue {
    if parts == ["ping"], request.method == .get { return "pong" }
    if parts == ["me"], request.method == .get {
      let name = records.record(account.id)?.displayName ?? account.userName
      let user: JSONValue = [
        "type": "user", "id": .string(account.id), "user_name": .string(account.userName), "full_name": .string(name),
        "module": "Users",
      ]
      return ["current_user": user]
    }
    guard let module = parts.first.flatMap(SugarModule.init(rawValue:)) else { throw .noMethod }
    let rest = Array(parts.dropFirst())
    switch (request.method, rest.count) {
    case (.get, 0): return try restList(module, body, request.query)
    case (.get, 1) where rest[0] == "filter", (.post, 1) where rest[0] == "filter":
      return try restList(module, body, request.query)
    case (.get, 1): return restRecord(try present(rest[0], module), module, Self.names(body, request.query))
    case (.get, 2) where rest[1] == "link": throw .noMethod
    case (.get, 3) where rest[1] == "link": return try restLinked(try present(rest[0], module), rest[2])
    case (.post, 0): return try restSave(nil, module, body, by: account.id, at: now)
    case (.put, 1): return try restSave(rest[0], module, body, by: account.id, at: now)
    case (.delete, 1):
      let record = try present(rest[0], module)
      guard module.table != .users else { throw .notAuthorized }
      records.update(record.id) { $0.isDeleted = true }
      return ["id": .string(record.id)]
    case (.post, 2) where rest[1] == "link":
      let ids = (body["ids"]?.array ?? []).prefix(Self.longestList).compactMap(\.string)
      return try restTie(try present(rest[0], module), module, body["link_name"]?.string ?? "", ids)
    case (.post, 4) where rest[1] == "link":
      return try restTie(try present(rest[0], module), module, rest[2], [rest[3]])
    case _: throw .noMethod
    }
  }

  private func present(_ id: String, _ module: SugarModule) throws(SugarRESTError) -> SugarRecord {
    guard let record = records.record(id, in: module) else { throw .notFound }
    return record
  }

  private func restLinked(_ record: SugarRecord, _ link: String) throws(SugarRESTError) -> JSONValue {
    guard let target = SugarModule.allCases.first(where: { $0.linkName == link }) else { throw .notFound }
    let found = records.tied(to: record, target).map { restRecord($0, target, []) }
    return ["next_offset": -1, "records": .array(found)]
  }

  private mutating func restTie(
    _ record: SugarRecord, _ module: SugarModule, _ link: String, _ ids: [String]
  ) throws(SugarRESTError) -> JSONValue {
    guard let target = SugarModule.allCases.first(where: { $0.linkName == link }) else { throw .notFound }
    var related: [JSONValue] = []
    for id in ids {
      let other = try present(id, target)
      guard records.tie(record.id, other.id) else { throw .full }
      related.append(restRecord(other, target, []))
    }
    return ["record": restRecord(record, module, []), "related_records": .array(related)]
  }
}
