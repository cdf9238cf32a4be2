import CRMCloud
import CRMConnectors
import HTTPTypes
import JSON
import Primitives
import Testing

/// The appliance's connectors and this cloud, each request answered at once.
private struct Conversation {
  var connectors: [any CRMConnector]
  var office: VtigerOffice
  /// Purpose and status of every exchange.
  private(set) var journal: [String] = []
  /// What an answer becomes on its way, by the request's purpose; once for each entry.
  var losses: [CRMRequest.Purpose] = []
  private var lastQuestion = 0

  init(
    users: [PasswordCredentials] = [PasswordCredentials(userName: "admin", password: Secret(VtigerOffice.key))],
    _ settings: ConnectorSettings = ConnectorSettings(),
    _ change: (inout VtigerCloudData) -> Void = { _ in }
  ) throws {
    office = try VtigerOffice(change)
    let page = CRMSettings(
      system: .vtiger, serverAddress: VtigerOffice.address, addUnknownNumber: nil, contactLookups: [.contacts])
    connectors = try users.map { user in
      try page.connector(for: CRMUserSettings(isEnabled: true, credentials: .vtiger(user)), settings: settings)
    }
  }

  mutating func logIn() -> [ConnectorOutput] { carryOut(connectors[0].logIn(at: office.now)) }

  mutating func lookUp(
    _ number: String, in tables: [CRMTable] = [.contacts], addingTo table: CRMTable? = nil
  ) -> LookupOutcome? {
    lastQuestion += 1
    let question = LookupQuestion(
      id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table)
    return carryOut(connectors[0].lookUp(question, at: office.now)).outcome
  }

  mutating func log(_ call: CallLogEntry) -> CallLogOutcome? {
    carryOut(connectors[0].log(call, at: office.now)).logOutcome
  }

  /// What is left when every request has been answered.
  mutating func carryOut(_ outputs: [ConnectorOutput]) -> [ConnectorOutput] {
    var pending = outputs
    var results: [ConnectorOutput] = []
    while !pending.isEmpty {
      let output = pending.removeFirst()
      guard case .send(let request) = output else {
        results.append(output)
        continue
      }
      pending += connectors[0].receive(answer(request), for: request.id, at: office.now)
    }
    return results
  }

  mutating func answer(_ request: CRMRequest) -> CRMAnswer {
    let answer = office.cloud.respond(to: request.request, body: request.body, at: office.now)
    if let index = losses.firstIndex(of: request.purpose) {
      losses.remove(at: index)
      journal.append("\(request.purpose.rawValue) lost")
      return .unreachable(.timedOut)
    }
    journal.append("\(request.purpose.rawValue) \(answer.response.status.code)")
    return .response(answer.response, body: answer.body)
  }

  mutating func takeJournal() -> [String] {
    defer { journal = [] }
    return journal
  }
}

extension [ConnectorOutput] {
  fileprivate var outcome: LookupOutcome? {
    for case .lookedUp(_, let outcome) in self { return outcome }
    return nil
  }

  fileprivate var logOutcome: CallLogOutcome? {
    for case .logged(_, let outcome) in self { return outcome }
    return nil
  }
}

struct VtigerConversationTests {
  private let bo = CRMRecordReference(table: .contacts, id: "12x2", name: "Bo Tester")

  private func call(
    _ record: CRMRecordReference?, _ direction: CallLogEntry.Direction = .inbound, seconds: Int64 = 72,
    mayExist: Bool = false
  ) -> CallLogEntry {
    CallLogEntry(
      id: .init(rawValue: 9), direction: direction, number: "+16175550142", record: record, agentExtension: "1001",
      start: Instant(seconds: 1_800_000_000), utcOffsetSeconds: 0, talkSeconds: seconds, mark: "1800000000.17",
      mayExist: mayExist)
  }

  @Test(arguments: VtigerCloudSettings.Manner.allCases)
  func aCallerIsFoundInTheTableThatHasIt(manner: VtigerCloudSettings.Manner) throws {
    var talk = try Conversation { $0.settings.manner = manner }
    #expect(talk.logIn() == [.loginStatus(.loggedIn)])
    #expect(talk.takeJournal() == ["token 200", "token 200", "token 200"])
    #expect(talk.lookUp("+16175550142") == .found(bo))
    #expect(
      talk.lookUp("030123456", in: [.contacts, .accounts, .leads])
        == .found(CRMRecordReference(table: .leads, id: "10x40", name: "Lead")))
    #expect(talk.takeJournal() == ["search 200", "search 200", "search 200", "search 200"])
    guard case .found(let acme) = talk.lookUp("+16175550199", in: [.accounts]) else {
      Issue.record("Acme is not found")
      return
    }
    #expect(acme.name == "Acme")
    #expect(talk.lookUp("5559999") == .missed)
  }

  @Test(arguments: ["0", "00", "1", "42", "anonymous", "", "*97", "+1 617", "O'Brien", "0142"])
  func whatIsNoSubscribersNumberMatchesNobody(number: String) throws {
    var talk = try Conversation()
    _ = talk.logIn()
    let outcome = talk.lookUp(number)
    #expect(outcome?.record == nil && outcome != nil)
    #expect(talk.takeJournal().allSatisfy { $0.hasSuffix("200") })
  }

  @Test func aSwitchboardOfAHundredRecordsIsSaidToBeOne() throws {
    var talk = try Conversation { data in
      data.leads = []
      data.contacts = (1...120).map { .init(values: ["lastname": "Desk \($0)", "phone": "617-555-0142"]) }
    }
    guard case .ambiguous(let first, 100) = talk.lookUp("6175550142") else {
      Issue.record("not ambiguous")
      return
    }
    #expect(first?.name == "Desk 1")
  }

  @Test func anUnknownCallerIsAddedOnce() throws {
    var talk = try Conversation()
    guard case .added(let record) = talk.lookUp("+493012345678", addingTo: .contacts) else {
      Issue.record("not added")
      return
    }
    #expect(talk.office.dump("contacts").last?["id"]?.string == record.id)
    #expect(talk.office.dump("contacts").last?["assigned_user_id"] == "19x1")
    #expect(talk.lookUp("+493012345678", addingTo: .contacts) == .found(record))
  }

  @Test(arguments: CRMTable.allCases)
  func aCreationWhoseAnswerIsLostLeavesOneRecord(table: CRMTable) throws {
    var talk = try Conversation()
    _ = talk.logIn()
    let before =
      talk.office.dump("contacts").count + talk.office.dump("leads").count + talk.office.dump("accounts").count
    talk.losses = [.create]
    guard case .added = talk.lookUp("+49 (30) 1234-5678", in: [table], addingTo: table) else {
      Issue.record("not added")
      return
    }
    #expect(
      talk.office.dump("contacts").count + talk.office.dump("leads").count + talk.office.dump("accounts").count
        == before + 1)
    #expect(Array(talk.takeJournal().suffix(2)) == ["create lost", "confirm 200"])
  }

  @Test(arguments: [
    (CallLogEntry.Direction.inbound, Int64(72), "Held"), (.missed, 0, "Not Held"), (.outbound, 3600, "Held"),
    (.outbound, 0, "Not Held"),
  ])
  func aCallIsFiledUnderItsCaller(direction: CallLogEntry.Direction, seconds: Int64, status: String) throws {
    var talk = try Conversation()
    guard case .logged(let id) = talk.log(call(bo, direction, seconds: seconds)) else {
      Issue.record("not logged")
      return
    }
    let event = talk.office.dump("events").first
    #expect(event?["id"]?.string == id && event?["contact_id"] == "12x2" && event?["eventstatus"]?.string == status)
    #expect(event?["duration_hours"]?.string == String(seconds / 3600))
  }

  @Test func atCoreBOSACallIsFiledInItsCalendar() throws {
    var talk = try Conversation { $0.settings.manner = .sloppy }
    let lead = CRMRecordReference(table: .leads, id: "10x40", name: "Lead")
    guard case .logged = talk.log(call(lead)) else {
      Issue.record("not logged")
      return
    }
    let event = talk.office.dump("cbcalendar").first
    #expect(event?["rel_id"] == "10x40" && event?["dtend"] == "2027-01-15 08:01:12" && event?["cto_id"] == "")
  }

  @Test func aCallCanBeFiledWithThePBXManager() throws {
    var settings = ConnectorSettings()
    settings.vtiger.callPlace = .pbxManager
    var talk = try Conversation(settings)
    guard case .logged = talk.log(call(bo)) else {
      Issue.record("not logged")
      return
    }
    #expect(talk.office.dump("pbxmanager").first?["sourceuuid"] == "[ucmsim call 1800000000.17]")
  }

  @Test(arguments: VtigerSettings.CallPlace.allCases.filter { $0 != .coreBOSCalendar })
  func aCallWhoseAnswerIsLostIsRecordedOnce(place: VtigerSettings.CallPlace) throws {
    var settings = ConnectorSettings()
    settings.vtiger.callPlace = place
    var talk = try Conversation(settings)
    talk.losses = [.logCall]
    guard case .postponed(_, mayExist: true) = talk.log(call(bo)) else {
      Issue.record("not postponed")
      return
    }
    guard case .logged = talk.log(call(bo, mayExist: true)) else {
      Issue.record("not found")
      return
    }
    #expect(talk.office.dump("events").count + talk.office.dump("pbxmanager").count == 1)
    #expect(Array(talk.takeJournal().suffix(1)) == ["confirm 200"])
  }

  @Test(arguments: VtigerCloudSettings.Manner.allCases)
  func aSessionThatDiesBetweenLookupAndLogIsReplacedOnce(manner: VtigerCloudSettings.Manner) throws {
    var talk = try Conversation { $0.settings.manner = manner }
    _ = talk.lookUp("6175550142")
    _ = talk.office.cloud.carryOut(.endSessions, at: talk.office.now)
    _ = talk.takeJournal()
    guard case .logged = talk.log(call(bo)) else {
      Issue.record("not logged")
      return
    }
    #expect(talk.takeJournal() == ["logCall 200", "token 200", "token 200", "token 200", "logCall 200"])
    #expect(talk.office.dump(manner == .strict ? "events" : "cbcalendar").count == 1)
  }

  @Test func aServerThatEscapesItsTextsIsUnderstood() throws {
    var talk = try Conversation { $0.settings.escapesTexts = true }
    #expect(talk.office.dump("contacts")[1]["lastname"] == "O'Brien")
    #expect(talk.lookUp("+442079460000")?.record?.name == "O'Brien")
  }

  @Test func aLimitInFrontOfTheServerIsWaitedOut() throws {
    var talk = try Conversation()
    _ = talk.logIn()
    #expect(talk.office.cloud.carryOut(.exhaustLimits(true), at: talk.office.now) != .unsupported)
    _ = talk.takeJournal()
    for _ in 0..<5 {
      #expect(talk.lookUp("6175550142", addingTo: .contacts) == .failed(CRMFailure(status: 429, code: "429")))
    }
    #expect(talk.takeJournal() == ["search 429"])
    _ = talk.office.cloud.carryOut(.exhaustLimits(false), at: talk.office.now)
    talk.office.now = talk.office.now + .seconds(60)
    #expect(talk.lookUp("6175550142") == .found(bo))
  }

  @Test func aSessionLeftIdleIsReplaced() throws {
    var talk = try Conversation()
    _ = talk.logIn()
    talk.office.now = talk.office.now + .seconds(1800)
    #expect(talk.lookUp("6175550142") == .found(bo))
  }

  @Test func twoClientsOfOneUserGetInAlthoughTheSecondEndsTheFirstOnesToken() throws {
    let admin = PasswordCredentials(userName: "admin", password: Secret(VtigerOffice.key))
    var talk = try Conversation(users: [admin, admin])
    var outputs = talk.connectors.indices.map { talk.connectors[$0].logIn(at: talk.office.now) }
    // Both ask for a challenge before either uses it; from then on they take turns.
    var answers: [CRMAnswer] = []
    for output in outputs { if case .send(let request) = output[0] { answers.append(talk.answer(request)) } }
    for index in outputs.indices {
      guard case .send(let request) = outputs[index][0] else { continue }
      outputs[index] = talk.connectors[index].receive(answers[index], for: request.id, at: talk.office.now)
    }
    var statuses: [LoginStatus] = []
    for index in [1, 0] {
      while let output = outputs[index].first {
        outputs[index].removeFirst()
        switch output {
        case .send(let request):
          outputs[index] += talk.connectors[index].receive(talk.answer(request), for: request.id, at: talk.office.now)
        case .loginStatus(let status): statuses.append(status)
        case .lookedUp, .logged: break
        }
      }
    }
    #expect(statuses == [.loggedIn, .loggedIn])
  }

  @Test(arguments: [("admin", "wrong"), ("nobody", VtigerOffice.key)])
  func refusedCredentialsAreToldAndNotTriedInAStorm(name: String, key: String) throws {
    var talk = try Conversation(users: [PasswordCredentials(userName: name, password: Secret(key))])
    guard case .loginStatus(.loggedOut(.credentialsWrong, _)) = talk.logIn().first else {
      Issue.record("logged in")
      return
    }
    #expect(talk.takeJournal().count <= 4)
    for _ in 0..<5 { _ = talk.lookUp("6175550142") }
    #expect(talk.takeJournal().isEmpty)
  }

  @Test func theVendorsAddInFormFindsTheWrongPeopleAsItDoes() throws {
    var talk = try Conversation()
    // Measured on vTiger 8.0.0: a number without quotes is compared as a number.
    let session = talk.office.session()
    let form = { (caller: String) in
      "SELECT * FROM Contacts WHERE mobile = \(caller) OR phone = \(caller) OR homephone = \(caller)"
        + " OR otherphone = \(caller) OR fax = \(caller);"
    }
    #expect(talk.office.found(form("0"), session) == ["12x2", "12x3", "12x4"])
    #expect(talk.office.found(form("1"), session) == ["12x2"])
    #expect(talk.office.found(form("7700900999"), session) == ["12x4"])
    #expect(talk.office.found(form("*97"), session) == ["QUERY_SYNTAX_ERROR"])
  }
}
