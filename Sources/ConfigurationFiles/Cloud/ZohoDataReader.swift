import CRMCloud
import Primitives

/// The data centres that can be written (documented: multi-DC page of Zoho Accounts).
private enum ZohoDataCentre: String, CaseIterable {
  case us, eu, `in`, cn, au, jp, ca, sa, uk
}

/// Reads the data of a Zoho cloud from the top.
struct ZohoDataReader {
  private let identifiers = UniqueTexts()
  private let credentials = UniqueTexts()

  func read(_ root: Entry) -> ZohoCloudData {
    var data = ZohoCloudData()
    var organisation = ZohoCloudData.Organisation()
    let keys = ["dataCentre", "timeZone", "createdAt", "users", "clients", "contacts", "leads", "accounts"]
    guard let mapping = root.mapping(keys: keys) else { return data }
    organisation.dataCentre =
      mapping["dataCentre"]?.choice(of: ZohoDataCentre.self)?.rawValue ?? organisation.dataCentre
    organisation.timeZone = mapping["timeZone"].flatMap(TimeZoneText.read) ?? organisation.timeZone
    organisation.createdAt = mapping["createdAt"]?.instant() ?? organisation.createdAt
    if let users = mapping["users"] {
      if users.isEmptyList {
        users.report("an organisation has at least one user", remedy: "leave `users` out or add one")
      }
      organisation.users = users.list().compactMap(user)
    }
    let userIDs = Set(organisation.users.compactMap(\.id))
    data.clients = mapping.list("clients").compactMap { client($0, userIDs: userIDs) }
    organisation.contacts = records(mapping, "contacts").compactMap(contact)
    organisation.leads = records(mapping, "leads").compactMap(lead)
    organisation.accounts = records(mapping, "accounts").compactMap(account)
    data.organisations = [organisation]
    return data
  }

  private func records(_ mapping: Mapping, _ key: String) -> [Entry] {
    mapping[key]?.list(max: CloudDataFile.recordsMax) ?? []
  }

  private func user(_ entry: Entry) -> ZohoCloudData.User? {
    guard let mapping = entry.mapping(keys: ["id", "fullName"]) else { return nil }
    let id = recordID(mapping)
    return mapping.required("fullName")?.text().map { ZohoCloudData.User(id: id, fullName: $0) }
  }

  private func client(_ entry: Entry, userIDs: Set<String>) -> ZohoCloudData.Client? {
    guard let mapping = entry.mapping(keys: ["id", "secret", "refreshTokens"]) else { return nil }
    let id = mapping.required("id").flatMap { credentials.claim($0.secret(maxLength: 256), as: "client id", at: $0) }
    let secret = mapping.required("secret")?.secret()
    let tokens = mapping.list("refreshTokens").compactMap { refreshToken($0, userIDs: userIDs) }
    guard let id, let secret else { return nil }
    return ZohoCloudData.Client(id: id, secret: Secret(secret), refreshTokens: tokens)
  }

  private func refreshToken(_ entry: Entry, userIDs: Set<String>) -> ZohoCloudData.RefreshToken? {
    guard let mapping = entry.mapping(keys: ["token", "scopes", "userID"]) else { return nil }
    let token = mapping.required("token").flatMap { credentials.claim($0.secret(), as: "refresh token", at: $0) }
    let scopes = mapping.required("scopes")
    if let scopes, scopes.isEmptyList {
      scopes.report("a token without a scope opens nothing", remedy: "list what was granted, as ZohoCRM.modules.ALL")
    }
    let granted = scopes?.list().compactMap { scope in
      scope.parsed(as: "a scope", remedy: "write it as ZohoCRM.modules.ALL", Self.scope)
    }
    let userID = mapping["userID"]?.recordID()
    if let userID, !userIDs.contains(userID) {
      mapping["userID"]?.report("there is no user with the id \(userID)", remedy: "write the `id` of one of `users`")
    }
    guard let token, let granted else { return nil }
    return ZohoCloudData.RefreshToken(token: Secret(token), scopes: granted, userID: userID)
  }

  /// Words of letters and digits with dots between them.
  private static func scope(_ text: String) -> String? {
    let words = text.split(separator: ".", omittingEmptySubsequences: false)
    let areWords = words.allSatisfy {
      !$0.isEmpty && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }
    return areWords && words.count >= 2 ? text : nil
  }

  private func contact(_ entry: Entry) -> ZohoCloudData.Contact? {
    let keys = [
      "id", "firstName", "lastName", "phone", "homePhone", "otherPhone", "mobile", "assistantPhone", "fax", "email",
      "accountName",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    var result = ZohoCloudData.Contact(id: recordID(mapping), lastName: mapping.required("lastName")?.text() ?? "")
    result.firstName = mapping["firstName"]?.text()
    result.phone = mapping["phone"]?.text()
    result.homePhone = mapping["homePhone"]?.text()
    result.otherPhone = mapping["otherPhone"]?.text()
    result.mobile = mapping["mobile"]?.text()
    result.assistantPhone = mapping["assistantPhone"]?.text()
    result.fax = mapping["fax"]?.text()
    result.email = mapping["email"]?.text()
    result.accountName = mapping["accountName"]?.text()
    return result
  }

  private func lead(_ entry: Entry) -> ZohoCloudData.Lead? {
    let keys = ["id", "firstName", "lastName", "company", "phone", "mobile", "fax", "email"]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let id = recordID(mapping)
    let lastName = mapping.required("lastName")?.text()
    let company = mapping.required("company")?.text()
    var result = ZohoCloudData.Lead(id: id, lastName: lastName ?? "", company: company ?? "")
    result.firstName = mapping["firstName"]?.text()
    result.phone = mapping["phone"]?.text()
    result.mobile = mapping["mobile"]?.text()
    result.fax = mapping["fax"]?.text()
    result.email = mapping["email"]?.text()
    return result
  }

  private func account(_ entry: Entry) -> ZohoCloudData.Account? {
    guard let mapping = entry.mapping(keys: ["id", "name", "phone", "fax"]) else { return nil }
    var result = ZohoCloudData.Account(id: recordID(mapping), name: mapping.required("name")?.text() ?? "")
    result.phone = mapping["phone"]?.text()
    result.fax = mapping["fax"]?.text()
    return result
  }

  private func recordID(_ mapping: Mapping) -> String? {
    guard let entry = mapping["id"], let id = entry.recordID() else { return nil }
    return identifiers.claim(id, as: "id", at: entry)
  }
}

/// Texts of which each may stand once. None is repeated in an error, because some are secrets.
private final class UniqueTexts {
  private var lines: [String: Int] = [:]

  func claim(_ text: String?, as what: String, at entry: Entry) -> String? {
    guard let text else { return nil }
    if let line = lines[text] {
      entry.report("this \(what) is already used in line \(line)", remedy: "give each its own")
    } else {
      lines[text] = entry.value.place.line
    }
    return text
  }
}

extension Entry {
  /// 1 to 19 digits, as Zoho's ids.
  fileprivate func recordID() -> String? {
    parsed(as: "an id of 1 to 19 digits") { $0.isDigits(1...19) ? $0 : nil }
  }
}
