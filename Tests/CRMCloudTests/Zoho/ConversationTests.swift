import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// The appliance's connector and this cloud, each request answered at once.
private struct Conversation {
  var connector: ZohoV2Connector
  var cloud: ZohoCloud
  var now = Instant(seconds: 1_800_000_000)
  /// Purpose and status of every exchange.
  private(set) var journal: [String] = []
  private var lastQuestion = 0

  init(
    scopes: [String] = ["ZohoCRM.modules.ALL"], dataCentre: String = "us", server: String = "https://www.zohoapis.com",
    _ settings: ZohoCloudSettings = ZohoCloudSettings()
  ) throws {
    let credentials = ZohoV2Credentials(
      clientID: Organisation.clientID, clientSecret: Secret(Organisation.secret),
      refreshToken: Secret(Organisation.refreshToken))
    connector = try ZohoV2Connector(serverAddress: server, credentials: credentials)
    cloud = try ZohoCloud(data: Organisation.data(scopes: scopes, dataCentre: dataCentre), settings: settings, seed: 1)
  }

  mutating func logIn() -> [ConnectorOutput] { carryOut(connector.logIn(at: now)) }

  mutating func lookUp(_ number: String, in tables: [CRMTable], addingTo table: CRMTable? = nil) -> LookupOutcome? {
    lastQuestion += 1
    let question = LookupQuestion(
      id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table)
    for output in carryOut(connector.lookUp(question, at: now)) {
      if case .lookedUp(question.id, let outcome) = output { return outcome }
    }
    return nil
  }

  mutating func log(_ call: CallLogEntry) -> CallLogOutcome? {
    for output in carryOut(connector.log(call, at: now)) {
      if case .logged(call.id, let outcome) = output { return outcome }
    }
    return nil
  }

  /// What is left when every request has been answered.
  private mutating func carryOut(_ outputs: [ConnectorOutput]) -> [ConnectorOutput] {
    var pending = outputs
    var results: [ConnectorOutput] = []
    while !pending.isEmpty {
      let output = pending.removeFirst()
      guard case .send(let request) = output else {
        results.append(output)
        continue
      }
      let answer = cloud.respond(to: request.request, body: request.body, at: now)
      journal.append("\(request.purpose.rawValue) \(answer.response.status.code)")
      pending += connector.receive(.response(answer.response, body: answer.body), for: request.id, at: now)
    }
    return results
  }

  mutating func takeJournal() -> [String] {
    defer { journal = [] }
    return journal
  }
}

struct ConversationTests {
  private let bo = CRMRecordReference(table: .contacts, id: "4000000000000123456", name: "Bo Tester")

  @Test(arguments: ZohoDataCentre.all)
  func connectorAndCloudAgreeOnEveryDataCentre(dataCentre: ZohoDataCentre) throws {
    for host in [dataCentre.apiHost] + dataCentre.apiHostAliases {
      var conversation = try Conversation(dataCentre: dataCentre.location, server: "https://" + host)
      #expect(conversation.logIn() == [.loginStatus(.loggedIn)])
      #expect(conversation.lookUp("5550101", in: [.contacts]) == .found(bo))
    }
  }

  @Test func aCallerIsFoundInTheTableThatHasIt() throws {
    var conversation = try Conversation()
    #expect(
      conversation.lookUp("+493000000012", in: [.contacts, .accounts, .leads], addingTo: .contacts)
        == .found(.init(table: .leads, id: conversation.cloud.records(in: .leads)[0].id, name: "Lea Lead")))
    #expect(conversation.takeJournal() == ["token 200", "search 204", "search 204", "search 200"])
    #expect(
      conversation.lookUp("+15550103", in: [.accounts])
        == .found(.init(table: .accounts, id: "4000000000000200001", name: "Acme")))
    #expect(conversation.takeJournal() == ["search 200"])
  }

  @Test func theTokenIsRenewedBeforeItExpires() throws {
    var conversation = try Conversation()
    _ = conversation.logIn()
    conversation.now = conversation.now + .seconds(3299)
    _ = conversation.lookUp("5550101", in: [.contacts])
    conversation.now = conversation.now + .seconds(1)
    #expect(conversation.lookUp("5550101", in: [.contacts]) == .found(bo))
    #expect(conversation.takeJournal() == ["token 200", "search 200", "token 200", "search 200"])
  }

  @Test func aTokenThatEndedEarlyIsReplacedOnce() throws {
    var settings = ZohoCloudSettings()
    settings.accessTokenLife = .seconds(60)
    settings.expiresInForm = .absent
    var conversation = try Conversation(settings)
    _ = conversation.logIn()
    conversation.now = conversation.now + .seconds(60)
    #expect(conversation.lookUp("5550101", in: [.contacts]) == .found(bo))
    #expect(conversation.takeJournal() == ["token 200", "search 401", "token 200", "search 200"])
  }

  @Test func tooManyRefreshesSilenceTheConnectorUntilZohoHasForgotten() throws {
    var settings = ZohoCloudSettings()
    settings.accessTokenLife = .seconds(1)
    settings.expiresInForm = .absent
    var conversation = try Conversation(settings)
    for _ in 1...10 {
      #expect(conversation.lookUp("5550101", in: [.contacts]) == .found(bo))
      conversation.now = conversation.now + .seconds(30)
    }
    let denied = CRMFailure(status: 400, code: "Access Denied")
    #expect(conversation.lookUp("5550101", in: [.contacts]) == .failed(denied))
    _ = conversation.takeJournal()
    conversation.now = conversation.now + .seconds(599)
    #expect(conversation.lookUp("5550101", in: [.contacts]) == .failed(denied))
    #expect(conversation.takeJournal().isEmpty)
    conversation.now = conversation.now + .seconds(1)
    #expect(conversation.lookUp("5550101", in: [.contacts]) == .found(bo))
  }

  @Test func aRevokedRefreshTokenLogsTheUserOut() throws {
    var conversation = try Conversation()
    _ = conversation.logIn()
    let isKnown = conversation.cloud.revokeRefreshToken(Secret(Organisation.refreshToken))
    #expect(isKnown)
    let failure = CRMFailure(status: 200, code: "invalid_code")
    #expect(conversation.lookUp("5550101", in: [.contacts]) == .failed(failure))
    #expect(conversation.takeJournal() == ["token 200", "search 401", "token 200"])
    #expect(conversation.logIn() == [.loginStatus(.loggedOut(.refreshTokenDead, failure))])
  }

  @Test func theWrongDataCentreDoesNotKnowTheClient() throws {
    var conversation = try Conversation(dataCentre: "eu", server: "https://crm.zohoapis.com")
    #expect(
      conversation.logIn() == [
        .loginStatus(.loggedOut(.clientUnknown, CRMFailure(status: 200, code: "invalid_client")))
      ])
  }

  @Test func theScopesOfTheGuidesOpenLeadsOnly() throws {
    var conversation = try Conversation(scopes: Organisation.guideScopes)
    #expect(conversation.logIn() == [.loginStatus(.loggedIn)])
    let mismatch = CRMFailure(status: 401, code: "OAUTH_SCOPE_MISMATCH")
    #expect(conversation.lookUp("5550199", in: [.contacts, .leads], addingTo: .leads) == .failed(mismatch))
    #expect(conversation.cloud.records(in: .leads).count == 1)
    #expect(
      conversation.lookUp("+493000000012", in: [.leads, .contacts]).map { "\($0)" }?.contains("Lea Lead") == true)
    let call = CallLogEntry(
      id: .init(rawValue: 1), direction: .inbound, number: "5550199", record: nil, agentExtension: "1001",
      start: conversation.now, utcOffsetSeconds: 0, talkSeconds: 9)
    #expect(conversation.log(call) == .failed(mismatch))
    #expect(conversation.cloud.callsLogged.isEmpty)
  }

  @Test(arguments: [0, 60] as [Int64])
  func anUnknownCallerIsAddedOnceHoweverTheIndexLags(delaySeconds: Int64) throws {
    var settings = ZohoCloudSettings()
    settings.indexDelay = .seconds(delaySeconds)
    var conversation = try Conversation(settings)
    let outcome = conversation.lookUp("+15550199", in: [.contacts, .leads], addingTo: .leads)
    let lead = try #require(conversation.cloud.records(in: .leads).last)
    let record = CRMRecordReference(table: .leads, id: lead.id, name: "+15550199")
    #expect(outcome == .added(record))
    #expect(lead.text("Company") == "+15550199" && lead.text("Phone") == "+15550199")
    for _ in 1...3 {
      conversation.now = conversation.now + .seconds(25)
      #expect(conversation.lookUp("+15550199", in: [.contacts, .leads], addingTo: .leads) == .found(record))
    }
    #expect(conversation.cloud.records(in: .leads).count == 2)
  }

  @Test(
    arguments: [
      (CallLogEntry.Direction.inbound, 185, "Inbound", "3:5"), (.missed, 0, "Missed", "0:0"),
      (.outbound, 0, "Outbound", "0:0"), (.outbound, 61, "Outbound", "1:1"),
    ] as [(CallLogEntry.Direction, Int64, String, String)])
  func aCallIsLoggedWithWhoItWas(
    direction: CallLogEntry.Direction, seconds: Int64, type: String, duration: String
  ) throws {
    var conversation = try Conversation()
    let lookUp = conversation.lookUp("+15550103", in: [.accounts])
    guard case .found(let account) = lookUp else {
      Issue.record("not found: \(String(describing: lookUp))")
      return
    }
    for record in [bo, account] {
      let call = CallLogEntry(
        id: .init(rawValue: 1), direction: direction, number: "+15550103", record: record, agentExtension: "1001",
        start: conversation.now, utcOffsetSeconds: 3600, talkSeconds: seconds)
      let outcome = conversation.log(call)
      let logged = try #require(conversation.cloud.callsLogged.last)
      #expect(outcome == .logged(id: logged.id))
      #expect(logged.text("Call_Type") == type && logged.text("Call_Duration") == duration)
      #expect(logged.text("Call_Start_Time") == "2027-01-15T09:00:00+01:00")
      #expect(logged.text("Dialled_Number") == "+15550103" && logged.text("Subject") == "UCM call")
      #expect(logged.text(record.table == .contacts ? "Who_Id" : "What_Id") == record.id)
    }
    #expect(conversation.cloud.callsLogged.count == 2)
  }

  @Test func whatIsNoNumberIsNotAskedAndAddsNobody() throws {
    var conversation = try Conversation()
    #expect(
      conversation.lookUp("alice*home", in: [.contacts], addingTo: .contacts)
        == .failed(.init(status: nil, code: "notANumber")))
    #expect(conversation.cloud.records(in: .contacts).count == 2)
  }
}
