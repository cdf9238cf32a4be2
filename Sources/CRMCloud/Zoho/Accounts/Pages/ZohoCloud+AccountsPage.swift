import CloudPages
import Primitives

extension ZohoCloud {
  /// A page of the accounts server; with `browser` for somebody signed in.
  func accountsPage(
    _ title: String, _ browser: ZohoBrowserSessions.Session?, _ blocks: [PageBlock], notice: PageNotice? = nil,
    status: Int = 200, at centre: Int
  ) -> CloudResponse {
    var page = Page(product: "Zoho Accounts", title: title, session: pageSession(browser, at: centre), blocks: blocks)
    page.notices = notice.map { [$0] } ?? []
    if browser != nil { page.navigation = Self.accountsNavigation }
    return .page(page, status: status)
  }

  /// Who is signed in, for the header of any page of the data centre.
  func pageSession(_ browser: ZohoBrowserSessions.Session?, at centre: Int) -> Page.Session? {
    guard let browser, let person = centres[centre].accounts.person(zuid: browser.zuid),
      let hosts = ZohoHosts.at(centres[centre].location)
    else { return nil }
    return Page.Session(
      name: person.fullName, signOutAction: hosts.signOutAddress, token: browser.formToken)
  }

  /// The answer to a form that the page itself did not send.
  func forgedForm(_ browser: ZohoBrowserSessions.Session, at centre: Int) -> CloudResponse {
    accountsPage(
      "The form is out of date", browser, [.links([PageLink("Back to your account", "/home")])],
      notice: PageNotice(.error, "This form was not sent by its own page. Open the page again and repeat."),
      status: 403, at: centre)
  }

  private static let accountsNavigation = [
    PageLink("Home", "/home"), PageLink("Active Sessions", "/sessions"),
    PageLink("Two Factor Authentication", "/twofactor"), PageLink("Active Authtokens", "/authtokens"),
  ]
}
