import CRMCloud
import HTTPTypes
import Primitives
import Testing

/// Codes, and when a refresh token comes with them.
struct GrantTests {
  @Test("Seed row 21: the reply's keys and their order")
  func theReplyHasFiveKeysInOrder() throws {
    let world = try People.world()
    let code = People.code(People.signedIn(world), People.authorizationAddress())
    let reply = world.token(People.exchange(code))
    let access = reply.member("access_token") ?? ""
    let refresh = reply.member("refresh_token") ?? ""
    #expect(
      reply.text == #"{"access_token":"\#(access)","refresh_token":"\#(refresh)","#
        + #""api_domain":"https://www.zohoapis.com","token_type":"Bearer","expires_in":3600}"#)
    for token in [access, refresh, code ?? ""] {
      #expect(token.wholeMatch(of: /1000\.[0-9a-f]{32}\.[0-9a-f]{32}/) != nil)
    }
  }

  @Test func theReplyCanTellItsScopes() throws {
    var settings = ZohoCloudSettings()
    settings.tokenReplyHasScope = true
    let world = try People.world(settings)
    let scope = "ZohoCRM.modules.ALL,ZohoCRM.users.READ"
    let code = People.code(People.signedIn(world), People.authorizationAddress(scope: scope))
    #expect(
      world.token(People.exchange(code)).text.contains(
        #""scope":"ZohoCRM.modules.ALL ZohoCRM.users.READ","api_domain""#))
  }

  @Test("A code is good once")
  func aCodeIsGoodOnce() throws {
    let world = try People.world()
    let code = People.code(People.signedIn(world), People.authorizationAddress())
    #expect(world.token(People.exchange(code)).member("access_token") != nil)
    #expect(world.token(People.exchange(code)).text == #"{"error":"invalid_code"}"#)
  }

  @Test(arguments: [(119, nil), (120, "invalid_code")] as [(Int64, String?)])
  func aCodeIsGoodForTwoMinutes(seconds: Int64, error: String?) throws {
    let world = try People.world()
    let code = People.code(People.signedIn(world), People.authorizationAddress())
    world.wait(seconds)
    #expect(world.token(People.exchange(code)).code == error)
  }

  @Test func aCodesLifeIsASetting() throws {
    var settings = ZohoCloudSettings()
    settings.grantCodeLife = .seconds(60)
    let world = try People.world(settings)
    let code = People.code(People.signedIn(world), People.authorizationAddress())
    world.wait(60)
    #expect(world.token(People.exchange(code)).code == "invalid_code")
  }

  @Test func whatIsWrongWithAnExchangeIsToldAndLeavesTheCodeGood() throws {
    let world = try People.world()
    let code = People.code(People.signedIn(world), People.authorizationAddress())
    let wrong: [([(name: String, value: String)], String)] = [
      (People.exchange(code, id: "1000.X"), "invalid_client"), (People.exchange(code, id: ""), "invalid_client"),
      (People.exchange(code, secret: ""), "invalid_client_secret"),
      (People.exchange(code, secret: People.secret.uppercased()), "invalid_client_secret"),
      (People.exchange(code, redirect: nil), "invalid_redirect_uri"),
      (People.exchange(code, redirect: "https://evil.example/"), "invalid_redirect_uri"),
      // Registered, but not the one this code was sent to.
      (People.exchange(code, redirect: "https://example.com/back?x=1"), "invalid_redirect_uri"),
      (People.exchange("x", redirect: "https://evil.example/"), "invalid_redirect_uri"),
      (People.exchange("x"), "invalid_code"), (People.exchange(nil), "invalid_code"),
      (People.exchange(code?.uppercased()), "invalid_code"),
      (People.exchange(code, id: People.deviceID, secret: People.deviceSecret), "invalid_client"),
      (People.exchange(code, id: People.scriptID), "invalid_client"),
    ]
    for (pairs, error) in wrong { #expect(world.token(pairs).text == #"{"error":"\#(error)"}"#) }
    #expect(world.token(People.exchange(code)).member("access_token") != nil)
  }

  @Test("Seed row 27 and 28: parameters in the query, as multipart, and by HTTP Basic")
  func credentialsComeInEveryForm() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    func next() -> String? { People.code(browser, People.authorizationAddress()) }
    let endpoint = "https://accounts.zoho.com/oauth/v2/token"
    let query = world.reply(.post, endpoint + "?" + PercentEncoding.form(People.exchange(next())))
    #expect(query.member("access_token") != nil)
    let parts = People.exchange(next()).map {
      "--XyZ\r\nContent-Disposition: form-data; name=\"\($0.name)\"\r\n\r\n\($0.value)\r\n"
    }
    let multipart = world.reply(
      .post, endpoint, [.contentType: "multipart/form-data; boundary=XyZ"], body: parts.joined() + "--XyZ--\r\n")
    #expect(multipart.member("access_token") != nil)
    let bare = People.exchange(next()).filter { !$0.name.hasPrefix("client_") }
    // client_id:client_secret
    let basic =
      "MTAwMC5XRUJXRUJXRUJXRUJXRUJXRUJXRUJXRUJXRUJXRUI6MTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMWFh"
    let good = world.reply(
      .post, endpoint, [.authorization: "Basic " + basic], body: PercentEncoding.form(bare))
    #expect(good.member("access_token") != nil)
    for field in ["Basic", "Basic !", "Basic Og==", "Bearer " + basic, "Basic " + basic.lowercased()] {
      let bad = world.reply(.post, endpoint, [.authorization: field], body: PercentEncoding.form(bare))
      #expect(["invalid_client", "invalid_client_secret"].contains(bad.code ?? ""))
    }
    // A softphone sends its access token along with every request.
    let ignored = world.reply(
      .post, endpoint, [.authorization: "Zoho-oauthtoken x"], body: PercentEncoding.form(People.exchange(next())))
    #expect(ignored.member("access_token") != nil)
  }

  @Test(arguments: [
    "multipart/form-data", "multipart/form-data; boundary=",
    "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
    "multipart/form-data; boundary=\"", "multipart/mixed; boundary=XyZ",
  ])
  func aMultipartBodyWithoutAUsableBoundarySaysNothing(type: String) throws {
    let world = try People.world()
    let body = "--XyZ\r\nContent-Disposition: form-data; name=\"grant_type\"\r\n\r\nrefresh_token\r\n--XyZ--"
    let reply = world.reply(.post, "https://accounts.zoho.com/oauth/v2/token", [.contentType: type], body: body)
    #expect(reply.status == 400)
  }

  @Test func ofAParameterGivenTwiceTheFirstCounts() throws {
    let world = try People.world()
    let code = People.code(People.signedIn(world), People.authorizationAddress())
    #expect(world.token([("code", "x")] + People.exchange(code)).code == "invalid_code")
    #expect(world.token(People.exchange(code) + [("code", "x"), ("client_id", "x")]).member("access_token") != nil)
  }

  /// Whether a refresh token comes, walk by walk (reference A2.4).
  @Test("Seed rows 36 and 45: when a refresh token comes")
  func aRefreshTokenComesWithAConsentAndOfflineAccessOnly() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    func grant(_ change: [String: String?]) -> (hasRefreshToken: Bool, wasAsked: Bool) {
      let before = browser.visited.count
      let reply = world.token(People.exchange(People.code(browser, People.authorizationAddress(change))))
      #expect(reply.member("access_token") != nil)
      let wasAsked = browser.visited.count - before > 2
      return (reply.member("refresh_token") != nil, wasAsked)
    }
    #expect(grant(["access_type": nil]) == (false, true))
    // Connected now: nobody asks again, and no refresh token comes, offline or not.
    #expect(grant(["access_type": "offline"]) == (false, false))
    #expect(grant(["access_type": "offline", "prompt": "consent"]) == (true, true))
    #expect(grant(["access_type": "offline", "prompt": "none"]) == (false, false))
    #expect(grant(["access_type": "online", "prompt": "consent"]) == (false, true))
    #expect(grant(["access_type": "OFFLINE", "prompt": "consent"]) == (false, true))
    // Other scopes are another consent.
    #expect(grant(["scope": "ZohoCRM.modules.ALL,ZohoCRM.users.READ"]) == (true, true))
    #expect(grant(["scope": "ZohoCRM.users.READ"]) == (false, false))
    browser.open("https://accounts.zoho.com/connectedapps")
    browser.submit("delete-" + People.clientID)
    #expect(grant(["access_type": "offline"]) == (true, true))
  }

  @Test("Seed row 46: a connected app deleted is all of it gone")
  func aDeletedAppsTokensAreDead() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let reply = world.token(People.exchange(People.code(browser, People.authorizationAddress())))
    let waiting = People.code(browser, People.authorizationAddress())
    browser.open("https://accounts.zoho.com/sessions")
    browser.follow("Connected Apps")
    #expect(browser.page.rows("connected-apps").first?.prefix(2) == ["Phone system", "ZohoCRM.modules.ALL"])
    browser.submit("delete-" + People.clientID)
    #expect(browser.page.text(id: "connected-apps") == "No app is connected.")
    #expect(world.token(People.refresh(reply.member("refresh_token"))).code == "invalid_code")
    #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).code == "INVALID_TOKEN")
    #expect(world.token(People.exchange(waiting)).code == "invalid_code")
  }

  @Test func nobodyDeletesTheConnectionOfAnother() throws {
    var data = People.data
    data.clients[0].refreshTokens = [.init(token: Secret("of bob"), scopes: ["ZohoCRM.modules.ALL"], userID: "1002")]
    let world = try ZohoWorld(data)
    let browser = People.signedIn(world)
    let csrf = browser.open("https://accounts.zoho.com/sessions").html.firstMatch(of: /name="csrf" value="([^"]*)"/)
    let pairs = [(name: "csrf", value: String(csrf?.1 ?? "")), ("client_id", People.clientID)]
    #expect(browser.post("https://accounts.zoho.com/connectedapps", pairs).status == 404)
    #expect(world.token(People.refresh("of bob")).status == 200)
  }

  @Test("Seed row 29: the twentieth refresh token leaves the first alive, the 21st does not")
  func theTwentyFirstRefreshTokenEndsTheOldest() throws {
    var settings = ZohoCloudSettings()
    settings.maximumGrantCodes = nil
    let world = try People.world(settings)
    let browser = People.signedIn(world)
    func next() -> (refresh: String?, access: String?) {
      let reply = world.token(People.exchange(People.code(browser, People.authorizationAddress(["prompt": "consent"]))))
      return (reply.member("refresh_token"), reply.member("access_token"))
    }
    let tokens = (1...20).map { _ in next() }
    #expect(Set(tokens.compactMap(\.refresh)).count == 20)
    #expect(world.token(People.refresh(tokens[0].refresh)).status == 200)
    let last = next()
    #expect(world.token(People.refresh(tokens[0].refresh)).text == #"{"error":"invalid_code"}"#)
    #expect(world.api("/crm/v2/Contacts", tokens[0].access).code == "INVALID_TOKEN")
    for token in tokens.dropFirst() + [last] { #expect(world.token(People.refresh(token.refresh)).code == nil) }
  }

  @Test func anotherPersonsRefreshTokensAreCountedApart() throws {
    var settings = ZohoCloudSettings()
    settings.maximumGrantCodes = nil
    settings.oneTimeCode = "1"
    settings.maximumRefreshTokens = 1
    let world = try People.world(settings)
    let bob = Browser(world)
    bob.signIn(People.bob, People.bobPassword)
    bob.submit("signin-code", ["code": "1"])
    let first = world.token(People.exchange(People.code(bob, People.authorizationAddress()))).member("refresh_token")
    let ann = People.signedIn(world)
    #expect(
      world.token(People.exchange(People.code(ann, People.authorizationAddress()))).member("refresh_token") != nil)
    #expect(world.token(People.refresh(first)).status == 200)
  }

  @Test("Five new refresh tokens in a minute are made where the switch says so, the sixth is not")
  func theSixthRefreshTokenInAMinuteIsRefused() throws {
    var settings = ZohoCloudSettings()
    settings.maximumNewRefreshTokens = 5
    let world = try People.world(settings)
    let browser = People.signedIn(world)
    func next() -> String? { People.code(browser, People.authorizationAddress(["prompt": "consent"])) }
    for _ in 1...5 { #expect(world.token(People.exchange(next())).status == 200) }
    world.wait(59)
    let code = next()
    let refused = world.token(People.exchange(code))
    #expect(refused.status == 400 && refused.code == "Access Denied")
    world.wait(1)
    #expect(world.token(People.exchange(code)).member("refresh_token") != nil)
  }

  @Test func tokensWithoutARefreshTokenHaveTheirCapToo() throws {
    var settings = ZohoCloudSettings()
    settings.maximumGrantCodes = nil
    settings.maximumAccessTokens = 2
    let world = try People.world(settings)
    let browser = People.signedIn(world)
    let tokens = (1...3).map { _ in
      world.token(People.exchange(People.code(browser, People.authorizationAddress(["access_type": "online"]))))
        .member("access_token")
    }
    #expect(tokens.map { world.api("/crm/v2/Contacts", $0).status } == [401, 200, 200])
  }

  @Test func theFirstAccessTokenDoesNotCountAgainstTheThrottle() throws {
    let world = try People.world()
    let code = People.code(People.signedIn(world), People.authorizationAddress())
    let token = world.token(People.exchange(code)).member("refresh_token")
    for _ in 1...10 { #expect(world.token(People.refresh(token)).status == 200) }
    #expect(world.token(People.refresh(token)).status == 400)
  }

  @Test func aRefreshTokenIsItsClientsOnly() throws {
    var data = People.data
    data.clients.append(.init(id: "1000.OTHER", secret: Secret("s"), name: "Other"))
    let world = try ZohoWorld(data)
    let token = world.token(People.exchange(People.code(People.signedIn(world), People.authorizationAddress())))
      .member("refresh_token")
    #expect(world.token(People.refresh(token, id: "1000.OTHER", secret: "s")).code == "invalid_code")
    #expect(world.token(People.refresh(token)).member("refresh_token") == nil)
  }

  @Test func aClosedAccountsTokensAreDeadForGood() throws {
    let world = try People.world()
    let browser = People.signedIn(world)
    let reply = world.token(People.exchange(People.code(browser, People.authorizationAddress())))
    let waiting = People.code(browser, People.authorizationAddress())
    for isActive in [false, true] {
      _ = world.cloud.setAccountActive(isActive, email: People.ann)
      #expect(world.api("/crm/v2/Contacts", reply.member("access_token")).code == "INVALID_TOKEN")
      #expect(world.token(People.refresh(reply.member("refresh_token"))).code == "invalid_code")
      #expect(world.token(People.exchange(waiting)).code == "invalid_code")
    }
  }
}
