import CRMCloud
import Primitives

/// Reads `vtiger:` of a cloud data file: a server with its users and records, by the API's own field names.
struct VtigerDataReader {
  private static let keys = [
    "address", "users", "contacts", "leads", "accounts", "callbackSecret", "settings",
  ]

  func read(_ entry: Entry) -> VtigerCloudData? {
    guard let mapping = entry.mapping(keys: Self.keys) else { return nil }
    let address = mapping.required("address")?.webAddress()
    let names = UniqueTexts()
    let users = mapping.required("users")?.list(max: VtigerCloud.maximumUsers) ?? []
    if let list = mapping["users"], list.isEmptyList {
      list.report("a vTiger server has at least one user", remedy: "add the one the PBX logs in as")
    }
    var data = VtigerCloudData(address: address ?? "", users: users.compactMap { user($0, names) })
    let ids = UniqueTexts()
    data.contacts = records(mapping["contacts"], VtigerCloudData.contactFields, ids)
    data.leads = records(mapping["leads"], VtigerCloudData.leadFields, ids)
    data.accounts = records(mapping["accounts"], VtigerCloudData.accountFields, ids)
    data.callbackSecret = mapping["callbackSecret"]?.secret(maxLength: 256).map { Secret($0) }
    if let settings = mapping["settings"] { data.settings = VtigerSettingsReader().read(settings) }
    return data
  }

  private func user(_ entry: Entry, _ names: UniqueTexts) -> VtigerCloudData.User? {
    let keys = ["userName", "accessKey", "firstName", "lastName", "extension", "active"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let name = mapping.required("userName")
    // Compared without case, as the server does.
    let userName = name.flatMap { entry in
      entry.text(maxLength: 64).flatMap { text in
        names.claim(text.lowercased(), as: "user name", at: entry).map { _ in text }
      }
    }
    let accessKey = mapping.required("accessKey")?.secret(maxLength: 128)
    guard let userName, let accessKey else { return nil }
    var user = VtigerCloudData.User(userName: userName, accessKey: Secret(accessKey))
    user.firstName = mapping["firstName"]?.text() ?? ""
    user.lastName = mapping["lastName"]?.text() ?? user.lastName
    user.phoneExtension = mapping["extension"]?.internalNumber() ?? ""
    user.isActive = mapping["active"]?.boolean() ?? true
    return user
  }

  private func records(_ entry: Entry?, _ fields: [String], _ ids: UniqueTexts) -> [VtigerCloudData.Record] {
    (entry?.list(max: VtigerCloud.maximumLoadedRecords) ?? []).compactMap { entry in
      guard let mapping = entry.mapping(keys: ["id"] + fields) else { return nil }
      var values: [String: String] = [:]
      for field in fields {
        if let text = mapping[field]?.text(maxLength: field == "description" ? 4096 : 255) { values[field] = text }
      }
      return VtigerCloudData.Record(id: mapping["id"]?.vtigerID(ids), values: values)
    }
  }
}

/// Reads `vtiger.settings`.
private struct VtigerSettingsReader {
  private static let day = 86_400

  func read(_ entry: Entry) -> VtigerCloudSettings {
    var settings = VtigerCloudSettings()
    let keys = [
      "manner", "tokenLifeSeconds", "oneTokenPerUser", "sessionLifeSeconds", "sessionIdleLifeSeconds",
      "duplicateCode", "acceptsDuplicateAccounts", "escapesTexts", "maximumRecordsPerModule",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return settings }
    settings.manner = mapping["manner"]?.choice() ?? settings.manner
    settings.tokenLife = mapping["tokenLifeSeconds"]?.seconds(in: 1...Self.day)
    settings.hasOneTokenPerUser = mapping["oneTokenPerUser"]?.boolean()
    settings.sessionLife = mapping["sessionLifeSeconds"]?.seconds(in: 1...30 * Self.day) ?? settings.sessionLife
    settings.sessionIdleLife =
      mapping["sessionIdleLifeSeconds"]?.seconds(in: 1...30 * Self.day) ?? settings.sessionIdleLife
    settings.duplicateCode = mapping["duplicateCode"]?.errorCode() ?? settings.duplicateCode
    settings.acceptsDuplicateAccounts =
      mapping["acceptsDuplicateAccounts"]?.boolean() ?? settings.acceptsDuplicateAccounts
    settings.escapesTexts = mapping["escapesTexts"]?.boolean() ?? settings.escapesTexts
    settings.maximumRecordsPerModule =
      mapping["maximumRecordsPerModule"]?.integer(in: 1...VtigerCloud.maximumLoadedRecords)
      ?? settings.maximumRecordsPerModule
    return settings
  }
}

extension Entry {
  /// A module's number, `x`, a record's number, which stands once in all modules.
  fileprivate func vtigerID(_ ids: UniqueTexts) -> String? {
    let text = parsed(as: "an id of vTiger's", remedy: "write the module's number, an x and the record's, as 12x5") {
      (text) -> String? in
      let halves = text.split(separator: "x", omittingEmptySubsequences: false)
      return halves.count == 2 && halves.allSatisfy { $0.isDigits(1...15) } ? text : nil
    }
    return ids.claim(text, as: "id", at: self)
  }

  /// Capital letters and underscores, as the server's codes.
  fileprivate func errorCode() -> String? {
    parsed(as: "an error code", remedy: "write capital letters and underscores, as DUPLICATE_RECORD_FOUND") { text in
      text.utf8.allSatisfy { (65...90).contains($0) || $0 == 95 } ? text : nil
    }
  }

  fileprivate func seconds(in range: ClosedRange<Int>) -> Instant.Span? {
    integer(in: range).map { .seconds(Int64($0)) }
  }
}
