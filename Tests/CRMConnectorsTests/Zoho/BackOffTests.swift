import CRMConnectors
import Primitives
import Testing

struct BackOffTests {
  private static let accessDenied = #"{"error":"Access Denied","status":"failure"}"#

  @Test func afterAccessDeniedQuestionsFailWithThatCodeForTenMinutes() throws {
    var dialogue = try Dialogue()
    let asked = dialogue.ask("+15550100")
    _ = dialogue.answer(asked, .json(400, Self.accessDenied))
    dialogue.wait(seconds: 599)
    #expect(dialogue.ask("+15550100").outcomes == [.failed(400, "Access Denied")])
    let failure = CRMFailure(status: 400, code: "Access Denied")
    #expect(dialogue.log(.example()) == [.logged(.init(rawValue: 9), .postponed(failure, mayExist: false))])
    #expect(dialogue.connector.logIn(at: dialogue.now) == [.loginStatus(.loggedOut(.throttled, failure))])
    dialogue.wait(seconds: 1)
    #expect(dialogue.ask("+15550100").requests.map(\.purpose) == [.token])
  }

  @Test(arguments: [
    CRMAnswer.refused(429, "TOO_MANY_REQUESTS"), .refused(400, "TOO_MANY_REQUESTS"), .refused(429, "LIMIT_EXCEEDED"),
    .json(429, "<html>slow down</html>"), .json(400, Self.accessDenied),
  ])
  func afterTooManyRequestsTheAPIIsLeftAloneForAMinute(answer: CRMAnswer) throws {
    var dialogue = try Dialogue.loggedIn()
    let asked = dialogue.ask("+15550100")
    let first = dialogue.answer(asked, answer).outcomes
    #expect(first.count == 1)
    dialogue.wait(seconds: 59)
    #expect(dialogue.ask("+15550100").outcomes == first)
    dialogue.wait(seconds: 1)
    #expect(dialogue.ask("+15550100").requests.map(\.purpose) == [.search])
  }

  @Test func aSilenceThatBeginsBetweenTwoTablesEndsTheQuestion() throws {
    var dialogue = try Dialogue.loggedIn()
    let slow = dialogue.ask("+15550100", in: [.contacts, .leads])
    let refused = dialogue.ask("+15550101")
    _ = dialogue.answer(refused, .refused(429, "TOO_MANY_REQUESTS"))
    #expect(dialogue.answer(slow, .miss).outcomes == [.failed(429, "TOO_MANY_REQUESTS")])
  }

  @Test func oneQuestionTooManyFailsAndTheOthersGoOn() throws {
    var settings = ConnectorSettings()
    settings.maximumOpenQuestions = 2
    var dialogue = try Dialogue.loggedIn(settings)
    let first = dialogue.ask("+15550100")
    _ = dialogue.ask("+15550101")
    #expect(dialogue.ask("+15550102").outcomes == [.failed(nil, "queueFull")])
    let full = CRMFailure(status: nil, code: "queueFull")
    #expect(dialogue.log(.example()) == [.logged(.init(rawValue: 9), .postponed(full, mayExist: false))])
    #expect(dialogue.answer(first, .miss).outcomes == [.missed])
    #expect(dialogue.ask("+15550103").requests.count == 1)
  }
}
