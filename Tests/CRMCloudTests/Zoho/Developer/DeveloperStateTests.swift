import CRMCloud
import Foundation
import HTTPTypes
import Primitives
import TestSupport
import Testing

/// What a server keeps of the developers' things, and what it makes of requests nobody would send.
struct DeveloperStateTests {
  /// Stops and starts the server between every two clicks.
  private func restart(_ world: ZohoWorld) throws {
    world.cloud = try JSONDecoder().decode(ZohoCloud.self, from: try JSONEncoder().encode(world.cloud))
  }

  @Test func aConsentUnderWaySurvivesARestartOfTheServer() throws {
    let world = try Developers.world()
    let browser = Developers.browser(world)
    let app = Developers.registerApp(browser, at: "login.mailchimp.com")
    try restart(world)
    Developers.defineMailChimp(browser, app)
    try restart(world)
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    try restart(world)
    #expect(browser.open(Developers.connections + "/connection/my_chimp").text(id: "status") == "Connected")
    let script = "return invokeurl [ url :\"https://us6.api.mailchimp.com/3.0\" connection:\"my_chimp\" ];"
    Developers.run(browser, script)
    try restart(world)
    browser.open(Developers.functions + "/test")
    #expect(browser.page.output?.contains("ann@example.com") ?? false)
    #expect(browser.submit("run").output?.contains("ann@example.com") ?? false)
  }

  @Test func theSameClicksGiveTheSameBytes() throws {
    func run() throws -> [String] {
      let world = try Developers.world()
      let browser = Developers.connectedToMailChimp(world)
      let script = "return invokeurl [ url :\"https://us6.api.mailchimp.com/3.0/lists\" connection:\"my_chimp\" ];"
      return [Developers.run(browser, script).html, browser.open(Developers.connections).html] + browser.visited
    }
    #expect(try run() == run())
  }

  @Test func anotherDataCentreHasConnectionsOfItsOwn() throws {
    var data = Developers.data
    data.organisations[1].dataCentre = "eu"
    let world = try ZohoWorld(data)
    _ = Developers.connectedToMailChimp(world)
    let browser = Browser(world)
    browser.signIn("mal@example.com", "mal", at: "accounts.zoho.eu")
    let connections = "https://crm.zoho.eu/crm/settings/connections"
    #expect(browser.open(connections).rows("connections").isEmpty)
    browser.open(connections + "/new/zoho_oauth")
    browser.submit("new-connection", ["connection_name": "CRM"])
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
    #expect(browser.page.address == connections + "/connection/crm" && browser.page.text(id: "status") == "Connected")
    #expect(browser.open("https://crm.zoho.com/crm/settings/connections").title == "Sign in")
  }

  @Test func whoAdministersTwoOrganisationsConnectsEach() throws {
    var data = Developers.data
    data.organisations[1].users.append(
      .init(id: "1009", fullName: "Ann Owner", email: Developers.ann, password: Secret(Developers.password)))
    let world = try ZohoWorld(data)
    let browser = Developers.browser(world)
    browser.open("https://crm.zoho.com/crm/org600000002/settings")
    browser.follow("Connections")
    browser.follow("Create Connection")
    browser.follow("Google Contacts")
    browser.submit("new-connection", ["connection_name": "Second"])
    browser.submit("consent", ["account": "ann@example.org"], button: "Allow")
    #expect(browser.page.address == "https://crm.zoho.com/crm/org600000002/settings/connections/connection/second")
    #expect(browser.page.text(id: "status") == "Connected")
    #expect(browser.open(Developers.connections).rows("connections").isEmpty)
    #expect(browser.open("https://crm.zoho.com/crm/org600000003/settings/connections").status == 403)
  }

  @Test(arguments: [
    "https://accounts.zoho.com/home", "https://api-console.zoho.com/", "https://sigma.zoho.com/connectors",
    "https://desk.zoho.com/", "https://crm.zoho.com/", Developers.connections, Developers.functions,
  ])
  func theButtonSignOutSignsOutFromEveryProduct(address: String) throws {
    let browser = Developers.browser(try Developers.world())
    #expect(browser.open(address).status == 200)
    #expect(browser.signOut().title == "Sign in")
    #expect(browser.open(address).title == "Sign in")
  }

  @Test func everyHostOfTheListIsServed() throws {
    let world = try Developers.world()
    let names = world.cloud.hosts.map(\.name)
    #expect(Set(names).count == names.count)
    for name in ["sigma.zoho.com", "deluge.zoho.eu", "login.mailchimp.com", "us6.api.mailchimp.com"] {
      #expect(names.contains(name))
    }
    for name in names { #expect(world.reply(.get, "https://\(name)/page.css").status != 421, "\(name)") }
  }

  @Test(arguments: 0..<16 as Range<UInt64>)
  func whateverIsAskedIsAnsweredWithAKnownStatus(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    let world = try Developers.world()
    let browser = Developers.connectedToMailChimp(world)
    Developers.run(browser, "return 1;")
    let csrf = browser.page.form("edit")?["csrf"] ?? ""
    let hosts = [
      "crm.zoho.com/crm/settings/connections", "crm.zoho.com/crm/settings/functions", "sigma.zoho.com", "desk.zoho.com",
      "desk.zoho.com/api/v1", "deluge.zoho.com/delugeauth/callback", "login.mailchimp.com", "accounts.google.com/o",
      "us6.api.mailchimp.com/3.0", "people.googleapis.com/v1", "oauth2.googleapis.com/token",
      "www.zohoapis.com/crm/v2/functions/test/actions/execute", "login.microsoftonline.com/x/oauth2/v2.0",
    ]
    let pieces = [
      "/", "new", "custom", "connection", "my_chimp", "connect", "test", "run", "save", "connectors", "extensions",
      "apis",
      "callback", "authorize", "oauth2", "token", "registered-apps", "lists", "members", "%00", "%2f", "..", "é", "?",
      "code=x", "&state=y", "error=%0d%0a", "auth_type=apikey", "&zapikey=", "limit=-1", "people", "me",
    ]
    let bodies = [
      "csrf=" + csrf, "&name=x", "&script=return%201%3B", "{}", "\u{0}", "&decision=allow", "=&=%", "&count=9e9",
    ]
    for _ in 0..<100 {
      let path = (0..<Int(dice.next() % 6)).map { _ in dice.pick(pieces) }.joined(separator: dice.pick(["/", ""]))
      let body = (0..<Int(dice.next() % 4)).map { _ in dice.pick(bodies) }.joined()
      let address = "https://" + dice.pick(hosts) + dice.pick(["/", "", "?"]) + path
      let answer = dice.next() % 2 == 0 ? browser.open(address) : browser.post(address, [("csrf", csrf), ("x", body)])
      let known = [-1, 200, 204, 400, 401, 403, 404, 405, 409, 421, 422, 500]
      #expect(known.contains(answer.status), "seed \(seed): \(address)")
    }
  }
}
