import CRMCloud
import Primitives
import Testing

/// `accounts.*/developerconsole`.
struct OldConsoleTests {
  private static let home = "https://accounts.zoho.com/developerconsole"
  private static let scopes = "ZohoCRM.modules.leads.ALL,ZohoCRM.modules.deals.ALL,ZohoCRM.settings.ALL"

  private func create(_ browser: Browser, _ change: [String: String?] = [:]) {
    browser.open(Self.home)
    browser.follow("Add Client ID")
    let values: [String: String?] = [
      "name": "UCM", "homepage": "example.com", "redirect_uris": "https://dummy.example/", "type": "serverBased",
    ]
    browser.submit("add-client", values.merging(change) { $1 })
  }

  @Test("Seed rows 17, 18, 19 and 21: client, Self-Client, View Code, tokens")
  func theGuidesWalkEndsInARefreshToken() throws {
    let world = try People.world()
    let browser = Browser(world)
    browser.open(Self.home)
    browser.submit("signin", ["email": People.ann, "password": People.annPassword])
    #expect(browser.page.title == "Developer Console")
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    let secret = try #require(browser.page.text(id: "client-secret"))
    browser.follow("Close")
    #expect(browser.page.rows("clients").last?.prefix(2) == ["UCM", id])
    browser.open("\(Self.home)/self/\(id)")
    browser.submit("self-client", ["scope": Self.scopes, "duration": "10"])
    let code = try #require(browser.page.text(id: "code"))
    // The guide's own redirect URI goes along, which a self-client code does not need.
    let redirect = "https://dummy.example/"
    let reply = world.token(People.exchange(code, redirect: redirect, id: id, secret: secret))
    #expect(reply.member("refresh_token") != nil)
    #expect(world.api("/crm/v2/Leads", reply.member("access_token")).status == 200)
    browser.follow("Close")
    #expect(browser.page.title == "Developer Console")
  }

  @Test func theCodeIsTheRowsClients() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    browser.open("\(Self.home)/self/\(id)")
    browser.submit("self-client", ["scope": Self.scopes, "duration": "3"])
    let code = browser.page.text(id: "code")
    #expect(world.token(People.exchange(code)).code == "invalid_code")
  }

  @Test(arguments: [(179, nil), (180, "invalid_code")] as [(Int64, String?)])
  func aCodePastItsMinutesIsInvalid(seconds: Int64, error: String?) throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    browser.open("\(Self.home)/self/\(People.clientID)")
    browser.submit("self-client", ["scope": Self.scopes, "duration": "3"])
    let code = browser.page.text(id: "code")
    world.wait(seconds)
    #expect(world.token(People.exchange(code, redirect: nil)).code == error)
  }

  @Test(
    arguments: [
      ["name": ""], ["name": "a/b"], ["homepage": ""], ["homepage": "not a domain"], ["homepage": "javascript:x"],
      ["redirect_uris": "dummy"], ["redirect_uris": ""], ["type": nil], ["type": "nonBrowser"], ["type": "selfClient"],
    ] as [[String: String?]])
  func aWrongClientIsNotCreated(change: [String: String?]) throws {
    let browser = People.signedIn(try People.world())
    create(browser, change)
    #expect(browser.page.status == 400 && browser.page.fieldErrors.count == 1)
  }

  @Test(arguments: ["http://example.com", "example.com", "localhost"])
  func aDomainOrAnAddressWillDo(domain: String) throws {
    let browser = People.signedIn(try People.world())
    create(browser, ["homepage": domain])
    #expect(browser.page.text(id: "client-id") != nil)
  }

  @Test func theRowIsEditedAndDeleted() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    browser.submit("client", ["name": "UCM 2"])
    #expect(browser.page.rows("clients").last?.first == "UCM 2")
    browser.open("\(Self.home)/edit/\(id)")
    #expect(browser.submit("client", ["name": "?"]).status == 400)
    browser.open(Self.home)
    browser.submit("delete-" + id)
    #expect(!browser.page.html.contains(id) && browser.open("\(Self.home)/edit/\(id)").status == 404)
    #expect(world.token(People.exchange("x", id: id)).code == "invalid_client")
  }

  @Test(arguments: [["scope": "x"], ["scope": ""], ["duration": "4"], ["duration": nil]] as [[String: String?]])
  func aWrongSelfClientRequestMakesNoCode(change: [String: String?]) throws {
    let browser = People.signedIn(try People.world())
    browser.open("\(Self.home)/self/\(People.clientID)")
    let values: [String: String?] = ["scope": Self.scopes, "duration": "3"]
    browser.submit("self-client", values.merging(change) { $1 })
    #expect(browser.page.status == 400 && browser.page.text(id: "code") == nil)
  }

  @Test(arguments: ["/x", "/self", "/self/x/y", "/menu/" + People.clientID])
  func otherPathsAreNotServed(path: String) throws {
    #expect(People.signedIn(try People.world()).open(Self.home + path).status == 404)
  }
}
