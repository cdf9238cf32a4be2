import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct AuthorizationTests {
  @Test("Seed row 22 and 44: sign-in, organisation, consent, redirect with a code, tokens")
  func theWholeWalkEndsInTokens() throws {
    let world = try People.world()
    let browser = Browser(world)
    browser.open(
      People.authorizationAddress(["state": "a&b=c d"], scope: "ZohoCRM.modules.leads.ALL,ZohoCRM.settings.ALL"))
    #expect(browser.page.title == "Sign in")
    browser.submit("signin", ["email": People.ann, "password": People.annPassword])
    #expect(browser.page.title == "Choose an organisation")
    browser.submit("tenant")
    #expect(browser.page.title == "Phone system would like to access the following information")
    #expect(browser.page.text(id: "chosen-ZohoCRM") == "Ann Ltd")
    #expect(browser.page.html.contains("Zoho CRM: Full access to leads records (ZohoCRM.modules.leads.ALL)"))
    browser.submit("consent", button: "Accept")
    // The appliance answers nothing there: the code is read off the address bar.
    let address = browser.page.address
    #expect(address.hasPrefix("https://192.168.0.46:8089/?code=1000.") && browser.page.status == 421)
    #expect(address.hasSuffix("&location=us&accounts-server=https%3A%2F%2Faccounts.zoho.com&state=a%26b%3Dc%20d"))
    let reply = world.token(People.exchange(address.parameter("code")))
    #expect(reply.status == 200 && reply.member("refresh_token") != nil)
    #expect(world.api("/crm/v2/Leads", reply.member("access_token")).status == 200)
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).code == "OAUTH_SCOPE_MISMATCH")
  }

  @Test("Seed row 44: a refusal")
  func aRefusalGoesBackToTheClient() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    browser.open(People.authorizationAddress(["state": "s"]))
    browser.submit("tenant")
    browser.submit("consent", button: "Reject")
    #expect(browser.page.address == "https://192.168.0.46:8089/?error=access_denied&state=s")
    browser.open("https://accounts.zoho.com/connectedapps")
    #expect(browser.page.text(id: "connected-apps") == "No app is connected.")
  }

  @Test("Seed row 26: scope=ZohoCRM.users.ALL and a private redirect address")
  func aRedirectURIWithAQueryKeepsIt() throws {
    let browser = People.signedIn(try People.world())
    let address = People.authorizationAddress(
      ["redirect_uri": "https://example.com/back?x=1"], scope: "ZohoCRM.users.ALL")
    #expect(People.code(browser, address) != nil)
    #expect(browser.page.address.hasPrefix("https://example.com/back?x=1&code="))
  }

  @Test(
    arguments: [
      (["client_id": "1000.NOBODY"], "Invalid Client"), (["client_id": nil], "Invalid Client"),
      (["client_id": ""], "Invalid Client"), (["client_id": People.clientID.lowercased()], "Invalid Client"),
      (["redirect_uri": nil], "Invalid Redirect URI"), (["redirect_uri": ""], "Invalid Redirect URI"),
      (["redirect_uri": "https://192.168.0.46:8089"], "Invalid Redirect URI"),
      (["redirect_uri": "https://192.168.0.46:8089/x"], "Invalid Redirect URI"),
      (["redirect_uri": "HTTPS://192.168.0.46:8089/"], "Invalid Redirect URI"),
      (["redirect_uri": "https://evil.example/"], "Invalid Redirect URI"),
      (["redirect_uri": "https://192.168.0.46:8089/\r\nX: y"], "Invalid Redirect URI"),
      (["response_type": nil], "Invalid Response Type"), (["response_type": "token"], "Invalid Response Type"),
      (["response_type": "CODE"], "Invalid Response Type"), (["scope": nil], "Invalid Scope"),
      (["scope": ""], "Invalid Scope"), (["scope": ",,"], "Invalid Scope"), (["scope": "ZohoCRM"], "Invalid Scope"),
      (["scope": "ZohoCRM.modules"], "Invalid Scope"), (["scope": "ZohoCRM.modules.leads"], "Invalid Scope"),
      (["scope": "ZohoCRM.modules.unicorns.ALL"], "Invalid Scope"), (["scope": "ZohoCRM.nothing.ALL"], "Invalid Scope"),
      (["scope": "ZohoCRM.modules.leads.EAT"], "Invalid Scope"), (["scope": "Nobody.modules.ALL"], "Invalid Scope"),
      (["scope": "ZohoCRM.modules.ALL,x"], "Invalid Scope"), (["scope": "ZohoCRM..ALL"], "Invalid Scope"),
      (["scope": "<script>.a.ALL"], "Invalid Scope"), (["scope": "ZohoCRM.a.b.c.d.e.ALL"], "Invalid Scope"),
      (["client_id": "x", "redirect_uri": "x", "response_type": "x", "scope": "x"], "Invalid Client"),
      (["redirect_uri": "x", "response_type": "x", "scope": "x"], "Invalid Redirect URI"),
      (["response_type": "x", "scope": "x"], "Invalid Response Type"),
    ] as [([String: String?], String)])
  func aPageNamesWhatIsWrongAndNothingIsRedirected(change: [String: String?], title: String) throws {
    let browser = People.signedIn(try People.world())
    let page = browser.open(People.authorizationAddress(change))
    #expect(page.status == 400 && page.title == title && page.notice != nil)
    #expect(!page.html.contains("<script>") && page.address.hasPrefix("https://accounts.zoho.com/"))
  }

  @Test(arguments: [
    "ZohoCRM.modules.ALL", "zohocrm.Modules.Leads.read", "ZohoCRM.settings.fields.READ", "ZohoCRM.coql.READ",
    "ZohoSearch.securesearch.READ", "PhoneBridge.call.log", "PhoneBridge.zohoone.search", "AaaServer.profile.READ",
    "ZohoWriter.documentEditor.ALL", "ZohoCRM.org.READ, ZohoCRM.users.ALL", "ZohoCRM.modules.contacts.WRITE",
  ])
  func knownScopesAreTaken(scope: String) throws {
    let browser = People.signedIn(try People.world())
    #expect(People.code(browser, People.authorizationAddress(scope: scope)) != nil)
  }

  @Test(arguments: [(100, true), (101, false)])
  func aHundredScopesAreTheMost(count: Int, isTaken: Bool) throws {
    let browser = People.signedIn(try People.world())
    let scope = (1...count).map { "ZohoCRM.settings.s\($0).READ" }.joined(separator: ",")
    #expect((People.code(browser, People.authorizationAddress(scope: scope)) != nil) == isTaken)
  }

  @Test func theOrganisationChosenIsTheOneTheTokensOpen() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    browser.open(People.authorizationAddress())
    let form = try #require(browser.page.form("tenant"))
    #expect(form["tenant-ZohoCRM"] == "600000001" && browser.page.html.contains("Ann&#39;s Second"))
    browser.submit("tenant", ["tenant-ZohoCRM": "600000002"])
    #expect(browser.page.text(id: "chosen-ZohoCRM") == "Ann's Second")
    browser.submit("consent", button: "Accept")
    let reply = world.token(People.exchange(browser.page.address.parameter("code")))
    // The second organisation is empty.
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).status == 204)
  }

  @Test(arguments: ["600000003", "600000009", "", "x", "600000001,600000002"])
  func anOrganisationOfOthersCannotBeChosen(id: String) throws {
    let browser = People.signedIn(try People.world())
    browser.open(People.authorizationAddress())
    #expect(browser.submit("tenant", ["tenant-ZohoCRM": id]).status == 400)
    #expect(browser.page.notice == "Choose one of those shown.")
  }

  @Test func anOrganisationOfOthersCannotBeSlippedIntoTheConsentEither() throws {
    let browser = People.signedIn(try People.world())
    browser.open(People.authorizationAddress())
    browser.submit("tenant")
    browser.submit("consent", ["tenant-ZohoCRM": "600000003"], button: "Accept")
    #expect(browser.page.address.hasPrefix("https://accounts.zoho.com/") && browser.page.status == 400)
  }

  @Test(arguments: [
    ("sandbox", "600000001", true), ("developer", "600000002", true), ("sandbox", "600000002", false),
    ("moon", "600000001", false),
  ])
  func aSandboxIsChosenWhereTheEditionHasOne(environment: String, organisation: String, isTaken: Bool) throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    browser.open(People.authorizationAddress())
    browser.submit("tenant", ["environment": environment, "tenant-ZohoCRM": organisation])
    #expect((browser.page.form("consent") != nil) == isTaken)
    guard isTaken else { return }
    browser.submit("consent", button: "Accept")
    let reply = world.token(People.exchange(browser.page.address.parameter("code")))
    #expect(reply.member("access_token") != nil)
  }

  @Test("Seed row 35 and 37: the same server for Desk's scopes, with Desk's portals to choose")
  func desksScopesChooseAPortal() throws {
    var data = People.data
    data.organisations[0].deskPortals = [.init(companyName: "Ann Help", portalName: "annhelp")]
    let world = try ZohoWorld(data)
    let browser = People.signedIn(world)
    browser.open(
      People.authorizationAddress(scope: "Desk.tickets.READ,Desk.basic.READ,Desk.contacts.READ"))
    #expect(browser.page.html.contains("Ann Help") && browser.page.form("tenant")?["tenant-Desk"] != nil)
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
    #expect(browser.page.address.parameter("code") != nil)
  }

  @Test func withoutAnOrganisationThereIsNothingToGrant() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    for id in ["1001", "1003"] { _ = world.cloud.carryOut(.setUser(id: id, isEnabled: false), at: world.now) }
    let page = browser.open(People.authorizationAddress())
    #expect(page.status == 403 && page.notice == "You work in no organisation of Zoho CRM.")
  }

  @Test func aConsentThatThePageDidNotSendIsNone() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    browser.open(People.authorizationAddress())
    browser.submit("tenant")
    for csrf in [nil, "", "0"] {
      browser.open(People.authorizationAddress())
      browser.submit("tenant")
      #expect(browser.submit("consent", ["csrf": csrf], button: "Accept").status == 403)
    }
    // Somebody lured to an address that answers the question by itself is asked all the same.
    browser.open(People.authorizationAddress(["decision": "accept", "tenant-ZohoCRM": "600000001"]))
    #expect(browser.page.title == "Choose an organisation")
  }

  @Test func whoeverIsSignedOutBeforeTheConsentStartsAgain() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    browser.open(People.authorizationAddress(["state": "s"]))
    let form = try #require(browser.page.form("tenant"))
    let stranger = Browser(world)
    stranger.post("https://accounts.zoho.com/oauth/v2/auth", form.values)
    #expect(stranger.page.title == "Sign in")
    stranger.submit("signin", ["email": People.ann, "password": People.annPassword])
    #expect(stranger.page.title == "Choose an organisation" && stranger.page.form("tenant")?["state"] == "s")
  }

  @Test func aScriptIsAnsweredWithATokenInTheFragment() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let change = ["client_id": People.scriptID, "redirect_uri": "https://example.com/script", "response_type": "token"]
    browser.open(People.authorizationAddress(change.mapValues { $0 }))
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
    let address = browser.page.address
    #expect(address.hasPrefix("https://example.com/script#access_token=1000."))
    #expect(address.parameter("expires_in") == "3600" && address.parameter("refresh_token") == nil)
    #expect(world.api("/crm/v2/Contacts", address.parameter("access_token")).status == 200)
    let code = browser.open(
      People.authorizationAddress(change.merging(["response_type": "code"]) { $1 }.mapValues { $0 }))
    #expect(code.title == "Invalid Response Type")
  }

  @Test("The tenth code in ten minutes is made, the eleventh is not")
  func theEleventhCodeIsRefused() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    for _ in 1...10 { #expect(People.code(browser, People.authorizationAddress()) != nil) }
    world.wait(599)
    browser.open(People.authorizationAddress(["state": "s"]))
    #expect(browser.page.address == "https://192.168.0.46:8089/?error=access_denied&state=s")
    world.wait(1)
    #expect(People.code(browser, People.authorizationAddress()) != nil)
  }

  @Test("Seed row 43: a client works where Multi-DC enables it", arguments: [true, false])
  func aClientWorksWhereItIsEnabled(isEnabled: Bool) throws {
    var data = People.data
    if isEnabled { data.clients[0].otherDataCentres = ["eu": Secret("eu secret")] }
    let world = try ZohoWorld(data)
    let browser = Browser(world)
    browser.signIn(People.eve, People.evePassword, at: "accounts.zoho.eu")
    let code = People.code(browser, People.authorizationAddress(host: "accounts.zoho.eu"))
    #expect((code != nil) == isEnabled)
    guard isEnabled else {
      #expect(browser.page.title == "Invalid Client")
      #expect(world.token(People.exchange("x"), at: "accounts.zoho.eu").code == "invalid_client")
      return
    }
    #expect(browser.page.address.parameter("location") == "eu")
    #expect(browser.page.address.parameter("accounts-server") == "https://accounts.zoho.eu")
    // A code of one data centre is none in another, and each has a secret of its own.
    #expect(world.token(People.exchange(code)).code == "invalid_code")
    #expect(world.token(People.exchange(code), at: "accounts.zoho.eu").code == "invalid_client_secret")
    let reply = world.token(People.exchange(code, secret: "eu secret"), at: "accounts.zoho.eu")
    #expect(reply.member("api_domain") == "https://www.zohoapis.eu")
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token"), host: "www.zohoapis.eu").status == 204)
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).code == "INVALID_TOKEN")
  }

  @Test func someoneOfAnotherDataCentreIsLedThereAndBackWithItsLocation() throws {
    var data = People.data
    data.clients[0].otherDataCentres = ["eu": Secret(People.secret)]
    let browser = Browser(try ZohoWorld(data))
    browser.open(People.authorizationAddress())
    browser.submit("signin", ["email": People.eve, "password": People.evePassword])
    browser.submit("signin", ["email": People.eve, "password": People.evePassword])
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
    #expect(browser.page.address.parameter("location") == "eu")
  }
}
