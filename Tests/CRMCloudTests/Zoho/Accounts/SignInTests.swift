import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct SignInTests {
  @Test("Seed row 10: accounts home, sign-in, session, sign-out")
  func signingInLeadsHomeAndSigningOutEndsIt() throws {
    let world = try People.world()
    let browser = Browser(world)
    #expect(browser.open("https://accounts.zoho.com/").title == "Sign in")
    let home = browser.submit("signin", ["email": People.ann, "password": People.annPassword])
    #expect(home.title == "Home" && home.text(id: "email") == People.ann && home.status == 200)
    for link in ["Active Sessions", "Connected Apps", "Two Factor Authentication", "Active Authtokens"] {
      #expect(home.link(link) != nil)
    }
    let cookie = try #require(browser.sessions.first)
    #expect(cookie.domain == "zoho.com")
    browser.post("https://accounts.zoho.com/logout", [("csrf", token(home))])
    #expect(browser.page.title == "Sign in" && browser.sessions.isEmpty)
    let stale = world.send(.get, "https://accounts.zoho.com/home", [.cookie: "\(cookie.name)=\(cookie.value)"])
    #expect(stale.response.status.code == 302)
  }

  private func token(_ page: WebPage) -> String {
    page.html.firstMatch(of: /name="csrf" value="([0-9a-f]+)"/).map { String($0.1) } ?? ""
  }

  @Test func theCookieIsForEveryHostOfTheDataCentreAndForNoScript() throws {
    let world = try People.world()
    let response = send([("email", People.ann), ("password", People.annPassword)], world)
    let field = try #require(response.response.headerFields[.setCookie])
    for part in ["Domain=zoho.com", "HttpOnly", "Secure", "SameSite=Lax", "Path=/"] { #expect(field.contains(part)) }
  }

  @Test(arguments: [
    (People.ann, "wrong", "The password is not correct."), ("nobody@example.com", "x", "This account cannot be found."),
    ("", "", "This account cannot be found."), ("cleo@example.com", "cleo", "This account is closed."),
    ("nora@example.com", "", "The password is not correct."),
    (People.bob, People.bobApplicationPassword, "The password is not correct."),
  ])
  func whoeverCannotSignInIsToldWhy(email: String, password: String, notice: String) throws {
    let browser = Browser(try People.world())
    let page = browser.signIn(email, password)
    #expect(page.status == 401 && page.notice == notice && browser.sessions.isEmpty)
  }

  @Test func addressesAreComparedWithoutCaseAndPasswordsWithIt() throws {
    let browser = Browser(try People.world())
    #expect(browser.signIn(People.ann, People.annPassword.uppercased()).status == 401)
    #expect(browser.signIn(People.ann.uppercased(), People.annPassword).title == "Home")
  }

  @Test(
    "The sign-in leads on to pages of the same data centre",
    arguments: [
      "https://accounts.zoho.com/connectedapps", "https://api-console.zoho.com/", "https://accounts.zoho.com/home?x=1",
    ])
  func theSignInLeadsOn(target: String) throws {
    let browser = Browser(try People.world())
    browser.open("https://accounts.zoho.com/signin?serviceurl=" + PercentEncoding.encode(target))
    browser.submit("signin", ["email": People.ann, "password": People.annPassword])
    #expect(browser.page.address == target)
  }

  @Test(
    "The sign-in leads nowhere else",
    arguments: [
      "https://evil.example/", "//evil.example/", "https://accounts.zoho.com.evil.example/",
      "https://accounts.zoho.com@evil.example/", "https:\\\\evil.example", "https://evil.example\\@accounts.zoho.com/",
      "http://accounts.zoho.com/", "javascript:alert(1)", "https://accounts.zoho.eu/", "/\\evil.example", "https://",
      "https://accounts.zoho.com\r\nSet-Cookie: x=1", "https://accounts.zoho.com:80@evil.example/", "data:text/html,x",
      "\thttps://evil.example/", "https://evilzoho.com/", "https://www.zohoapis.com.evil.example",
    ])
  func theSignInLeadsNowhereElse(target: String) throws {
    let world = try People.world()
    let pairs = [(name: "email", value: People.ann), ("password", People.annPassword), ("serviceurl", target)]
    let response = send(pairs, world)
    #expect(response.response.headerFields[.location] == "/home")
    let again = world.send(
      .get, "https://accounts.zoho.com/signin?serviceurl=" + PercentEncoding.encode(target),
      [.cookie: cookie(response)])
    #expect(again.response.headerFields[.location] == "/home")
  }

  /// A sign-in form with its proof.
  private func send(_ pairs: [(name: String, value: String)], _ world: ZohoWorld) -> CloudResponse {
    let page = world.send(.get, "https://accounts.zoho.com/signin")
    let proof = cookie(page)
    let csrf = (name: "csrf", value: String(proof.drop { $0 != "=" }.dropFirst()))
    return world.send(
      .post, "https://accounts.zoho.com/signin", [.cookie: proof], body: PercentEncoding.form([csrf] + pairs))
  }

  private func cookie(_ response: CloudResponse) -> String {
    String((response.response.headerFields[.setCookie] ?? "").prefix { $0 != ";" })
  }

  @Test func anAccountOfAnotherDataCentreIsTakenToItsOwn() throws {
    let browser = Browser(try People.world())
    browser.open("https://accounts.zoho.com/connectedapps")
    browser.submit("signin", ["email": People.eve, "password": People.evePassword])
    #expect(browser.page.address.hasPrefix("https://accounts.zoho.eu/signin?serviceurl="))
    browser.submit("signin", ["email": People.eve, "password": People.evePassword])
    #expect(browser.page.address == "https://accounts.zoho.eu/connectedapps")
  }

  @Test func aSessionIsGoodInItsDataCentreOnly() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let cookie = try #require(browser.sessions.first)
    let elsewhere = world.send(.get, "https://accounts.zoho.eu/home", [.cookie: "\(cookie.name)=\(cookie.value)"])
    #expect(elsewhere.response.status.code == 302)
    for value in ["", "x", "\(cookie.value)0", String(cookie.value.dropLast())] {
      let forged = world.send(.get, "https://accounts.zoho.com/home", [.cookie: "\(cookie.name)=\(value)"])
      #expect(forged.response.status.code == 302)
    }
  }

  @Test func twoFactorAsksForTheCodeOfTheTelephone() throws {
    let world = try People.world()
    let browser = Browser(world)
    #expect(world.cloud.oneTimeCode(email: People.bob) == nil)
    #expect(browser.signIn(People.bob, People.bobPassword).title == "Two Factor Authentication")
    #expect(browser.sessions.isEmpty)
    let code = try #require(world.cloud.oneTimeCode(email: People.bob)?.value)
    let told = String(describing: world.cloud.dump("one-time-codes") ?? [])
    #expect(told.contains(People.bob) && told.contains(code))
    #expect(code.count == 6 && !browser.page.html.contains(code))
    #expect(browser.submit("signin-code", ["code": code]).title == "Home")
    #expect(world.cloud.oneTimeCode(email: People.bob) == nil)
  }

  @Test func theCodeCanBeASetting() throws {
    var settings = ZohoCloudSettings()
    settings.oneTimeCode = "123456"
    let browser = Browser(try People.world(settings))
    browser.signIn(People.bob, People.bobPassword)
    #expect(browser.submit("signin-code", ["code": "123 456"]).title == "Home")
  }

  @Test func fourWrongCodesAreForgivenAndTheFifthIsNot() throws {
    let world = try People.world()
    let browser = Browser(world)
    browser.signIn(People.bob, People.bobPassword)
    for _ in 1...4 { #expect(browser.submit("signin-code", ["code": "x"]).notice == "The code is not correct.") }
    let right = try #require(world.cloud.oneTimeCode(email: People.bob)?.value)
    let fifth = browser.submit("signin-code", ["code": "x"])
    #expect(fifth.title == "Sign in" && fifth.status == 401)
    let proof = fifth.form("signin")?["csrf"] ?? ""
    browser.post("https://accounts.zoho.com/signin-code", [("csrf", proof), ("challenge", "x"), ("code", right)])
    #expect(browser.page.status == 401 && browser.sessions.isEmpty)
  }

  @Test(arguments: [(299, "Home"), (300, "Sign in")])
  func aCodeIsGoodForFiveMinutes(seconds: Int64, title: String) throws {
    let world = try People.world()
    let browser = Browser(world)
    browser.signIn(People.bob, People.bobPassword)
    let code = world.cloud.oneTimeCode(email: People.bob)?.value
    world.wait(seconds)
    #expect(browser.submit("signin-code", ["code": code]).title == title)
  }

  @Test(arguments: ["connectedapps", "twofactor", "apppasswords", "authtokens", "logout", "signout"])
  func aFormWithoutItsProofChangesNothing(page: String) throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    for csrf in ["", "x", String(repeating: "0", count: 32)] {
      let answer = browser.post(
        "https://accounts.zoho.com/\(page)",
        [("csrf", csrf), ("name", "x"), ("password", People.annPassword), ("token", People.authToken)])
      #expect(answer.status == 403)
    }
    // The proof belongs into the body: an address that carries it can be linked to.
    let token = token(browser.open("https://accounts.zoho.com/home"))
    #expect(browser.post("https://accounts.zoho.com/\(page)?csrf=\(token)", []).status == 403)
    #expect(browser.open("https://accounts.zoho.com/home").title == "Home")
  }

  @Test(arguments: [nil, "", "x", String(repeating: "0", count: 32)])
  func nobodyIsSignedInByAFormOfAnotherSite(csrf: String?) throws {
    let browser = Browser(try People.world())
    let pairs = [(name: "email", value: People.ann), ("password", People.annPassword)]
    let proof = csrf.map { [(name: "csrf", value: $0)] } ?? []
    // Neither a browser that has never seen the page nor one that has.
    for _ in 0..<2 {
      let page = browser.post("https://accounts.zoho.com/signin", pairs + proof)
      #expect(page.status == 403 && page.notice?.hasPrefix("This form was not sent by its own page") == true)
      #expect(browser.sessions.isEmpty && page.link("Sign in") == "/signin")
      browser.open("https://accounts.zoho.com/signin")
    }
    // The proof belongs into the body.
    let own = browser.page.form("signin")?["csrf"] ?? ""
    #expect(browser.post("https://accounts.zoho.com/signin?csrf=" + own, pairs).status == 403)
    #expect(browser.post("https://accounts.zoho.com/signin", pairs + [("csrf", own)]).title == "Home")
  }

  @Test func aProofThatNoPageDrewIsNone() throws {
    let world = try People.world()
    for value in ["", "x", "0123", String(repeating: "g", count: 32)] {
      let form = PercentEncoding.form([("csrf", value), ("email", People.ann), ("password", People.annPassword)])
      let cookie = "ucmsim_signin_us=\(value)"
      #expect(
        world.send(.post, "https://accounts.zoho.com/signin", [.cookie: cookie], body: form).response.status.code
          == 403)
    }
  }

  @Test func theSecondFactorTakesTheProofToo() throws {
    let world = try People.world()
    let browser = Browser(world)
    browser.signIn(People.bob, People.bobPassword)
    let code = world.cloud.oneTimeCode(email: People.bob)?.value
    let challenge = browser.page.form("signin-code")?["challenge"]
    #expect(browser.submit("signin-code", ["code": code, "csrf": nil]).status == 403)
    #expect(browser.sessions.isEmpty)
    let stranger = Browser(world)
    stranger.open("https://accounts.zoho.com/signin")
    let proof = stranger.page.form("signin")?["csrf"] ?? ""
    let pairs = [(name: "csrf", value: proof), ("challenge", challenge ?? ""), ("code", code ?? "")]
    // The code is right and the page was theirs: whoever has both is let in.
    #expect(stranger.post("https://accounts.zoho.com/signin-code", pairs).title == "Home")
  }

  @Test func anEveryDayAtTwoDataCentresTakesTwoCookiesOfTwoNames() throws {
    let browser = Browser(try People.world())
    browser.signIn(People.ann, People.annPassword)
    browser.signIn(People.eve, People.evePassword, at: "accounts.zoho.eu")
    #expect(Set(browser.sessions.map(\.name)).count == 2 && Set(browser.cookies.map(\.name)).count == 4)
    #expect(browser.open("https://accounts.zoho.com/home").text(id: "email") == People.ann)
    #expect(browser.open("https://accounts.zoho.eu/home").text(id: "email") == People.eve)
  }

  @Test func someoneElsesProofIsNone() throws {
    let world = try People.world()
    let other = Browser(world)
    other.signIn(People.ann, People.annPassword)
    let browser = People.signedIn(world)
    #expect(browser.post("https://accounts.zoho.com/logout", [("csrf", token(other.page))]).status == 403)
  }

  @Test("Of a thousand and one browsers the first is signed out")
  func theOldestBrowserMakesRoom() throws {
    let world = try People.world()
    let (first, second) = (People.signedIn(world), People.signedIn(world))
    let pairs = [(name: "email", value: People.ann), ("password", People.annPassword)]
    for _ in 3...1000 { _ = send(pairs, world) }
    #expect(first.open("https://accounts.zoho.com/twofactor").status == 200 && first.page.title != "Sign in")
    _ = send(pairs, world)
    #expect(first.open("https://accounts.zoho.com/twofactor").title == "Sign in")
    #expect(second.open("https://accounts.zoho.com/twofactor").title == "Two Factor Authentication")
  }

  @Test func aClosedAccountIsSignedOutEverywhere() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let isKnown = world.cloud.setAccountActive(false, email: People.ann)
    let isUnknown = world.cloud.setAccountActive(false, email: "nobody")
    #expect(isKnown && !isUnknown)
    #expect(browser.open("https://accounts.zoho.com/home").title == "Sign in")
    #expect(browser.signIn(People.ann, People.annPassword).notice == "This account is closed.")
  }
}
