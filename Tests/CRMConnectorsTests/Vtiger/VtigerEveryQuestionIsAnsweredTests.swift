import CRMConnectors
import HTTPTypes
import Primitives
import TestSupport
import Testing

struct VtigerEveryQuestionIsAnsweredTests {
  private static let bodies = [
    "", "{}", "[]", "null", "<html>", #"{"success":true,"result":["#, #"{"success":true,"result":[]}"#,
    #"{"success":true,"result":[{"id":"12x7","lastname":"Bo","phone":"+15550101"}]}"#, #"{"success":true,"result":{}}"#,
    #"{"success":true,"result":{"id":"18x8"}}"#, #"{"success":false,"error":{"code":"INVALID_SESSIONID"}}"#,
    #"{"success":false,"error":{"code":"INVALID_USER_CREDENTIALS"}}"#,
    #"{"success":false,"error":{"code":"ACCESS_DENIED"}}"#, #"{"success":false,"error":"no"}"#,
    #"{"success":true,"result":{"token":"abc"}}"#, #"{"success":true,"result":{"types":["cbCalendar"]}}"#,
    #"{"success":true,"result":{"sessionName":"s","userId":"19x1"}}"#,
  ]

  private func answer(_ purpose: CRMRequest.Purpose, _ dice: inout SeededGenerator) -> CRMAnswer {
    switch Int.random(in: 0..<10, using: &dice) {
    case 0: return .unreachable(dice.pick(CRMAnswer.UnreachableReason.allCases))
    case 1...5:
      switch purpose {
      case .token: return dice.pick([.challenge, .session, .json(200, VtigerDialogue.calendar)])
      case .search, .confirm, .login, .link: return dice.pick([.rows(), .json(200, Self.bodies[7])])
      case .create, .logCall: return .made("12x8")
      }
    default: return .json(dice.pick([200, 200, 302, 404, 429, 500, 503]), dice.pick(Self.bodies))
    }
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func exactlyOnceWhateverComesBack(seed: UInt64) throws {
    var dice = SeededGenerator(seed: seed)
    var settings = ConnectorSettings()
    settings.maximumOpenQuestions = 12
    var dialogue = try VtigerDialogue(settings)
    var pending: [CRMRequest] = []
    var asked: [Int] = []
    var answers: [Int: Int] = [:]

    func take(_ outputs: [ConnectorOutput]) {
      for output in outputs {
        switch output {
        case .send(let request): pending.append(request)
        case .lookedUp(let id, _): answers[id.rawValue, default: 0] += 1
        case .logged(let id, _): answers[id.rawValue, default: 0] += 1
        case .loginStatus: break
        }
      }
      #expect(pending.filter { $0.purpose == .token }.count <= 1, "seed \(seed): two logins in flight")
    }

    for step in 0..<300 {
      dialogue.now = dialogue.now + .seconds(Int64.random(in: 0...60, using: &dice))
      if Bool.random(using: &dice), let index = pending.indices.randomElement(using: &dice) {
        let request = pending.remove(at: index)
        take(dialogue.connector.receive(answer(request.purpose, &dice), for: request.id, at: dialogue.now))
        continue
      }
      asked.append(step)
      let number = "+1555010\(dice.next() % 5)"
      if dice.next() % 3 == 0 {
        let call = CallLogEntry(
          id: .init(rawValue: step), direction: .inbound, number: number, record: nil, agentExtension: "1001",
          start: dialogue.now, utcOffsetSeconds: 0, talkSeconds: 5, mark: "17.\(step)", mayExist: dice.next() % 4 == 0)
        take(dialogue.connector.log(call, at: dialogue.now))
      } else {
        let question = LookupQuestion(
          id: .init(rawValue: step), number: number, tables: dice.pick([[.contacts], [.leads, .accounts, .contacts]]),
          addUnknownTo: dice.pick([nil, .contacts]))
        take(dialogue.connector.lookUp(question, at: dialogue.now))
      }
    }
    for _ in 0..<2000 {
      guard let request = pending.popLast() else { break }
      take(dialogue.connector.receive(answer(request.purpose, &dice), for: request.id, at: dialogue.now))
    }
    #expect(pending.isEmpty, "seed \(seed)")
    #expect(asked.allSatisfy { answers[$0] == 1 }, "seed \(seed)")
    #expect(answers.count == asked.count, "seed \(seed)")
  }
}
