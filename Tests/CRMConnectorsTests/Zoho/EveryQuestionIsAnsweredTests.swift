import TestSupport
import CRMConnectors
import HTTPTypes
import Primitives
import Testing

struct EveryQuestionIsAnsweredTests {
  private static let bodies = [
    "", "{}", "[]", "null", "<html>", "{\"data\":[", #"{"data":[]}"#, #"{"data":[{"id":"7","Last_Name":"Bo"}]}"#,
    #"{"data":[{"code":"SUCCESS","details":{"id":"8"},"status":"success"}]}"#,
    #"{"data":[{"code":"INVALID_DATA","details":{},"status":"error"}]}"#, #"{"code":"INVALID_TOKEN","status":"error"}"#,
    #"{"code":"OAUTH_SCOPE_MISMATCH","status":"error"}"#, #"{"error":"invalid_code"}"#, #"{"error":"Access Denied"}"#,
    #"{"access_token":"1000.a.b","expires_in":3600}"#, #"{"access_token":"1000.c.d","expires_in":1}"#,
  ]

  private func answer(_ purpose: CRMRequest.Purpose, _ dice: inout SeededGenerator) -> CRMAnswer {
    switch Int.random(in: 0..<10, using: &dice) {
    case 0: return .unreachable(dice.pick(CRMAnswer.UnreachableReason.allCases))
    case 1...4:
      switch purpose {
      case .token: return .token("1000.t.\(dice.next() % 100)")
      case .search: return dice.pick([.miss, .miss, .found("7", #""Full_Name":"Bo""#)])
      case .create, .logCall: return .added("8")
      case .login, .confirm, .link: return dice.pick([.miss, .found("7", #""Full_Name":"Bo""#)])
      }
    default: return .json(dice.pick([200, 201, 202, 204, 400, 401, 404, 429, 500, 503]), dice.pick(Self.bodies))
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func exactlyOnceWhateverComesBack(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    var settings = ConnectorSettings()
    settings.maximumOpenQuestions = 12
    var dialogue = try Dialogue(settings)
    var pending: [CRMRequest] = []
    var asked: [Int] = []
    var answers: [Int: Int] = [:]
    var sentIDs: Set<CRMRequest.ID> = []

    func take(_ outputs: [ConnectorOutput]) {
      for output in outputs {
        switch output {
        case .send(let request):
          #expect(sentIDs.insert(request.id).inserted, "seed \(seed): a request id was used twice")
          pending.append(request)
        case .lookedUp(let id, _): answers[id.rawValue, default: 0] += 1
        case .logged(let id, _): answers[id.rawValue, default: 0] += 1
        case .loginStatus: break
        }
      }
      #expect(pending.filter { $0.purpose == .token }.count <= 1, "seed \(seed): two refreshes in flight")
    }

    for step in 0..<400 {
      dialogue.wait(seconds: Int64.random(in: 0...40, using: &dice))
      if Bool.random(using: &dice), let index = pending.indices.randomElement(using: &dice) {
        let request = pending.remove(at: index)
        take(dialogue.answer(request, answer(request.purpose, &dice)))
        continue
      }
      asked.append(step)
      let number = "+1555010\(dice.next() % 5)"
      if dice.next() % 3 == 0 {
        let call = CallLogEntry(
          id: .init(rawValue: step), direction: .inbound, number: number, record: nil, agentExtension: "1001",
          start: dialogue.now, utcOffsetSeconds: 0, talkSeconds: 5)
        take(dialogue.connector.log(call, at: dialogue.now))
      } else {
        let question = LookupQuestion(
          id: .init(rawValue: step), number: number, tables: dice.pick([[.contacts], [.leads, .accounts, .contacts]]),
          addUnknownTo: dice.pick([nil, .contacts]))
        take(dialogue.connector.lookUp(question, at: dialogue.now))
      }
    }
    // Every question ends after a bounded number of answers: a token, each table, a create, each repeated once.
    for _ in 0..<1000 {
      guard let request = pending.popLast() else { break }
      take(dialogue.answer(request, answer(request.purpose, &dice)))
    }
    #expect(pending.isEmpty, "seed \(seed)")
    #expect(asked.allSatisfy { answers[$0] == 1 }, "seed \(seed)")
    #expect(answers.count == asked.count, "seed \(seed)")
    #expect(dialogue.connector.description.hasSuffix("(www.zohoapis.com, 0 open questions)"))
  }
}
