import CRMCloud
import CRMConnectors
import HTTPTypes
import JSON
import Primitives
import Testing

/// The appliance's client of Salesforce and this cloud, each request answered at once.
private struct Conversation {
  var connector: SalesforceConnector
  var org: SalesforceOrg
  /// The purpose and status of every exchange.
  private(set) var journal: [String] = []
  /// Requests with this purpose are carried out and their answers lost, so many times.
  var losses: [CRMRequest.Purpose: Int] = [:]
  private var lastQuestion = 0

  static let password = SalesforceCredentials.password(
    PasswordCredentials(userName: "ann@example.com", password: Secret("pass")), securityToken: Secret("TOKEN"))
  static let oauth = SalesforceCredentials.oauth(
    clientID: "3MVG9.EXAMPLE", clientSecret: Secret("AB12CD"), refreshToken: Secret("5Aep861"))

  init(
    _ credentials: SalesforceCredentials = password, _ settings: ConnectorSettings = ConnectorSettings(),
    _ change: (inout SalesforceCloudData) -> Void = { _ in }
  ) throws {
    connector = try SalesforceConnector(credentials: credentials, settings: settings)
    org = try SalesforceOrg(change)
  }

  mutating func logIn() -> [ConnectorOutput] { carryOut(connector.logIn(at: org.now)) }

  mutating func lookUp(
    _ number: String, in tables: [CRMTable] = [.contacts, .leads, .accounts], addingTo table: CRMTable? = nil
  ) -> LookupOutcome? {
    lastQuestion += 1
    let question = LookupQuestion(
      id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table)
    for output in carryOut(connector.lookUp(question, at: org.now)) {
      if case .lookedUp(question.id, let outcome) = output { return outcome }
    }
    return nil
  }

  mutating func log(_ call: CallLogEntry) -> CallLogOutcome? {
    for output in carryOut(connector.log(call, at: org.now)) {
      if case .logged(call.id, let outcome) = output { return outcome }
    }
    return nil
  }

  private mutating func carryOut(_ outputs: [ConnectorOutput]) -> [ConnectorOutput] {
    var pending = outputs
    var results: [ConnectorOutput] = []
    while !pending.isEmpty {
      let output = pending.removeFirst()
      guard case .send(let request) = output else {
        results.append(output)
        continue
      }
      let answer = org.cloud.respond(to: request.request, body: request.body, at: org.now)
      let losses = losses[request.purpose] ?? 0
      self.losses[request.purpose] = losses - 1
      journal.append("\(request.purpose.rawValue) \(losses > 0 ? "lost" : String(answer.response.status.code))")
      let received = losses > 0 ? CRMAnswer.unreachable(.timedOut) : .response(answer.response, body: answer.body)
      pending += connector.receive(received, for: request.id, at: org.now)
    }
    return results
  }

  mutating func takeJournal() -> [String] {
    defer { journal = [] }
    return journal
  }

  func count(_ kind: String) -> Int { org.cloud.dump("salesforce." + kind)?.count ?? -1 }
}

struct SalesforceConversationTests {
  private let bo = CRMRecordReference(table: .contacts, id: SalesforceOrg.boID, name: "Bo Tester")
  private let acme = CRMRecordReference(table: .accounts, id: SalesforceOrg.acmeID, name: "Acme")

  private func call(
    _ direction: CallLogEntry.Direction = .inbound, seconds: Int64 = 72, record: CRMRecordReference? = nil,
    mayExist: Bool = false, mark: String = "1800000000.17"
  ) -> CallLogEntry {
    CallLogEntry(
      id: .init(rawValue: 1), direction: direction, number: "6175550142", record: record, agentExtension: "1001",
      start: Instant(seconds: 1_795_900_000), utcOffsetSeconds: 0, talkSeconds: seconds, mark: mark,
      mayExist: mayExist)
  }

  @Test(arguments: [Conversation.password, Conversation.oauth])
  func bothWaysToLogInLeadToTheRecords(credentials: SalesforceCredentials) throws {
    var conversation = try Conversation(credentials)
    #expect(conversation.logIn() == [.loginStatus(.loggedIn)])
    #expect(conversation.lookUp("+16175550142") == .found(bo))
    #expect(conversation.takeJournal() == ["token 200", "search 200"])
  }

  /// Stored `(617) 555-0142`, `+493012345678`, `+44 20 7946 0958`, `16175550111`, `617.555.0199 ext 5`: whom the index
  /// has in a searchable form is found by one request, the others by two.
  @Test(
    arguments: [
      ("6175550142", "Bo Tester", 1), ("16175550142", "Bo Tester", 1), ("+1 (617) 555-0142", "Bo Tester", 1),
      ("0016175550142", "Bo Tester", 2), ("+493012345678", "Plain", 1), ("03012345678", "Plain", 2),
      ("004930 12345678", "Plain", 2), ("+442079460958", "Spaced", 2), ("02079460958", "Spaced", 2),
      ("+16175550111", "Lead", 1), ("617/555.0111", "Lead", 2), ("+16175550199", "Acme", 1),
      ("6175550199", "Acme", 1),
    ] as [(String, String, Int)], SalesforceCloudSettings.PhoneIndex.allCases)
  func aNumberIsFoundHoweverItIsStored(
    _ example: (number: String, name: String, requests: Int), index: SalesforceCloudSettings.PhoneIndex
  ) throws {
    var conversation = try Conversation { $0.settings.phoneIndex = index }
    let outcome = conversation.lookUp(example.number)
    #expect(outcome?.record?.name == example.name)
    let searches = conversation.takeJournal().count { $0 == "search 200" }
    #expect(index == .digits ? searches <= example.requests : searches == example.requests)
  }

  @Test func withNinePairsOfDigitsAloneEveryOtherCallerIsUnknown() throws {
    var conversation = try Conversation()
    for number in ["6175550143", "42", "+4930123456", "00", "5550198"] {
      #expect(conversation.lookUp(number) == .missed)
    }
  }

  @Test(arguments: ["0", "1", "anonymous", "", "*97", "O'Brien", "%%%"])
  func whatIsNoNumberMatchesNobody(text: String) throws {
    var conversation = try Conversation()
    let outcome = conversation.lookUp(text, addingTo: .contacts)
    #expect(outcome?.record == nil && conversation.journal.isEmpty && conversation.count("contacts") == 3)
  }

  @Test func theFirstTableOfTheQuestionWinsAndSeveralAreTold() throws {
    var conversation = try Conversation {
      $0.records["Lead"]?.append(["LastName": "Twin", "Company": "x", "Phone": "6175550142"])
      $0.records["Lead"]?.append(["LastName": "Twin", "Company": "y", "Phone": "6175550142"])
    }
    #expect(conversation.lookUp("6175550142", in: [.contacts, .leads]) == .found(bo))
    let outcome = conversation.lookUp("6175550142", in: [.accounts, .leads, .contacts])
    guard case .ambiguous(let record, count: 2) = outcome else {
      Issue.record("not ambiguous")
      return
    }
    #expect(record?.name == "Twin")
  }

  @Test(arguments: [CRMTable.contacts, .leads, .accounts])
  func anUnknownCallerIsAddedOnceHoweverTheIndexLags(table: CRMTable) throws {
    var settings = ConnectorSettings()
    settings.createdNumberMemory = .seconds(1)
    var conversation = try Conversation(Conversation.password, settings)
    let outcome = conversation.lookUp("+49 30 999999", addingTo: table)
    #expect(conversation.takeJournal() == ["token 200", "search 200", "search 200", "create 201"])
    let record = try #require(outcome?.record)
    #expect(outcome == .added(record) && record.name == "+49 30 999999")
    // The client has forgotten and the index does not know yet: the stored texts do.
    conversation.org.now = conversation.org.now + .seconds(5)
    #expect(conversation.lookUp("+4930999999", addingTo: table) == .found(record))
    #expect(conversation.count(table.rawValue) == (table == .contacts ? 4 : 2))
  }

  @Test func aCreationWhoseAnswerWasLostMakesNoSecondRecord() throws {
    var conversation = try Conversation()
    conversation.losses[.create] = 1
    let outcome = conversation.lookUp("6175550190", addingTo: .leads)
    #expect(outcome?.record?.name == "6175550190" && conversation.count("leads") == 2)
    #expect(conversation.takeJournal() == ["token 200", "search 200", "search 200", "create lost", "confirm 200"])
  }

  @Test(
    arguments: [
      (.inbound, 72, "Inbound", "Answered"), (.missed, 0, "Inbound", "Missed"), (.outbound, 0, "Outbound", "No Answer"),
      (.outbound, 3600, "Outbound", "Answered"),
    ] as [(CallLogEntry.Direction, Int64, String, String)])
  func aCallIsLoggedUnderWhoeverItWas(
    direction: CallLogEntry.Direction, seconds: Int64, type: String, disposition: String
  ) throws {
    var conversation = try Conversation()
    let lead = try #require(conversation.lookUp("16175550111")?.record)
    for record in [bo, lead, acme, nil] {
      let outcome = conversation.log(call(direction, seconds: seconds, record: record))
      let task = try #require(conversation.org.cloud.dump("salesforce.tasks")?.last)
      #expect(outcome == .logged(id: task["Id"]?.string ?? ""))
      #expect(task["CallType"] == .string(type) && task["CallDisposition"] == .string(disposition))
      #expect(task["CallDurationInSeconds"] == .integer(seconds) && task["TaskSubtype"] == "Call")
      #expect(task["Status"] == "Completed" && task["IsClosed"] == true && task["ActivityDate"] == "2026-11-28")
      #expect(task["OwnerId"] == "005000000000001AAA" && task["CallObject"] == "[ucmsim call 1800000000.17]")
      #expect(task["WhoId"]?.string == (record?.table == .accounts ? nil : record?.id))
      #expect(task["WhatId"]?.string == (record?.table == .accounts ? record?.id : nil))
    }
  }

  @Test func aCallWhoseAnswerWasLostIsLoggedOnce() throws {
    var conversation = try Conversation()
    conversation.losses[.logCall] = 1
    let failure = CRMFailure(status: nil, code: "timedOut")
    #expect(conversation.log(call()) == .postponed(failure, mayExist: true))
    let outcome = conversation.log(call(mayExist: true))
    let id = conversation.org.cloud.dump("salesforce.tasks")?.first?["Id"]?.string
    #expect(outcome == .logged(id: id ?? "none") && conversation.count("tasks") == 1)
    #expect(conversation.takeJournal() == ["token 200", "logCall lost", "confirm 200"])
    // Another call has another mark.
    _ = conversation.log(call(mayExist: true, mark: "1800000000.18"))
    #expect(conversation.count("tasks") == 2)
  }

  @Test(arguments: [true, false])
  func aSessionThatEndsBetweenLookupAndLogIsRenewedOnce(isKilled: Bool) throws {
    var conversation = try Conversation()
    _ = conversation.lookUp("6175550142")
    if isKilled {
      #expect(conversation.org.cloud.carryOut(.endSessions, at: conversation.org.now) == .done(1))
    } else {
      conversation.org.now = conversation.org.now + .seconds(7200)
    }
    _ = conversation.log(call(record: bo))
    #expect(conversation.takeJournal() == ["token 200", "search 200", "logCall 401", "token 200", "logCall 201"])
    #expect(conversation.count("tasks") == 1)
  }

  @Test(
    arguments: [
      ("wrong", nil, .credentialsWrong, "INVALID_LOGIN"), ("pass", .off, .loginRetired, "INVALID_OPERATION"),
    ] as [(String, SalesforceCloudSettings.SOAPLogin?, LogoutReason, String)])
  func refusedCredentialsAreNotTriedAgainAndAgain(
    password: String, soapLogin: SalesforceCloudSettings.SOAPLogin?, reason: LogoutReason, code: String
  ) throws {
    let credentials = SalesforceCredentials.password(
      PasswordCredentials(userName: "ann@example.com", password: Secret(password)), securityToken: Secret("TOKEN"))
    var conversation = try Conversation(credentials) { $0.settings.soapLogin = soapLogin ?? .on }
    let failure = CRMFailure(status: 500, code: code)
    #expect(conversation.logIn() == [.loginStatus(.loggedOut(reason, failure))])
    for _ in 1...5 { #expect(conversation.lookUp("6175550142") == .failed(failure)) }
    #expect(conversation.takeJournal() == ["token 500"])
  }

  @Test func aSpentDayMakesNoLoginStormAndKeepsTheCall() throws {
    var conversation = try Conversation()
    _ = conversation.lookUp("6175550142")
    _ = conversation.org.cloud.carryOut(.exhaustLimits(true), at: conversation.org.now)
    let failure = CRMFailure(status: 403, code: "REQUEST_LIMIT_EXCEEDED")
    for _ in 1...5 { #expect(conversation.lookUp("6175550142") == .failed(failure)) }
    #expect(conversation.log(call()) == .postponed(failure, mayExist: false))
    #expect(conversation.takeJournal() == ["token 200", "search 200", "search 403"])
    _ = conversation.org.cloud.carryOut(.exhaustLimits(false), at: conversation.org.now)
    conversation.org.now = conversation.org.now + .seconds(86_400)
    #expect(conversation.lookUp("6175550142") == .found(bo))
  }

  @Test func aUserWhoWasTakenOutIsToldSo() throws {
    var conversation = try Conversation()
    _ = conversation.logIn()
    let out = CloudAction.setUser(id: "005000000000001", isEnabled: false)
    #expect(conversation.org.cloud.carryOut(out, at: conversation.org.now) == .done(1))
    let failure = CRMFailure(status: 500, code: "INVALID_LOGIN")
    #expect(conversation.lookUp("6175550142") == .failed(failure))
    #expect(conversation.takeJournal() == ["token 200", "search 401", "token 500"])
  }

  @Test func aRevokedRefreshTokenLogsTheUserOut() throws {
    var conversation = try Conversation(Conversation.oauth)
    _ = conversation.logIn()
    let action = CloudAction.revokeToken(Secret("5Aep861"))
    #expect(conversation.org.cloud.carryOut(action, at: conversation.org.now) == .done(1))
    #expect(conversation.org.cloud.carryOut(action, at: conversation.org.now) == .notFound)
    let failure = CRMFailure(status: 400, code: "invalid_grant")
    #expect(conversation.lookUp("6175550142") == .failed(failure))
    #expect(conversation.logIn() == [.loginStatus(.loggedOut(.refreshTokenDead, failure))])
  }

  @Test func aRefreshTokenOfOneUseIsFollowedByTheNext() throws {
    var conversation = try Conversation(Conversation.oauth) { $0.settings.rotatesRefreshTokens = true }
    for _ in 1...3 {
      #expect(conversation.lookUp("6175550142") == .found(bo))
      conversation.org.now = conversation.org.now + .seconds(7200)
    }
    #expect(conversation.takeJournal().filter { $0.hasPrefix("token") } == ["token 200", "token 200", "token 200"])
    // Another client has the token that was entered, which is used up: the same befalls one whose answer was lost.
    conversation.connector = try SalesforceConnector(credentials: Conversation.oauth)
    let failure = CRMFailure(status: 400, code: "invalid_grant")
    #expect(conversation.logIn() == [.loginStatus(.loggedOut(.refreshTokenDead, failure))])
  }

  @Test func theVendorsMannerTakesTheFirstRecordWhoeverItIs() throws {
    var settings = ConnectorSettings()
    settings.numbers.manner = .vendorAddIn
    var conversation = try Conversation(Conversation.password, settings) {
      $0.records["Account"]?.append(["Name": "Plain", "Phone": "1"])
    }
    // A withheld number's text is a search as any, and accounts are asked first.
    #expect(conversation.lookUp("Plain", in: [.contacts, .accounts])?.record?.table == .accounts)
    #expect(conversation.lookUp("anonymous", in: [.contacts]) == .missed)
  }

  @Test func twoUsersWorkAtTheSameTime() throws {
    var conversation = try Conversation {
      var bea = SalesforceCloudData.User(userName: "bea@example.com", fullName: "Bea Agent")
      bea.password = Secret("other")
      $0.users.append(bea)
    }
    let ann = conversation.connector
    _ = conversation.log(call())
    conversation.connector = try SalesforceConnector(
      credentials: .password(
        PasswordCredentials(userName: "bea@example.com", password: Secret("other")), securityToken: Secret("")))
    _ = conversation.log(call(mark: "1800000000.18"))
    conversation.connector = ann
    #expect(conversation.lookUp("6175550142") == .found(bo))
    let owners = conversation.org.cloud.dump("salesforce.tasks")?.compactMap { $0["OwnerId"]?.string }
    #expect(Set(owners ?? []).count == 2)
  }

  @Test func theVendorsMannerIsUnderstoodByTheCloud() throws {
    var settings = ConnectorSettings()
    settings.numbers.manner = .vendorAddIn
    var conversation = try Conversation(Conversation.password, settings)
    #expect(conversation.lookUp("+493012345678", in: [.contacts])?.record?.name == "Plain")
    #expect(conversation.takeJournal() == ["token 200", "search 200"])
  }
}
