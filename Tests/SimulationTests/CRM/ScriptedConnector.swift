import CRMConnectors
import HTTPTypes
import Primitives

/// A connector that asks one request for each question and answers as its script says once the CRM has replied.
///
/// What it was asked stands in the request's body, where a test can read it.
struct ScriptedConnector: CRMConnector {
  private enum Question {
    case login
    case lookup(LookupQuestion)
    case log(CallLogEntry)
  }

  /// By number; any other is missed, or added where the question says so.
  var script: [String: LookupOutcome] = [:]
  private var open: [CRMRequest.ID: Question] = [:]
  private var lastRequest = 0

  init(_ script: [String: LookupOutcome] = [:]) { self.script = script }

  mutating func logIn(at now: Instant) -> [ConnectorOutput] { [ask(.login, .token, "login")] }

  mutating func lookUp(_ question: LookupQuestion, at now: Instant) -> [ConnectorOutput] {
    let tables = question.tables.map(\.rawValue).joined(separator: ",")
    return [
      ask(.lookup(question), .search, "\(question.number) in \(tables) add \(question.addUnknownTo?.rawValue ?? "-")")
    ]
  }

  mutating func log(_ call: CallLogEntry, at now: Instant) -> [ConnectorOutput] {
    let what = "\(call.direction.rawValue) \(call.number) \(call.agentExtension) \(call.talkSeconds)s"
    return [ask(.log(call), .logCall, "\(what) \(call.record?.id ?? "-")")]
  }

  mutating func receive(_ answer: CRMAnswer, for request: CRMRequest.ID, at now: Instant) -> [ConnectorOutput] {
    switch open.removeValue(forKey: request) {
    case .none: []
    case .login: [.loginStatus(.loggedIn)]
    case .lookup(let question): [.lookedUp(question.id, outcome(of: question))]
    case .log(let entry): [.logged(entry.id, .logged(id: "log-\(entry.id.rawValue)"))]
    }
  }

  private func outcome(of question: LookupQuestion) -> LookupOutcome {
    if let outcome = script[question.number] { return outcome }
    guard let table = question.addUnknownTo else { return .missed }
    return .added(CRMRecordReference(table: table, id: "new", name: question.number))
  }

  private mutating func ask(_ question: Question, _ purpose: CRMRequest.Purpose, _ body: String) -> ConnectorOutput {
    lastRequest += 1
    let id = CRMRequest.ID(rawValue: lastRequest)
    open[id] = question
    let request = HTTPRequest(method: .post, scheme: "https", authority: "crm.example.com", path: "/")
    return .send(CRMRequest(id: id, purpose: purpose, request: request, body: Array(body.utf8)))
  }
}
