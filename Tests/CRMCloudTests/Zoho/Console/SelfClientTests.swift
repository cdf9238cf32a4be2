import CRMCloud
import Primitives
import Testing

struct SelfClientTests {
  private static let guideScopes = "ZohoCRM.modules.leads.ALL,ZohoCRM.modules.deals.ALL,ZohoCRM.settings.ALL"

  private struct Credentials {
    var id = ""
    var secret = ""
  }

  private func selfClient(_ browser: Browser) -> Credentials {
    browser.open("https://api-console.zoho.com/add/selfClient")
    browser.submit("add-client")
    return Credentials(
      id: browser.page.text(id: "client-id") ?? "", secret: browser.page.text(id: "client-secret") ?? "")
  }

  private func code(_ browser: Browser, _ change: [String: String?] = [:]) -> String? {
    browser.follow("Generate Code")
    let values: [String: String?] = ["scope": Self.guideScopes, "duration": "10", "description": "UCM"]
    browser.submit("generate-code", values.merging(change) { $1 })
    if browser.page.form("tenant") != nil { browser.submit("tenant") }
    let code = browser.page.text(id: "code")
    browser.follow("Done")
    return code
  }

  @Test("Seed rows 20, 24 and 29: a code of the Self Client, tokens, the guides' scopes")
  func theSelfClientsCodeGivesTokens() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let own = selfClient(browser)
    browser.follow("Generate Code")
    browser.submit("generate-code", ["scope": Self.guideScopes, "duration": "10", "description": "UCM"])
    #expect(browser.page.title == "Select a Portal" && browser.page.form("tenant")?["tenant-ZohoCRM"] == "600000001")
    browser.submit("tenant")
    let code = try #require(browser.page.text(id: "code"))
    let reply = world.token(People.exchange(code, redirect: nil, id: own.id, secret: own.secret))
    let refresh = try #require(reply.member("refresh_token"))
    let token = world.token(People.refresh(refresh, id: own.id, secret: own.secret)).member("access_token")
    #expect(world.api("/crm/v2/Leads", token).status == 200)
    #expect(world.api("/crm/v2/Contacts", token).code == "OAUTH_SCOPE_MISMATCH")
    #expect(world.token(People.exchange(code, redirect: nil, id: own.id, secret: own.secret)).code == "invalid_code")
  }

  @Test func everySelfClientCodeBringsARefreshToken() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let own = selfClient(browser)
    for _ in 1...3 {
      let reply = world.token(People.exchange(code(browser), redirect: nil, id: own.id, secret: own.secret))
      #expect(reply.member("refresh_token") != nil)
    }
  }

  @Test func thereIsOneSelfClientToAnAccount() throws {
    let browser = People.signedIn(try People.world())
    let first = selfClient(browser)
    #expect(!first.id.isEmpty && selfClient(browser).id.isEmpty)
    #expect(browser.page.status == 400 && browser.page.notice == "This account has its self client already.")
  }

  @Test(arguments: [3, 5, 7, 10] as [Int64])
  func aCodeLivesAsLongAsChosen(minutes: Int64) throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let own = selfClient(browser)
    let (inTime, late) = (code(browser, ["duration": "\(minutes)"]), code(browser, ["duration": "\(minutes)"]))
    world.wait(minutes * 60 - 1)
    #expect(world.token(People.exchange(inTime, redirect: nil, id: own.id, secret: own.secret)).code == nil)
    world.wait(1)
    #expect(world.token(People.exchange(late, redirect: nil, id: own.id, secret: own.secret)).code == "invalid_code")
  }

  @Test(
    arguments: [
      ["scope": ""], ["scope": "nothing"], ["scope": "ZohoCRM.modules.leads"], ["duration": "4"], ["duration": ""],
      ["duration": "-3"], ["duration": "99999999999999999999"], ["duration": nil], ["description": ""],
      ["description": String(repeating: "x", count: 201)],
    ] as [[String: String?]])
  func aWrongRequestMakesNoCode(change: [String: String?]) throws {
    let browser = People.signedIn(try People.world())
    _ = selfClient(browser)
    browser.follow("Generate Code")
    let values: [String: String?] = ["scope": Self.guideScopes, "duration": "10", "description": "UCM"]
    browser.submit("generate-code", values.merging(change) { $1 })
    #expect(browser.page.status == 400 && browser.page.fieldErrors.count == 1)
  }

  @Test func anOrganisationOfOthersCannotBeChosen() throws {
    let browser = People.signedIn(try People.world())
    _ = selfClient(browser)
    browser.follow("Generate Code")
    browser.submit("generate-code", ["scope": Self.guideScopes, "duration": "10", "description": "UCM"])
    #expect(browser.submit("tenant", ["tenant-ZohoCRM": "600000003"]).status == 400)
    #expect(browser.page.text(id: "code") == nil)
  }

  @Test("The tenth code in ten minutes is made, the eleventh is not")
  func theEleventhCodeIsRefused() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    _ = selfClient(browser)
    for _ in 1...10 { #expect(code(browser) != nil) }
    browser.submit("generate-code", ["scope": Self.guideScopes, "duration": "10", "description": "UCM"])
    browser.submit("tenant")
    #expect(browser.page.status == 403 && browser.page.notice?.hasPrefix("access_denied") ?? false)
    world.wait(600)
    browser.follow("Back")
    #expect(code(browser) != nil)
  }

  @Test(
    "Seed row 25: a self-client code with the server-based client's id and secret",
    arguments: ZohoCloudSettings.SelfClientBinding.allCases)
  func aMixedExchangeIsASwitch(binding: ZohoCloudSettings.SelfClientBinding) throws {
    var settings = ZohoCloudSettings()
    settings.selfClientBinding = binding
    let world = try People.world(settings)
    let browser = People.signedIn(world)
    _ = selfClient(browser)
    let reply = world.token(People.exchange(code(browser)))
    switch binding {
    case .issuingClient: #expect(reply.text == #"{"error":"invalid_code"}"#)
    case .anyClientOfAccount:
      // The tokens are the client's that exchanged the code.
      #expect(world.token(People.refresh(reply.member("refresh_token"))).member("access_token") != nil)
    }
  }

  @Test func evenTheWideBindingEndsAtTheAccount() throws {
    var settings = ZohoCloudSettings()
    settings.selfClientBinding = .anyClientOfAccount
    var data = People.data
    data.clients.append(
      .init(
        id: "1000.BOB", secret: Secret("s"), name: "Bob's",
        refreshTokens: [.init(token: Secret("t"), scopes: [], userID: "1002")]))
    let world = try ZohoWorld(data, settings)
    let browser = People.signedIn(world)
    _ = selfClient(browser)
    let value = code(browser)
    #expect(world.token(People.exchange(value, id: "1000.BOB", secret: "s")).code == "invalid_code")
    // A code that was sent to a redirect URI is its client's whatever the switch says.
    let sent = People.code(browser, People.authorizationAddress())
    browser.open("https://api-console.zoho.com/")
    browser.follow("Self Client")
    let own = (browser.page.text(id: "client-id") ?? "", browser.page.text(id: "client-secret") ?? "")
    #expect(world.token(People.exchange(sent, redirect: nil, id: own.0, secret: own.1)).code == "invalid_code")
  }
}
