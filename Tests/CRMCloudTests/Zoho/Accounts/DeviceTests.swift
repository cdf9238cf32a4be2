import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// Devices without a browser.
struct DeviceTests {
  private let world: ZohoWorld

  init() throws { world = try People.world() }

  private func ask(_ change: [String: String?] = [:], host: String = "accounts.zoho.com") -> Reply {
    var pairs: [String: String] = [
      "client_id": People.deviceID, "grant_type": "device_request", "scope": "ZohoCRM.modules.ALL",
      "access_type": "offline",
    ]
    for (name, value) in change { pairs[name] = value }
    let query = PercentEncoding.form(pairs.map { (name: $0.key, value: $0.value) })
    return world.reply(.post, "https://\(host)/oauth/v3/device/code?" + query)
  }

  private func poll(_ asked: Reply, host: String = "accounts.zoho.com", secret: String = People.deviceSecret) -> Reply {
    let pairs = [
      (name: "client_id", value: People.deviceID), ("client_secret", secret), ("grant_type", "device_token"),
      ("code", asked.member("device_code") ?? ""),
    ]
    return world.reply(.post, "https://\(host)/oauth/v3/device/token?" + PercentEncoding.form(pairs))
  }

  private func answer(_ asked: Reply, _ browser: Browser, _ button: String = "Accept") {
    browser.open(asked.member("verification_uri_complete") ?? "")
    browser.submit("device")
    if browser.page.form("tenant") != nil { browser.submit("tenant") }
    if browser.page.form("consent") != nil { browser.submit("consent", button: button) }
  }

  @Test func theUserTypesTheCodeAndTheDeviceGetsTokens() throws {
    let asked = ask()
    #expect(asked.member("user_code")?.wholeMatch(of: /[A-Z0-9]{8}/) != nil)
    #expect(asked.member("device_code")?.hasPrefix("1004.") ?? false)
    #expect(asked.member("verification_url") == "https://accounts.zoho.com/oauth/v3/device")
    #expect(asked.text.hasSuffix(#""interval":30000,"expires_in":300000}"#))
    #expect(poll(asked).text == #"{"error":"authorization_pending"}"#)
    let browser = People.signedIn(world)
    answer(asked, browser)
    #expect(browser.page.notice == "The device is connected.")
    world.wait(30)
    let reply = poll(asked)
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).status == 200)
    let refreshed = world.token(
      People.refresh(reply.member("refresh_token"), id: People.deviceID, secret: People.deviceSecret))
    #expect(refreshed.member("access_token") != nil)
    world.wait(30)
    #expect(poll(asked).code == "invalid_code")
  }

  @Test("A poll 30 seconds after the last is answered, one after 29 is told to slow down")
  func pollsKeepTheirDistance() {
    let asked = ask()
    #expect(poll(asked).code == "authorization_pending")
    world.wait(30)
    #expect(poll(asked).code == "authorization_pending")
    world.wait(29)
    #expect(poll(asked).code == "slow_down")
    world.wait(29)
    #expect(poll(asked).code == "slow_down")
  }

  @Test(arguments: [(299, "authorization_pending"), (300, "expired")])
  func aRequestExpires(seconds: Int64, code: String) {
    let asked = ask()
    world.wait(seconds)
    #expect(poll(asked).code == code)
    let browser = People.signedIn(world)
    browser.open(asked.member("verification_uri_complete") ?? "")
    #expect((browser.submit("device").status == 400) == (code == "expired"))
  }

  @Test func aRejectedDeviceIsDenied() {
    let asked = ask()
    let browser = People.signedIn(world)
    answer(asked, browser, "Reject")
    #expect(browser.page.notice == "You rejected the device." && poll(asked).code == "access_denied")
  }

  @Test func aDeviceDeletedBeforeItAskedGetsNothing() {
    let asked = ask()
    let browser = People.signedIn(world)
    answer(asked, browser)
    browser.open("https://accounts.zoho.com/connectedapps")
    browser.submit("delete-" + People.deviceID)
    #expect(poll(asked).code == "invalid_code")
  }

  @Test func aKnownDeviceIsNotAskedAboutAgainAndGetsNoRefreshToken() {
    let browser = People.signedIn(world)
    answer(ask(), browser)
    let again = ask()
    browser.open(again.member("verification_url") ?? "")
    let typed = again.member("user_code")?.lowercased() ?? ""
    browser.submit("device", ["user_code": typed.prefix(4) + "-" + typed.dropFirst(4)])
    #expect(browser.page.notice == "The device is connected.")
    let reply = poll(again)
    #expect(reply.member("access_token") != nil && reply.member("refresh_token") == nil)
    let prompted = ask(["prompt": "consent"])
    answer(prompted, browser)
    #expect(poll(prompted).member("refresh_token") != nil)
  }

  @Test func aUserOfAnotherDataCentreLeadsTheDeviceThere() {
    let asked = ask()
    let browser = Browser(world)
    browser.signIn(People.eve, People.evePassword, at: "accounts.zoho.eu")
    browser.open("https://accounts.zoho.eu/oauth/v3/device?user_code=" + (asked.member("user_code") ?? ""))
    browser.submit("device")
    browser.submit("tenant")
    browser.submit("consent", button: "Accept")
    #expect(poll(asked).text == #"{"error":"other_dc","user_location":"eu"}"#)
    let reply = poll(asked, host: "accounts.zoho.eu")
    #expect(reply.member("api_domain") == "https://www.zohoapis.eu" && reply.member("refresh_token") != nil)
  }

  @Test(
    arguments: [
      (["client_id": People.clientID], 200, "invalid_client"), (["client_id": nil], 200, "invalid_client"),
      (["scope": nil], 200, "invalid_scope"), (["scope": "x.y.z"], 200, "invalid_scope"),
      (["grant_type": "device_token"], 400, "invalid_request"), (["grant_type": nil], 400, "invalid_request"),
    ] as [([String: String?], Int, String)])
  func aWrongRequestIsTold(change: [String: String?], status: Int, code: String) {
    let reply = ask(change)
    #expect(reply.status == status && reply.code == code)
  }

  @Test func aWrongPollIsTold() {
    let asked = ask()
    #expect(poll(asked, secret: "x").code == "invalid_client_secret")
    #expect(poll(asked, host: "accounts.zoho.eu").code == "invalid_code")
    #expect(poll(asked, host: "accounts.zoho.jp").code == "invalid_client")
    #expect(poll(Reply(world.send(.get, "https://x/"))).code == "invalid_code")
  }

  @Test(arguments: ["", "ZZZZZZZZ", "<b>", String(repeating: "A", count: 10_000)])
  func aCodeNobodyWasShownIsRefused(code: String) {
    let browser = People.signedIn(world)
    browser.open("https://accounts.zoho.com/oauth/v3/device?user_code=" + PercentEncoding.encode(code))
    #expect(browser.submit("device").status == 400 && !browser.page.html.contains("<b>"))
    #expect(browser.submit("device", ["csrf": nil]).status == 403)
  }
}
