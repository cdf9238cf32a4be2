import CRMConnectors
import Primitives
import Testing

struct VtigerWritingTests {
  private static func call(
    _ direction: CallLogEntry.Direction = .inbound, _ record: CRMRecordReference? = nil, seconds: Int64 = 72,
    mayExist: Bool = false
  ) -> CallLogEntry {
    CallLogEntry(
      id: .init(rawValue: 1), direction: direction, number: "+16175550142", record: record, agentExtension: "1001",
      start: Instant(seconds: 1_800_000_000), utcOffsetSeconds: 3600, talkSeconds: seconds, mark: "1800000000.17",
      mayExist: mayExist)
  }

  private static let bo = CRMRecordReference(table: .contacts, id: "12x2", name: "Bo Tester")

  @Test(arguments: [
    (CRMTable.contacts, "Contacts", "lastname"), (.leads, "Leads", "lastname"), (.accounts, "Accounts", "accountname"),
  ])
  func aCallerFoundNowhereIsAddedForTheUserOfTheSession(table: CRMTable, module: String, field: String) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let adding = dialogue.answer(dialogue.ask("+1 617 555 0142", in: [table], addingTo: table), .rows())
    #expect(adding.lines == ["POST https://crm.example.com/vtigercrm/webservice.php"])
    #expect(
      adding.bodies.first?.hasPrefix("operation=create&sessionName=b4d1bf66b00b78ad07ea&elementType=\(module)&element=")
        == true)
    #expect(
      adding.elements == [
        #"{"assigned_user_id":"19x1","phone":"+1 617 555 0142","\#(field)":"+1 617 555 0142"}"#
      ])
    #expect(
      dialogue.answer(adding, .made("12x7")).outcomes == [
        .added(CRMRecordReference(table: table, id: "12x7", name: "+1 617 555 0142"))
      ])
  }

  @Test func aCreationWhoseAnswerIsLostIsLookedForByTheTextThatWasSent() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let adding = dialogue.answer(dialogue.ask("+1 617 555 0142", addingTo: .contacts), .rows())
    let looking = dialogue.answer(adding, .unreachable(.timedOut))
    #expect(
      looking.queries == [
        "select firstname,lastname,phone,mobile,homephone,otherphone,assistantphone,fax from Contacts"
          + " where phone = '+1 617 555 0142' limit 100;"
      ])
    let row = #"{"lastname":"+1 617 555 0142","phone":"+1 617 555 0142","id":"12x7"}"#
    #expect(
      dialogue.answer(looking, .rows(row)).outcomes == [
        .added(CRMRecordReference(table: .contacts, id: "12x7", name: "+1 617 555 0142"))
      ])
  }

  /// Which answers to a creation leave it in doubt, so that the record is looked for.
  @Test(arguments: [
    (CRMAnswer.json(500, ""), true), (.json(200, "<b>Warning</b>"), true), (.json(200, ""), true),
    (.json(200, #"{"success":true,"result":{}}"#), true), (.failure("INTERNAL_SERVER_ERROR"), true),
    (.failure("DATABASE_QUERY_ERROR"), true), (.unreachable(.timedOut), true), (.failure("ACCESS_DENIED"), false),
    (.failure("MANDATORY_FIELDS_MISSING", "lastname does not have a value"), false),
    (.failure("REFERENCE_INVALID"), false), (.failure("DUPLICATE_RECORD_FOUND"), false), (.json(404, "<html>"), false),
    (.json(302, ""), false), (.unreachable(.connectionRefused), false), (.json(429, ""), false),
  ])
  func onlyAnAnswerThatLeavesDoubtIsFollowedByALook(answer: CRMAnswer, isLookedFor: Bool) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let adding = dialogue.answer(dialogue.ask("6175550142", addingTo: .contacts), .rows())
    let next = dialogue.answer(adding, answer)
    #expect(next.requests.map(\.purpose) == (isLookedFor ? [.confirm] : []))
    #expect(next.outcomes.isEmpty == isLookedFor)
  }

  @Test func aCallIsAnEventInUTCWithItsMark() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let logging = dialogue.log(Self.call(.inbound, Self.bo))
    #expect(logging.bodies.first?.contains("&elementType=Events&") == true)
    #expect(
      logging.elements == [
        #"{"activitytype":"Call","assigned_user_id":"19x1","contact_id":"12x2","date_start":"2027-01-15","#
          + #""description":"2027-01-15T09:00:00+01:00 +16175550142 Bo Tester called, extension 1001 answered and "#
          + #"talked for 1:12 [ucmsim call 1800000000.17]","due_date":"2027-01-15","duration_hours":"0","#
          + #""duration_minutes":"2","eventstatus":"Held","subject":"UCM call","time_end":"08:01:12","#
          + #""time_start":"08:00:00","visibility":"Public"}"#
      ])
    #expect(dialogue.answer(logging, .made("18x4")).logged == [.logged(id: "18x4")])
  }

  @Test(arguments: [
    (CallLogEntry.Direction.inbound, Int64(0), "Not Held", "0", "0"), (.missed, 0, "Not Held", "0", "0"),
    (.outbound, 0, "Not Held", "0", "0"), (.outbound, 59, "Held", "0", "1"), (.inbound, 72, "Held", "0", "2"),
    (.inbound, 3600, "Held", "1", "0"), (.inbound, 90_061, "Held", "25", "2"), (.inbound, -5, "Not Held", "0", "0"),
  ])
  func statusAndDurationFollowFromTheTalk(
    direction: CallLogEntry.Direction, seconds: Int64, status: String, hours: String, minutes: String
  ) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let element = dialogue.log(Self.call(direction, seconds: seconds)).elements.first ?? ""
    #expect(element.contains(#""eventstatus":"\#(status)""#))
    #expect(element.contains(#""duration_hours":"\#(hours)","duration_minutes":"\#(minutes)""#))
  }

  @Test func aCallOverMidnightEndsOnTheNextDay() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let element = dialogue.log(Self.call(.inbound, seconds: 16 * 3600)).elements.first ?? ""
    #expect(element.contains(#""due_date":"2027-01-16""#) && element.contains(#""time_end":"00:00:00""#))
  }

  @Test(arguments: [(CRMTable.leads, "10x3"), (.accounts, "11x4")])
  func leadsAndAccountsAreFiledUnderAnotherField(table: CRMTable, id: String) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let record = CRMRecordReference(table: table, id: id, name: "x")
    let element = dialogue.log(Self.call(.inbound, record)).elements.first ?? ""
    #expect(element.contains(#""parent_id":"\#(id)""#) && !element.contains("contact_id"))
  }

  @Test func whereThereIsOnlyCoreBOSsCalendarCallsGoThere() throws {
    let types = #"{"success":true,"result":{"types":["Contacts","cbCalendar"],"information":{}}}"#
    var dialogue = try VtigerDialogue.loggedIn(types: types)
    let logging = dialogue.log(Self.call(.missed, Self.bo, seconds: 0))
    #expect(logging.bodies.first?.contains("&elementType=cbCalendar&") == true)
    let element = logging.elements.first ?? ""
    #expect(element.contains(#""cto_id":"12x2""#) && element.contains(#""dtend":"2027-01-15 08:00:00""#))
    #expect(element.contains(#""dtstart":"2027-01-15 08:00:00""#) && !element.contains("time_start"))
  }

  @Test func callsCanGoWhereVtigersOwnConnectorWrites() throws {
    var settings = ConnectorSettings()
    settings.vtiger.callPlace = .pbxManager
    var dialogue = try VtigerDialogue.loggedIn(settings)
    let logging = dialogue.log(Self.call(.inbound, Self.bo))
    #expect(logging.bodies.first?.contains("&elementType=PBXManager&") == true)
    #expect(
      logging.elements == [
        #"{"assigned_user_id":"19x1","billduration":"72","callstatus":"completed","customer":"12x2","#
          + #""customernumber":"+16175550142","customertype":"Contacts","direction":"inbound","#
          + #""endtime":"2027-01-15 08:01:12","sourceuuid":"[ucmsim call 1800000000.17]","#
          + #""starttime":"2027-01-15 08:00:00","totalduration":"72","user":"19x1"}"#
      ])
    let doubtful = dialogue.log(Self.call(.inbound, mayExist: true))
    #expect(
      doubtful.queries == [
        "select sourceuuid from PBXManager where sourceuuid like '%[ucmsim call 1800000000.17]%' limit 10;"
      ])
  }

  @Test func theSiteSaysWhereCallsGo() throws {
    var page = CRMSettings(
      system: .vtiger, serverAddress: VtigerDialogue.address, addUnknownNumber: nil, contactLookups: [.contacts])
    page.vtigerCalls = .pbxManager
    let user = PasswordCredentials(userName: "admin", password: Secret(VtigerDialogue.key))
    var dialogue = try VtigerDialogue.loggedIn()
    dialogue.connector = try page.connector(for: CRMUserSettings(isEnabled: true, credentials: .vtiger(user)))
    let login = dialogue.answer(dialogue.log(Self.call()), .challenge)
    let logging = dialogue.answer(login, .session)
    #expect(logging.bodies.first?.contains("elementType=PBXManager") == true)
  }

  @Test func aCallThatMayBeThereIsLookedForByItsMark() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let looking = dialogue.log(Self.call(mayExist: true))
    #expect(
      looking.queries == [
        "select description from Events where description like '%[ucmsim call 1800000000.17]%' limit 10;"
      ])
    let row = #"{"description":"talked [ucmsim call 1800000000.17]","id":"18x9"}"#
    #expect(dialogue.answer(looking, .rows(row)).logged == [.logged(id: "18x9")])
  }

  @Test func aCallThatIsNotThereIsRecordedAfterTheLook() throws {
    var dialogue = try VtigerDialogue.loggedIn()
    let recording = dialogue.answer(dialogue.log(Self.call(mayExist: true)), .rows())
    #expect(recording.requests.map(\.purpose) == [.logCall])
  }

  @Test(arguments: [
    (
      CRMAnswer.json(500, ""),
      CallLogOutcome.postponed(CRMFailure(status: 500, code: "unexpectedStatus"), mayExist: true)
    ),
    (.unreachable(.connectionRefused), .postponed(CRMFailure(status: nil, code: "connectionRefused"), mayExist: false)),
    (.failure("MANDATORY_FIELDS_MISSING"), .failed(CRMFailure(status: 200, code: "MANDATORY_FIELDS_MISSING"))),
    (.failure("ACCESS_DENIED"), .failed(CRMFailure(status: 200, code: "ACCESS_DENIED"))),
    (
      .failure("INTERNAL_SERVER_ERROR"),
      .postponed(CRMFailure(status: 200, code: "INTERNAL_SERVER_ERROR"), mayExist: true)
    ),
  ])
  func whatBecomesOfACallThatWasNotTaken(answer: CRMAnswer, outcome: CallLogOutcome) throws {
    var dialogue = try VtigerDialogue.loggedIn()
    #expect(dialogue.answer(dialogue.log(Self.call()), answer).logged == [outcome])
  }
}
