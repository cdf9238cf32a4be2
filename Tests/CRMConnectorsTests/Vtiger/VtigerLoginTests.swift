import CRMConnectors
import Primitives
import Testing

struct VtigerLoginTests {
  private static let base = "https://crm.example.com/vtigercrm/webservice.php"

  @Test func aLoginIsAChallengeAKeyMadeWithItAndALookWhatThereIs() throws {
    var dialogue = try VtigerDialogue()
    let challenge = dialogue.connector.logIn(at: dialogue.now)
    #expect(challenge.lines == ["GET \(Self.base)?operation=getchallenge&username=admin"])
    let login = dialogue.answer(challenge, .challenge)
    #expect(login.lines == ["POST \(Self.base)"])
    #expect(login.bodies == ["operation=login&username=admin&accessKey=\(Self.response)"])
    let types = dialogue.answer(login, .session)
    #expect(types.lines == ["GET \(Self.base)?operation=listtypes&sessionName=b4d1bf66b00b78ad07ea"])
    #expect((challenge + login + types).requests.map(\.purpose) == [.token, .token, .token])
    #expect(types.requests.map(\.secretFields) == [["sessionName", "accessKey"]])
    #expect(dialogue.answer(types, .json(200, VtigerDialogue.calendar)) == [.loginStatus(.loggedIn)])
  }

  /// MD5 of `6b00b78ad00d4Wq3vT8sLk2Zp9XcR`, by another program.
  private static let response = "8b26839b653b6f6d4e1d8c7f296e3362"

  @Test func anAddressMayBePlainHTTPWithAPortAndNoPath() throws {
    var dialogue = try VtigerDialogue(address: "http://CRM.example.com:8080/")
    #expect(
      dialogue.connector.logIn(at: dialogue.now).lines == [
        "GET http://crm.example.com:8080/webservice.php?operation=getchallenge&username=admin"
      ])
  }

  @Test(arguments: ["crm.example.com", "https://admin:pw@crm.example.com", "https://crm.example.com/?a=b", "ftp://x"])
  func anAddressThatIsNoneMakesNoConnector(address: String) {
    #expect(throws: ConnectorSettingsError.self) { try VtigerDialogue(address: address) }
  }

  @Test func aRefusedKeyIsTriedOnceMoreFromTheChallengeBecauseAnotherClientMayHaveAskedInBetween() throws {
    var dialogue = try VtigerDialogue()
    let login = dialogue.answer(dialogue.connector.logIn(at: dialogue.now), .challenge)
    let again = dialogue.answer(login, .failure("INVALID_USER_CREDENTIALS"))
    #expect(again.lines == ["GET \(Self.base)?operation=getchallenge&username=admin"])
    let types = dialogue.answer(dialogue.answer(again, .challenge), .session)
    #expect(dialogue.answer(types, .json(200, VtigerDialogue.calendar)).statuses == [.loggedIn])
  }

  @Test func aKeyThatIsRefusedTwiceIsWrongAndTheCRMIsLeftAlone() throws {
    var dialogue = try VtigerDialogue()
    let login = dialogue.answer(dialogue.connector.logIn(at: dialogue.now), .challenge)
    let again = dialogue.answer(login, .failure("INVALID_USER_CREDENTIALS"))
    let refused = dialogue.answer(
      dialogue.answer(again, .challenge), .failure("INVALID_USER_CREDENTIALS"))
    #expect(
      refused == [
        .loginStatus(.loggedOut(.credentialsWrong, CRMFailure(status: 200, code: "INVALID_USER_CREDENTIALS")))
      ])
    #expect(dialogue.ask("5550101").outcomes == [.failed(200, "INVALID_USER_CREDENTIALS")])
  }

  @Test func aUserWhoIsNotThereIsKnownAtTheChallenge() throws {
    var dialogue = try VtigerDialogue()
    let refused = dialogue.answer(
      dialogue.connector.logIn(at: dialogue.now), .failure("ACCESS_DENIED", "username does not exists"))
    #expect(
      refused.statuses == [.loggedOut(.credentialsWrong, CRMFailure(status: 200, code: "ACCESS_DENIED"))])
  }

  @Test(arguments: [
    (#"{"success":true,"result":{}}"#, "unexpectedShape"), (#"{"success":true}"#, "unexpectedShape"),
    (#"{"success":true,"result":{"token":"a&b=c"}}"#, "unexpectedShape"),
    (#"{"success":true,"result":{"token":7}}"#, "unexpectedShape"), ("<html>", "unreadableAnswer"),
    ("", "unreadableAnswer"), (#"{"success":false}"#, "unknownCode"), (#"{"success":"yes"}"#, "unexpectedShape"),
    (#"{"success":false,"error":{"code":"+49 30 1234"}}"#, "unknownCode"), ("[]", "unexpectedShape"),
  ])
  func aChallengeThatIsNoneEndsTheLogin(text: String, code: String) throws {
    var dialogue = try VtigerDialogue()
    let ended = dialogue.answer(dialogue.connector.logIn(at: dialogue.now), .json(200, text))
    guard case .loggedOut(_, let failure) = ended.statuses.first else {
      Issue.record("no status")
      return
    }
    #expect(failure == CRMFailure(status: 200, code: code))
    #expect(ended.requests.isEmpty)
  }

  @Test(arguments: [
    #"{"success":true,"result":{"sessionName":"abc"}}"#, #"{"success":true,"result":{"userId":"19x1"}}"#,
    #"{"success":true,"result":{"sessionName":"a b","userId":"19x1"}}"#,
    #"{"success":true,"result":{"sessionName":"abc","userId":"19x1' or '"}}"#,
  ])
  func aSessionThatIsNoneEndsTheLogin(text: String) throws {
    var dialogue = try VtigerDialogue()
    let login = dialogue.answer(dialogue.connector.logIn(at: dialogue.now), .challenge)
    let ended = dialogue.answer(login, .json(200, text))
    #expect(
      ended.statuses == [.loggedOut(.unreadableAnswer, CRMFailure(status: 200, code: "unexpectedShape"))])
  }

  @Test func whoMayNotSeeTheTypesIsLoggedInAllTheSame() throws {
    var dialogue = try VtigerDialogue()
    let login = dialogue.answer(dialogue.connector.logIn(at: dialogue.now), .challenge)
    let types = dialogue.answer(login, .session)
    #expect(dialogue.answer(types, .failure("ACCESS_DENIED")).statuses == [.loggedIn])
  }

  @Test func whereThePlaceOfCallsIsSetNobodyLooksForIt() throws {
    var settings = ConnectorSettings()
    settings.vtiger.callPlace = .events
    var dialogue = try VtigerDialogue(settings)
    let login = dialogue.answer(dialogue.connector.logIn(at: dialogue.now), .challenge)
    #expect(dialogue.answer(login, .session) == [.loginStatus(.loggedIn)])
  }

  @Test(arguments: [
    "INVALID_SESSIONID", "SESSION_LEFT_IDLE", "SESSION_EXPIRED", "AUTHENTICATION_REQUIRED",
  ])
  func aDeadSessionIsReplacedOnceAndTheQuestionAskedAgain(code: String) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let asked = dialogue.ask("5550101")
    let again = dialogue.answer(asked, .failure(code))
    #expect(again.lines == ["GET \(Self.base)?operation=getchallenge&username=admin"])
    let types = dialogue.answer(dialogue.answer(again, .challenge), .session)
    let repeated = dialogue.answer(types, .json(200, VtigerDialogue.calendar))
    #expect(repeated.queries == asked.queries)
    let refused = dialogue.answer(repeated, .failure(code))
    #expect(refused.outcomes == [.failed(200, code)])
    #expect(refused.statuses == [.loggedOut(.loginRefused, CRMFailure(status: 200, code: code))])
  }

  @Test func aSessionEndsWithTheDay() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    dialogue.now = dialogue.now + .seconds(86_400 - 300)
    #expect(dialogue.ask("5550101").lines == ["GET \(Self.base)?operation=getchallenge&username=admin"])
  }

  @Test func nothingPrintsTheKeyOrTheSession() throws {
    let dialogue = try VtigerDialogue.loggedIn()
    var dumped = "\(dialogue.connector)"
    dump(dialogue.connector, to: &dumped)
    #expect(!dumped.contains(VtigerDialogue.key) && !dumped.contains("b4d1bf66b00b78ad07ea"))
  }
}
