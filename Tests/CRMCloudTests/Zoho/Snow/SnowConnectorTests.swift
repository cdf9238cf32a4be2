import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// The connector's guide, from the first click to the list of users.
struct SnowConnectorTests {
  private let world: ZohoWorld
  private let browser: Browser

  /// 250 users who are active, one who is not, and one whose profile opens no API.
  init() throws {
    let people = (1...248).map { ZohoCloudData.User(fullName: "User \($0)", profile: "Standard") }
    let data = ZohoCloudData(organisations: [
      .init(
        users: [
          .init(id: "1001", fullName: "Ann Owner", email: Developers.ann, password: Secret(Developers.password)),
          .init(
            id: "1002", fullName: "Noa None", email: "noa@example.com", password: Secret("noa"),
            profile: "No API Access"),
          .init(fullName: "Cleo Closed", email: "cleo@example.com", isActive: false),
        ] + people)
    ])
    world = try ZohoWorld(data)
    browser = Developers.browser(world)
  }

  private func connector() -> SnowConnector {
    let client = Developers.registerClient(browser, redirect: SnowConnector.redirect)
    return SnowConnector(clientID: client.id, clientSecret: client.secret)
  }

  /// Carries effects out until the connector has a result; `window` walks the pages of the embedded window.
  private func carryOut(
    _ event: SnowConnector.Event, _ connector: inout SnowConnector, window: (Browser) -> Void = { Self.accept($0) }
  ) -> String {
    var effect = connector.handle(event)
    for _ in 0..<20 {
      switch effect {
      case .openWindow(let address):
        browser.open(address)
        window(browser)
        effect = connector.handle(.returned(browser.visited.last ?? ""))
      case .post(let address, let form):
        let reply = world.reply(.post, address, body: form)
        effect = connector.handle(.answer(status: reply.status, text: reply.text))
      case .get(let address, let token):
        let reply = world.reply(.get, address, [.authorization: "Zoho-oauthtoken " + token])
        effect = connector.handle(.answer(status: reply.status, text: reply.text))
      case .done(let text), .failed(let text): return text
      }
    }
    return "without end"
  }

  /// What a person in front of the window presses.
  private static func accept(_ browser: Browser) {
    if browser.page.form("signin") != nil {
      browser.submit("signin", ["email": Developers.ann, "password": Developers.password])
    }
    if browser.page.form("tenant") != nil { browser.submit("tenant") }
    if browser.page.form("consent") != nil { browser.submit("consent", button: "Accept") }
  }

  @Test("Seed rows 40 and 44: Get Token signs in and asks for consent, and the active users come in two pages")
  func theActiveUsersAreListedOverTwoPages() throws {
    var connector = connector()
    #expect(carryOut(.getToken, &connector) == "Token authorization succeeded")
    #expect(carryOut(.aggregate, &connector) == "Aggregation succeeded: 250 users")
    #expect(connector.users.contains("User 248") && !connector.users.contains("Cleo Closed"))
    #expect(Set(connector.users).count == 250 && connector.log.isEmpty)
  }

  @Test("Seed row 44: the embedded window signs in a browser that nobody is signed in with")
  func theWindowAsksForASignInFirst() throws {
    var connector = connector()
    browser.open("https://accounts.zoho.com/home")
    browser.signOut()
    let titles = ["Sign in", "Choose an organisation"]
    let result = carryOut(.getToken, &connector) { browser in
      #expect(browser.page.title == titles[0])
      browser.submit("signin", ["email": Developers.ann, "password": Developers.password])
      #expect(browser.page.title == titles[1])
      Self.accept(browser)
    }
    #expect(result == "Token authorization succeeded")
  }

  @Test("Seed row 44: who rejects in the window leaves the connector without a token")
  func aRejectionIsTold() throws {
    var connector = connector()
    let result = carryOut(.getToken, &connector) { browser in
      browser.submit("tenant")
      browser.submit("consent", button: "Reject")
    }
    #expect(result == "Authorization was refused: access_denied")
    #expect(carryOut(.aggregate, &connector) == "There is no token: use Get Token")
  }

  @Test("Seed row 45: a second Get Token brings no refresh token, and the log says so")
  func aSecondGetTokenBringsNoRefreshToken() throws {
    var connector = connector()
    _ = carryOut(.getToken, &connector)
    let second = carryOut(.getToken, &connector) { browser in
      // Consent was given before: no page in between.
      #expect(browser.page.form("consent") == nil)
    }
    #expect(second == "No ZoHo refresh token was included with the authorization response")
    #expect(connector.log == [second])
    // With prompt=consent there is one.
    connector.prompt = "consent"
    #expect(carryOut(.getToken, &connector) == "Token authorization succeeded")
  }

  @Test("Seed row 46: deleting the connected app ends the token, and Get Token makes a new one")
  func deletingTheConnectedAppAndGettingATokenAgain() throws {
    var connector = connector()
    _ = carryOut(.getToken, &connector)
    browser.open("https://accounts.zoho.com/sessions")
    browser.follow("Connected Apps")
    #expect(browser.page.rows("connected-apps").first?.first == "Developer")
    browser.submit("delete-" + connector.clientID)
    #expect(carryOut(.aggregate, &connector) == "Token authorization failed: invalid_code")
    #expect(carryOut(.getToken, &connector) == "Token authorization succeeded")
    #expect(carryOut(.aggregate, &connector) == "Aggregation succeeded: 250 users")
  }

  @Test("Seed row 41: a user whose profile lacks API access authorizes, and then reads nothing")
  func aProfileWithoutAPIAccessReadsNothing() throws {
    var connector = connector()
    let noa = Browser(world)
    noa.signIn("noa@example.com", "noa")
    noa.open(address(of: connector))
    Self.accept(noa)
    guard case .post(let address, let form) = connector.handle(.returned(noa.visited.last ?? "")) else {
      Issue.record("no code: \(noa.page.title)")
      return
    }
    let reply = world.reply(.post, address, body: form)
    _ = connector.handle(.answer(status: reply.status, text: reply.text))
    #expect(carryOut(.aggregate, &connector) == "Aggregation failed: 403 NO_PERMISSION")
  }

  private func address(of connector: SnowConnector) -> String {
    var connector = connector
    guard case .openWindow(let address) = connector.handle(.getToken) else { return "" }
    return address
  }

  @Test("Seed row 42: the client's id and secret are shown at any later time, from the empty console on")
  func theClientIsSetUpFromTheEmptyConsole() throws {
    browser.open("https://api-console.zoho.com/")
    browser.follow("GET STARTED")
    #expect(browser.page.form("add-client") == nil && browser.page.html.contains("Server-based Applications"))
    let connector = connector()
    browser.open("https://api-console.zoho.com/")
    #expect(browser.page.link("ADD CLIENT") != nil)
    browser.follow("Developer")
    #expect(browser.page.form("client")?["redirect_uris"] == SnowConnector.redirect)
    browser.follow("Client Secret")
    #expect(browser.page.text(id: "client-id") == connector.clientID)
    #expect(browser.page.text(id: "client-secret") == connector.clientSecret)
  }

  @Test("Seed row 43: in another region the client is unknown until Multi-DC is switched on for it")
  func anotherRegionTakesMultiDC() throws {
    let client = connector()
    var connector = client
    connector.accounts = "accounts.zoho.eu"
    browser.open(address(of: connector))
    #expect(browser.page.title == "Invalid Client")
    browser.open("https://api-console.zoho.com/client/\(connector.clientID)/settings")
    browser.submit("multi-dc", ["dc-eu": "on", "same-credentials": "on"])
    browser.open(address(of: connector))
    #expect(browser.page.title == "Sign in" && browser.page.address.hasPrefix("https://accounts.zoho.eu/"))
  }

  @Test func aWrongSecretAndAnInactiveConnectorAreTold() throws {
    var connector = connector()
    connector.clientSecret = "wrong"
    #expect(carryOut(.getToken, &connector) == "Token authorization failed: invalid_client_secret")
    connector.isActive = false
    #expect(carryOut(.aggregate, &connector) == "The connector is not active")
  }

  @Test(arguments: ["https://snow.example/callback", "https://snow.example/callback?code=", "about:blank"])
  func aWindowThatClosesWithoutACodeIsTold(address: String) throws {
    var connector = connector()
    let effect = connector.handle(.returned(address))
    if case .post(let place, let form) = effect {
      let reply = world.reply(.post, place, body: form)
      #expect(
        connector.handle(.answer(status: reply.status, text: reply.text))
          == .failed("Token authorization failed: invalid_code"))
    } else {
      #expect(effect == .failed("The window closed without a code"))
    }
  }
}
