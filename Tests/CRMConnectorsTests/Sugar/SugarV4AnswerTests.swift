import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// Answers of servers, most of them measured, and what the client makes of them.
struct SugarV4AnswerTests {
  private static let bo =
    #"{"id":"c-1","module_name":"Contacts","name_value_list":{"first_name":{"name":"first_name","value":"Bo"},"#
    + #""last_name":{"name":"last_name","value":"O&#039;Tester"},"#
    + #""phone_work":{"name":"phone_work","value":"+1 (617) 555-0142"}}}"#
  private static func page(_ entries: String, count: Int = 1) -> String {
    #"{"result_count":\#(count),"total_count":"\#(count)","next_offset":\#(count),"entry_list":[\#(entries)],"#
      + #""relationship_list":[]}"#
  }
  private static let warning =
    #"{"id":"c-9","module_name":"Contacts","name_value_list":[{"name":"warning","value":"Access to this object is "#
    + #"denied since it has been deleted or does not exist"},{"name":"deleted","value":"1"}]}"#

  @Test(
    arguments: [
      (page(bo), LookupOutcome.found(reference(.contacts, "c-1", "Bo O'Tester"))),
      (page(warning + "," + bo, count: 2), .found(reference(.contacts, "c-1", "Bo O'Tester"))),
      (page(warning), .missed), (#"{"result_count":0,"total_count":0,"next_offset":0,"entry_list":[]}"#, .missed),
      // As a list of pairs, and with a number in place of text.
      (
        page(
          #"{"id":7,"name_value_list":[{"name":"last_name","value":"Pair"},"#
            + #"{"name":"phone_home","value":6175550142}]}"#),
        .found(reference(.contacts, "7", "Pair"))
      ),
      (
        page(#"{"id":"c-2","name_value_list":{"phone_work":{"name":"phone_work","value":"+16175550142"}}}"#),
        .found(reference(.contacts, "c-2", "+16175550142"))
      ),
      (#"{"name":"No Records","number":51,"description":"none"}"#, .missed),
      ("null", .failed(200, "unexpectedShape")), ("[]", .failed(200, "unexpectedShape")),
      (#"{"entry_list":{}}"#, .failed(200, "unexpectedShape")), (page("{}"), .failed(200, "unexpectedShape")),
      (page(#"{"id":"../x","name_value_list":{}}"#), .failed(200, "unexpectedShape")),
      ("", .failed(200, "unreadableAnswer")), ("<html>Please log in</html>", .failed(200, "unreadableAnswer")),
      (#"{"entry_list":[{"id":"c-1","name_v"#, .failed(200, "unreadableAnswer")),
      (#"{"name":"Access Denied","number":40,"description":"x"}"#, .failed(200, "40")),
      (#"{"name":"x","number":"-1","description":"x"}"#, .failed(200, "-1")),
      (#"{"name":"x","number":"617 555 0142","description":"x"}"#, .failed(200, "unknownCode")),
      (#"{"name":"x","number":null,"description":"x"}"#, .failed(200, "unknownCode")),
    ] as [(String, LookupOutcome)])
  func aSearchsAnswerIsReadWithoutTrust(text: String, outcome: LookupOutcome) throws {
    var dialogue = try SugarDialogue.loggedIn()
    let sent = dialogue.ask("+16175550142")
    #expect(dialogue.answer(sent, .json(200, text)).outcomes == [outcome])
  }

  @Test(
    arguments: [
      (CRMAnswer.json(500, ""), 500, "unexpectedStatus"), (.json(500, "Database failure."), 500, "unexpectedStatus"),
      (.json(503, "<html>"), 503, "unexpectedStatus"), (.json(404, "<html>"), 404, "unexpectedStatus"),
      (.json(302, ""), 302, "redirected"), (.json(429, ""), 429, "unexpectedStatus"),
      (.response(HTTPResponse(status: .ok), body: [UInt8](repeating: 32, count: 30 << 20)), 200, "answerTooLarge"),
      (.unreachable(.timedOut), nil, "timedOut"), (.unreachable(.tlsFailed), nil, "tlsFailed"),
    ] as [(CRMAnswer, Int?, String)])
  func aSearchThatFailsSaysHow(answer: CRMAnswer, status: Int?, code: String) throws {
    var dialogue = try SugarDialogue.loggedIn()
    let sent = dialogue.ask("+16175550142", addingTo: .contacts)
    let outputs = dialogue.answer(sent, answer)
    #expect(outputs.outcomes == [.failed(status, code)] && outputs.requests.isEmpty)
  }

  @Test(
    arguments: [
      (CRMAnswer.json(500, ""), true), (.json(200, ""), true), (.json(200, "null"), true), (.json(200, "<html>"), true),
      (.json(200, #"{"id":"#), true), (.json(200, #"{"entry_list":{}}"#), true), (.json(200, #"{"id":"-1"}"#), true),
      (.unreachable(.timedOut), true), (.unreachable(.connectionRefused), false), (.json(404, "no"), false),
      (.json(302, ""), false), (.sugarError("60"), false), (.sugarError(#""90""#), false),
    ] as [(CRMAnswer, Bool)])
  func aCallThatWasNotTakenMayExistWhereNobodyKnows(answer: CRMAnswer, mayExist: Bool) throws {
    var dialogue = try SugarDialogue.loggedIn()
    let sent = dialogue.log(.example())
    guard case .logged(_, .postponed(_, let doubt)) = dialogue.answer(sent, answer).last else {
      Issue.record("not postponed")
      return
    }
    #expect(doubt == mayExist)
  }

  @Test(arguments: ["20", "40", "1001", #""-1""#, "12"])
  func aCallThatWasRefusedIsNotTriedAgain(number: String) throws {
    var dialogue = try SugarDialogue.loggedIn()
    let sent = dialogue.log(.example())
    guard case .logged(_, .failed) = dialogue.answer(sent, .sugarError(number)).last else {
      Issue.record("not failed")
      return
    }
  }

  @Test(arguments: ["11", #""11""#])
  func numberElevenIsAnEndedSessionHoweverItIsWritten(number: String) throws {
    var dialogue = try SugarDialogue.loggedIn()
    let login = dialogue.answer(dialogue.ask("+16175550142"), .sugarError(number))
    #expect(login.requests.map(\.purpose) == [.token])
    let again = dialogue.answer(login, .sugarSession)
    #expect(again.requests.map(\.purpose) == [.search])
    #expect(dialogue.answer(again, .sugarError(number)).outcomes == [.failed(200, "11")])
  }

  @Test(
    arguments: [
      (CRMAnswer.sugarError("10"), LogoutReason.credentialsWrong, "10"),
      (.sugarError("1008"), .credentialsWrong, "1008"), (.sugarError("1009"), .credentialsWrong, "1009"),
      (.sugarError("12"), .noPermission, "12"), (.sugarError("60"), .throttled, "60"),
      (.json(200, "null"), .unreadableAnswer, "unexpectedShape"),
      (.json(200, #"{"id":""}"#), .unreadableAnswer, "unexpectedShape"),
      (.json(200, #"{"id":"-1"}"#), .unreadableAnswer, "unexpectedShape"),
      (.json(200, "<html>"), .unreadableAnswer, "unreadableAnswer"),
      (.json(500, ""), .serverError, "unexpectedStatus"), (.json(301, ""), .redirected, "redirected"),
      (.unreachable(.connectionRefused), .unreachable, "connectionRefused"),
    ] as [(CRMAnswer, LogoutReason, String)])
  func aLoginThatFailsSaysWhy(answer: CRMAnswer, reason: LogoutReason, code: String) throws {
    var dialogue = try SugarDialogue()
    let sent = dialogue.connector.logIn(at: dialogue.now)
    guard case .loginStatus(.loggedOut(reason, let failure)) = dialogue.answer(sent, answer).first else {
      Issue.record("no reason of this kind")
      return
    }
    #expect(failure.code == code)
  }

  @Test(arguments: [#"{"created":0,"failed":1,"deleted":0}"#, #"{"name":"x","number":40,"description":"x"}"#])
  func aTieThatIsRefusedLeavesTheRecordLogged(text: String) throws {
    var dialogue = try SugarDialogue.loggedIn()
    let made = dialogue.log(.example(record: reference(.contacts, "c-1", "Bo")))
    let tie = dialogue.answer(made, .json(200, #"{"id":"call-1"}"#))
    #expect(dialogue.answer(tie, .json(200, text)).last == .logged(.init(rawValue: 9), .logged(id: "call-1")))
  }

  @Test func theVendorsSearchIsReadModuleByModule() throws {
    var numbers = NumberPlan()
    numbers.manner = .vendorAddIn
    var dialogue = try SugarDialogue.loggedIn(numbers: numbers)
    let search = dialogue.ask("+16175550142", in: [.contacts, .leads])
    #expect(search.requests.count == 1)
    let answer = CRMAnswer.json(
      200,
      #"{"entry_list":[{"name":"Accounts","records":[]},{"name":"Contacts","records":[]},{"name":"Leads","records":"#
        + #"[{"id":{"name":"id","value":"l-1"},"name":{"name":"name","value":"Lea Lead"}}]}]}"#)
    #expect(dialogue.answer(search, answer).outcomes == [.found(reference(.leads, "l-1", "Lea Lead"))])
  }
}
