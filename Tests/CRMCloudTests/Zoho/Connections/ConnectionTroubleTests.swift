import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct ConnectionTroubleTests {
  private let world: ZohoWorld

  init() throws { world = try Developers.world() }

  /// A browser on MailChimp's consent page.
  private func atConsent(_ change: [String: String] = [:]) -> Browser {
    let browser = Developers.browser(world)
    Developers.defineMailChimp(browser, Developers.registerApp(browser, at: "login.mailchimp.com"), change)
    return browser
  }

  @Test(arguments: [
    ("service_name", "", "Enter a name with a letter or digit."), ("service_name", "!!", "Enter a name"),
    ("service_name", "Google Contacts", "There is a service of this name."), ("client_id", " ", "Enter the client id."),
    ("client_secret", "", "Enter the client secret."), ("client_id", "ü", "Enter the client id."),
    ("request_url", "http://login.mailchimp.com/oauth2/authorize", "The URL is malformed"),
    ("request_url", "javascript:alert(1)", "The URL is malformed"),
    ("request_url", "https://evil.example/authorize", "The host evil.example is not simulated here"),
    ("access_url", "https://169.254.169.254/latest/meta-data", "The host 169.254.169.254 is not simulated here"),
    ("access_url", "https://localhost:8080/token", "The URL is malformed"),
    ("access_url", "https://login.mailchimp.com@evil.example/", "The URL is malformed"),
    ("refresh_url", "https://login.mailchimp.com.evil.example/", "is not simulated here"),
    ("refresh_url", "https://[::1]/", "The URL is malformed"), ("refresh_url", "", "The URL is malformed"),
    ("connection_name", "…", "Enter a name with a letter or digit."),
  ])
  func whatIsWrongInTheFormIsToldAtItsField(field: String, value: String, error: String) {
    let browser = Developers.browser(world)
    let page = Developers.defineMailChimp(browser, ("abc", "def"), [field: value])
    #expect(page.status == 400 && page.fieldErrors.count == 1 && page.fieldErrors[0].contains(error))
    // What was entered is still there, but not the secret.
    #expect(page.form("custom-service")?[field == "client_secret" ? "client_id" : field] != nil)
    #expect(!page.html.contains("value=\"def\""))
  }

  @Test func aRefusedConsentLeavesTheConnectionWithTheReason() {
    let browser = atConsent()
    browser.submit("consent", button: "Cancel")
    #expect(browser.page.notice == "Access was refused: access_denied.")
    #expect(browser.page.text(id: "status") == "Not connected")
    // Once more, and granted.
    browser.submit("connect")
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(browser.page.notice == nil && browser.page.text(id: "status") == "Connected")
  }

  @Test(arguments: [
    ("", 400), ("?code=abc", 400), ("?code=abc&state=wrong", 400), ("?error=access_denied&state=x", 400),
  ])
  func aReturnWithAWrongStateChangesNothing(query: String, status: Int) {
    let browser = atConsent()
    let page = browser.open(Developers.delugeCallback + query)
    #expect(page.status == status && page.notice == "The state that came back is not the one that was sent.")
    browser.open(Developers.connections)
    #expect(browser.page.rows("connections").first?.last == "Not connected")
  }

  @Test func aReturnThatNobodyBeganIsRefused() {
    let browser = Developers.browser(world)
    let page = browser.open(Developers.delugeCallback + "?code=abc&state=def")
    #expect(page.status == 400 && page.notice == "No authorization is under way in this browser. Start it again.")
  }

  @Test func aReturnInAnotherBrowserIsRefused() {
    let browser = atConsent()
    let state = browser.page.address.parameter("state") ?? ""
    let other = Developers.browser(world)
    #expect(other.open(Developers.delugeCallback + "?code=abc&state=\(state)").status == 400)
    #expect(Browser(world).open(Developers.delugeCallback + "?code=abc&state=\(state)").title == "Sign in")
  }

  @Test func aForeignCodeIsRefusedByTheProvider() {
    let browser = atConsent()
    let state = browser.page.address.parameter("state") ?? ""
    // A code of another app of the same provider.
    let app = Developers.registerApp(Browser(world), at: "login.mailchimp.com", redirect: "https://example.com/cb")
    let thief = Browser(world)
    thief.open(
      "https://login.mailchimp.com/oauth2/authorize?response_type=code&client_id=\(app.id)"
        + "&redirect_uri=https%3A%2F%2Fexample.com%2Fcb")
    thief.submit("consent", ["account": "eve@example.com"], button: "Allow")
    let code = thief.visited.last?.parameter("code") ?? ""
    #expect(!code.isEmpty)
    browser.open(Developers.delugeCallback + "?code=\(code)&state=\(state)")
    #expect(browser.page.notice == "The token endpoint refused: invalid_grant.")
    #expect(browser.page.text(id: "status") == "Not connected")
  }

  @Test func aCodeCountsOnce() {
    let browser = atConsent()
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    let back = browser.visited.first { $0.hasPrefix(Developers.delugeCallback) } ?? ""
    #expect(browser.open(back).status == 400)
    browser.open(Developers.connections)
    #expect(browser.page.rows("connections").first?.last == "Connected")
  }

  @Test(arguments: [
    ("unavailable", "The token endpoint answered with status 503 and no token."),
    ("nonsense", "The token endpoint answered with status 200 and no token."),
    ("slow", "login.mailchimp.com did not answer within 40 seconds."),
  ])
  func aProviderInTroubleIsTold(trouble: String, notice: String) {
    let browser = atConsent()
    Developers.rehearse(trouble, at: "login.mailchimp.com", Browser(world))
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(browser.page.notice == notice && browser.page.text(id: "status") == "Not connected")
  }

  @Test func aWrongSecretIsTold() {
    let browser = atConsent(["client_secret": "wrong"])
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(browser.page.notice == "The token endpoint refused: invalid_client.")
  }

  @Test func aTokenAddressThatIsAPageIsTold() {
    let browser = atConsent(["access_url": "https://accounts.zoho.com/signin"])
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(browser.page.notice == "The token endpoint answered with status 403 and no token.")
  }

  @Test func aConsentThatTookTooLongIsOver() {
    let browser = atConsent()
    world.wait(599)
    browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(browser.page.text(id: "status") == "Connected")
    browser.submit("connect")
    world.wait(600)
    let page = browser.submit("consent", ["account": "ann@example.com"], button: "Allow")
    #expect(page.status == 400 && page.notice == "This request for consent is over. Start again at the app.")
  }

  @Test func namesAreUnique() {
    let browser = Developers.connectedToMailChimp(world)
    browser.open(Developers.connections + "/new/mailchimp")
    let page = browser.submit("new-connection", ["connection_name": "my chimp"])
    #expect(page.status == 400 && page.fieldErrors == ["There is a connection with the link name my_chimp."])
  }

  @Test(arguments: ["", "/new", "/custom", "/new/zoho_oauth", "/connection/my_chimp"])
  func onlyAdministratorsComeHere(path: String) {
    _ = Developers.connectedToMailChimp(world)
    let page = Developers.browser(world, "sam@example.com", "sam").open(Developers.connections + path)
    #expect(page.status == 403 && page.notice?.contains("Only administrators") ?? false)
  }

  @Test func whatOneOrganisationConnectedIsNotAnothers() {
    _ = Developers.connectedToMailChimp(world)
    let mallory = Developers.browser(world, "mal@example.com", "mal")
    #expect(mallory.open(Developers.connections).rows("connections").isEmpty)
    #expect(mallory.open(Developers.connections + "/connection/my_chimp").status == 404)
  }

  @Test(arguments: ["/connection/my_chimp/connect", "/connection/my_chimp/delete", "/custom", "/new/mailchimp"])
  func aFormWithoutItsProofChangesNothing(path: String) {
    let browser = Developers.connectedToMailChimp(world)
    for pairs in [[], [("csrf", "x")]] {
      #expect(browser.post(Developers.connections + path, pairs).status == 403)
    }
    #expect(browser.open(Developers.connections).rows("connections").count == 1)
  }

  @Test(arguments: ["/nothing", "/new/nothing", "/connection/none", "/connection/my_chimp/x/y"])
  func otherPagesAreNotThere(path: String) {
    #expect(Developers.connectedToMailChimp(world).open(Developers.connections + path).status == 404)
  }

  @Test func whoeverIsSignedOutComesBackAfterSigningIn() {
    let browser = Browser(world)
    #expect(browser.open(Developers.connections + "/custom").title == "Sign in")
    browser.submit("signin", ["email": Developers.ann, "password": Developers.password])
    #expect(browser.page.title == "Custom Service")
  }

  @Test func noPageShowsATokenOrASecret() {
    let browser = Developers.connectedToMailChimp(world)
    let app = Developers.registerApp(Browser(world), at: "login.mailchimp.com")
    for path in ["", "/new", "/custom", "/connection/my_chimp"] {
      #expect(!browser.open(Developers.connections + path).html.contains(app.secret))
    }
  }
}
