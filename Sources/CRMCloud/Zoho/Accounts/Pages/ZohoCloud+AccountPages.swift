import CloudPages
import HTTPTypes
import Primitives

extension ZohoCloud {
  /// `/home`.
  func homePage(
    _ person: ZohoPerson, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    let hosts = ZohoHosts.at(centres[centre].location)
    return accountsPage(
      "Home", browser,
      [
        .facts([
          PageFact(id: "name", "Name", person.fullName), PageFact(id: "email", "Email address", person.email),
          PageFact(id: "data-centre", "Data centre", centres[centre].location),
        ]),
        .links([
          PageLink("Active Sessions", "/sessions"), PageLink("Connected Apps", "/connectedapps"),
          PageLink("Two Factor Authentication", "/twofactor"),
          PageLink("Manage Application Specific Passwords", "/apppasswords"),
          PageLink("Active Authtokens", "/authtokens"), PageLink("Zoho CRM", "https://\(hosts?.crm ?? "")/"),
          PageLink("API Console", "https://\(hosts?.console ?? "")/"),
        ]),
      ], at: centre)
  }

  /// `/sessions`: browsers signed in, and the way to the connected apps.
  func sessionsPage(_ browser: ZohoBrowserSessions.Session, at centre: Int) -> CloudResponse {
    let sessions = centres[centre].accounts.browsers.sessions(of: browser.zuid)
    let rows = sessions.map { session in
      [PageCell.text(Self.time(session.signedInAt)), .text(session == browser ? "This browser" : "Another browser")]
    }
    return accountsPage(
      "Active Sessions", browser,
      [
        .links([PageLink("Connected Apps", "/connectedapps")]),
        .table(
          PageTable(
            id: "sessions", caption: "Browsers signed in", columns: ["Signed in at", "Browser"], rows: rows,
            emptyText: "Nobody is signed in.")),
      ], at: centre)
  }

  /// `/connectedapps`: the clients let in; deleting one ends its tokens and the consent (documented).
  mutating func connectedApps(
    _ request: CloudRequest, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    if request.method == .post {
      let party = ZohoTokenStore.Party(clientID: request.form["client_id"] ?? "", zuid: browser.zuid)
      guard centres[centre].accounts.tokens.connectedApp(party) != nil else {
        return connectedAppsPage(browser, error: "This app is not connected.", at: centre)
      }
      centres[centre].accounts.tokens.revokeAll { $0 == party }
      return .redirect(to: "/connectedapps")
    }
    return connectedAppsPage(browser, at: centre)
  }

  private func connectedAppsPage(
    _ browser: ZohoBrowserSessions.Session, error: String? = nil, at centre: Int
  ) -> CloudResponse {
    let rows = centres[centre].accounts.tokens.connectedApps(of: browser.zuid).map { app -> [PageCell] in
      let id = app.session.clientID
      let form = PageForm(
        id: "delete-" + id, action: "/connectedapps",
        hidden: [.init("client_id", id), .init("csrf", browser.formToken)], buttons: [PageButton("Delete")])
      return [
        .text(clients[id]?.name ?? "Deleted client"), .text(app.session.scopes.listed.joined(separator: ", ")),
        .text(Self.time(app.createdAt)), .button(form),
      ]
    }
    let table = PageTable(
      id: "connected-apps", caption: "Apps you let into your account",
      columns: ["Name", "Scopes", "Connected at", "Delete"], rows: rows, emptyText: "No app is connected.")
    return accountsPage(
      "Connected Apps", browser, [.table(table)], notice: error.map { PageNotice(.error, $0) },
      status: error == nil ? 200 : 404, at: centre)
  }

  /// `/authtokens`: tokens of the v1 API, by their first digits: the whole is shown only when it is made.
  mutating func activeAuthTokens(
    _ request: CloudRequest, _ browser: ZohoBrowserSessions.Session, at centre: Int
  ) -> CloudResponse {
    let tokens = centres[centre].accounts.authTokens(of: browser.zuid)
    if request.method == .post {
      let token = tokens.first { String($0.value.value.prefix(8)) == request.form["token"] }
      guard let token, centres[centre].accounts.removeAuthToken(token.value.value) else {
        return accountsPage(
          "Active Authtokens", browser, [.links([PageLink("Active Authtokens", "/authtokens")])],
          notice: PageNotice(.error, "There is no such token."), status: 404, at: centre)
      }
      return .redirect(to: "/authtokens")
    }
    let rows = tokens.map { token -> [PageCell] in
      let start = String(token.value.value.prefix(8))
      let form = PageForm(
        id: "remove-" + start, action: "/authtokens",
        hidden: [.init("token", start), .init("csrf", browser.formToken)], buttons: [PageButton("Remove")])
      return [
        .text(start + "…"), .text(token.displayName), .text(token.scope), .text(Self.time(token.createdAt)),
        .button(form),
      ]
    }
    let table = PageTable(
      id: "authtokens", caption: "Tokens of the legacy API",
      columns: ["Token", "Application", "Scope", "Created at", "Remove"], rows: rows, emptyText: "No token is active.")
    return accountsPage("Active Authtokens", browser, [.table(table)], at: centre)
  }

  /// `YYYY-MM-DD HH:MM:SS UTC`.
  static func time(_ instant: Instant) -> String { SiteTimeZone.utc.local(instant).text + " UTC" }
}
