import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `/signin`: address and password on one page; then, with two-factor sign-in, a one-time code.
  ///
  /// There is no session yet whose proof the forms could carry: they prove themselves by a cookie that came with the
  /// page, so that no other site signs a browser in as somebody else.
  mutating func signIn(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    let parameters = request.method == .post ? request.form : request.query
    let target = parameters["serviceurl"] ?? ""
    guard request.method == .post else {
      if signedIn(request, at: centre) != nil { return onward(to: target, at: centre) }
      return freshSignInPage(request, target: target, at: centre)
    }
    guard let proof = proof(of: request, at: centre) else { return forgedSignIn(target, at: centre) }
    let form = ZohoSignInForm(proof: proof, target: target)
    let email = parameters["email"] ?? ""
    guard let person = centres[centre].accounts.person(email: email) else {
      if let home = elsewhere(email, target, from: centre) { return .redirect(to: home) }
      return signInPage(form, email, error: "This account cannot be found.", at: centre)
    }
    guard person.isActive else { return signInPage(form, email, error: "This account is closed.", at: centre) }
    guard let password = person.password, password == Secret(parameters["password"] ?? "") else {
      return signInPage(form, email, error: "The password is not correct.", at: centre)
    }
    guard person.usesTwoFactor else { return begin(person, target, at: centre, now) }
    let challenge = centres[centre].accounts.beginChallenge(
      for: person.zuid, code: settings.oneTimeCode, at: now)
    return oneTimeCodePage(form, challenge, at: centre)
  }

  /// `/signin-code`: the second factor.
  mutating func verifyOneTimeCode(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    let sent = request.form
    let challenge = sent["challenge"] ?? ""
    let target = sent["serviceurl"] ?? ""
    guard request.method == .post else { return freshSignInPage(request, target: "", at: centre) }
    guard let proof = proof(of: request, at: centre) else { return forgedSignIn(target, at: centre) }
    let form = ZohoSignInForm(proof: proof, target: target)
    switch centres[centre].accounts.answer(challenge, code: sent["code"] ?? "", at: now) {
    case .right(let zuid):
      guard let person = centres[centre].accounts.person(zuid: zuid), person.isActive else {
        return signInPage(form, error: "This account is closed.", at: centre)
      }
      return begin(person, target, at: centre, now)
    case .wrong: return oneTimeCodePage(form, challenge, error: "The code is not correct.", at: centre)
    case .over: return signInPage(form, error: "The code has expired. Sign in again.", at: centre)
    }
  }

  /// The cookie's value, if the form sent it back.
  private func proof(of request: CloudRequest, at centre: Int) -> String? {
    let cookie = request.cookie(ZohoBrowserSessions.proofCookieName(at: centres[centre].location))
    return cookie.flatMap { ZohoBrowserSessions.isProof($0) && request.form["csrf"] == $0 ? $0 : nil }
  }

  /// An empty form with the proof the browser has, or with a new one that goes along as a cookie.
  private mutating func freshSignInPage(_ request: CloudRequest, target: String, at centre: Int) -> CloudResponse {
    let location = centres[centre].location
    let name = ZohoBrowserSessions.proofCookieName(at: location)
    if let kept = request.cookie(name), ZohoBrowserSessions.isProof(kept) {
      return signInPage(ZohoSignInForm(proof: kept, target: target), at: centre)
    }
    let proof = centres[centre].accounts.browsers.drawProof()
    return signInPage(ZohoSignInForm(proof: proof, target: target), at: centre)
      .settingCookie(name, proof, domain: nil)
  }

  private func forgedSignIn(_ target: String, at centre: Int) -> CloudResponse {
    let address = "/signin" + (target.isEmpty ? "" : "?serviceurl=" + PercentEncoding.encode(target))
    return accountsPage(
      "The form is out of date", nil, [.links([PageLink("Sign in", address)])],
      notice: PageNotice(
        .error,
        "This form was not sent by its own page, or your browser keeps no cookies. Open the page again and repeat."),
      status: 403, at: centre)
  }

  /// `/logout`, and `/signout` as well: a page with the button, or the button pressed.
  mutating func signOut(
    _ request: CloudRequest, _ cookie: String, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    guard request.method == .post else {
      return accountsPage("Sign out", browser, [.text("Use the button Sign out above.")], at: centre)
    }
    centres[centre].accounts.browsers.end(cookie)
    let location = centres[centre].location
    return .redirect(to: "/signin").settingCookie(
      ZohoBrowserSessions.cookieName(at: location), "", domain: ZohoHosts.at(location)?.domain)
  }

  private mutating func begin(
    _ person: ZohoPerson, _ target: String, at centre: Int, _ now: Instant
  ) -> CloudResponse {
    let cookie = centres[centre].accounts.browsers.begin(zuid: person.zuid, at: now)
    let location = centres[centre].location
    return onward(to: target, at: centre).settingCookie(
      ZohoBrowserSessions.cookieName(at: location), cookie, domain: ZohoHosts.at(location)?.domain)
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
    _ form: ZohoSignInForm, _ email: String = "", error: String? = nil, at centre: Int
  ) -> CloudResponse {
    accountsPage(
      "Sign in", nil, [.form(form.password(email))], notice: error.map { PageNotice(.error, $0) },
      status: error == nil ? 200 : 401, at: centre)
  }

  private func oneTimeCodePage(
    _ form: ZohoSignInForm, _ challenge: String, error: String? = nil, at centre: Int
  ) -> CloudResponse {
    accountsPage(
      "Two Factor Authentication", nil, [.form(form.oneTimeCode(challenge))],
      notice: error.map { PageNotice(.error, $0) }, status: error == nil ? 200 : 401, at: centre)
  }
}
