import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import JSON
import Primitives
import Testing

@Suite struct SigningInTests {
  static let administrators = ["/dashboard", "/extensions", "/calls", "/cdr", "/events", "/crm", "/requests"]

  @Test func theAdministratorGetsInAndOut() throws {
    var web = WebUnderTest()
    let made = web.signIn("admin", WebUnderTest.password)
    let answer = try #require(made)
    #expect(answer.status == 303)
    #expect(answer.location == "/")
    #expect(web.send(.get, "/")?.location == "/dashboard")
    for path in Self.administrators { #expect(web.status(path) == 200, "\(path)") }
    #expect(web.post("/signout", [], from: "/dashboard")?.location == "/signin")
    for path in Self.administrators { #expect(web.send(.get, path)?.location == "/signin", "\(path)") }
  }

  @Test func anExtensionSeesItsPortalAndNothingElse() {
    var web = WebUnderTest(as: "1001")
    #expect(web.send(.get, "/")?.location == "/portal")
    #expect(web.get("/portal").contains("Extension 1001"))
    #expect(web.status("/portal/crm") == 200)
    for path in Self.administrators + ["/cdr.csv", "/requests/1"] { #expect(web.status(path) == 403, "\(path)") }
    #expect(web.post("/clock", [("do", "pause")], from: "/portal")?.command == nil)
  }

  @Test(arguments: [
    ("admin", "wrong"), ("admin", ""), ("admin", "user123"), ("1001", "admin123"), ("9999", "user123"),
    ("", "admin123"),
    ("ADMIN", "admin123"), ("admin' OR '1'='1", "x"), ("admin", "admin123 "), ("cdrapi", "cdrapi123"),
  ])
  func nobodyElseGetsIn(user: String, password: String) throws {
    var web = WebUnderTest()
    let made = web.signIn(user, password)
    let answer = try #require(made)
    #expect(answer.status == 403)
    #expect(web.cookies["ucm_session"] == nil)
    #expect(web.send(.get, "/dashboard")?.location == "/signin")
  }

  @Test func aPortalWithoutPasswordLetsNobodyIn() {
    var web = WebUnderTest(portalPassword: nil)
    #expect(web.signIn("1001", "")?.status == 403)
    #expect(web.signIn("1001", "user123")?.status == 403)
  }

  @Test func wrongPasswordsLockOutAtEveryDoor() throws {
    var web = WebUnderTest()
    for _ in 0..<web.doors.settings.failuresMax { _ = web.signIn("admin", "wrong") }
    let made = web.signIn("admin", WebUnderTest.password)
    let refused = try #require(made)
    #expect(refused.text.contains("Too many failed attempts"))
    // The API of the same address too.
    #expect(Self.challengeStatus(&web) == -68)
    web.now = web.now + .seconds(web.doors.settings.lockOutSeconds + 1)
    #expect(web.signIn("admin", WebUnderTest.password)?.status == 303)
    #expect(Self.challengeStatus(&web) == 0)
  }

  @Test(arguments: ["admin", "1001", "9999", "nobody"])
  func aPasswordIsComparedWhetherTheUserExistsOrNot(user: String) throws {
    var web = WebUnderTest()
    web.holdsChecks = true
    let made = web.signIn(user, "whatever")
    let check = try #require(made?.check)
    #expect(!check.isRight())
    #expect(web.cookies["ucm_session"] == nil)
  }

  @Test func whoIsTurnedAwayBecauseOthersSignInHasNotFailed() throws {
    var web = WebUnderTest()
    web.holdsChecks = true
    for _ in 0..<20 {
      let made = web.signIn("admin", WebUnderTest.password)
      let check = try #require(made?.check)
      let answer = web.web.finish(check, isRight: nil, from: web.client, now: web.now, doors: &web.doors)
      #expect(answer.status == 503)
      #expect(answer.response.headerFields[.retryAfter] == "1")
      #expect(answer.response.headerFields[values: .setCookie].allSatisfy { !$0.hasPrefix("ucm_session=") })
    }
    web.holdsChecks = false
    #expect(web.signIn("admin", WebUnderTest.password)?.status == 303)
  }

  @Test func guessesThatAreComparedAtOnceTellNoMoreThanOneAfterTheOther() throws {
    var web = WebUnderTest()
    web.holdsChecks = true
    var checks: [PasswordCheck] = []
    for guess in 0..<20 {
      let made = web.signIn("admin", guess == 15 ? WebUnderTest.password : "guess \(guess)")
      checks.append(try #require(made?.check))
    }
    for check in checks {
      let answer = web.web.finish(check, isRight: check.isRight(), from: web.client, now: web.now, doors: &web.doors)
      #expect(answer.status == 403)
    }
  }

  private static func challengeStatus(_ web: inout WebUnderTest) -> Int64? {
    let request = HTTPRequest(method: .post, scheme: "https", authority: "a", path: "/api")
    let body = Array("{\"request\":{\"action\":\"challenge\",\"user\":\"cdrapi\"}}".utf8)
    let answer = web.doors.respond(
      to: request, body: body, at: .httpsAPI, from: web.client, now: web.now, of: web.state)
    guard case .integer(let status)? = JSONValue(parsing: answer.body)?["status"] else { return nil }
    return status
  }

  @Test func aFormWithoutProofIsRefused() {
    var web = WebUnderTest(as: "admin")
    for (path, fields) in [
      ("/crm", [("crm_module", "salesforce")]), ("/apply", []), ("/clock", [("do", "pause")]), ("/signout", []),
    ] {
      for proof in [[], [("csrf", "")], [("csrf", "0123456789abcdef0123456789abcdef")]] {
        let answer = web.send(.post, path, fields + proof)
        #expect(answer?.status == 403, "\(path)")
        #expect(answer?.command == nil)
      }
    }
    #expect(web.status("/dashboard") == 200)
    #expect(web.doors.crm.settings.module.isEmpty)
  }

  @Test func anotherSitesFormIsRefusedEvenWithProof() {
    var web = WebUnderTest(as: "admin")
    let proof = web.proof(on: "/dashboard")
    let answer = web.send(
      .post, "/clock", [("do", "pause"), ("csrf", proof)], headers: [("Sec-Fetch-Site", "cross-site")])
    #expect(answer?.status == 403)
    #expect(answer?.command == nil)
  }

  @Test func theSignInFormNeedsTheCookieOfItsPage() {
    var web = WebUnderTest()
    let proof = web.proof(on: "/signin")
    web.cookies = [:]
    let fields = [("user", "admin"), ("password", WebUnderTest.password), ("csrf", proof)]
    #expect(web.send(.post, "/signin", fields)?.status == 403)
    #expect(web.cookies["ucm_session"] == nil)
  }

  @Test func aSessionEndsByItselfAndByAnotherSignIn() {
    var web = WebUnderTest(as: "admin")
    let first = web.cookies["ucm_session"]
    web.now = web.now + .seconds(599)
    #expect(web.status("/dashboard") == 200)
    _ = web.signIn("admin", WebUnderTest.password)
    let second = web.cookies["ucm_session"]
    #expect(first != second)
    web.cookies["ucm_session"] = first
    #expect(web.send(.get, "/dashboard")?.location == "/signin")
    web.cookies["ucm_session"] = second
    web.now = web.now + .seconds(601)
    #expect(web.send(.get, "/dashboard")?.location == "/signin")
  }

  @Test func cookiesAreOutOfReachOfScriptsAndOtherSites() throws {
    var web = WebUnderTest()
    let made = web.signIn("admin", WebUnderTest.password)
    let answer = try #require(made)
    let cookie = try #require(answer.response.headerFields[values: .setCookie].first { $0.hasPrefix("ucm_session=") })
    for part in ["; HttpOnly", "; SameSite=Strict", "; Secure", "; Path=/"] { #expect(cookie.contains(part)) }
  }

  @Test(arguments: ["/", "/signin", "/dashboard", "/page.css", "/favicon.ico", "/web.js", "/cdr.csv", "/requests/7"])
  func everyAnswerForbidsWhatIsInlineOrFromElsewhere(path: String) throws {
    var web = WebUnderTest(as: "admin")
    let made = web.send(.get, path)
    let answer = try #require(made)
    let policy = try #require(answer.response.headerFields[.contentSecurityPolicy])
    #expect(policy.hasPrefix("default-src 'none'"))
    #expect(!policy.contains("unsafe"))
    #expect(!answer.text.contains(" style=") && !answer.text.contains(" onclick="))
    #expect(answer.text.ranges(of: "<script").count == answer.text.ranges(of: "<script src=\"/web.js\" defer>").count)
  }

  @Test(arguments: [
    "/nowhere", "/requests/", "/requests/0", "/requests/-1", "/requests/1x", "/cdr/", "/../etc/passwd",
    "",
  ])
  func otherAddressesAreNotTheInterfaces(path: String) {
    var web = WebUnderTest(as: "admin")
    #expect(web.send(.get, path) == nil)
  }

  @Test func otherMethodsAreRefused() {
    var web = WebUnderTest(as: "admin")
    #expect(web.send(.put, "/crm")?.status == 405)
    #expect(web.send(.delete, "/cdr")?.status == 405)
    #expect(web.send(.post, "/dashboard")?.status == 405)
  }
}
