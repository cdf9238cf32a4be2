import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `accounts.*`.
  mutating func respondAsAccounts(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    switch (request.parts.first, request.parts.dropFirst().first) {
    case ("oauth", _): respondAsOAuth(request, at: centre, now)
    case ("apiauthtoken", _): respondAsAuthTokens(request, at: centre, now)
    case ("developerconsole", _): respondAsOldConsole(request, at: centre, now)
    case (_, nil): accountsPages(request, at: centre, now)
    case (_, _): .empty(404)
    }
  }

  private mutating func respondAsOAuth(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    switch request.parts.dropFirst().joined(separator: "/") {
    case "v2/auth": authorize(request, at: centre, now)
    case "v2/token": token(request, at: centre, now)
    case "v2/token/revoke": revokeToken(request, at: centre, byClient: false)
    case "v2/revoke/token": revokeToken(request, at: centre, byClient: true)
    case "v2/token/self/authtooauth": exchangeAuthToken(request, at: centre, isOwn: true, now)
    case "v2/token/external/authtooauth": exchangeAuthToken(request, at: centre, isOwn: false, now)
    case "v3/device/code": deviceCode(request, at: centre, now)
    case "v3/device/token": deviceToken(request, at: centre, now)
    case "v3/device": verifyDevice(request, at: centre, now)
    case "user/info": userInfo(request, at: centre, now)
    case "serverinfo": serverInfo()
    case _: .empty(404)
    }
  }

  /// The pages of the accounts server itself.
  private mutating func accountsPages(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    let page = request.parts.first ?? ""
    // A place that is none does not ask for a sign-in, nor does a form that was sent to the root.
    guard Self.pageNames.contains(page), request.method == .get || (request.method == .post && page != "") else {
      return .empty(404)
    }
    switch page {
    case "signin": return signIn(request, at: centre, now)
    case "signin-code": return verifyOneTimeCode(request, at: centre, now)
    case _: break
    }
    guard let visitor = signedIn(request, at: centre) else { return signInFirst(request, at: centre) }
    if request.method == .post, request.form["csrf"] != visitor.session.formToken {
      return forgedForm(visitor.session, at: centre)
    }
    switch page {
    case "logout", "signout": return signOut(request, visitor.cookie, visitor.session, at: centre)
    case "sessions": return sessionsPage(visitor.session, at: centre)
    case "connectedapps": return connectedApps(request, visitor.session, at: centre)
    case "twofactor": return twoFactor(request, visitor.person, visitor.session, at: centre)
    case "apppasswords": return applicationPasswords(request, visitor.person, visitor.session, at: centre, now)
    case "authtokens": return activeAuthTokens(request, visitor.session, at: centre)
    case _: return homePage(visitor.person, visitor.session, at: centre)
    }
  }

  private static let pageNames: Set<String> = [
    "", "home", "signin", "signin-code", "logout", "signout", "sessions", "connectedapps", "twofactor", "apppasswords",
    "authtokens",
  ]

  /// The browser's session at a data centre and the person signed in; nil for nobody.
  func signedIn(_ request: CloudRequest, at centre: Int)
    -> (cookie: String, session: ZohoBrowserSessions.Session, person: ZohoPerson)?
  {
    guard let cookie = request.cookie(ZohoBrowserSessions.cookieName(at: centres[centre].location)),
      let session = centres[centre].accounts.browsers.session(cookie),
      let person = centres[centre].accounts.person(zuid: session.zuid), person.isActive
    else { return nil }
    return (cookie, session, person)
  }

  /// What a page answers to somebody who is not signed in: to the sign-in page, and from there back here.
  func signInFirst(_ request: CloudRequest, at centre: Int) -> CloudResponse {
    // What was posted would be lost on the way: whoever posts comes back to the page itself.
    signInFirst(to: "https://\(request.host)" + (request.method == .get ? request.target : request.path), at: centre)
  }

  /// To the sign-in page, and from there to `target`.
  func signInFirst(to target: String, at centre: Int) -> CloudResponse {
    let host = ZohoHosts.at(centres[centre].location)?.accounts ?? ""
    return .redirect(to: "https://\(host)/signin?serviceurl=" + PercentEncoding.encode(target))
  }
}
