import CRMCloud
import CRMConnectors
import ConfigurationFiles
import HTTPTypes
import JSON
import Primitives
import Testing

@Suite("A described connector and the cloud of its examples")
struct DescribedTruthTableTests {
  private static let ann = CRMRecordReference(table: .contacts, id: "501", name: "Ann Example")

  private func talk(_ credentials: DescribedCredentials? = nil) throws -> DescribedConversation {
    try DescribedConversation(try ConnectorFixtures.read("hubspot"), credentials: credentials)
  }

  @Test("A known number is found under whatever spelling", arguments: ["4155550142", "+14155550142", "(415) 555-0142"])
  func found(_ number: String) throws {
    var talk = try talk()
    #expect(talk.ask(number) == .found(Self.ann))
    #expect(talk.sent.first == "GET /crm/v3/objects/contacts?limit=1")
  }

  @Test("A caller's text that is no number is never asked for", arguments: ["anonymous", "*97", "O'Brien", "1", ""])
  func noNumber(_ number: String) throws {
    var talk = try talk()
    guard case .failed = talk.ask(number) else {
      Issue.record("was asked for")
      return
    }
    #expect(talk.sent.isEmpty)
  }

  @Test("An unknown number is asked for in each form, table after table, and missed")
  func missed() throws {
    var talk = try talk()
    #expect(talk.ask("+44 20 7946 0018", in: [.contacts, .accounts]) == .missed)
    #expect(
      talk.sent.dropFirst().map { String($0.dropFirst("POST /crm/v3/objects/".count)) } == [
        "contacts/search", "companies/search", "contacts/search", "companies/search", "contacts/search",
        "companies/search",
      ])
    #expect(talk.bodies.dropFirst().first?.contains(#""value":"+44 20 7946 0018""#) == true)
  }

  @Test("A company is found in the second table")
  func secondTable() throws {
    var talk = try talk()
    #expect(
      talk.ask("+14155550171", in: [.contacts, .accounts])
        == .found(CRMRecordReference(table: .accounts, id: "701", name: "Example Works")))
  }

  @Test("A number found nowhere is added, and found by the next question")
  func added() throws {
    var talk = try talk()
    let record = CRMRecordReference(table: .contacts, id: "10001", name: "+14155550199")
    #expect(talk.ask("+14155550199", addingTo: .contacts) == .added(record))
    talk.now = talk.now + .seconds(3600)
    #expect(talk.ask("+14155550199", addingTo: .contacts) == .found(record))
    #expect(talk.cloud.dump("described.contacts")?.count == 2)
  }

  @Test("A record whose answer was lost is looked for, and not made again")
  func addedOnce() throws {
    var talk = try talk()
    talk.interventions[5] = .some(nil)
    #expect(
      talk.ask("+14155550199", addingTo: .contacts)
        == .added(CRMRecordReference(table: .contacts, id: "10001", name: "+14155550199")))
    #expect(talk.sent[4] == "POST /crm/v3/objects/contacts")
    #expect(talk.cloud.dump("described.contacts")?.count == 2)
  }

  @Test(
    "A call is recorded by its kind",
    arguments: [
      (CallLogEntry.sample(.inbound), "INBOUND", "COMPLETED", 72_000),
      (CallLogEntry.sample(.missed, seconds: 0), "INBOUND", "NO_ANSWER", 0),
      (CallLogEntry.sample(.outbound), "OUTBOUND", "COMPLETED", 72_000),
      (CallLogEntry.sample(.outbound, seconds: 0), "OUTBOUND", "NO_ANSWER", 0),
    ])
  func logged(_ call: CallLogEntry, _ direction: String, _ status: String, _ milliseconds: Int64) throws {
    var talk = try talk()
    #expect(talk.log(call) == .logged(id: "10001"))
    let properties = talk.bodies.last.flatMap { JSONValue(parsing: Array($0.utf8)) }?["properties"]
    #expect(properties?["hs_call_direction"]?.string == direction)
    #expect(properties?["hs_call_status"]?.string == status)
    // Numbers stay numbers.
    #expect(properties?["hs_call_duration"] == .integer(milliseconds))
    #expect(properties?["hs_timestamp"] == .integer(1_800_000_000_000))
  }

  @Test("A call's record whose answer was lost is looked for by its mark, and not made again")
  func loggedOnce() throws {
    var talk = try talk()
    talk.interventions[2] = .some(nil)
    guard case .postponed(_, mayExist: true)? = talk.log(.sample()) else {
      Issue.record("was not postponed")
      return
    }
    #expect(talk.log(.sample(mayExist: true)) == .logged(id: "10001"))
    #expect(talk.log(.sample(mark: "1800000000.18", mayExist: true)) == .logged(id: "10002"))
    #expect(talk.cloud.dump("described.calls")?.count == 2)
  }

  @Test("Credentials that the CRM refuses log the user out, and nothing more is asked")
  func refusedCredentials() throws {
    var talk = try talk(DescribedCredentials(parameters: ["accessToken": Secret("pat-other")]))
    #expect(
      talk.logIn() == [
        .loginStatus(
          .loggedOut(.credentialsWrong, CRMFailure(status: 401, code: "INVALID_AUTHENTICATION")))
      ])
    #expect(talk.ask("4155550142") == .failed(CRMFailure(status: 401, code: "INVALID_AUTHENTICATION")))
    #expect(talk.sent.count == 1)
  }

  @Test("A used-up limit silences the client for as long as the description says")
  func throttled() throws {
    var talk = try talk()
    _ = talk.logIn()
    _ = talk.cloud.carryOut(.exhaustLimits(true), at: talk.now)
    let failure = LookupOutcome.failed(CRMFailure(status: 429, code: "RATE_LIMITS"))
    #expect(talk.ask("4155550142") == failure)
    _ = talk.cloud.carryOut(.exhaustLimits(false), at: talk.now)
    #expect(talk.ask("4155550142") == failure)
    #expect(talk.sent.count == 2)
    talk.now = talk.now + .seconds(11)
    #expect(talk.ask("4155550142") == .found(Self.ann))
  }

  @Test(
    "An answer that is not the CRM's is a failure with a code, and adds nobody",
    arguments: [
      (CRMAnswer.json(200, "<html>"), "unreadableAnswer"), (.json(200, #"{"results":[{"id":"5"#), "unreadableAnswer"),
      (.json(200, "{}"), "unexpectedShape"), (.json(200, #"{"results":[{"properties":{}}]}"#), "unexpectedShape"),
      (.json(500, ""), "unexpectedStatus"), (.json(302, ""), "redirected"),
      (.json(200, String(repeating: " ", count: 2 << 20)), "answerTooLarge"),
      (.json(403, #"{"category":"call 0123456789"}"#), "unknownCode"), (.json(200, #"{"category":"OOPS"}"#), "OOPS"),
      (.json(200, ""), "unexpectedShape"),
    ])
  func hostile(_ answer: CRMAnswer, _ code: String) throws {
    var talk = try talk()
    _ = talk.logIn()
    talk.interventions[2] = .some(answer)
    guard case .failed(let failure)? = talk.ask("4155550142", addingTo: .contacts) else {
      Issue.record("was taken for an answer")
      return
    }
    #expect(failure.code == code)
    #expect(talk.sent.count == 2)
  }

  @Test("The cloud takes no request that the description would not make")
  func strictCloud() throws {
    var talk = try talk()
    for (path, status) in [("/crm/v3/objects/deals", 404), ("/crm/v3/objects/contacts?limit=2", 400)] {
      let answer = talk.cloud.respond(
        to: .init(method: .get, scheme: "https", authority: "api.hubapi.com", path: path), body: [], at: talk.now)
      #expect(answer.response.status.code == status)
    }
    let elsewhere = talk.cloud.respond(
      to: .init(method: .get, scheme: "https", authority: "example.com", path: "/"), body: [], at: talk.now)
    #expect(elsewhere.response.status.code == 421)
  }
}
