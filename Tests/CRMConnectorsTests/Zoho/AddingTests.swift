import CRMConnectors
import Primitives
import Testing

struct AddingTests {
  private let id = "4000000000000123457"

  /// The request that adds the number after its search missed.
  private func create(_ dialogue: inout Dialogue, _ number: String = "+15550100", in table: CRMTable = .contacts)
    -> [ConnectorOutput]
  {
    let asked = dialogue.ask(number, in: [table], addingTo: table)
    return dialogue.answer(asked, .miss)
  }

  @Test(arguments: [
    (CRMTable.contacts, #"{"data":[{"Last_Name":"+15550100","Phone":"+15550100"}]}"#),
    (.leads, #"{"data":[{"Company":"+15550100","Last_Name":"+15550100","Phone":"+15550100"}]}"#),
    (.accounts, #"{"data":[{"Account_Name":"+15550100","Phone":"+15550100"}]}"#),
  ])
  func anUnknownCallerIsAddedWithTheFieldsItsTableNeeds(table: CRMTable, body: String) throws {
    var dialogue = try Dialogue.loggedIn()
    let create = create(&dialogue, in: table)
    let module = table.rawValue.prefix(1).uppercased() + table.rawValue.dropFirst()
    #expect(create.lines == ["POST https://www.zohoapis.com/crm/v2/" + module])
    #expect(create.bodies == [body])
    #expect(create.requests.map(\.purpose) == [.create])
    #expect(
      dialogue.answer(create, .added(id)) == [
        .lookedUp(.init(rawValue: 1), .added(reference(table, id, "+15550100")))
      ])
  }

  @Test func theNameOfAnAddedCallerIsASetting() throws {
    var settings = ConnectorSettings()
    settings.unknownCallerName = "New caller [Number]"
    var dialogue = try Dialogue.loggedIn(settings)
    let create = create(&dialogue)
    #expect(create.bodies == [#"{"data":[{"Last_Name":"New caller +15550100","Phone":"+15550100"}]}"#])
    #expect(dialogue.answer(create, .added(id)).outcomes == [.added(reference(.contacts, id, "New caller +15550100"))])
  }

  @Test func twoQuestionsForOneUnknownNumberAddItOnce() throws {
    var dialogue = try Dialogue.loggedIn()
    let first = dialogue.ask("+15550100", addingTo: .contacts)
    let second = dialogue.ask("+15550100", addingTo: .contacts)
    let create = dialogue.answer(first, .miss)
    #expect(create.requests.map(\.purpose) == [.create])
    #expect(dialogue.answer(second, .miss).isEmpty)
    let record = reference(.contacts, id, "+15550100")
    #expect(
      dialogue.answer(create, .added(id)) == [
        .lookedUp(.init(rawValue: 1), .added(record)), .lookedUp(.init(rawValue: 2), .found(record)),
      ])
  }

  @Test func aFailedAdditionFailsEveryoneWhoWaitedForIt() throws {
    var dialogue = try Dialogue.loggedIn()
    let first = dialogue.ask("+15550100", addingTo: .contacts)
    let second = dialogue.ask("+15550100", addingTo: .contacts)
    let create = dialogue.answer(first, .miss)
    _ = dialogue.answer(second, .miss)
    #expect(
      dialogue.answer(create, .refused(403, "NO_PERMISSION")).outcomes == [
        .failed(403, "NO_PERMISSION"), .failed(403, "NO_PERMISSION"),
      ])
  }

  @Test func anAddedNumberIsRememberedForTenMinutesWhileTheIndexLags() throws {
    var dialogue = try Dialogue.loggedIn()
    let create = create(&dialogue)
    _ = dialogue.answer(create, .added(id))
    dialogue.wait(seconds: 599)
    let again = dialogue.ask("+15550100", addingTo: .contacts)
    #expect(dialogue.answer(again, .miss).outcomes == [.found(reference(.contacts, id, "+15550100"))])
    dialogue.wait(seconds: 1)
    let later = dialogue.ask("+15550100", addingTo: .contacts)
    #expect(dialogue.answer(later, .miss).requests.map(\.purpose) == [.create])
  }

  @Test func theCRMsOwnAnswerGoesBeforeMemory() throws {
    var dialogue = try Dialogue.loggedIn()
    let create = create(&dialogue)
    _ = dialogue.answer(create, .added(id))
    let again = dialogue.ask("+15550100", addingTo: .contacts)
    #expect(
      dialogue.answer(again, .found(id, #""Full_Name":"Renamed""#)).outcomes == [
        .found(reference(.contacts, id, "Renamed"))
      ])
  }

  @Test func memoryIsBoundedAndForgetsTheOldest() throws {
    var settings = ConnectorSettings()
    settings.maximumRememberedNumbers = 1
    var dialogue = try Dialogue.loggedIn(settings)
    for number in ["+15550100", "+15550101"] {
      let create = create(&dialogue, number)
      _ = dialogue.answer(create, .added(id))
    }
    #expect(create(&dialogue, "+15550100").requests.map(\.purpose) == [.create])
    #expect(create(&dialogue, "+15550101").outcomes.count == 1)
  }

  /// After these, nobody knows whether the record exists.
  static let doubtful: [CRMAnswer] = [
    .unreachable(.timedOut), .refused(500, "INTERNAL_ERROR"), .json(502, "<html>"), .json(201, "{\"data\":"),
    .json(201, #"{"data":[]}"#), .json(201, #"{"data":[{"code":"SUCCESS","details":{}}]}"#), .json(204, ""),
    .json(200, #"{"data":[{"code":"SUCCESS","details":{"id":7}}]}"#),
  ]
  private static let newest =
    "GET https://www.zohoapis.com/crm/v2/Contacts?page=1&per_page=200"
    + "&sort_by=Created_Time&sort_order=desc"

  @Test(arguments: doubtful)
  func afterALostAnswerTheRecordIsLookedForAndTaken(answer: CRMAnswer) throws {
    var dialogue = try Dialogue.loggedIn()
    let create = create(&dialogue)
    let look = dialogue.answer(create, answer)
    #expect(look.lines == [Self.newest] && look.requests.map(\.purpose) == [.confirm])
    #expect(
      dialogue.answer(look, .found(id, #""Last_Name":"+15550100""#)).outcomes == [
        .added(reference(.contacts, id, "+15550100"))
      ])
  }

  @Test(arguments: doubtful)
  func aRecordThatIsNotThereIsAddedOnceMoreAndNotAThirdTime(answer: CRMAnswer) throws {
    var dialogue = try Dialogue.loggedIn()
    let first = create(&dialogue)
    let look = dialogue.answer(first, answer)
    let second = dialogue.answer(look, .found(id, #""Last_Name":"Else""#, phone: "+493055501"))
    #expect(second.bodies == first.bodies)
    let lookAgain = dialogue.answer(second, answer)
    #expect(lookAgain.lines == [Self.newest])
    let end = dialogue.answer(lookAgain, .miss)
    #expect(end.requests.isEmpty && end.outcomes.count == 1)
  }

  @Test func whatCouldNotBeLookedForIsLookedForByTheNextCallBeforeItAddsAnybody() throws {
    var dialogue = try Dialogue.loggedIn()
    let create = create(&dialogue)
    let look = dialogue.answer(create, .unreachable(.timedOut))
    #expect(dialogue.answer(look, .unreachable(.timedOut)).outcomes == [.failed(nil, "timedOut")])
    let again = dialogue.ask("+1 555 0100", addingTo: .contacts)
    let lookAgain = dialogue.answer(again, .miss)
    #expect(lookAgain.lines == [Self.newest])
    #expect(
      dialogue.answer(lookAgain, .found(id, #""Last_Name":"Bo""#)).outcomes.map(\.record?.id) == [id])
  }

  /// After these, the record certainly does not exist.
  @Test(arguments: [
    CRMAnswer.unreachable(.connectionRefused), .unreachable(.tlsFailed), .refused(400, "INVALID_DATA"),
    .json(202, #"{"data":[{"code":"MANDATORY_NOT_FOUND","details":{"api_name":"Company"},"status":"error"}]}"#),
    .json(201, #"{"data":[{"code":"INVALID_DATA","details":{},"status":"error"}]}"#),
    .refused(401, "OAUTH_SCOPE_MISMATCH"),
  ])
  func aRefusedAdditionMayBeTriedAgainByTheNextCall(answer: CRMAnswer) throws {
    var dialogue = try Dialogue.loggedIn()
    let first = create(&dialogue)
    #expect(dialogue.answer(first, answer).outcomes.count == 1)
    #expect(create(&dialogue).requests.map(\.purpose) == [.create])
  }

  @Test func aRecordRefusedInsideASuccessIsAFailureWithItsOwnCode() throws {
    var dialogue = try Dialogue.loggedIn()
    let create = create(&dialogue)
    let body = #"{"data":[{"code":"INVALID_DATA","details":{"api_name":"Phone"},"message":"no","status":"error"}]}"#
    #expect(dialogue.answer(create, .json(202, body)).outcomes == [.failed(202, "INVALID_DATA")])
  }

  @Test func anAdditionRefusedForItsTokenIsSentOnceMore() throws {
    var dialogue = try Dialogue.loggedIn()
    let first = create(&dialogue)
    let refresh = dialogue.answer(first, .refused(401, "INVALID_TOKEN"))
    let second = dialogue.answer(refresh, .token("1000.second.token"))
    #expect(second.bodies == first.bodies)
    #expect(dialogue.answer(second, .added(id)).outcomes == [.added(reference(.contacts, id, "+15550100"))])
  }
}
