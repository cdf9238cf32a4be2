import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `/twofactor`: whether a second factor is asked for, and the way to the applications' passwords (documented).
  mutating func twoFactor(
    _ request: CloudRequest, _ person: ZohoPerson, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    var error: String?
    if request.method == .post {
      if let password = person.password, password == Secret(request.form["password"] ?? "") {
        centres[centre].accounts.update(zuid: person.zuid) { $0.usesTwoFactor.toggle() }
        return .redirect(to: "/twofactor")
      }
      error = "The current password is not correct."
    }
    let form = PageForm(
      id: "twofactor", action: "/twofactor", hidden: [.init("csrf", browser.formToken)],
      fields: [PageField("password", "Current password", .password, isRequired: true)],
      buttons: [PageButton(person.usesTwoFactor ? "Switch off" : "Switch on")])
    return accountsPage(
      "Two Factor Authentication", browser,
      [
        .facts([PageFact(id: "two-factor", "Two Factor Authentication", person.usesTwoFactor ? "On" : "Off")]),
        .links([PageLink("Manage Application Specific Passwords", "/apppasswords")]), .form(form),
      ], notice: error.map { PageNotice(.error, $0) }, status: error == nil ? 200 : 403, at: centre)
  }

  /// `/apppasswords`: device or app name and the current password give a new one, shown once in groups with spaces
  /// that are no part of it (documented).
  mutating func applicationPasswords(
    _ request: CloudRequest, _ person: ZohoPerson, _ browser: ZohoBrowserSessions.Session, at centre: Int,
    _ now: Instant
  ) -> CloudResponse {
    guard request.method == .post else { return applicationPasswordsPage(person, browser, at: centre) }
    if let name = request.form["delete"] {
      guard person.applicationPasswords.contains(where: { $0.name == name }) else {
        return applicationPasswordsPage(
          person, browser, error: ("There is no password of that name.", status: 404), at: centre)
      }
      centres[centre].accounts.update(zuid: person.zuid) { $0.applicationPasswords.removeAll { $0.name == name } }
      return .redirect(to: "/apppasswords")
    }
    let name = request.form["name"] ?? ""
    if let error = Self.refusal(of: name, password: request.form["password"] ?? "", for: person) {
      return applicationPasswordsPage(person, browser, error: error, at: centre)
    }
    let value = centres[centre].accounts.newApplicationPassword()
    centres[centre].accounts.update(zuid: person.zuid) {
      $0.applicationPasswords.append(ZohoApplicationPassword(name: name, value: Secret(value), createdAt: now))
    }
    return accountsPage(
      "Manage Application Specific Passwords", browser,
      [
        .code(id: "app-password", label: "Password for \(name)", text: Self.grouped(value)),
        .text("It is not shown again. The spaces are no part of it."),
        .links([PageLink("All application specific passwords", "/apppasswords")]),
      ], notice: PageNotice(.success, "The password was generated."), at: centre)
  }

  private static func refusal(of name: String, password: String, for person: ZohoPerson) -> (String, status: Int)? {
    guard (1...100).contains(name.unicodeScalars.count), !name.allSatisfy(\.isWhitespace) else {
      return ("Enter a device or app name of at most 100 characters.", 400)
    }
    if person.applicationPasswords.contains(where: { $0.name == name }) {
      return ("This name has a password; remove it first.", 400)
    }
    guard let current = person.password, current == Secret(password) else {
      return ("The current password is not correct.", 403)
    }
    guard person.applicationPasswords.count < ZohoPerson.maximumApplicationPasswords else {
      return ("There are \(ZohoPerson.maximumApplicationPasswords) passwords already; remove one first.", 400)
    }
    return nil
  }

  private func applicationPasswordsPage(
    _ person: ZohoPerson, _ browser: ZohoBrowserSessions.Session, error: (text: String, status: Int)? = nil,
    at centre: Int
  ) -> CloudResponse {
    let rows = person.applicationPasswords.enumerated().map { place, password -> [PageCell] in
      let form = PageForm(
        id: "remove-\(place)", action: "/apppasswords",
        hidden: [.init("delete", password.name), .init("csrf", browser.formToken)], buttons: [PageButton("Remove")])
      return [.text(password.name), .text(Self.time(password.createdAt)), .button(form)]
    }
    let form = PageForm(
      id: "generate", action: "/apppasswords", hidden: [.init("csrf", browser.formToken)],
      fields: [
        PageField("name", "Device or app name", isRequired: true),
        PageField("password", "Current password", .password, isRequired: true),
      ], buttons: [PageButton("Generate")])
    return accountsPage(
      "Manage Application Specific Passwords", browser,
      [
        .form(form),
        .table(
          PageTable(
            id: "app-passwords", caption: "Application specific passwords",
            columns: ["Device or app", "Generated at", "Remove"], rows: rows, emptyText: "There are none yet.")),
      ], notice: error.map { PageNotice(.error, $0.text) }, status: error?.status ?? 200, at: centre)
  }

  /// Four letters, a space, and so on.
  private static func grouped(_ password: String) -> String {
    var text = ""
    for (place, letter) in password.enumerated() {
      if place > 0, place % 4 == 0 { text += " " }
      text.append(letter)
    }
    return text
  }
}

extension ZohoAccounts {
  /// Twelve lower-case letters (that they are letters is documented, their number assumed).
  mutating func newApplicationPassword() -> String {
    String((0..<12).compactMap { _ in Unicode.Scalar(UInt8(97 + generator.next() % 26)) }.map(Character.init))
  }
}
