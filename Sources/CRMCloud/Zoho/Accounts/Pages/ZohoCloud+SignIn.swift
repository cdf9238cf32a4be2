import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `/signin`: address and password on one page; then, with two-factor sign-in, a one-time code.
  ///
  /// A sign-in form carries no proof of its page: there is no session yet to prove it with.
  mutating func signIn(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    let parameters = request.method == .post ? request.form : request.query
    let target = parameters["serviceurl"] ?? ""
    guard request.method == .post else {
      if signedIn(request, at: centre) != nil { return onward(to: target, at: centre) }
      return signInPage(target: target, at: centre)
    }
    let email = parameters["email"] ?? ""
    guard let person = centres[centre].accounts.person(email: email) else {
      if let home = elsewhere(email, target, from: centre) { return .redirect(to: home) }
      return signInPage(email, target: target, error: "This account cannot be found.", at: centre)
    }
    guard person.isActive else {
      return signInPage(email, target: target, error: "This account is closed.", at: centre)
    }
    guard let password = person.password, password == Secret(parameters["password"] ?? "") else {
      return signInPage(email, target: target, error: "The password is not correct.", at: centre)
    }
    guard person.usesTwoFactor else { return begin(person, target, at: centre, now) }
    let challenge = centres[centre].accounts.beginChallenge(
      for: person.zuid, code: settings.oneTimeCode, at: now)
    return oneTimeCodePage(challenge, target: target, at: centre)
  }

  /// `/signin-code`: the second factor.
  mutating func verifyOneTimeCode(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    let form = request.form
    let challenge = form["challenge"] ?? ""
    let target = form["serviceurl"] ?? ""
    guard request.method == .post else { return signInPage(target: "", at: centre) }
    switch centres[centre].accounts.answer(challenge, code: form["code"] ?? "", at: now) {
    case .right(let zuid):
      guard let person = centres[centre].accounts.person(zuid: zuid), person.isActive else {
        return signInPage(target: target, error: "This account is closed.", at: centre)
      }
      return begin(person, target, at: centre, now)
    case .wrong:
      return oneTimeCodePage(challenge, target: target, error: "The code is not correct.", at: centre)
    case .over:
      return signInPage(target: target, error: "The code has expired. Sign in again.", at: centre)
    }
  }

  /// `/logout`, and `/signout` as well: a page with the button, or the button pressed.
  mutating func signOut(
    _ request: CloudRequest, _ cookie: String, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    guard request.method == .post else {
      return accountsPage("Sign out", browser, [.text("Use the button Sign out above.")], at: centre)
    }
    centres[centre].accounts.browsers.end(cookie)
    return .redirect(to: "/signin").settingCookie(
      ZohoBrowserSessions.cookieName, "", domain: ZohoHosts.at(centres[centre].location)?.domain)
  }

  private mutating func begin(
    _ person: ZohoPerson, _ target: String, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let cookie = centres[centre].accounts.browsers.begin(zuid: person.zuid, at: now)
    return onward(to: target, at: centre).settingCookie(
      ZohoBrowserSessions.cookieName, cookie, domain: ZohoHosts.at(centres[centre].location)?.domain)
  }

  /// To the page the sign-in was for, or to the account's home.
  private func onward(to target: String, at centre: Int) -> CloudResponse {
    let hosts = ZohoHosts.at(centres[centre].location)
    return .redirect(to: hosts.flatMap { ZohoServiceURL.target(target, in: $0) } ?? "/home")
  }

  /// The sign-in page of the data centre that does know the address (documented: a user is taken to the own one), and
  /// from there to the same page there.
  private func elsewhere(_ email: String, _ target: String, from centre: Int) -> String? {
    guard let home = centres.first(where: { $0.accounts.person(email: email) != nil }),
      let hosts = ZohoHosts.at(centres[centre].location), let other = ZohoHosts.at(home.location)
    else { return nil }
    let moved = ZohoServiceURL.target(target, in: hosts, movedTo: other)
    return "https://\(other.accounts)/signin" + (moved.map { "?serviceurl=" + PercentEncoding.encode($0) } ?? "")
  }

  private func signInPage(
    _ email: String = "", target: String, error: String? = nil, at centre: Int
  ) -> CloudResponse {
    let form = PageForm(
      id: "signin", action: "/signin", hidden: target.isEmpty ? [] : [.init("serviceurl", target)],
      fields: [
        PageField("email", "Email address", .text, value: email, isRequired: true),
        PageField("password", "Password", .password, isRequired: true),
      ], buttons: [PageButton("Sign in")])
    return accountsPage(
      "Sign in", nil, [.form(form)], notice: error.map { PageNotice(.error, $0) },
      status: error == nil ? 200 : 401, at: centre)
  }

  private func oneTimeCodePage(
    _ challenge: String, target: String, error: String? = nil, at centre: Int
  ) -> CloudResponse {
    let form = PageForm(
      id: "signin-code", action: "/signin-code",
      hidden: [.init("challenge", challenge)] + (target.isEmpty ? [] : [.init("serviceurl", target)]),
      fields: [
        PageField(
          "code", "One-time code", .text, isRequired: true,
          hint: "Six digits. This simulation tells the code to its administrator instead of to your telephone.")
      ], buttons: [PageButton("Verify")])
    return accountsPage(
      "Two Factor Authentication", nil, [.form(form)], notice: error.map { PageNotice(.error, $0) },
      status: error == nil ? 200 : 401, at: centre)
  }
}
