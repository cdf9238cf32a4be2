import CRMCloud
import Primitives

extension ZohoDataReader {
  func user(
    _ entry: Entry, _ identifiers: UniqueTexts, _ emails: UniqueTexts, dataCentre: String
  ) -> ZohoCloudData.User? {
    let keys = [
      "id", "fullName", "email", "password", "twoFactor", "applicationPasswords", "authTokens", "profile", "active",
    ]
    guard let mapping = entry.mapping(keys: keys) else { return nil }
    let id = mapping["id"]?.recordID(identifiers)
    let name = mapping.required("fullName")?.text()
    var user = ZohoCloudData.User(id: id, fullName: name ?? "")
    if let entry = mapping["email"], let email = entry.emailAddress() {
      user.email = emails.claim(email.lowercased(), as: "address", at: entry).map { _ in email }
      checkCredentialsStandOnce(mapping, of: email, at: entry, dataCentre)
    }
    user.password = mapping["password"]?.secret().map { Secret($0) }
    user.usesTwoFactor = mapping["twoFactor"]?.boolean() ?? false
    user.applicationPasswords = mapping.list("applicationPasswords").compactMap(applicationPassword)
    user.authTokens = mapping.list("authTokens").compactMap { token in
      credentials.claim(token.secret(), as: "token", at: token).map { Secret($0) }
    }
    user.profile = mapping["profile"]?.choice(among: ZohoCloudData.User.profiles) ?? user.profile
    user.isActive = mapping["active"]?.boolean() ?? true
    return name == nil ? nil : user
  }

  /// Users of one address in one data centre are one person, who signs in one way.
  private func checkCredentialsStandOnce(_ mapping: Mapping, of email: String, at entry: Entry, _ dataCentre: String) {
    let line = people.line(of: dataCentre + " " + email.lowercased(), at: entry)
    guard line != entry.value.place.line else { return }
    for key in ["password", "twoFactor", "applicationPasswords"] {
      mapping[key]?.report(
        "this address signs in as the user in line \(line) says", remedy: "write it there and leave it out here")
    }
  }

  private func applicationPassword(_ entry: Entry) -> Secret? {
    guard let password = entry.secret(maxLength: 64) else { return nil }
    if password.contains(where: \.isWhitespace) {
      entry.report(
        "an application's password has no spaces; Zoho shows it in groups only to be read",
        remedy: "write the groups together, as it is to be entered")
    }
    return Secret(password)
  }
}

extension Entry {
  /// 1 to 19 digits, as Zoho's ids, which stand once.
  func recordID(_ identifiers: UniqueTexts) -> String? { identifiers.claim(recordID(), as: "id", at: self) }

  /// 1 to 19 digits, as Zoho's ids.
  func recordID() -> String? {
    parsed(as: "an id of 1 to 19 digits") { $0.isDigits(1...19) ? $0 : nil }
  }

  fileprivate func emailAddress() -> String? {
    parsed(as: "an e-mail address", remedy: "write it as ann@example.com") { text in
      let halves = text.split(separator: "@", omittingEmptySubsequences: false)
      let isPlain = !text.contains { $0.isWhitespace || !$0.isASCII || "\"<>,;&=".contains($0) }
      return halves.count == 2 && halves.allSatisfy { !$0.isEmpty } && isPlain ? text : nil
    }
  }
}
