import CRMCloud
import Primitives

/// Reads the section `salesforce` of a cloud data file: one organisation.
///
/// Records have the API's own names for their fields. Whether ids and references fit together only the cloud can judge.
struct SalesforceDataReader {
  private static let sections = ["contacts": "Contact", "leads": "Lead", "accounts": "Account", "tasks": "Task"]

  func read(_ entry: Entry) -> SalesforceCloudData? {
    let keys = [
      "name", "address", "sandbox", "createdAt", "users", "clients", "contacts", "leads", "accounts", "tasks",
      "settings",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    var data = SalesforceCloudData()
    data.name = mapping["name"]?.text() ?? data.name
    data.host = mapping["address"]?.salesforceHost() ?? data.host
    data.isSandbox = mapping["sandbox"]?.boolean() ?? false
    data.createdAt = mapping["createdAt"]?.instant()
    if let users = mapping["users"] {
      if users.isEmptyList {
        users.report("an organisation has at least one user", remedy: "leave `users` out or add one")
      }
      data.users = users.list(max: 1000).compactMap(user)
    }
    data.clients = (mapping["clients"]?.list(max: 100) ?? []).compactMap(client)
    for (section, object) in Self.sections.sorted(by: { $0.key < $1.key }) {
      let records = mapping[section]?.list(max: CloudDataFile.recordsMax) ?? []
      data.records[object] = records.compactMap { record($0, of: object) }
    }
    if let settings = mapping["settings"] { data.settings = SalesforceSettingsReader().read(settings) }
    return data
  }

  private func user(_ entry: Entry) -> SalesforceCloudData.User? {
    let keys = ["id", "userName", "fullName", "password", "securityToken", "active", "apiEnabled"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let userName = mapping.required("userName")?.text()
    var user = SalesforceCloudData.User(
      id: mapping["id"]?.text(), userName: userName ?? "", fullName: mapping["fullName"]?.text() ?? userName ?? "")
    user.password = mapping["password"]?.secret().map { Secret($0) }
    user.securityToken = mapping["securityToken"]?.secret().map { Secret($0) }
    user.isActive = mapping["active"]?.boolean() ?? true
    user.hasAPI = mapping["apiEnabled"]?.boolean() ?? true
    return userName == nil ? nil : user
  }

  private func client(_ entry: Entry) -> SalesforceCloudData.Client? {
    guard let mapping = entry.mapping(keys: ["id", "secret", "refreshTokens", "runsAs"]) else { return nil }
    let id = mapping.required("id")?.text(maxLength: 256)
    let secret = mapping.required("secret")?.secret()
    var client = SalesforceCloudData.Client(id: id ?? "", secret: Secret(secret ?? ""))
    client.refreshTokens = (mapping["refreshTokens"]?.list(max: 1000) ?? []).compactMap(refreshToken)
    client.runsAs = mapping["runsAs"]?.text()
    return id == nil || secret == nil ? nil : client
  }

  private func refreshToken(_ entry: Entry) -> SalesforceCloudData.RefreshToken? {
    guard let mapping = entry.mapping(keys: ["token", "userName"]) else { return nil }
    let token = mapping.required("token")?.secret()
    let userName = mapping.required("userName")?.text()
    guard let token, let userName else { return nil }
    return SalesforceCloudData.RefreshToken(token: Secret(token), userName: userName)
  }

  private func record(_ entry: Entry, of object: String) -> SalesforceCloudData.Record? {
    let fields = SalesforceCloudData.fields(of: object)
    guard let mapping = entry.mapping(keys: fields) else { return nil }
    for field in SalesforceCloudData.requiredFields(of: object) { _ = mapping.required(field) }
    var record: SalesforceCloudData.Record = [:]
    for field in fields { record[field] = mapping[field]?.text(maxLength: 32_000) }
    return record
  }
}

extension Entry {
  /// `https://example.my.salesforce.com`: the organisation's own host.
  fileprivate func salesforceHost() -> String? {
    parsed(as: "an address", remedy: "write it as https://example.my.salesforce.com") { text in
      let scheme = "https://"
      guard text.lowercased().hasPrefix(scheme) else { return nil }
      let host = text.lowercased().dropFirst(scheme.count)
      let isHost = host.utf8.allSatisfy { byte in
        (97...122).contains(byte) || (48...57).contains(byte) || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      }
      return isHost && !host.isEmpty ? String(host) : nil
    }
  }
}
