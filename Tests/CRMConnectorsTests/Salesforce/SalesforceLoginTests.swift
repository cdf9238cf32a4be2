import CRMConnectors
import HTTPTypes
import Primitives
import Testing

struct SalesforceLoginTests {
  @Test func aPasswordAndItsTokenGoToTheLoginHostAsOneEscapedText() throws {
    var dialogue = try SalesforceDialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    #expect(login.lines == ["POST https://login.salesforce.com/services/Soap/u/64.0"])
    let body = login.bodies.first ?? ""
    #expect(body.contains("<username>bo&amp;co@example.com</username>"))
    #expect(body.contains("<password>pass&lt;word&gt;&apos;&quot;TOKEN&amp;1</password>"))
    #expect(login.requests.map(\.purpose) == [.token])
    #expect(dialogue.answer(login, .soapSession()) == [.loginStatus(.loggedIn)])
  }

  @Test func aRefreshTokenIsChangedForASessionAndStaysInUse() throws {
    var dialogue = try SalesforceDialogue(server: "test.salesforce.com", credentials: SalesforceDialogue.byToken)
    for _ in 1...2 {
      let asked = dialogue.ask("16175550142")
      #expect(asked.lines == ["POST https://test.salesforce.com/services/oauth2/token"])
      #expect(
        asked.bodies == [
          "grant_type=refresh_token&client_id=3MVG9.EXAMPLE&client_secret=AB12CD&refresh_token=5Aep861EXAMPLE"
        ])
      let searched = dialogue.answer(
        asked,
        .json(
          200,
          #"{"access_token":"00D!AQ.x_y","instance_url":"https://na1.salesforce.com","#
            + #""id":"https://test.salesforce.com/id/00D000000000001EAA/005000000000001AAA","token_type":"Bearer"}"#))
      #expect(searched.requests.first?.request.authority == "na1.salesforce.com")
      #expect(searched.authorizations == ["Bearer 00D!AQ.x_y"])
      let refused = CRMAnswer.salesforceError(401, "INVALID_SESSION_ID", "Session expired or invalid")
      // The token is asked for once more, with the refresh token there is.
      let again = dialogue.answer(searched, refused)
      #expect(again.lines == ["POST https://test.salesforce.com/services/oauth2/token"])
      _ = dialogue.answer(again, .json(503, "<html>"))
    }
  }

  @Test(arguments: [
    ("", "login.salesforce.com"), ("https://login.salesforce.com", "login.salesforce.com"),
    ("https://Example.my.salesforce.com/", "example.my.salesforce.com"), ("test.salesforce.com", "test.salesforce.com"),
  ])
  func theLoginHostIsTheServerAddress(address: String, host: String) throws {
    var dialogue = try SalesforceDialogue(server: address)
    #expect(dialogue.connector.logIn(at: dialogue.now).requests.map(\.request.authority) == [host])
  }

  @Test(arguments: [
    ("http://login.salesforce.com", ServerAddressError.notHTTPS), ("https://bo@login.salesforce.com", .holdsUser),
    ("ftp://login.salesforce.com", .noScheme), ("https://", .noHost), ("login .salesforce.com", .notPlain),
  ])
  func anAddressThatTakesNoPasswordIsRefused(address: String, error: ServerAddressError) {
    #expect(throws: error) { try SalesforceDialogue(server: address) }
  }

  @Test(arguments: [
    ("INVALID_LOGIN", LogoutReason.credentialsWrong), ("PASSWORD_LOCKOUT", .credentialsWrong),
    ("LOGIN_MUST_USE_SECURITY_TOKEN", .credentialsWrong), ("API_DISABLED_FOR_ORG", .noPermission),
    ("INVALID_OPERATION", .loginRetired), ("UNSUPPORTED_API_VERSION", .loginRetired),
    ("REQUEST_LIMIT_EXCEEDED", .throttled), ("SERVER_UNAVAILABLE", .serverError), ("ORG_LOCKED", .loginRefused),
  ])
  func aFaultSaysWhyNobodyIsLoggedIn(code: String, reason: LogoutReason) throws {
    var dialogue = try SalesforceDialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    let failure = CRMFailure(status: 500, code: code)
    #expect(dialogue.answer(login, .soapFault(code)) == [.loginStatus(.loggedOut(reason, failure))])
  }

  @Test(arguments: [
    ("invalid_grant", LogoutReason.refreshTokenDead), ("invalid_client_id", .clientUnknown),
    ("invalid_client", .clientSecretWrong), ("inactive_user", .credentialsWrong),
    ("unsupported_grant_type", .loginRefused),
  ])
  func anOAuthErrorIsAnObjectAndSaysWhy(code: String, reason: LogoutReason) throws {
    var dialogue = try SalesforceDialogue(credentials: SalesforceDialogue.byToken)
    let login = dialogue.connector.logIn(at: dialogue.now)
    let answer = CRMAnswer.json(400, #"{"error":"\#(code)","error_description":"authentication failure"}"#)
    #expect(
      dialogue.answer(login, answer) == [
        .loginStatus(.loggedOut(reason, CRMFailure(status: 400, code: code)))
      ])
  }

  @Test(arguments: [
    "https://evil.example/services/Soap/u/64.0", "http://example.my.salesforce.com/x",
    "https://salesforce.com.evil.example/",
    "https://evilsalesforce.com/", "https://example.my.salesforce.com@evil.example/", "https:///x", "", "x",
    "https://example.my.salesforce.com:1:2/", "https://[::1]/",
  ])
  func aSessionGoesToNoHostOutsideOfTheLoginHostsDomain(server: String) throws {
    var dialogue = try SalesforceDialogue()
    let asked = dialogue.ask("16175550142")
    let outputs = dialogue.answer(asked, .soapSession(server: server))
    #expect(outputs.requests.isEmpty && outputs.outcomes == [.failed(200, "redirected")])
  }

  @Test func aLoginHostOfOnesOwnServesItsOwnSessionsAndSendsNoneToSalesforce() throws {
    var dialogue = try SalesforceDialogue(server: "https://crm.example.com:8443")
    let own = dialogue.ask("16175550142")
    let searched = dialogue.answer(own, .soapSession(server: "https://crm.example.com:8443/services/Soap/u/64.0"))
    #expect(searched.requests.map(\.request.authority) == ["crm.example.com:8443"])
    dialogue = try SalesforceDialogue(server: "https://crm.example.com:8443")
    let astray = dialogue.ask("16175550142")
    #expect(dialogue.answer(astray, .soapSession()).outcomes == [.failed(200, "redirected")])
  }

  @Test(arguments: [
    (200, "", "unreadableAnswer"), (200, "<html><body>maintenance</html>", "unreadableAnswer"),
    (500, "<html><body>down</body></html>", "unexpectedShape"), (503, "", "unreadableAnswer"),
    (200, #"<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>"#, "unreadableAnswer"),
    (200, "<a>&unknown;</a>", "unreadableAnswer"),
    (200, "<a><b></a></b>", "unreadableAnswer"), (200, "<a/><a/>", "unreadableAnswer"), (200, "<", "unreadableAnswer"),
    (200, "<a>&#xFFFFFFFFF;</a>", "unreadableAnswer"), (200, #"{"a":1}"#, "unreadableAnswer"),
    (200, "<a>&#0</a>", "unreadableAnswer"), (302, "<html>", "redirected"),
    (200, String(repeating: "<a>", count: 100_000), "unreadableAnswer"),
  ])
  func whatIsNoAnswerToALoginLogsNobodyIn(status: Int, body: String, code: String) throws {
    var dialogue = try SalesforceDialogue()
    let asked = dialogue.ask("16175550142", addingTo: .contacts)
    let outputs = dialogue.answer(asked, .xml(status, body))
    #expect(outputs.requests.isEmpty && outputs.outcomes == [.failed(status, code)])
  }

  @Test(arguments: ["two words", "line\u{a}end", "", String(repeating: "x", count: 5000)])
  func aSessionThatNoHeaderCanHoldIsNone(session: String) throws {
    var dialogue = try SalesforceDialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    let outputs = dialogue.answer(login, .soapSession(session: session))
    #expect(
      outputs == [.loginStatus(.loggedOut(.unreadableAnswer, CRMFailure(status: 200, code: "unexpectedShape")))])
  }

  @Test func anAnswerWithoutEndIsNotRead() throws {
    var dialogue = try SalesforceDialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    let body = Array(repeating: UInt8(ascii: "<"), count: 30_000_000)
    let outputs = dialogue.answer(login, .response(HTTPResponse(status: 200), body: body))
    #expect(
      outputs == [.loginStatus(.loggedOut(.unreadableAnswer, CRMFailure(status: 200, code: "answerTooLarge")))])
  }

  @Test func theUserIDMayStandInTheUsersDescriptionAlone() throws {
    var dialogue = try SalesforceDialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    _ = dialogue.answer(login, .soapSession(rest: "<userInfo><userId>005000000000002AAA</userId></userInfo>"))
    #expect(dialogue.log(.example()).bodies.first?.contains(#""OwnerId":"005000000000002AAA""#) ?? false)
  }

  @Test func noPrintingShowsASecretASessionOrANumber() throws {
    var dialogue = try SalesforceDialogue()
    let login = dialogue.connector.logIn(at: dialogue.now)
    _ = dialogue.answer(login, .soapSession())
    let search = dialogue.ask("16175550142")
    for value in [dialogue.connector, login, search] as [Any] {
      var text = String(describing: value) + String(reflecting: value)
      dump(value, to: &text)
      for secret in ["pass", "TOKEN", SalesforceDialogue.session, "5550142"] { #expect(!text.contains(secret)) }
    }
  }
}
