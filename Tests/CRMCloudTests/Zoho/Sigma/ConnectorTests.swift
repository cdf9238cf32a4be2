import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// A connector of Ann's for Zoho Desk, as the guide has it.
struct DeskConnector {
  static let sigma = "https://sigma.zoho.com"
  static let seedRequestURL =
    "https://accounts.zoho.com/oauth/v2/auth?scope=Desk.tickets.READ,Desk.basic.READ,Desk.contacts.READ"
  static let tokenURL = "https://accounts.zoho.com/oauth/v2/token"

  let world: ZohoWorld
  let browser: Browser

  init(requestURL: String = seedRequestURL + "&access_type=offline") throws {
    world = try Developers.world()
    browser = Developers.browser(world)
    browser.open(Self.sigma + "/connectors")
    browser.follow("New connector")
    browser.submit(
      "new-connector",
      ["name": "Desk", "request_url": requestURL, "access_url": Self.tokenURL, "refresh_url": Self.tokenURL])
  }

  /// Where the connector's own page is.
  var page: String {
    browser.open(Self.sigma + "/connectors")
    return Self.sigma + (browser.page.link("Desk") ?? "")
  }

  /// Registers a client and pastes its credentials.
  func enterCredentials() {
    let redirect = browser.page.text(id: "redirect-url") ?? ""
    let client = Developers.registerClient(browser, redirect: redirect)
    browser.open(page + "/credentials")
    browser.submit("credentials", ["client_id": client.id, "client_secret": client.secret])
  }

  func authorize(portal: String = "650000001") {
    browser.submit("authorize")
    if browser.page.form("tenant") != nil { browser.submit("tenant", ["tenant-Desk": portal]) }
    if browser.page.form("consent") != nil { browser.submit("consent", button: "Accept") }
  }

  func add(
    _ name: String = "Tickets", url: String = "https://desk.zoho.com/api/v1/tickets",
    headers: String = "orgId=650000001", parameters: String = ""
  ) {
    browser.open(page + "/apis")
    browser.submit(
      "new-api", ["name": name, "method": "GET", "url": url, "headers": headers, "parameters": parameters])
  }

  /// Presses Execute; the status shown and the response.
  func execute(_ link: String = "tickets", _ values: [String: String] = [:]) -> (status: String?, text: String?) {
    browser.open(page)
    browser.submit("execute-" + link, values)
    return (browser.page.text(id: "status-" + link), browser.page.text(id: "result-" + link))
  }
}

struct ConnectorTests {
  @Test("Seed rows 33 and 35: the connector's form takes three URLs; Save leads to the dialog with the redirect URL")
  func savingAConnectorAsksForTheClientsCredentials() throws {
    let connector = try DeskConnector()
    let page = connector.browser.page
    #expect(page.title == "Client Credentials")
    #expect(page.text(id: "redirect-url")?.hasPrefix("https://sigma.zoho.com/connectors/9000000") ?? false)
    #expect(page.form("credentials")?["client_id"] == "")
    connector.enterCredentials()
    #expect(connector.browser.page.title == "Desk")
    #expect(connector.browser.page.text(id: "authorization") == "Not authorized")
    #expect(connector.browser.page.text(id: "access-url") == DeskConnector.tokenURL)
    #expect(connector.browser.page.text(id: "refresh-url") == DeskConnector.tokenURL)
  }

  @Test("Seed row 37: Authorize Connector asks for the Desk organisation and consent; the token is bound to it")
  func authorizingChoosesAPortalThatTheTokenIsBoundTo() throws {
    let connector = try DeskConnector()
    connector.enterCredentials()
    let browser = connector.browser
    browser.submit("authorize")
    let sent = browser.visited.first { $0.contains("/oauth/v2/auth?") } ?? ""
    #expect(sent.hasPrefix(DeskConnector.seedRequestURL) && sent.parameter("response_type") == "code")
    #expect(sent.parameter("redirect_uri")?.hasSuffix("/callback") ?? false)
    #expect(sent.parameter("client_id")?.hasPrefix("1000.") ?? false)
    #expect(browser.page.title == "Choose an organisation" && browser.page.html.contains("Second Help"))
    browser.submit("tenant", ["tenant-Desk": "650000002"])
    browser.submit("consent", button: "Accept")
    #expect(browser.page.notice == "The connector is authorized.")
    #expect(browser.page.text(id: "authorization") == "Authorized")
    connector.add(headers: "orgId=650000002")
    #expect(connector.execute().text?.contains("Second question") ?? false)
    connector.add("Other", headers: "orgId=650000001")
    let other = connector.execute("other")
    #expect(other.status == "403" && other.text?.contains("OAUTH_ORG_MISMATCH") ?? false)
  }

  @Test("Seed row 38: an API is executed with the token, which is renewed when it has expired")
  func anAPIIsExecutedAndItsTokenRenewed() throws {
    let connector = try DeskConnector()
    connector.enterCredentials()
    connector.authorize()
    connector.add()
    let first = connector.execute()
    #expect(first.status == "200" && first.text?.contains("First question") ?? false)
    connector.world.wait(3601)
    #expect(connector.execute().status == "200")
    connector.world.wait(86_400 * 100)
    #expect(connector.execute().status == "200")
  }

  @Test("Seed row 36: without access_type=offline there is no refresh token, and after an hour the connector is dead")
  func withoutOfflineAccessTheConnectorLivesAnHour() throws {
    let connector = try DeskConnector(requestURL: DeskConnector.seedRequestURL)
    connector.enterCredentials()
    connector.authorize()
    #expect(connector.browser.page.text(id: "authorization")?.hasSuffix("without a refresh token") ?? false)
    connector.add()
    connector.world.wait(3599)
    #expect(connector.execute().status == "200")
    connector.world.wait(1)
    let dead = connector.execute()
    #expect(dead.status == "No answer" && dead.text?.contains("access_type=offline was not asked for") ?? false)
    #expect(connector.browser.page.text(id: "authorization") == "Expired: authorize again")
    #expect(connector.browser.page.notice?.contains("access_type=offline") ?? false)
    connector.browser.submit("authorize")
    #expect(connector.execute().status == "200")
  }

  @Test func dynamicValuesAreFilledIn() throws {
    let connector = try DeskConnector()
    connector.enterCredentials()
    connector.authorize()
    connector.add(
      "One", url: "https://desk.zoho.com/api/v1/${list}", headers: "orgId=${portal}", parameters: "limit=${limit}")
    #expect(connector.browser.page.form("execute-one")?["value-portal"] == "")
    let values = ["value-list": "tickets", "value-portal": "650000001", "value-limit": "1"]
    #expect(connector.execute("one", values).text?.contains("First question") ?? false)
    // A value is one part of the path, whatever is in it.
    let escaped = connector.execute("one", ["value-list": "../../x?y", "value-portal": "1", "value-limit": "1"])
    #expect(escaped.status == "404")
  }

  @Test("Seed row 39: the products that the forum's page only names are no part of the cloud")
  func productsNamedOnlyAreNotServed() throws {
    let world = try Developers.world()
    for host in ["books.zoho.com", "mail.zoho.com", "creator.zoho.com", "github.com", "outlook.office.com"] {
      #expect(world.reply(.get, "https://\(host)/").status == 421)
    }
  }
}
