import CRMConnectors
import Cassettes
import HTTPTypes
import Primitives
import Testing

/// A conversation with Salesforce, recorded without anybody's data and played back to another client.
@Suite struct SalesforceCassetteTests {
  private static let secrets = ["example-password", "ExampleToken", "00D000000000001!AQ.example_session"]
  private static let people = ["Helga", "Hansen", "helga", "2011", "%2%0%1%1", "%250%251%251%25"]

  private static func answer(_ status: Int, _ text: String) -> CRMAnswer {
    .response(HTTPResponse(status: .init(code: status)), body: Array(text.utf8))
  }

  private static let answers = [
    answer(
      200,
      "<Envelope><Body><loginResponse><result><serverUrl>https://example.my.salesforce.com/services</serverUrl>"
        + "<sessionId>\(secrets[2])</sessionId><userId>005000000000001AAA</userId><userInfo><userFullName>"
        + "Helga Hansen</userFullName><userName>helga@hansen.example</userName></userInfo></result></loginResponse>"
        + "</Body></Envelope>"
    ),
    answer(200, #"{"searchRecords":[]}"#),
    answer(
      200,
      #"{"hasErrors":false,"results":[{"statusCode":200,"result":{"records":[{"attributes":{"type":"Contact"},"#
        + #""Id":"003000000000001AAA","Name":"Helga Hansen","Phone":"+49 30 0000-2011"}]}}]}"#),
  ]

  private static func connector() throws -> SalesforceConnector {
    try SalesforceConnector(
      credentials: .password(
        PasswordCredentials(userName: "helga@hansen.example", password: Secret(secrets[0])),
        securityToken: Secret(secrets[1])))
  }

  /// Asks who calls and hands each request to `carryOut`.
  private static func play(_ carryOut: (CRMRequest) throws -> CRMAnswer) throws -> LookupOutcome? {
    var connector = try connector()
    let now = Instant(seconds: 1_800_000_000)
    let question = LookupQuestion(
      id: .init(rawValue: 1), number: "+493000002011", tables: [.contacts], addUnknownTo: nil)
    var pending = connector.lookUp(question, at: now)
    var outcome: LookupOutcome?
    while !pending.isEmpty {
      switch pending.removeFirst() {
      case .send(let request): pending += connector.receive(try carryOut(request), for: request.id, at: now)
      case .lookedUp(_, let told): outcome = told
      case .logged, .loginStatus: continue
      }
    }
    return outcome
  }

  @Test func aRecordedConversationIsPlayedAndHoldsNobodysData() throws {
    var redaction = CassetteRedaction(people: .pseudonyms)
    var bytes = Cassette.head(.pseudonyms)
    var answers = Self.answers[...]
    let recorded = try Self.play { request in
      let answer = answers.popFirst() ?? .unreachable(.timedOut)
      let line = redaction.request(request)
      bytes += Cassette.line(line, redaction.answer(answer))
      return answer
    }
    #expect(recorded?.record?.name == "Helga Hansen" && answers.isEmpty)
    let text = String(decoding: bytes, as: UTF8.self)
    for hidden in Self.secrets + Self.people { #expect(!text.contains(hidden), "\(hidden)") }
    var player = CassettePlayer(try Cassette(reading: bytes, path: "c.jsonl"))
    let played = try Self.play { try player.answer($0).get() }
    #expect(played?.record?.id == "003000000000001AAA" && player.leftover == nil)
  }
}
