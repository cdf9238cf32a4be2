import CRMCloud
import Primitives

/// Reads `sugarcrm:` of a cloud data file: an installation with its users and records, by the API's own field names.
struct SugarDataReader {
  /// Ids are unique over users and records alike.
  private let identifiers = UniqueTexts()
  private let userNames = UniqueTexts()
  private let clientIDs = UniqueTexts()

  func read(_ entry: Entry, into contents: inout CloudContents) {
    let keys = ["address", "createdAt", "users", "contacts", "leads", "accounts", "clients", "settings"]
    guard let mapping = entry.mapping(keys: keys) else { return }
    let address = mapping.required("address")?.sugarAddress()
    let users = mapping.required("users")
    if let users, users.isEmptyList {
      users.report("an installation has at least one user", remedy: "add the one the PBX logs in as")
    }
    var data = SugarCloudData(
      address: address ?? "", users: (users?.list(max: SugarCloud.maximumUsers) ?? []).compactMap(user))
    data.createdAt = mapping["createdAt"]?.instant() ?? data.createdAt
    data.contacts = records(mapping["contacts"], SugarCloudData.contactFields)
    data.leads = records(mapping["leads"], SugarCloudData.leadFields)
    data.accounts = records(mapping["accounts"], SugarCloudData.accountFields)
    data.clients = (mapping["clients"]?.list(max: SugarCloud.maximumClients) ?? []).compactMap(client)
    if let settings = mapping["settings"] { contents.sugarSettings = SugarSettingsReader().read(settings) }
    contents.sugar = data
  }

  private func user(_ entry: Entry) -> SugarCloudData.User? {
    let keys = ["id", "userName", "password", "firstName", "lastName", "active"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let id = mapping["id"]?.sugarID(identifiers)
    let name = mapping.required("userName")
    let userName = name.flatMap { entry in
      entry.text(maxLength: 60).flatMap { text in
        // Compared without case, as the server does.
        userNames.claim(text.lowercased(), as: "user name", at: entry).map { _ in text }
      }
    }
    let password = mapping.required("password")?.secret(maxLength: 255)
    guard let userName, let password else { return nil }
    var user = SugarCloudData.User(
      id: id, userName: userName, password: Secret(password), firstName: mapping["firstName"]?.text(),
      lastName: mapping["lastName"]?.text() ?? userName)
    user.isActive = mapping["active"]?.boolean() ?? true
    return user
  }

  private func client(_ entry: Entry) -> SugarClient? {
    guard let mapping = entry.mapping(keys: ["id", "secret", "grant"]) else { return nil }
    let id = mapping.required("id")?.sugarID(clientIDs)
    let secret = mapping.required("secret")?.secret()
    let grant = mapping.required("grant")?.choice(of: SugarClient.Grant.self)
    guard let id, let secret, let grant else { return nil }
    return SugarClient(id: id, secret: Secret(secret), grant: grant)
  }

  private func records(_ entry: Entry?, _ fields: [String]) -> [SugarCloudData.Record] {
    (entry?.list(max: SugarCloud.maximumLoadedRecords) ?? []).compactMap { entry in
      guard let mapping = entry.mapping(keys: ["id"] + fields) else { return nil }
      var record = SugarCloudData.Record(id: mapping["id"]?.sugarID(identifiers), fields: [:])
      for field in fields {
        record.fields[field] = mapping[field]?.text(maxLength: field == "description" ? 4096 : 255)
      }
      return record
    }
  }
}

/// Reads `sugarcrm.settings`.
struct SugarSettingsReader {
  private static let day = 86_400

  func read(_ entry: Entry) -> SugarCloudSettings {
    var settings = SugarCloudSettings()
    let keys = [
      "manner", "sessionIdleLifeSeconds", "maximumSessions", "accessTokenLifeSeconds", "refreshTokenLifeSeconds",
      "platforms", "maintenance", "listLength", "maximumRecordsPerModule",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return settings }
    settings.manner = mapping["manner"]?.choice() ?? settings.manner
    settings.sessionIdleLife = seconds(mapping["sessionIdleLifeSeconds"], 30 * Self.day) ?? settings.sessionIdleLife
    settings.accessTokenLife = seconds(mapping["accessTokenLifeSeconds"], Self.day) ?? settings.accessTokenLife
    settings.refreshTokenLife = seconds(mapping["refreshTokenLifeSeconds"], 365 * Self.day) ?? settings.refreshTokenLife
    settings.maximumSessions = mapping["maximumSessions"]?.integer(in: 1...100_000) ?? settings.maximumSessions
    settings.isInMaintenance = mapping["maintenance"]?.boolean() ?? settings.isInMaintenance
    settings.listLength = mapping["listLength"]?.integer(in: 1...1000) ?? settings.listLength
    settings.maximumRecordsPerModule =
      mapping["maximumRecordsPerModule"]?.integer(in: 1...SugarCloud.maximumLoadedRecords)
      ?? settings.maximumRecordsPerModule
    if let platforms = mapping["platforms"] {
      settings.platforms = Set(platforms.list(max: 64).compactMap { $0.text() })
    }
    return settings
  }

  private func seconds(_ entry: Entry?, _ most: Int) -> Instant.Span? {
    entry?.integer(in: 1...most).map { .seconds(Int64($0)) }
  }
}

extension Entry {
  /// Never repeated: an address can hold a password.
  fileprivate func sugarAddress() -> String? {
    guard let text = text(maxLength: 1024) else { return nil }
    let rest = ["http://", "https://"].first(where: text.lowercased().hasPrefix).map { text.dropFirst($0.count) }
    let isPlain = text.utf8.allSatisfy { (0x21...0x7e).contains($0) } && !text.contains { "@?#".contains($0) }
    guard isPlain, let first = rest?.first, first != "/" else {
      report(
        "this is no address of an installation",
        remedy: "write http:// or https://, the host and the path, as https://crm.example.com/sugarcrm")
      return nil
    }
    return text
  }

  /// 1 to 36 characters, as a UUID has; each stands once.
  fileprivate func sugarID(_ identifiers: UniqueTexts) -> String? {
    let id = parsed(as: "an id", remedy: "write 1 to 36 letters, digits, - and _") { text in
      text.utf8.count <= 36 && text.utf8.allSatisfy { PercentEncoding.isUnreserved($0) } ? text : nil
    }
    return identifiers.claim(id, as: "id", at: self)
  }
}
