import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct ConnectorTroubleTests {
  @Test(arguments: [
    ("name", "", "Enter a name"), ("request_url", "", "The URL is malformed"),
    ("request_url", "https://evil.example/?scope=x", "evil.example is not simulated here"),
    ("access_url", "ftp://accounts.zoho.com/", "The URL is malformed"),
    ("refresh_url", "https://10.0.0.1/token", "10.0.0.1 is not simulated here"),
    ("access_url", "https://accounts.zoho.com/\u{202e}", "The URL is malformed"),
  ])
  func whatIsWrongInTheFormIsToldAtItsField(field: String, value: String, error: String) throws {
    let world = try Developers.world()
    let browser = Developers.browser(world)
    var values = [
      "name": "Desk", "request_url": DeskConnector.seedRequestURL, "access_url": DeskConnector.tokenURL,
      "refresh_url": DeskConnector.tokenURL,
    ]
    values[field] = value
    browser.open(DeskConnector.sigma + "/connectors/new")
    browser.submit("new-connector", values)
    #expect(browser.page.status == 400 && browser.page.fieldErrors.count == 1)
    #expect(browser.page.fieldErrors.first?.contains(error) ?? false)
  }

  @Test func twoConnectorsOfOneNameAreRefused() throws {
    let connector = try DeskConnector()
    connector.browser.open(DeskConnector.sigma + "/connectors/new")
    connector.browser.submit(
      "new-connector",
      [
        "name": "desk", "request_url": DeskConnector.seedRequestURL, "access_url": DeskConnector.tokenURL,
        "refresh_url": DeskConnector.tokenURL,
      ])
    #expect(connector.browser.page.fieldErrors == ["You have a connector of this name."])
  }

  @Test func nothingIsAuthorizedWithoutCredentials() throws {
    let connector = try DeskConnector()
    connector.browser.open(connector.page)
    let page = connector.browser.submit("authorize")
    #expect(page.status == 409 && page.notice == "Enter the client credentials first.")
  }

  @Test(arguments: [("", "x"), ("x", ""), ("ü", "x"), ("x", "\u{0}")])
  func credentialsHaveToBeSome(id: String, secret: String) throws {
    let connector = try DeskConnector()
    let page = connector.browser.submit("credentials", ["client_id": id, "client_secret": secret])
    #expect(page.status == 400 && page.fieldErrors.count == 1)
  }

  @Test func aRedirectURLThatIsNotRegisteredIsToldByTheAccountsServer() throws {
    let connector = try DeskConnector()
    let client = Developers.registerClient(connector.browser, redirect: "https://example.com/other")
    connector.browser.open(connector.page + "/credentials")
    connector.browser.submit("credentials", ["client_id": client.id, "client_secret": client.secret])
    connector.browser.submit("authorize")
    #expect(connector.browser.page.title == "Invalid Redirect URI" && connector.browser.page.status == 400)
  }

  @Test func aWrongSecretIsToldOnTheConnectorsPage() throws {
    let connector = try DeskConnector()
    let redirect = connector.browser.page.text(id: "redirect-url") ?? ""
    let client = Developers.registerClient(connector.browser, redirect: redirect)
    connector.browser.open(connector.page + "/credentials")
    connector.browser.submit("credentials", ["client_id": client.id, "client_secret": "0123"])
    connector.authorize()
    #expect(connector.browser.page.notice == "The token endpoint refused: invalid_client_secret.")
    #expect(connector.browser.page.text(id: "authorization") == "Not authorized")
  }

  @Test func aRefusedConsentIsTold() throws {
    let connector = try DeskConnector()
    connector.enterCredentials()
    connector.browser.submit("authorize")
    connector.browser.submit("tenant")
    connector.browser.submit("consent", button: "Reject")
    #expect(connector.browser.page.notice == "Access was refused: access_denied.")
  }

  @Test func aReturnWithAWrongStateOrNoneIsRefused() throws {
    let connector = try DeskConnector()
    connector.enterCredentials()
    let page = connector.page
    connector.browser.open(page)
    #expect(connector.browser.open(page + "/callback?code=x&state=y").status == 400)
    connector.browser.open(page)
    connector.browser.submit("authorize")
    #expect(connector.browser.open(page + "/callback?code=x").status == 400)
    connector.browser.open(page)
    #expect(connector.browser.page.text(id: "authorization") == "Not authorized")
  }

  @Test func aDeletedConnectedAppIsTold() throws {
    let connector = try DeskConnector()
    connector.enterCredentials()
    connector.authorize()
    connector.add()
    let browser = connector.browser
    browser.open("https://accounts.zoho.com/connectedapps")
    let form = browser.page.formIDs.first { $0.hasPrefix("delete-") } ?? ""
    browser.submit(form)
    let result = connector.execute()
    #expect(result.status == "No answer" && result.text == "The token endpoint refused: invalid_code.")
  }

  @Test(arguments: [
    ("url", "https://evil.example/", "evil.example is not simulated here"), ("url", "desk", "The URL is malformed"),
    ("url", "https://${host}/", "The URL is malformed"), ("name", "", "Enter a name"), ("method", "TRACE", "Choose a"),
  ])
  func anAPIThatLeadsNowhereIsRefused(field: String, value: String, error: String) throws {
    let connector = try DeskConnector()
    connector.browser.open(connector.page + "/apis")
    var values = ["name": "x", "method": "GET", "url": "https://desk.zoho.com/"]
    values[field] = value
    connector.browser.submit("new-api", values)
    let page = connector.browser.page
    #expect(page.status == 400 && page.html.contains(error))
  }

  @Test func anAPIOfAnUnauthorizedConnectorIsNotAsked() throws {
    let connector = try DeskConnector()
    connector.add()
    #expect(connector.execute().text == "The connector is not authorized.")
  }

  @Test func nobodySeesOrUsesAnothersConnector() throws {
    let connector = try DeskConnector()
    let page = connector.page
    let sam = Developers.browser(connector.world, "sam@example.com", "sam")
    #expect(sam.open(DeskConnector.sigma + "/connectors").rows("connectors").isEmpty)
    for path in ["", "/credentials", "/apis", "/callback"] { #expect(sam.open(page + path).status == 404) }
  }

  @Test func aFormWithoutItsProofChangesNothing() throws {
    let connector = try DeskConnector()
    let page = connector.page
    for path in ["/authorize", "/publish", "/delete", "/credentials", "/apis"] {
      #expect(connector.browser.post(page + path, [("csrf", "x")]).status == 403)
    }
    #expect(connector.browser.open(page).status == 200)
  }

  @Test func aDeletedConnectorIsGone() throws {
    let connector = try DeskConnector()
    let page = connector.page
    connector.browser.open(page)
    #expect(connector.browser.submit("delete").rows("connectors").isEmpty)
    #expect(connector.browser.open(page).status == 404)
  }
}
