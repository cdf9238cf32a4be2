import CRMCloud
import Primitives
import Testing

struct ConsoleTests {
  private static let home = "https://api-console.zoho.com/"
  private let world: ZohoWorld

  init() throws {
    var data = People.data
    data.clients = []
    world = try ZohoWorld(data)
  }

  private func create(_ browser: Browser, _ change: [String: String?] = [:]) {
    browser.open(Self.home + "add/serverBased")
    let values: [String: String?] = [
      "name": "Phone_system & more", "homepage": "http://example.com", "redirect_uris": People.redirect,
    ]
    browser.submit("add-client", values.merging(change) { $1 })
  }

  @Test("Seed rows 23 and 42: empty state, server-based client, its id and secret at any later time")
  func theFirstClientIsRegistered() throws {
    let browser = Browser(world)
    browser.open(Self.home)
    browser.submit("signin", ["email": People.ann, "password": People.annPassword])
    #expect(browser.page.link("GET STARTED") != nil && browser.page.link("ADD CLIENT") == nil)
    browser.follow("GET STARTED")
    for kind in ["Server-based Applications", "Self Client", "Client-based Applications"] {
      #expect(browser.page.html.contains(kind))
    }
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    let secret = try #require(browser.page.text(id: "client-secret"))
    #expect(id.wholeMatch(of: /1000\.[A-Z0-9]{30}/) != nil && secret.wholeMatch(of: /[0-9a-f]{42}/) != nil)
    browser.open(Self.home)
    #expect(browser.page.link("ADD CLIENT") != nil && browser.page.rows("clients").first?[2] == id)
    browser.follow("Phone_system & more")
    #expect(browser.page.form("client")?["redirect_uris"] == People.redirect)
    browser.follow("Client Secret")
    #expect(browser.page.text(id: "client-secret") == secret)
    #expect(world.token(People.refresh("x", id: id, secret: secret)).code == "invalid_code")
    #expect(world.token(People.refresh("x", id: id, secret: secret + "0")).code == "invalid_client_secret")
  }

  @Test(arguments: [
    "https://192.168.1.2:8089/", "http://10.0.0.1", "https://localhost:8443/a?b=c",
    "https://deluge.zoho.com/delugeauth/callback",
    "https://a.example/1\nhttps://a.example/2",
  ])
  func dummyAndPrivateRedirectURIsAreTaken(text: String) {
    let browser = People.signedIn(world)
    create(browser, ["redirect_uris": text])
    #expect(browser.page.text(id: "client-id") != nil)
  }

  @Test(
    arguments: [
      (["name": ""], "Invalid client name"), (["name": "   "], "Invalid client name"),
      (["name": "a-b"], "Invalid client name"), (["name": "<b>"], "Invalid client name"),
      (["name": "a.b"], "Invalid client name"), (["name": String(repeating: "x", count: 101)], "Invalid client name"),
      (["homepage": ""], "Invalid homepage URL"), (["homepage": "example.com"], "Invalid homepage URL"),
      (["homepage": "ftp://example.com"], "Invalid homepage URL"),
      (["homepage": "javascript:alert(1)"], "Invalid homepage URL"),
      (["redirect_uris": ""], "Invalid redirect URI"), (["redirect_uris": "example.com"], "Invalid redirect URI"),
      (["redirect_uris": "https://"], "Invalid redirect URI"),
      (["redirect_uris": "https:///x"], "Invalid redirect URI"),
      (["redirect_uris": "javascript://alert(1)"], "Invalid redirect URI"),
      (["redirect_uris": "https://a.example/#x"], "Invalid redirect URI"),
      (["redirect_uris": "https://a.example:99999/"], "Invalid redirect URI"),
      (["redirect_uris": "https://user@a.example/"], "Invalid redirect URI"),
      (["redirect_uris": "https://a.example/\u{e9}"], "Invalid redirect URI"),
      (["redirect_uris": "https://a.example/\"onload"], "Invalid redirect URI"),
      (["redirect_uris": "https://good.example/\nbad"], "Invalid redirect URI"),
      (["redirect_uris": "https://a.example/" + String(repeating: "x", count: 2000)], "Invalid redirect URI"),
      (["redirect_uris": (1...21).map { "https://a.example/\($0)" }.joined(separator: " ")], "Invalid redirect URI"),
    ] as [([String: String?], String)])
  func whatIsWrongStandsAtItsField(change: [String: String?], error: String) {
    let browser = People.signedIn(world)
    create(browser, change)
    #expect(browser.page.status == 400 && browser.page.fieldErrors.count == 1)
    #expect(browser.page.fieldErrors.first?.hasPrefix(error) ?? false)
    #expect(browser.open(Self.home).link("GET STARTED") != nil)
  }

  @Test func twentyRedirectURIsAndAHundredLettersAreTaken() {
    let browser = People.signedIn(world)
    let addresses = (1...20).map { "https://a.example/\($0)" }.joined(separator: "\r\n")
    create(browser, ["redirect_uris": addresses, "name": String(repeating: "x", count: 100)])
    #expect(browser.page.text(id: "client-id") != nil)
  }

  @Test func everyTypeHasItsForm() throws {
    let browser = People.signedIn(world)
    browser.open(Self.home + "add/clientBased")
    let script = ["name": "Widget", "homepage": "http://a.example", "redirect_uris": "http://a.example/"]
    #expect(
      browser.submit("add-client", script.mapValues { $0 }).fieldErrors.first?.hasPrefix("Invalid JavaScript domain")
        ?? false)
    browser.submit("add-client", ["javascript_domain": "http://a.example"])
    #expect(browser.page.text(id: "client-id") != nil)
    browser.open(Self.home + "add/mobile")
    browser.submit("add-client", ["name": "App", "homepage": "http://a.example", "redirect_uris": "myapp://back"])
    #expect(browser.page.text(id: "client-id") != nil)
    browser.open(Self.home + "add/mobile")
    browser.submit("add-client", ["name": "App", "homepage": "http://a.example", "redirect_uris": "javascript://x"])
    #expect(browser.page.status == 400)
    browser.open(Self.home + "add/nonBrowser")
    browser.submit("add-client", ["name": "TV", "homepage": "http://a.example"])
    #expect(browser.page.text(id: "client-id")?.hasPrefix("1004.") ?? false)
    #expect(browser.open(Self.home + "add/nothing").status == 404)
  }

  @Test func aClientIsChangedAndDeleted() throws {
    let browser = People.signedIn(world)
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    browser.follow("Client Details")
    browser.submit("client", ["name": "Other", "redirect_uris": "https://new.example/"])
    #expect(browser.page.title == "Other")
    #expect(browser.submit("client", ["name": "-"]).status == 400)
    let address = People.authorizationAddress(["client_id": id, "redirect_uri": "https://new.example/"])
    let secret = browser.open(Self.home + "client/\(id)/secret").text(id: "client-secret") ?? ""
    let reply = world.token(
      People.exchange(People.code(browser, address), redirect: "https://new.example/", id: id, secret: secret))
    #expect(reply.member("refresh_token") != nil)
    browser.open(Self.home + "client/" + id)
    browser.submit("delete")
    #expect(browser.page.link("GET STARTED") != nil)
    #expect(world.token(People.refresh(reply.member("refresh_token"), id: id, secret: secret)).code == "invalid_client")
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).code == "INVALID_TOKEN")
    #expect(browser.open("https://accounts.zoho.com/connectedapps").rows("connected-apps").isEmpty)
    #expect(browser.open(Self.home + "client/" + id).status == 404)
  }

  @Test func aNewSecretEndsTheOldOne() throws {
    let browser = People.signedIn(world)
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    let old = try #require(browser.page.text(id: "client-secret"))
    browser.submit("regenerate-us")
    let new = try #require(browser.page.text(id: "client-secret"))
    #expect(world.token(People.refresh("x", id: id, secret: old)).code == "invalid_client_secret")
    #expect(world.token(People.refresh("x", id: id, secret: new)).code == "invalid_code")
  }

  @Test("Seed row 43: Multi-DC, with a secret each or the same for all")
  func aClientIsEnabledPerDataCentre() throws {
    let browser = People.signedIn(world)
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    let secret = try #require(browser.page.text(id: "client-secret"))
    func error(_ secret: String, _ host: String) -> String? {
      world.token(People.refresh("x", id: id, secret: secret), at: host).code
    }
    #expect(error(secret, "accounts.zoho.eu") == "invalid_client")
    browser.follow("Settings")
    browser.submit("multi-dc", ["dc-eu": "on", "dc-in": "on"])
    #expect(error(secret, "accounts.zoho.eu") == "invalid_client_secret")
    browser.follow("Client Secret")
    let eu = try #require(browser.page.text(id: "client-secret-eu"))
    #expect(error(eu, "accounts.zoho.eu") == "invalid_code" && error(eu, "accounts.zoho.in") == "invalid_client_secret")
    browser.follow("Settings")
    // Saving again keeps the secrets that are there.
    browser.submit("multi-dc")
    #expect(error(eu, "accounts.zoho.eu") == "invalid_code")
    browser.submit("multi-dc", ["same-credentials": "on"])
    #expect(
      error(secret, "accounts.zoho.eu") == "invalid_code" && error(eu, "accounts.zoho.eu") == "invalid_client_secret")
    #expect(browser.page.form("multi-dc")?["same-credentials"] == "on")
    browser.submit("multi-dc", ["dc-eu": nil])
    #expect(
      error(secret, "accounts.zoho.eu") == "invalid_client" && error(secret, "accounts.zoho.in") == "invalid_code")
    #expect(error(secret, "accounts.zoho.com") == "invalid_code")
  }

  @Test func nobodySeesOrChangesTheClientOfAnother() throws {
    let browser = People.signedIn(world)
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    let secret = try #require(browser.page.text(id: "client-secret"))
    _ = world.cloud.setAccountActive(true, email: People.bob)
    let bob = Browser(world)
    bob.signIn(People.bob, People.bobPassword)
    bob.submit("signin-code", ["code": world.cloud.oneTimeCode(email: People.bob)?.value])
    #expect(bob.open(Self.home).link("GET STARTED") != nil)
    let csrf = bob.page.html.firstMatch(of: /name="csrf" value="([^"]*)"/).map { String($0.1) } ?? ""
    for tab in ["", "/secret", "/settings", "/code", "/delete"] {
      #expect(bob.open(Self.home + "client/\(id)\(tab)").status == 404 && !bob.page.html.contains(secret))
      #expect(bob.post(Self.home + "client/\(id)\(tab)", [("csrf", csrf), ("location", "us")]).status == 404)
    }
    for action in ["edit", "self", "delete"] {
      #expect(bob.open("https://accounts.zoho.com/developerconsole/\(action)/\(id)").status == 404)
      let pairs = [(name: "csrf", value: csrf)]
      #expect(bob.post("https://accounts.zoho.com/developerconsole/\(action)/\(id)", pairs).status == 404)
    }
    #expect(browser.open(Self.home + "client/\(id)/secret").text(id: "client-secret") == secret)
  }

  @Test func aFormOfTheConsoleWithoutItsProofChangesNothing() throws {
    let browser = People.signedIn(world)
    create(browser)
    let id = try #require(browser.page.text(id: "client-id"))
    for path in [
      "client/\(id)", "client/\(id)/delete", "client/\(id)/secret", "client/\(id)/settings", "add/selfClient",
    ] {
      #expect(browser.post(Self.home + path, [("location", "us")]).status == 403)
    }
    #expect(browser.post("https://accounts.zoho.com/developerconsole/delete/" + id, []).status == 403)
    #expect(browser.open(Self.home + "client/" + id).status == 200)
  }

  @Test("The hundredth client of an account is registered, the next is not")
  func anAccountHasAHundredClients() {
    let browser = People.signedIn(world)
    for _ in 1...100 { create(browser) }
    #expect(browser.page.text(id: "client-id") != nil)
    create(browser)
    #expect(browser.page.status == 400 && browser.page.notice?.contains("Delete one first") ?? false)
  }
}
