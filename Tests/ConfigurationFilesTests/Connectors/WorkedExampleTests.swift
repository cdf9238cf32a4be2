import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import Testing

@Suite("The worked examples in front of the engine")
struct WorkedExampleTests {
  private static let bitrix = ["domain": "example.bitrix24.com", "userID": "1", "code": "code0example0code"]

  private func bitrix(_ changes: [String: String] = [:]) throws -> DescribedConversation {
    let parameters = Self.bitrix.merging(changes) { $1 }.mapValues { Secret($0) }
    return try DescribedConversation(
      try ConnectorFixtures.read("bitrix24"), credentials: DescribedCredentials(parameters: parameters))
  }

  @Test(
    "Bitrix24 finds a number in each of its tables, in the order asked",
    arguments: [
      ("+14155550142", CRMTable.contacts, "501", "Ann Example"), ("+14155550160", .leads, "601", "Web form"),
      ("+14155550171", .accounts, "701", "Example Works"),
    ])
  func tables(_ number: String, _ table: CRMTable, _ id: String, _ name: String) throws {
    var talk = try bitrix()
    #expect(
      talk.ask(number, in: [.contacts, .leads, .accounts])
        == .found(CRMRecordReference(table: table, id: id, name: name)))
  }

  @Test("Bitrix24 gets a new contact once, also when the answer was lost")
  func addedOnce() throws {
    var talk = try bitrix()
    // The check, then three spellings, then the new record.
    talk.interventions[5] = .some(nil)
    let added = CRMRecordReference(table: .contacts, id: "10001", name: "+14155550199")
    #expect(talk.ask("+14155550199", addingTo: .contacts) == .added(added))
    #expect(talk.sent[4] == "POST /rest/1/code0example0code/crm.contact.add")
    #expect(talk.cloud.dump("described.contacts")?.count == 2)
  }

  @Test("Bitrix24 gets a call once, found again by its origin")
  func loggedOnce() throws {
    let lead = CRMRecordReference(table: .leads, id: "601", name: "Web form")
    var talk = try bitrix()
    talk.interventions[2] = .some(nil)
    guard case .postponed(_, mayExist: true)? = talk.log(.sample(record: lead)) else {
      Issue.record("was not postponed")
      return
    }
    #expect(talk.log(.sample(record: lead, mayExist: true)) == .logged(id: "10001"))
    #expect(talk.bodies[1].contains(#""OWNER_TYPE_ID":1,"OWNER_ID":"601""#))
    #expect(talk.cloud.dump("described.calls")?.count == 1)
  }

  @Test("Another webhook's code logs the user out")
  func wrongCode() throws {
    var talk = try bitrix(["code": "other"])
    #expect(
      talk.logIn() == [
        .loginStatus(.loggedOut(.credentialsWrong, CRMFailure(status: 401, code: "INVALID_CREDENTIALS")))
      ])
  }

  @Test(
    "A parameter is a name in the server's address, and nothing more of it",
    arguments: [
      ("evil.example/", "evil.example"), ("a@evil.example", "aevil.example"), ("evil.example?x=", "evil.examplex"),
      ("evil.example#", "evil.example"), ("evil.example\r\nX: y", "evil.exampleX:y"),
    ])
  func serverAddress(_ domain: String, _ host: String) throws {
    let file = try ConnectorFixtures.read("bitrix24")
    let parameters = Self.bitrix.merging(["domain": domain]) { $1 }.mapValues { Secret($0) }
    let trial = try ConnectorTrial(file.description, credentials: DescribedCredentials(parameters: parameters))
    let request = try #require(trial.request(.login, in: .contacts, .standard))
    #expect(request.server == "https://" + host.lowercased())
    #expect(request.target == "/rest/1/code0example0code/profile")
  }

  @Test("A code that stands in the path is not shown")
  func secrecy() throws {
    let file = try ConnectorFixtures.read("bitrix24")
    var connector = try DescribedConnector(file.description, credentials: file.exampleParameters)
    var requests: [CRMRequest] = []
    for case .send(let request) in connector.logIn(at: .epoch) { requests.append(request) }
    let request = try #require(requests.first)
    #expect(request.shownPath == "/rest/1/<secret>/profile")
    #expect(!"\(request) \(connector)".contains("code0example0code"))
  }

  @Test("Two users of one cloud are let in each with their own, and not with a third's")
  func twoUsers() throws {
    let file = try ConnectorFixtures.read("hubspot")
    let users = ["one", "two"].map { DescribedCredentials(parameters: ["accessToken": Secret($0)]) }
    let cloud = DescribedCloud(try file.cloud(for: users), seed: 1)
    for (token, isIn) in [("one", true), ("two", true), ("three", false)] {
      var talk = try DescribedConversation(
        file, credentials: DescribedCredentials(parameters: ["accessToken": Secret(token)]))
      talk.cloud = cloud
      #expect((talk.logIn() == [.loginStatus(.loggedIn)]) == isIn)
    }
  }
}
