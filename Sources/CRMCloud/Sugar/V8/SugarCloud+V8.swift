import HTTPTypes
import JSON
import Primitives

extension SugarCloud {
  /// `Api/access_token` and `Api/V8`: SuiteCRM's own API since 7.10.
  /// - Parameter parts: of the path, behind `Api`.
  mutating func respondAsV8(_ request: CloudRequest, _ parts: [String], at now: Instant) -> CloudResponse {
    do throws(SugarV8Error) {
      if parts == ["access_token"], request.method == .post { return .json(200, try v8Token(request, at: now)) }
      guard parts.first == "V8" else { throw .noMethod }
      let user = try v8User(request, at: now)
      let body = request.body.isEmpty ? JSONValue.object([]) : JSONValue(parsing: request.body)
      guard let body else { throw .refused("The body is no JSON") }
      let rest = Array(parts.dropFirst())
      if rest == ["logout"], request.method == .post {
        if let token = Self.bearer(request) { _ = sessions.end(token) }
        return .json(200, ["meta": ["message": "You have been successfully logged out"]])
      }
      guard rest.first == "module" else { throw .noMethod }
      return try v8Answer(request, Array(rest.dropFirst()), body, by: user, at: now)
    } catch { return error.response }
  }

  private static func bearer(_ request: CloudRequest) -> String? {
    let words = request.headerFields[.authorization]?.split(separator: " ") ?? []
    return words.count == 2 && words[0].lowercased() == "bearer" ? String(words[1]) : nil
  }

  private func v8User(_ request: CloudRequest, at now: Instant) throws(SugarV8Error) -> String {
    guard request.headerFields[.authorization] != nil else { throw .noToken }
    guard let token = Self.bearer(request), token.utf8.filter({ $0 == UInt8(ascii: ".") }).count == 2 else {
      throw .malformedToken
    }
    guard let grant = sessions.grant(access: token, at: now),
      accounts.contains(where: { $0.id == grant.user && $0.isActive })
    else { throw .revokedToken }
    return grant.user
  }

  /// The client and its secret stand in the body, as a form or JSON, or in HTTP's own field for them.
  private mutating func v8Token(_ request: CloudRequest, at now: Instant) throws(SugarV8Error) -> JSONValue {
    let json = JSONValue(parsing: request.body)
    let form = request.form
    func given(_ name: String) -> String? { json?[name]?.string ?? form[name] }
    let basic = request.basicCredentials
    let id = given("client_id") ?? basic?.user
    let secret = given("client_secret") ?? basic?.password
    guard let client = clients.first(where: { $0.id == id }), client.secret.value == secret else {
      throw .invalidClient
    }
    let user: String
    switch (given("grant_type"), client.grant) {
    case ("password", .password):
      guard let account = accounts.first(where: { $0.userName == given("username") }), account.isActive,
        account.password.value == given("password")
      else { throw .wrongPassword }
      user = account.id
    case ("client_credentials", .clientCredentials): user = accounts.first?.id ?? ""
    case ("refresh_token", .password):
      guard let grant = sessions.grant(refresh: given("refresh_token") ?? "", at: now) else { throw .revokedToken }
      // The old access token is over at once, whatever becomes of the answer (measured).
      sessions.remove(grant)
      user = grant.user
    case _: throw .unsupportedGrant
    }
    let grant = sessions.grant(user: user, platform: "v8 \(client.id)", settings, isDotted: true, at: now)
    var reply: [JSONValue.Member] = [
      .init("token_type", "Bearer"), .init("expires_in", .integer(settings.accessTokenLife.wholeSeconds)),
      .init("access_token", .string(grant.access)),
    ]
    if client.grant == .password { reply.append(.init("refresh_token", .string(grant.refresh))) }
    return .object(reply)
  }

  private mutating func v8Answer(
    _ request: CloudRequest, _ rest: [String], _ body: JSONValue, by user: String, at now: Instant
  ) throws(SugarV8Error) -> CloudResponse {
    switch (request.method, rest.count) {
    case (.get, 1): return .json(200, try v8List(try v8Module(rest[0]), request.query))
    case (.get, 2):
      let module = try v8Module(rest[0])
      return .json(200, ["data": v8Record(try v8Present(rest[1], module), module, [])])
    case (.delete, 2):
      let module = try v8Module(rest[0])
      guard module.table != .users else { throw .refused("Access denied") }
      let record = try v8Present(rest[1], module)
      records.update(record.id) { $0.isDeleted = true }
      return .json(200, ["meta": ["message": .string("Record with id \(record.id) is deleted")], "data": []])
    case (.post, 0), (.patch, 0):
      let isNew = request.method == .post
      return .json(isNew ? 201 : 200, ["data": try v8Save(body["data"] ?? .null, isNew: isNew, by: user, at: now)])
    case (.get, 4) where rest[2] == "relationships":
      let module = try v8Module(rest[0])
      guard let target = SugarModule.allCases.first(where: { $0.linkName == rest[3] }) else {
        throw .refused("Cannot load relationship \(rest[3]) for \(module.rawValue) module")
      }
      let tied = records.tied(to: try v8Present(rest[1], module), target)
      return .json(200, v8Page(tied.map { v8Record($0, target, []) }))
    case (.post, 3) where rest[2] == "relationships":
      let record = try v8Present(rest[1], try v8Module(rest[0]))
      let target = try v8Module(body["data"]?["type"]?.string ?? "")
      let other = try v8Present(body["data"]?["id"]?.string ?? "", target)
      guard records.tie(record.id, other.id) else { throw .refused("The relationship is full") }
      return .json(201, ["meta": ["message": .string("\(other.id) has been added")], "data": []])
    case (.delete, 5) where rest[2] == "relationships":
      let record = try v8Present(rest[1], try v8Module(rest[0]))
      records.untie(record.id, rest[4])
      return .json(200, ["meta": ["message": "Relationship has been deleted"], "data": []])
    case _: throw .noMethod
    }
  }

  private func v8Module(_ name: String) throws(SugarV8Error) -> SugarModule {
    guard let module = SugarModule(rawValue: name) else {
      throw .refused("Module with name \(name.prefix(40)) is not found")
    }
    return module
  }

  private func v8Present(_ id: String, _ module: SugarModule) throws(SugarV8Error) -> SugarRecord {
    guard let record = records.record(id, in: module) else {
      throw .refused("\(module.rawValue) module with id \(id.prefix(40)) is not found")
    }
    return record
  }
}
