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
}
