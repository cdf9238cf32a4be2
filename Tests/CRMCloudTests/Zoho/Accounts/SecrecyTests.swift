import CRMCloud
import FoundationEssentials
import HTTPTypes
import Primitives
import TestSupport
import Testing

/// No page and no answer tells one person what belongs to another.
struct SecrecyTests {
  private static let pages = [
    "accounts.zoho.com/", "accounts.zoho.com/home", "accounts.zoho.com/sessions", "accounts.zoho.com/connectedapps",
    "accounts.zoho.com/twofactor", "accounts.zoho.com/apppasswords", "accounts.zoho.com/authtokens",
    "accounts.zoho.com/developerconsole", "accounts.zoho.com/developerconsole/edit/" + People.clientID,
    "accounts.zoho.com/developerconsole/self/" + People.clientID, "accounts.zoho.com/oauth/v3/device",
    "accounts.zoho.com/oauth/serverinfo", "accounts.zoho.com/oauth/user/info", "accounts.zoho.com/signin",
    "api-console.zoho.com/", "api-console.zoho.com/client/" + People.clientID,
    "api-console.zoho.com/client/\(People.clientID)/secret", "api-console.zoho.com/client/\(People.clientID)/settings",
    "accounts.zoho.com/apiauthtoken/create", "accounts.zoho.com/apiauthtoken/nb/create",
  ]

  private func bob(_ world: ZohoWorld) -> Browser {
    let browser = Browser(world)
    browser.signIn(People.bob, People.bobPassword)
    browser.submit("signin-code", ["code": world.cloud.oneTimeCode(email: People.bob)?.value])
    return browser
  }

  @Test func noPageShowsAnotherPersonsSecrets() throws {
    let world = try People.world()
    let ann = People.signedIn(world)
    let granted = world.token(People.exchange(People.code(ann, People.authorizationAddress())))
    let waiting = try #require(People.code(ann, People.authorizationAddress()))
    let bob = bob(world)
    let ofAnn = [
      People.secret, People.annPassword, waiting, granted.member("access_token") ?? "-",
      granted.member("refresh_token") ?? "-", ann.sessions.first?.value ?? "-", People.ann,
    ]
    let ofBob = [
      People.bobPassword, People.bobApplicationPassword, People.authToken, bob.sessions.first?.value ?? "-", People.bob,
    ]
    for page in Self.pages {
      for (browser, secrets) in [(bob, ofAnn), (ann, ofBob), (Browser(world), ofAnn + ofBob)] {
        let html = browser.open("https://" + page).html
        for secret in secrets { #expect(!html.contains(secret), "\(page)") }
      }
    }
  }

  @Test func theOwnPagesShowNoPasswordAndNoTokenAgain() throws {
    let world = try People.world()
    let ann = People.signedIn(world)
    let granted = world.token(People.exchange(People.code(ann, People.authorizationAddress())))
    let tokens = ["access_token", "refresh_token"].compactMap { granted.member($0) }
    #expect(tokens.count == 2)
    for page in Self.pages {
      let html = ann.open("https://" + page).html
      for secret in tokens + [People.annPassword] { #expect(!html.contains(secret), "\(page)") }
      // The one who looks after the client sees its secret, where it is asked for and nowhere else.
      let isSecretPage = page.hasSuffix("/secret") || page.contains("/edit/")
      #expect(html.contains(People.secret) == isSecretPage, "\(page)")
    }
  }

  @Test func markupInWhatPeopleEnterIsInert() throws {
    var data = People.data
    data.clients[0].name = "<script>alert(1)</script>"
    data.organisations[0].name = "<img src=x onerror=alert(1)>"
    data.organisations[0].users[0].fullName = "\"><script>x</script>"
    let world = try ZohoWorld(data)
    let browser = People.signedIn(world)
    browser.open(People.authorizationAddress(["state": "\"><script>y</script>"]))
    #expect(browser.page.form("tenant") != nil)
    for _ in 0..<2 {
      #expect(!browser.page.html.contains("<script") && !browser.page.html.contains("<img"))
      browser.submit("tenant")
    }
    for page in Self.pages {
      let html = browser.open("https://\(page)?serviceurl=\"><script>&user_code=<script>&SCOPE=<script>").html
      #expect(!html.contains("<script") && !html.contains("<img"), "\(page)")
    }
  }

  @Test func aCloudWrittenDownGoesOnAsIfNothingHadHappened() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let reply = world.token(People.exchange(People.code(browser, People.authorizationAddress())))
    let code = People.code(browser, People.authorizationAddress(["prompt": "consent"]))
    let bob = Browser(world)
    bob.signIn(People.bob, People.bobPassword)
    world.cloud = try JSONDecoder().decode(ZohoCloud.self, from: JSONEncoder().encode(world.cloud))
    #expect(browser.open("https://accounts.zoho.com/connectedapps").rows("connected-apps").count == 1)
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).status == 200)
    #expect(world.token(People.refresh(reply.member("refresh_token"))).status == 200)
    #expect(world.token(People.exchange(code)).member("refresh_token") != nil)
    bob.submit("signin-code", ["code": world.cloud.oneTimeCode(email: People.bob)?.value])
    #expect(bob.page.title == "Home" && bob.open("https://accounts.zoho.com/authtokens").rows("authtokens").count == 1)
  }

  private static let paths = [
    "signin", "signin-code", "logout", "home", "connectedapps", "twofactor", "apppasswords", "authtokens", "sessions",
    "oauth/v2/auth", "oauth/v2/token", "oauth/v2/token/revoke", "oauth/v2/revoke/token", "oauth/v3/device",
    "oauth/v3/device/code", "oauth/v3/device/token", "oauth/v2/token/self/authtooauth", "apiauthtoken/nb/create",
    "apiauthtoken/create", "apiauthtoken/delete", "developerconsole", "developerconsole/add",
    "developerconsole/self/" + People.clientID, "add/serverBased", "add/selfClient", "client/" + People.clientID,
    "client/\(People.clientID)/secret", "client/\(People.clientID)/settings", "client/\(People.clientID)/code",
  ]
  private static let names = [
    "client_id", "client_secret", "redirect_uri", "response_type", "scope", "access_type", "prompt", "state", "code",
    "grant_type", "refresh_token", "token", "csrf", "decision", "tenant-ZohoCRM", "environment", "serviceurl", "email",
    "password", "name", "homepage", "redirect_uris", "duration", "description", "user_code", "SCOPE", "EMAIL_ID",
    "PASSWORD", "AUTHTOKEN", "authtoken", "soid", "location", "dc-eu", "type", "challenge", "delete", "",
  ]

  /// Whatever a signed-in person, or anyone, sends: an answer that is one of the known ones, and no way out.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func whateverIsSentIsAnswered(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    let world = try People.world(at: dice.pick([1_519_905_600, 1_800_000_000]))
    let browser = People.signedIn(world)
    let cookie = browser.cookies.map { "\($0.name)=\($0.value)" }.joined()
    let csrf = browser.page.html.firstMatch(of: /name="csrf" value="([^"]*)"/).map { String($0.1) } ?? ""
    let values = [
      "", csrf, csrf, csrf, People.clientID, People.secret, People.redirect, "code", "token", "offline", "consent",
      "ZohoCRM.modules.ALL", "ZohoCRM.modules.ALL,Desk.basic.READ", "authorization_code", "refresh_token",
      "device_request", "device_token", "authtooauth", "accept", "600000001", "sandbox", "10", "-1", "on", People.ann,
      People.annPassword, People.bob, People.bobPassword, "ZohoCRM/crmapi", People.authToken, "\u{0}", "\r\nX: y", "%",
      String(repeating: "A", count: 70_000), "https://evil.example/", "<script>", "us", "serverBased", "x y_z",
    ]
    for _ in 0..<120 {
      let pairs = (0..<Int(dice.next() % 9)).map { _ in (name: dice.pick(Self.names), value: dice.pick(values)) }
      let form = PercentEncoding.form([(name: "csrf", value: csrf)] + pairs)
      let host = dice.pick(["accounts.zoho.com", "accounts.zoho.com", "api-console.zoho.com", "accounts.zoho.eu"])
      let method = dice.pick([HTTPRequest.Method.get, .post, .post, .put])
      let address = "https://\(host)/" + dice.pick(Self.paths)
      let fields: [HTTPField.Name: String] = dice.pick([[.cookie: cookie], [.cookie: cookie], [:]])
      let isQuery = dice.pick([true, false])
      let response = world.send(method, isQuery ? address + "?" + form : address, fields, body: isQuery ? "" : form)
      let status = response.response.status.code
      #expect([200, 302, 400, 401, 403, 404, 405].contains(status), "seed \(seed): \(method) \(address)")
      #expect(!String(decoding: response.body, as: UTF8.self).contains("<script"))
      if let target = response.response.headerFields[.location] {
        let isOurs = target.hasPrefix("/") && !target.hasPrefix("//")
        let isZohos = target.hasPrefix("https://accounts.zoho.") || target.hasPrefix(People.redirect)
        #expect(isOurs || isZohos, "seed \(seed): \(target)")
      }
      world.wait(Int64(dice.next() % 400))
    }
  }

  /// Clocks at the ends of what an instant can say.
  @Test(arguments: [Int64.min, -1, 0, .max])
  func aClockAtItsEndsDoesNoHarm(nanoseconds: Int64) throws {
    let world = try People.world()
    world.now = Instant(nanoseconds: nanoseconds)
    let browser = People.signedIn(world)
    let reply = world.token(People.exchange(People.code(browser, People.authorizationAddress())))
    #expect([200, 400].contains(reply.status))
    #expect(browser.open("https://accounts.zoho.com/sessions").status == 200)
    #expect(world.reply(.get, "https://accounts.zoho.com/apiauthtoken/nb/create").status == 200)
  }

  @Test("Seed row 5: the data centres of the legacy API know nothing of one another")
  func eachDataCentreHasItsOwnV1Tokens() throws {
    var data = People.data
    data.organisations += ["cn", "eu"].map { location in
      .init(
        dataCentre: location,
        users: [.init(fullName: "L", email: "l@\(location).example", password: Secret("password of \(location)"))])
    }
    let world = try ZohoWorld(data, at: 1_519_905_600)
    for (location, host) in [("cn", "accounts.zoho.com.cn"), ("eu", "accounts.zoho.eu")] {
      let form = PercentEncoding.form([
        ("SCOPE", "ZohoCRM/crmapi"), ("EMAIL_ID", "l@\(location).example"), ("PASSWORD", "password of \(location)"),
      ])
      for other in ["accounts.zoho.com", "accounts.zoho.com.cn", "accounts.zoho.eu"] {
        let reply = world.reply(.post, "https://\(other)/apiauthtoken/nb/create", body: form)
        #expect(reply.text.contains(other == host ? "RESULT=TRUE" : "CAUSE=NO_SUCH_USER"))
      }
    }
  }
}
