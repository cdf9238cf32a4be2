import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// Tokens of the legacy API.
struct AuthTokenTests {
  /// 2018-03-01T12:00:00Z.
  private static let inTime: Int64 = 1_519_905_600
  private static let create = "https://accounts.zoho.com/apiauthtoken/nb/create"

  private func parameters(_ email: String, _ password: String, scope: String = "ZohoCRM/crmapi") -> String {
    PercentEncoding.form([
      ("SCOPE", scope), ("EMAIL_ID", email), ("PASSWORD", password), ("DISPLAY_NAME", "UCM"),
    ])
  }

  private func cause(_ reply: Reply) -> String? {
    let lines = reply.text.split(separator: "\n", omittingEmptySubsequences: false)
    guard reply.status == 200, lines.count == 5, lines[0] == "#", lines[3] == "RESULT=FALSE", lines[4] == "" else {
      return nil
    }
    return lines[2].hasPrefix("CAUSE=") ? String(lines[2].dropFirst(6)) : nil
  }

  @Test("Seed row 12: the reply's lines, by GET and by POST", arguments: [HTTPRequest.Method.get, .post])
  func aTokenIsTheThirdLine(method: HTTPRequest.Method) throws {
    let world = try People.world(at: Self.inTime)
    let pairs = parameters(People.ann, People.annPassword)
    let reply =
      method == .get
      ? world.send(.get, Self.create + "?" + pairs) : world.send(.post, Self.create, body: pairs)
    #expect(reply.response.headerFields[.contentType] == "text/plain;charset=UTF-8")
    let lines = Reply(reply).text.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 5 && lines[0] == "#" && lines[1] == "#Thu Mar 01 04:00:00 PST 2018" && lines[4] == "")
    #expect(lines[2].wholeMatch(of: /AUTHTOKEN=[0-9a-f]{32}/) != nil && lines[3] == "RESULT=TRUE")
  }

  @Test(
    arguments: [
      (1_330_513_653, "Wed Feb 29 03:07:33 PST 2012"), (1_530_446_400, "Sun Jul 01 05:00:00 PDT 2018"),
      (1_541_322_000, "Sun Nov 04 01:00:00 PST 2018"), (1_541_321_999, "Sun Nov 04 01:59:59 PDT 2018"),
    ] as [(Int64, String)])
  func theDateIsCalifornias(seconds: Int64, date: String) throws {
    let world = try People.world(at: seconds)
    #expect(world.reply(.get, Self.create).text.split(separator: "\n")[1] == "#" + date)
  }

  @Test(
    "Seed row 12: causes",
    arguments: [
      (People.ann, "wrong", "ZohoCRM/crmapi", "INVALID_PASSWORD"),
      ("nobody@example.com", "x", "ZohoCRM/crmapi", "NO_SUCH_USER"),
      ("cleo@example.com", "cleo", "ZohoCRM/crmapi", "NO_SUCH_USER"),
      ("nora@example.com", "x", "ZohoCRM/crmapi", "ACCOUNT_REGISTRATION_NOT_CONFIRMED"),
      (People.eve, People.evePassword, "ZohoCRM/crmapi", "NO_SUCH_USER"),
      ("", People.annPassword, "ZohoCRM/crmapi", "INVALID_CREDENTIALS"),
      (People.ann, "", "ZohoCRM/crmapi", "INVALID_CREDENTIALS"),
      (People.ann, People.annPassword, "", "null"), (People.ann, People.annPassword, "crmapi", "null"),
      (People.bob, People.bobPassword, "ZohoCRM/crmapi", "WEB_LOGIN_REQUIRED"),
      (People.bob, "abcd efgh ijkl", "ZohoCRM/crmapi", "INVALID_PASSWORD"),
      (People.bob, "ABCDEFGHIJKL", "ZohoCRM/crmapi", "INVALID_PASSWORD"),
      (People.bob, "wrong", "ZohoCRM/crmapi", "INVALID_PASSWORD"),
      ("a\u{0}\n", "b\nCAUSE=x", "ZohoCRM/crmapi", "NO_SUCH_USER"),
    ])
  func aRefusalNamesItsCause(email: String, password: String, scope: String, expected: String) throws {
    let world = try People.world(at: Self.inTime)
    #expect(cause(world.reply(.post, Self.create, body: parameters(email, password, scope: scope))) == expected)
  }

  @Test("Seed row 11: an application's password, generated, shown with spaces, used without them")
  func anApplicationsPasswordOpensTheAPI() throws {
    var settings = ZohoCloudSettings()
    settings.oneTimeCode = "123456"
    let world = try People.world(settings, at: Self.inTime)
    let browser = Browser(world)
    browser.signIn(People.bob, People.bobPassword)
    browser.submit("signin-code", ["code": "123456"])
    browser.follow("Two Factor Authentication")
    #expect(browser.page.text(id: "two-factor") == "On")
    browser.follow("Manage Application Specific Passwords")
    browser.submit("generate", ["name": "Office UCM", "password": People.bobPassword])
    let shown = try #require(browser.page.text(id: "app-password"))
    #expect(shown.wholeMatch(of: /[a-z]{4} [a-z]{4} [a-z]{4}/) != nil)
    #expect(cause(world.reply(.post, Self.create, body: parameters(People.bob, shown))) == "INVALID_PASSWORD")
    let bare = shown.filter { $0 != " " }
    #expect(world.reply(.post, Self.create, body: parameters(People.bob, bare)).text.contains("RESULT=TRUE"))
    // Shown once, and no browser signs in with it.
    browser.follow("All application specific passwords")
    #expect(!browser.page.html.contains(shown) && !browser.page.html.contains(bare))
    #expect(browser.page.rows("app-passwords").map(\.first) == ["UCM", "Office UCM"])
    browser.submit("remove-1")
    #expect(cause(world.reply(.post, Self.create, body: parameters(People.bob, bare))) == "INVALID_PASSWORD")
  }

  @Test(arguments: [
    ("x", "wrong", 403), ("", People.annPassword, 400), ("   ", People.annPassword, 400),
    (String(repeating: "x", count: 101), People.annPassword, 400), ("x", "", 403),
  ])
  func aPasswordIsNotGeneratedForJustAnything(name: String, password: String, status: Int) throws {
    let browser = People.signedIn(try People.world())
    browser.open("https://accounts.zoho.com/apppasswords")
    #expect(browser.submit("generate", ["name": name, "password": password]).status == status)
    #expect(browser.page.text(id: "app-password") == nil)
    #expect(browser.open("https://accounts.zoho.com/apppasswords").text(id: "app-passwords") == "There are none yet.")
  }

  @Test func fiftyPasswordsAreTheMostAndNamesAreTheirOwn() throws {
    let browser = People.signedIn(try People.world())
    for number in 1...51 {
      browser.open("https://accounts.zoho.com/apppasswords")
      let page = browser.submit("generate", ["name": "P\(number)", "password": People.annPassword])
      #expect((page.status == 200) == (number <= 50))
    }
    browser.submit("remove-0")
    #expect(browser.submit("generate", ["name": "P2", "password": People.annPassword]).status == 400)
  }

  @Test func twoFactorIsSwitchedWithTheCurrentPassword() throws {
    let world = try People.world(at: Self.inTime)
    let browser = People.signedIn(world)
    browser.open("https://accounts.zoho.com/twofactor")
    #expect(browser.submit("twofactor", ["password": "x"]).status == 403)
    #expect(world.reply(.post, Self.create, body: parameters(People.ann, People.annPassword)).text.contains("TRUE"))
    browser.submit("twofactor", ["password": People.annPassword])
    #expect(browser.page.text(id: "two-factor") == "On")
    #expect(
      cause(world.reply(.post, Self.create, body: parameters(People.ann, People.annPassword))) == "WEB_LOGIN_REQUIRED")
  }

  @Test("Seed row 12: browser mode")
  func theBrowserModeShowsTheToken() throws {
    let world = try People.world(at: Self.inTime)
    let browser = Browser(world)
    browser.open("https://accounts.zoho.com/apiauthtoken/create?SCOPE=ZohoCRM/crmapi")
    let page = browser.submit("signin", ["email": People.ann, "password": People.annPassword])
    let token = try #require(page.text(id: "authtoken"))
    #expect(token.wholeMatch(of: /[0-9a-f]{32}/) != nil)
    #expect(browser.open("https://accounts.zoho.com/apiauthtoken/create?SCOPE=x").status == 400)
    #expect(browser.open("https://accounts.zoho.com/apiauthtoken/create").status == 400)
    let list = browser.open("https://accounts.zoho.com/authtokens")
    #expect(list.rows("authtokens").count == 1 && !list.html.contains(token))
    browser.submit("remove-" + token.prefix(8))
    #expect(browser.page.text(id: "authtokens") == "No token is active.")
  }

  @Test func aTokenOfTheDataIsListedAndCanBeDeletedByWhoeverHasIt() throws {
    let world = try People.world(at: Self.inTime)
    let delete = "https://accounts.zoho.com/apiauthtoken/delete?AUTHTOKEN="
    #expect(
      world.reply(.get, "https://accounts.zoho.eu/apiauthtoken/delete?AUTHTOKEN=" + People.authToken).text
        .contains("RESULT=FALSE"))
    #expect(cause(world.reply(.get, delete + "x")) == "INVALID_AUTHTOKEN")
    #expect(world.reply(.get, delete + People.authToken).text.hasSuffix("\nRESULT=TRUE\n"))
    #expect(cause(world.reply(.post, delete + People.authToken)) == "INVALID_AUTHTOKEN")
  }

  @Test("The twentieth live token is made, the 21st is not")
  func tokensAreCapped() throws {
    let world = try People.world(at: Self.inTime)
    var last = ""
    for _ in 1...20 {
      let reply = world.reply(.post, Self.create, body: parameters(People.ann, People.annPassword))
      #expect(reply.text.contains("RESULT=TRUE"))
      last = String(reply.text.split(separator: "\n")[2].dropFirst("AUTHTOKEN=".count))
    }
    let refused = world.reply(.post, Self.create, body: parameters(People.ann, People.annPassword))
    #expect(cause(refused) == "EXCEEDED_MAXIMUM_ALLOWED_AUTHTOKENS")
    // Another person's are counted apart, and a deleted one makes room.
    #expect(
      world.reply(.post, Self.create, body: parameters(People.bob, People.bobApplicationPassword)).text.contains("TRUE")
    )
    _ = world.reply(.get, "https://accounts.zoho.com/apiauthtoken/delete?AUTHTOKEN=" + last)
    #expect(world.reply(.post, Self.create, body: parameters(People.ann, People.annPassword)).text.contains("TRUE"))
  }

  @Test(
    "Seed row 13: no new tokens from 2019-06-01, by the clock or by a pinned era",
    arguments: [
      (ZohoEra.byClock, 1_559_347_199, true), (.byClock, 1_559_347_200, false), (.byClock, 1_800_000_000, false),
      (.y2018, 1_800_000_000, true), (.y2019H2, 1_519_905_600, false), (.y2021, 1_519_905_600, false),
      (.today, 1_519_905_600, false),
    ] as [(ZohoEra, Int64, Bool)])
  func tokensEndWithTheirEra(era: ZohoEra, seconds: Int64, isMade: Bool) throws {
    var settings = ZohoCloudSettings()
    settings.era = era
    let world = try People.world(settings, at: seconds)
    let reply = world.reply(.post, Self.create, body: parameters(People.ann, People.annPassword))
    #expect(reply.text.contains("AUTHTOKEN=") == isMade)
    if !isMade { #expect(cause(reply) == "AUTHTOKEN_CREATION_DISABLED") }
    let browser = People.signedIn(world)
    let page = browser.open("https://accounts.zoho.com/apiauthtoken/create?SCOPE=ZohoCRM/crmapi")
    #expect((page.text(id: "authtoken") != nil) == isMade)
  }

  @Test(arguments: ["/apiauthtoken", "/apiauthtoken/nb", "/apiauthtoken/nb/create/x", "/apiauthtoken/nb/delete"])
  func otherPathsAreNotServed(path: String) throws {
    #expect(try People.world().reply(.get, "https://accounts.zoho.com" + path).status == 404)
  }

  @Test("Seed row 14: a v1 token becomes OAuth's")
  func aTokenIsMigrated() throws {
    var data = People.data
    // Bob's own client: the first who granted it a token has it in his console.
    data.clients.append(
      .init(
        id: "1000.BOB", secret: Secret("s"), name: "Bob's",
        refreshTokens: [.init(token: Secret("t"), scopes: ["ZohoCRM.modules.ALL"], userID: "1002")]))
    let world = try ZohoWorld(data)
    func migrate(_ change: [String: String] = [:], path: String = "self") -> Reply {
      var pairs = [
        "client_id": "1000.BOB", "client_secret": "s", "grant_type": "authtooauth", "authtoken": People.authToken,
        "scope": "ZohoCRM.modules.ALL", "soid": "ZohoCRM.600000001",
      ]
      for (name, value) in change { pairs[name] = value }
      return world.reply(
        .post, "https://accounts.zoho.com/oauth/v2/token/\(path)/authtooauth",
        body: PercentEncoding.form(pairs.map { (name: $0.key, value: $0.value) }))
    }
    let reply = migrate()
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).status == 200)
    #expect(world.token(People.refresh(reply.member("refresh_token"), id: "1000.BOB", secret: "s")).status == 200)
    #expect(migrate(["client_id": "x"]).code == "invalid_client")
    #expect(migrate(["client_secret": "x"]).code == "invalid_client_secret")
    #expect(migrate(["authtoken": "x"]).code == "invalid_code")
    #expect(migrate(["client_id": People.clientID, "client_secret": People.secret]).code == "access_denied")
    #expect(migrate(["scope": "x"]).code == "invalid_scope")
    #expect(migrate(["soid": "ZohoCRM.600000002"]).code == "access_denied")
    #expect(migrate(["grant_type": "x"]).status == 400)
    #expect(migrate(path: "external").code == "access_denied")
  }
}
