import HTTPTypes
import JSON
import Primitives

extension ZohoCloud {
  /// `accounts.*`.
  mutating func respondAsAccounts(_ request: CloudRequest, at centre: Int, _ now: Instant) -> CloudResponse {
    switch request.parts {
    case ["oauth", "v2", "token"]: token(request, at: centre, now)
    case _: .empty(404)
    }
  }

  /// The browser's session at a data centre and the person signed in; nil for nobody.
  func signedIn(_ request: CloudRequest, at centre: Int)
    -> (cookie: String, session: ZohoBrowserSessions.Session, person: ZohoPerson)?
  {
    let accounts = centres[centre].accounts
    guard let cookie = request.cookie(ZohoBrowserSessions.cookieName), let session = accounts.browsers.session(cookie),
      let person = accounts.person(zuid: session.zuid), person.isActive
    else { return nil }
    return (cookie, session, person)
  }

  /// What a page answers to somebody who is not signed in: to the sign-in page, and from there back here.
  func signInFirst(_ request: CloudRequest, at centre: Int) -> CloudResponse {
    let host = ZohoHosts.at(centres[centre].location)?.accounts ?? ""
    // What was posted would be lost on the way: whoever posts comes back to the page itself.
    let target = "https://\(request.host)" + (request.method == .get ? request.target : request.path)
    return .redirect(to: "https://\(host)/signin?serviceurl=" + PercentEncoding.encode(target))
  }
}
