import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// The client of `rest/v10` and `rest/v11`: its exact requests, and what it makes of answers.
struct SugarRESTTests {
  @Test(arguments: [(SugarAPI.v10, "v10"), (.v11, "v11")])
  func loginIsAPasswordGrantUnderAPlatformOfOurOwn(api: SugarAPI, version: String) throws {
    var dialogue = try SugarDialogue(api)
    let sent = dialogue.connector.logIn(at: dialogue.now)
    #expect(sent.lines == ["POST https://crm.example.com/sugarcrm/rest/\(version)/oauth2/token"])
    #expect(sent.requests.map(\.purpose) == [.token])
    #expect(
      sent.bodies == [
        #"{"grant_type":"password","client_id":"sugar","client_secret":"","username":"ann","password":"pass word","#
          + #""platform":"ucm"}"#
      ])
  }

  @Test func aLookupIsAFilterByTheDigitsThatStandTogether() throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    let sent = dialogue.ask("+1 (617) 555-0142", in: [.accounts])
    #expect(sent.lines == ["POST https://crm.example.com/sugarcrm/rest/v10/Accounts/filter"])
    let token = try #require(HTTPField.Name("OAuth-Token"))
    #expect(sent.requests.map { $0.request.headerFields[token] } == ["access-1"])
    #expect(
      sent.bodies == [
        #"{"filter":[{"$or":[{"phone_office":{"$contains":"0142"}},{"phone_alternate":{"$contains":"0142"}},"#
          + #"{"phone_fax":{"$contains":"0142"}}]}],"fields":"id,name,phone_office,phone_alternate,phone_fax","#
          + #""max_num":500,"offset":0}"#
      ])
  }

  @Test(
    arguments: [
      (
        #"{"next_offset":-1,"records":[{"id":"x","name":"Other","phone_work":"+49 221 0142"},"#
          + #"{"id":"c-1","first_name":"Bo","last_name":"Tester","phone_work":"+1 (617) 555-0142"}]}"#,
        LookupOutcome.found(reference(.contacts, "c-1", "Bo Tester"))
      ),
      (#"{"next_offset":-1,"records":[]}"#, .missed), (#"{"records":[]}"#, .missed),
      (#"{"next_offset":500,"records":[]}"#, .failed(200, "tooManyRecords")),
      (#"{"next_offset":-1}"#, .failed(200, "unexpectedShape")),
      (#"{"next_offset":-1,"records":[{"name":"no id"}]}"#, .failed(200, "unexpectedShape")),
      (#"{"next_offset":-1,"records":["c-1"]}"#, .failed(200, "unexpectedShape")),
      ("", .failed(200, "unreadableAnswer")), ("<html>", .failed(200, "unreadableAnswer")),
    ] as [(String, LookupOutcome)])
  func aFiltersAnswerIsReadWithoutTrust(text: String, outcome: LookupOutcome) throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    let sent = dialogue.ask("+16175550142")
    #expect(dialogue.answer(sent, .json(200, text)).outcomes == [outcome])
  }

  @Test(
    arguments: [
      (403, "not_authorized", "failed", false), (404, "not_found", "failed", false),
      (422, "missing_parameter", "failed", false), (409, "edit_conflict", "failed", false),
      (301, "incorrect_version", "failed", false), (500, "fatal_error", "postponed", true),
      (503, "maintenance", "postponed", false), (429, "too_many_requests", "postponed", false),
    ] as [(Int, String, String, Bool)])
  func everyErrorHasItsOutcome(status: Int, code: String, outcome: String, mayExist: Bool) throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    let sent = dialogue.log(.example())
    let answer = CRMAnswer.json(status, #"{"error":"\#(code)","error_message":"in words"}"#)
    switch dialogue.answer(sent, answer).last {
    case .logged(_, .failed(let failure)): #expect(outcome == "failed" && failure.code == code)
    case .logged(_, .postponed(let failure, let doubt)):
      #expect(outcome == "postponed" && failure.code == code && doubt == mayExist)
    case let other: Issue.record("\(String(describing: other))")
    }
  }

  @Test(
    arguments: [
      (CRMAnswer.json(200, ""), true), (.json(200, "{}"), true), (.json(502, "<html>"), true), (.json(404, ""), false),
      (.json(302, ""), false), (.unreachable(.timedOut), true), (.unreachable(.tlsFailed), false),
    ] as [(CRMAnswer, Bool)])
  func aCallThatWasNotTakenMayExistWhereNobodyKnows(answer: CRMAnswer, mayExist: Bool) throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    let sent = dialogue.log(.example())
    guard case .logged(_, .postponed(_, let doubt)) = dialogue.answer(sent, answer).last else {
      Issue.record("not postponed")
      return
    }
    #expect(doubt == mayExist)
  }

  @Test(arguments: ["invalid_grant", "need_login"])
  func anEndedSessionIsRenewedByItsRefreshToken(code: String) throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    let refused = CRMAnswer.json(401, #"{"error":"\#(code)","error_message":"x"}"#)
    let renewal = dialogue.answer(dialogue.ask("+16175550142"), refused)
    #expect(renewal.lines == ["POST https://crm.example.com/sugarcrm/rest/v10/oauth2/token"])
    #expect(
      renewal.bodies == [
        #"{"grant_type":"refresh_token","client_id":"sugar","client_secret":"","refresh_token":"refresh-1","#
          + #""platform":"ucm"}"#
      ])
    let again = dialogue.answer(renewal, .sugarToken("access-2", refresh: "refresh-2"))
    let token = try #require(HTTPField.Name("OAuth-Token"))
    #expect(again.requests.map { $0.request.headerFields[token] } == ["access-2"])
  }

  @Test func whereTheRefreshTokenIsRefusedThePasswordFollows() throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    let refused = CRMAnswer.json(401, #"{"error":"invalid_grant","error_message":"x"}"#)
    let renewal = dialogue.answer(dialogue.ask("+16175550142"), refused)
    let login = dialogue.answer(renewal, refused)
    #expect(login.bodies.first?.contains(#""grant_type":"password""#) ?? false)
    #expect(dialogue.answer(login, .sugarToken("access-3")).requests.map(\.purpose) == [.search])
  }

  @Test func aRenewalThatCannotBeReachedIsNoReasonToSendThePassword() throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    let refused = CRMAnswer.json(401, #"{"error":"invalid_grant","error_message":"x"}"#)
    let renewal = dialogue.answer(dialogue.ask("+16175550142"), refused)
    let outputs = dialogue.answer(renewal, .unreachable(.timedOut))
    #expect(outputs.requests.isEmpty && outputs.outcomes == [.failed(nil, "timedOut")])
  }

  @Test func theServersWishToBeLeftAloneIsFollowed() throws {
    var dialogue = try SugarDialogue.loggedIn(.v10)
    var response = HTTPResponse(status: .init(code: 429))
    response.headerFields[.retryAfter] = "120"
    _ = dialogue.answer(dialogue.ask("+16175550142"), .response(response, body: []))
    dialogue.now = dialogue.now + .seconds(119)
    #expect(dialogue.ask("+16175550142").requests.isEmpty)
    dialogue.now = dialogue.now + .seconds(1)
    #expect(dialogue.ask("+16175550142").requests.count == 1)
  }

  @Test(
    arguments: [
      #"{"access_token":"a b"}"#, #"{"access_token":""}"#, #"{"access_token":"x\r\nX-Evil: 1"}"#, "{}", "[]", "null",
    ])
  func aTokenThatFitsNoHeaderIsNone(text: String) throws {
    var dialogue = try SugarDialogue(.v10)
    let sent = dialogue.connector.logIn(at: dialogue.now)
    #expect(
      dialogue.answer(sent, .json(200, text)) == [
        .loginStatus(.loggedOut(.unreadableAnswer, CRMFailure(status: 200, code: "unexpectedShape")))
      ])
  }

  @Test func aCallIsTiedByItsPath() throws {
    var dialogue = try SugarDialogue.loggedIn(.v11)
    let made = dialogue.log(.example(record: reference(.contacts, "c-1", "Bo")))
    #expect(made.lines == ["POST https://crm.example.com/sugarcrm/rest/v11/Calls"])
    #expect(made.bodies.first?.contains(#""date_start":"2027-01-15T08:00:00+00:00","duration_hours":0"#) ?? false)
    let tie = dialogue.answer(made, .json(200, #"{"id":"call-1","name":"x"}"#))
    #expect(tie.lines == ["POST https://crm.example.com/sugarcrm/rest/v11/Contacts/c-1/link/calls/call-1"])
  }
}
