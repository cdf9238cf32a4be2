import CRMCloud
import HTTPTypes
import Primitives

/// Ann, who administers an organisation with two help desks, and what she does as a developer.
enum Developers {
  static let ann = "ann@example.com"
  static let password = "ann's password"

  static var data: ZohoCloudData {
    ZohoCloudData(
      organisations: [
        .init(
          name: "Ann Ltd",
          users: [
            .init(id: "1001", fullName: "Ann Owner", email: ann, password: Secret(password)),
            .init(
              id: "1002", fullName: "Sam Standard", email: "sam@example.com", password: Secret("sam"),
              profile: "Standard"),
          ], contacts: [.init(firstName: "Bo", lastName: "Tester", phone: "5550100", email: "bo@example.com")],
          deskPortals: [
            .init(
              companyName: "First Help", portalName: "first", contacts: [.init(lastName: "Asker")],
              tickets: [.init(subject: "First question")]),
            .init(
              companyName: "Second Help", portalName: "second", tickets: [.init(subject: "Second question")]),
          ]),
        .init(
          name: "Mallory Inc",
          users: [.init(id: "1003", fullName: "Mallory", email: "mal@example.com", password: Secret("mal"))]),
      ])
  }

  static func world(_ settings: ZohoCloudSettings = ZohoCloudSettings()) throws -> ZohoWorld {
    try ZohoWorld(data, settings)
  }

  static func browser(_ world: ZohoWorld, _ email: String = ann, _ password: String = password) -> Browser {
    let browser = Browser(world)
    browser.signIn(email, password)
    return browser
  }

  /// Registers a server-based client in the API console; returns its id and secret.
  static func registerClient(_ browser: Browser, redirect: String) -> (id: String, secret: String) {
    browser.open("https://api-console.zoho.com/add/serverBased")
    browser.submit(
      "add-client", ["name": "Developer", "homepage": "https://example.com", "redirect_uris": redirect])
    return (browser.page.text(id: "client-id") ?? "", browser.page.text(id: "client-secret") ?? "")
  }

  /// Registers an app with a provider outside; returns its id and secret.
  static func registerApp(
    _ browser: Browser, at host: String, redirect: String = delugeCallback
  ) -> (id: String, secret: String) {
    browser.open("https://\(host)/registered-apps")
    browser.submit("register", ["name": "My CRM", "redirect_uris": redirect])
    let row = browser.page.rows("apps").last ?? []
    return row.count > 2 ? (row[1], row[2]) : ("", "")
  }

  static func rehearse(_ trouble: String, at host: String, _ browser: Browser) {
    browser.open("https://\(host)/registered-apps")
    browser.submit("troubles", ["trouble": trouble])
  }

  static let delugeCallback = "https://deluge.zoho.com/delugeauth/callback"
  static let connections = "https://crm.zoho.com/crm/settings/connections"
  static let functions = "https://crm.zoho.com/crm/settings/functions"

  /// Fills the custom service's form in for MailChimp and presses Create and Connect.
  @discardableResult static func defineMailChimp(
    _ browser: Browser, _ app: (id: String, secret: String), _ change: [String: String] = [:]
  ) -> WebPage {
    let addresses = "https://login.mailchimp.com/oauth2/"
    var values = [
      "service_name": "MailChimp", "client_id": app.id, "client_secret": app.secret,
      "request_url": addresses + "authorize", "access_url": addresses + "token", "refresh_url": addresses + "token",
      "connection_name": "My Chimp",
    ]
    values.merge(change) { $1 }
    browser.open(connections + "/custom")
    return browser.submit("custom-service", values)
  }

  /// A browser of Ann's whose organisation is connected to MailChimp as `my_chimp`.
  static func connectedToMailChimp(_ world: ZohoWorld) -> Browser {
    let browser = browser(world)
    defineMailChimp(browser, registerApp(browser, at: "login.mailchimp.com"))
    browser.submit("consent", ["account": ann], button: "Allow")
    return browser
  }

  /// Makes a function; runs it once with these arguments. The browser is then on its page.
  @discardableResult static func run(
    _ browser: Browser, _ script: String, _ arguments: [(name: String, value: String)] = [], name: String = "test"
  ) -> WebPage {
    browser.open(functions + "/new")
    browser.submit(
      "new-function", ["name": name, "script": script, "arguments": arguments.map(\.name).joined(separator: ",")])
    guard browser.page.form("run") != nil else { return browser.page }
    let values = arguments.map { ("argument-" + $0.name, String?.some($0.value)) }
    return browser.submit("run", Dictionary(values) { first, _ in first })
  }
}

extension Browser {
  /// Presses the button of the page's header.
  @discardableResult func signOut() -> WebPage {
    let form = /<form class="session" method="post" action="([^"]*)"><input type="hidden" name="csrf" value="([^"]*)">/
    guard let match = page.html.firstMatch(of: form) else { return page }
    return post(WebPage.plain(String(match.1)), [("csrf", String(match.2))])
  }
}

extension WebPage {
  /// Of a function's last run.
  var output: String? { text(id: "output") }
  var log: String? { text(id: "log") }
  var problem: String? { text(id: "run-problem") }
}
