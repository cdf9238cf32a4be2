public import ApplianceAPI
import CloudPages
import HTTPTypes
public import Primitives

extension WebInterface {
  /// The cookie whose value the sign-in form has to send too: another site cannot read it.
  static let formCookie = "ucm_form"
  private static let nameBytesMax = 64

  mutating func signIn(
    _ request: WebRequest, from client: IPAddress?, now: Instant, _ doors: inout ApplianceDoors,
    of state: some WebState
  ) -> WebAnswer {
    guard request.isPost else { return signInPage() }
    guard !request.isForeign, WebSessions.isSame(request.value("csrf"), request.cookie(Self.formCookie)) else {
      return signInPage("The page was too old. Please sign in again.")
    }
    guard let name = request.value("user"), let password = request.value("password"), !name.isEmpty,
      name.utf8.count <= Self.nameBytesMax
    else { return signInPage("Enter user name and password.") }
    guard !doors.isLockedOut(client, now: now) else { return lockedOutPage() }
    let (user, hash) = knownUser(name, of: state)
    var answer = WebAnswer(.accepted, nil, [])
    answer.check = PasswordCheck(
      user: hash == nil ? nil : user, given: Secret(password), hash: hash ?? settings.decoy,
      cookie: request.cookie(WebSessions.cookie))
    return answer
  }

  /// The answer to a sign-in whose password was compared.
  ///
  /// - Parameter isRight: nil where too many are being compared already.
  public mutating func finish(
    _ check: PasswordCheck, isRight: Bool?, from client: IPAddress?, now: Instant, doors: inout ApplianceDoors
  ) -> WebAnswer {
    guard let isRight else {
      var answer = signInPage("Too many people are signing in. Please try again in a moment.", .serviceUnavailable)
      answer.response.headerFields[.retryAfter] = "1"
      return answer
    }
    switch doors.noteSignIn(isRight: isRight, from: client, now: now) {
    case .wrong: return signInPage("Wrong account or password.")
    case .lockedOut: return lockedOutPage()
    case .right:
      guard let user = check.user else { return signInPage("Wrong account or password.") }
      var answer = WebAnswer.redirect("/")
      // A session of before ends: whoever knows its cookie gets nothing of this one.
      sessions.close(check.cookie)
      answer.setCookie(WebSessions.cookie, sessions.open(user, at: now), isSecure: settings.isSecure)
      answer.setCookie(Self.formCookie, "", isSecure: settings.isSecure, isOver: true)
      return answer
    }
  }

  private func knownUser(_ name: String, of state: some WebState) -> (WebSessions.User?, PasswordHash?) {
    if name == settings.administrator { return (.administrator, settings.password) }
    guard state.accounts.contains(where: { $0.number == name }) else { return (nil, nil) }
    return (.extension(name), settings.portalPassword)
  }

  private mutating func lockedOutPage() -> WebAnswer {
    signInPage("Too many failed attempts from this address. Nobody can sign in from here for a while.")
  }

  mutating func signOut(_ request: WebRequest, _ cookie: String?) -> WebAnswer {
    guard request.isPost else { return .redirect("/") }
    sessions.close(cookie)
    var answer = WebAnswer.redirect("/signin")
    answer.setCookie(WebSessions.cookie, "", isSecure: settings.isSecure, isOver: true)
    return answer
  }

  private mutating func signInPage(
    _ error: String? = nil, _ status: HTTPResponse.Status = .forbidden
  ) -> WebAnswer {
    let token = sessions.token()
    let form = PageForm(
      id: "sign-in", action: "/signin", hidden: [.init("csrf", token)],
      fields: [
        PageField(
          "user", "Username", isRequired: true, hint: "The administrator, or an extension for the user portal."),
        PageField("password", "Password", .password, isRequired: true),
      ], buttons: [PageButton("Login")])
    let page = WebPages.page("Login", notices: error.map { [PageNotice(.error, $0)] } ?? [], blocks: [.form(form)])
    // An error of the form's is a page like any other for whoever only counts statuses: what is refused is refused.
    var answer = WebAnswer.page(page, error == nil ? .ok : status)
    answer.setCookie(Self.formCookie, token, isSecure: settings.isSecure)
    return answer
  }
}
