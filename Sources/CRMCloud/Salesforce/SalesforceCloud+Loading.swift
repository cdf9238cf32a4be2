import JSON
import Primitives

extension SalesforceCloud {
  /// Adds the data's users, clients and records; how many of them.
  mutating func add(_ data: SalesforceCloudData, at now: Instant) throws(CloudContentsError) -> Int {
    var count = 0
    for (place, user) in data.users.enumerated() {
      let way = "salesforce.users[\(place)]"
      guard !users.contains(where: { $0.userName.lowercased() == user.userName.lowercased() }) else {
        throw CloudContentsError("\(way).userName: another user has this name; give each its own")
      }
      let id = try claim(user.id, of: .user, at: way + ".id")
      let values: [String: JSONValue] = [
        "Username": .string(user.userName), "Name": .string(user.fullName), "IsActive": .bool(user.isActive),
      ]
      let made = store.add(values, to: .user, id: id, findableFrom: now, at: now)
      users.append(
        SalesforceUser(
          id: made, userName: user.userName, fullName: user.fullName, password: user.password,
          securityToken: user.securityToken, isActive: user.isActive, hasAPI: user.hasAPI))
      count += 1
    }
    for (place, client) in data.clients.enumerated() {
      try add(client, at: "salesforce.clients[\(place)]")
      count += 1
    }
    for object in SalesforceObject.allCases where object != .user {
      for (place, record) in (data.records[object.rawValue] ?? []).enumerated() {
        try add(record, to: object, at: "salesforce.\(Self.section(of: object))[\(place)]", now)
        count += 1
      }
    }
    return count
  }

  /// The name of an object's section and dump: `contacts`.
  static func section(of object: SalesforceObject) -> String { object.plural.lowercased() }

  private mutating func add(_ client: SalesforceCloudData.Client, at way: String) throws(CloudContentsError) {
    guard !clients.contains(where: { $0.id == client.id }) else {
      throw CloudContentsError("\(way).id: another client has this id; give each its own")
    }
    var tokens: [Secret: Int] = [:]
    for (place, token) in client.refreshTokens.enumerated() {
      tokens[token.token] = try index(of: token.userName, at: "\(way).refreshTokens[\(place)].userName")
    }
    var runsAs: Int?
    if let name = client.runsAs { runsAs = try index(of: name, at: way + ".runsAs") }
    clients.append(SalesforceClient(id: client.id, secret: client.secret, refreshTokens: tokens, runsAs: runsAs))
  }

  private func index(of userName: String, at way: String) throws(CloudContentsError) -> Int {
    guard let index = users.firstIndex(where: { $0.userName.lowercased() == userName.lowercased() }) else {
      throw CloudContentsError("\(way): no user has this name; write one of users")
    }
    return index
  }

  private mutating func add(
    _ record: SalesforceCloudData.Record, to object: SalesforceObject, at way: String, _ now: Instant
  ) throws(CloudContentsError) {
    var values: [String: JSONValue] = [:]
    for name in record.keys.sorted() where name.lowercased() != "id" {
      guard let field = object.field(name), field.access != .none else {
        throw CloudContentsError("\(way).\(name): \(object.rawValue) has no such field that can be written")
      }
      let given = JSONValue.string(record[name] ?? "")
      do throws(SalesforceAPIError) {
        // Text from a file stands for numbers too.
        values[field.name] = try field.value(given, isSloppy: true)
      } catch { throw CloudContentsError("\(way).\(name): \(error.code)") }
    }
    let given = record.first { $0.key.lowercased() == "id" }?.value
    let id = try claim(given, of: object, at: way + ".Id")
    if let missing = object.fields.first(where: { $0.isRequired && (values[$0.name] ?? .null) == .null }) {
      throw CloudContentsError("\(way).\(missing.name): REQUIRED_FIELD_MISSING; write it")
    }
    if values["OwnerId"] == nil, let owner = users.first?.id { values["OwnerId"] = .string(owner) }
    _ = store.add(values, to: object, id: id, findableFrom: now, at: now)
  }

  /// The id's 18 characters, which nobody else has.
  private func claim(
    _ given: String?, of object: SalesforceObject, at way: String
  ) throws(CloudContentsError) -> String? {
    guard let given else { return nil }
    guard let id = SalesforceID.whole(given), id.hasPrefix(object.prefix) else {
      throw CloudContentsError(
        "\(way): no id of this object; write 15 or 18 letters and digits that begin with \(object.prefix)")
    }
    guard !store.exists(id) else { throw CloudContentsError("\(way): another record has this id; give each its own") }
    return id
  }
}
