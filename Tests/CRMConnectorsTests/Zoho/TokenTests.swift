import CRMConnectors
import HTTPTypes
import Primitives
import Testing

struct TokenTests {
  @Test func aLoginAsksTheAccountsServerForAToken() throws {
    var dialogue = try Dialogue(server: "https://crm.zohoapis.com.cn")
    let outputs = dialogue.connector.logIn(at: dialogue.now)
    #expect(outputs.lines == ["POST https://accounts.zoho.com.cn/oauth/v2/token"])
    #expect(
      outputs.bodies == [
        "client_id=1000.EXAMPLEEXAMPLEEXAMPLEEXAMPLE0&client_secret=\(Dialogue.clientSecret)"
          + "&grant_type=refresh_token&refresh_token=\(Dialogue.refreshToken)"
      ])
    #expect(outputs.requests.first?.purpose == .token)
    #expect(outputs.requests.first?.request.headerFields[.contentType] == "application/x-www-form-urlencoded")
    #expect(dialogue.answer(outputs, .token()) == [.loginStatus(.loggedIn)])
  }

  @Test func credentialsArePercentEncoded() throws {
    let credentials = ZohoV2Credentials(
      clientID: "a&b=c", clientSecret: Secret("+ %"), refreshToken: Secret("ü/~"))
    var dialogue = try Dialogue(credentials: credentials)
    #expect(
      dialogue.connector.logIn(at: dialogue.now).bodies == [
        "client_id=a%26b%3Dc&client_secret=%2B%20%25&grant_type=refresh_token&refresh_token=%C3%BC%2F~"
      ])
  }

  @Test(arguments: [
    (200, #"{"error":"invalid_code"}"#, "invalid_code", LogoutReason.refreshTokenDead),
    (200, #"{"error":"invalid_client"}"#, "invalid_client", .clientUnknown),
    (400, #"{"error":"invalid_client"}"#, "invalid_client", .clientUnknown),
    (200, #"{"error":"invalid_client_secret"}"#, "invalid_client_secret", .clientSecretWrong),
    (200, #"{"error":"access_denied"}"#, "access_denied", .loginRefused),
    (
      400, #"{"error_description":"slow down","error":"Access Denied","status":"failure"}"#, "Access Denied", .throttled
    ),
    (200, #"{"error":"1000.0f.leak 5550100"}"#, "unknownCode", .loginRefused),
    (200, #"{"error":{"code":1}}"#, "unknownCode", .loginRefused),
    (200, #"{"error":null,"access_token":"1000.a.b"}"#, "unknownCode", .loginRefused),
    (200, "{}", "unexpectedShape", .unreadableAnswer),
    (200, #"{"access_token":7}"#, "unexpectedShape", .unreadableAnswer),
    (200, #"{"access_token":""}"#, "unexpectedShape", .unreadableAnswer),
    (200, #"{"access_token":null}"#, "unexpectedShape", .unreadableAnswer),
    (200, #"{"access_token":"a\r\nX-Injected: b"}"#, "unexpectedShape", .unreadableAnswer),
    (200, "[]", "unexpectedShape", .unreadableAnswer), (200, "null", "unexpectedShape", .unreadableAnswer),
    (200, "\"token\"", "unexpectedShape", .unreadableAnswer),
    (200, "", "unreadableAnswer", .unreadableAnswer),
    (200, "<html>Sign in</html>", "unreadableAnswer", .unreadableAnswer),
    (200, #"{"access_token":"1000.a"#, "unreadableAnswer", .unreadableAnswer),
    (502, "<html>Bad gateway</html>", "unreadableAnswer", .serverError),
    (500, #"{"message":"oops"}"#, "unexpectedStatus", .serverError), (302, "{}", "redirected", .redirected),
    (204, "", "unexpectedStatus", .unreadableAnswer),
  ])
  func aTokenErrorLogsTheUserOutAndFailsTheQuestion(status: Int, body: String, code: String, reason: LogoutReason)
    throws
  {
    var dialogue = try Dialogue()
    let asked = dialogue.ask("+15550100")
    let failure = CRMFailure(status: status, code: code)
    #expect(
      dialogue.answer(asked, .json(status, body)) == [
        .loginStatus(.loggedOut(reason, failure)), .lookedUp(.init(rawValue: 1), .failed(failure)),
      ])
  }

  @Test(arguments: CRMAnswer.UnreachableReason.allCases)
  func anUnreachableAccountsServerFailsTheQuestion(reason: CRMAnswer.UnreachableReason) throws {
    var dialogue = try Dialogue()
    let asked = dialogue.ask("+15550100")
    #expect(dialogue.answer(asked, .unreachable(reason)).outcomes == [.failed(nil, reason.rawValue)])
  }

  @Test func oneRefreshServesEveryoneWhoWaits() throws {
    var dialogue = try Dialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    #expect(dialogue.ask("+15550100").isEmpty)
    #expect(dialogue.ask("+15550101").isEmpty)
    let outputs = dialogue.answer(login, .token())
    #expect(outputs.first == .loginStatus(.loggedIn))
    #expect(
      outputs.lines == [
        "GET https://www.zohoapis.com/crm/v2/Contacts/search?phone=%2B15550100",
        "GET https://www.zohoapis.com/crm/v2/Contacts/search?phone=%2B15550101",
      ])
    #expect(outputs.authorizations == Array(repeating: "Zoho-oauthtoken 1000.first.token", count: 2))
  }

  /// Life told by the reply, then the last second of its use and the first second of its replacement.
  @Test(arguments: [
    (#","expires_in":3600"#, 3299), (#","expires_in_sec":3600,"expires_in":3600000"#, 3299),
    (#","expires_in":3600000"#, 3299), ("", 3299), (#","expires_in":"1200""#, 899), (#","expires_in":-5"#, 3299),
    (#","expires_in":null"#, 3299), (#","expires_in":[]"#, 3299), (#","expires_in_sec":1200,"expires_in":9"#, 899),
    (#","expires_in":9223372036854775807"#, 86_099),
  ])
  func aTokenIsUsedUntilFiveMinutesBeforeItsEnd(life: String, lastSecond: Int64) throws {
    var dialogue = try Dialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    _ = dialogue.answer(login, .token(rest: life))
    dialogue.wait(seconds: lastSecond)
    #expect(dialogue.ask("+15550100").requests.map(\.purpose) == [.search])
    dialogue.wait(seconds: 1)
    #expect(dialogue.ask("+15550100").requests.map(\.purpose) == [.token])
  }

  @Test func aTokenShorterThanTheMarginStillServesWhoWaitedForIt() throws {
    var dialogue = try Dialogue()
    let asked = dialogue.ask("+15550100")
    #expect(dialogue.answer(asked, .token(rest: #","expires_in":10"#)).requests.map(\.purpose) == [.search])
  }

  @Test(arguments: [
    ("https://www.zohoapis.eu", "www.zohoapis.eu"), ("https://www.zohoapis.eu/", "www.zohoapis.eu"),
    ("https://sandbox.zohoapis.com", "sandbox.zohoapis.com"), ("https://crm.zohoapis.com", "www.zohoapis.com"),
    ("https://evil.example", "www.zohoapis.com"), ("http://www.zohoapis.eu", "www.zohoapis.com"),
    ("https://www.zohoapis.eu@evil.example", "www.zohoapis.com"), ("https://www.zohoapis.eu:1", "www.zohoapis.com"),
    ("https://www.zohoapis.eu.evil.example", "www.zohoapis.com"), ("", "www.zohoapis.com"),
  ])
  func aTokenGoesToTheReplysDomainOnlyIfItIsZohos(domain: String, host: String) throws {
    var dialogue = try Dialogue()
    let asked = dialogue.ask("+15550100")
    let outputs = dialogue.answer(asked, .json(200, #"{"access_token":"1000.a.b","api_domain":"\#(domain)"}"#))
    #expect(outputs.requests.map(\.request.authority) == [host])
  }

  @Test func aRefusedTokenIsReplacedOnceAndTheRequestRepeatedOnce() throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let refresh = dialogue.answer(asked, .refused(401, "INVALID_TOKEN"))
    #expect(refresh.requests.map(\.purpose) == [.token])
    let repeated = dialogue.answer(refresh, .token("1000.second.token"))
    #expect(repeated.lines == asked.lines)
    #expect(repeated.authorizations == ["Zoho-oauthtoken 1000.second.token"])
    #expect(
      dialogue.answer(repeated, .refused(401, "INVALID_TOKEN")) == [
        .loginStatus(.loggedOut(.wrongRegion, CRMFailure(status: 401, code: "INVALID_TOKEN"))),
        .lookedUp(.init(rawValue: 1), .failed(401, "INVALID_TOKEN")),
      ])
  }

  @Test func aTokenReplacedMeanwhileIsNotReplacedAgain() throws {
    var dialogue = try Dialogue.loggedIn()
    let first = dialogue.ask("+15550100")
    let second = dialogue.ask("+15550101")
    let refresh = dialogue.answer(first, .refused(401, "INVALID_TOKEN"))
    #expect(dialogue.answer(second, .refused(401, "INVALID_TOKEN")).isEmpty)
    #expect(dialogue.answer(refresh, .token("1000.second.token")).requests.map(\.purpose) == [.search, .search])
  }

  @Test func aRefusalThatComesAfterTheReplacementUsesTheNewToken() throws {
    var dialogue = try Dialogue.loggedIn()
    let first = dialogue.ask("+15550100")
    let second = dialogue.ask("+15550101")
    let refresh = dialogue.answer(first, .refused(401, "INVALID_TOKEN"))
    _ = dialogue.answer(refresh, .token("1000.second.token"))
    let repeated = dialogue.answer(second, .refused(401, "INVALID_TOKEN"))
    #expect(repeated.lines == second.lines)
    #expect(repeated.authorizations == ["Zoho-oauthtoken 1000.second.token"])
  }

  @Test(arguments: [
    (401, "OAUTH_SCOPE_MISMATCH", LogoutReason.scopeTooNarrow), (401, "AUTHENTICATION_FAILURE", .loginRefused),
    (403, "NO_PERMISSION", .noPermission),
  ])
  func aRefusalThatANewTokenCannotCureIsReportedAtOnce(status: Int, code: String, reason: LogoutReason) throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100", in: [.contacts, .leads], addingTo: .leads)
    #expect(
      dialogue.answer(asked, .refused(status, code)) == [
        .loginStatus(.loggedOut(reason, CRMFailure(status: status, code: code))),
        .lookedUp(.init(rawValue: 1), .failed(status, code)),
      ])
  }

  @Test func aDisabledUserSendsNothing() throws {
    var dialogue = try Dialogue(isEnabled: false)
    let failure = CRMFailure(status: nil, code: "userDisabled")
    #expect(dialogue.connector.logIn(at: dialogue.now) == [.loginStatus(.loggedOut(.userDisabled, failure))])
    #expect(dialogue.ask("+15550100") == [.lookedUp(.init(rawValue: 1), .failed(failure))])
    #expect(dialogue.log(.example()) == [.logged(.init(rawValue: 9), .failed(failure))])
  }

  @Test func theLoginStatusIsToldWhenItChangesAndAfterEachLogin() throws {
    var dialogue = try Dialogue.loggedIn()
    #expect(dialogue.connector.logIn(at: dialogue.now) == [.loginStatus(.loggedIn)])
    dialogue.wait(seconds: 3600)
    let asked = dialogue.ask("+15550100")
    #expect(dialogue.answer(asked, .token()).contains(.loginStatus(.loggedIn)) == false)
  }
}
