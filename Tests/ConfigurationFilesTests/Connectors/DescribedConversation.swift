import CRMCloud
import CRMConnectors
import ConfigurationFiles
import HTTPTypes
import JSON
import Primitives

/// A described connector and the cloud of its examples, in one process.
struct DescribedConversation {
  var connector: any CRMConnector
  var cloud: DescribedCloud
  var now = Instant(seconds: 1_800_000_000)
  /// `POST /path`, in the order sent.
  var sent: [String] = []
  var bodies: [String] = []
  /// What the cloud is to answer instead, by the request's place in `sent` from 1; nil for the answer being lost.
  var interventions: [Int: CRMAnswer?] = [:]
  private var lastQuestion = 0

  init(_ file: ConnectorFile, credentials: DescribedCredentials? = nil, numbers: NumberPlan = NumberPlan()) throws {
    var settings = CRMSettings(
      system: .described, serverAddress: file.description.server == nil ? "https://crm.example.com" : "",
      addUnknownNumber: nil, contactLookups: [.contacts])
    settings.connector = file.description
    settings.numbers = numbers
    let user = CRMUserSettings(
      isEnabled: true, credentials: .described(credentials ?? file.exampleParameters))
    connector = try settings.connector(for: user)
    cloud = DescribedCloud(try file.cloud(), seed: 1)
  }

  mutating func logIn() -> [ConnectorOutput] { run(connector.logIn(at: now)) }

  mutating func ask(
    _ number: String, in tables: [CRMTable] = [.contacts], addingTo table: CRMTable? = nil
  ) -> LookupOutcome? {
    lastQuestion += 1
    let question = LookupQuestion(
      id: .init(rawValue: lastQuestion), number: number, tables: tables, addUnknownTo: table)
    for case .lookedUp(_, let outcome) in run(connector.lookUp(question, at: now)) { return outcome }
    return nil
  }

  mutating func log(_ call: CallLogEntry) -> CallLogOutcome? {
    for case .logged(_, let outcome) in run(connector.log(call, at: now)) { return outcome }
    return nil
  }

  /// Carries every request out until nothing more is wanted.
  private mutating func run(_ outputs: [ConnectorOutput]) -> [ConnectorOutput] {
    var results: [ConnectorOutput] = []
    var queue = outputs[...]
    while let output = queue.popFirst(), sent.count < 100 {
      guard case .send(let request) = output else {
        results.append(output)
        continue
      }
      sent.append("\(request.request.method.rawValue) \(request.request.path ?? "")")
      bodies.append(String(decoding: request.body, as: UTF8.self))
      var answer: CRMAnswer
      switch interventions[sent.count] {
      case .some(.some(let other)): answer = other
      case .some(.none):
        _ = cloud.respond(to: request.request, body: request.body, at: now)
        answer = .unreachable(.timedOut)
      case .none:
        let response = cloud.respond(to: request.request, body: request.body, at: now)
        answer = .response(response.response, body: response.body)
      }
      queue += connector.receive(answer, for: request.id, at: now)
    }
    return results
  }
}

extension CRMAnswer {
  static func json(_ status: Int, _ text: String) -> CRMAnswer {
    .response(HTTPResponse(status: .init(code: status)), body: Array(text.utf8))
  }
}

extension CallLogEntry {
  static func sample(
    _ direction: Direction = .inbound, number: String = "4155550142", record: CRMRecordReference? = nil,
    seconds: Int64 = 72, mark: String = "1800000000.17", mayExist: Bool = false
  ) -> CallLogEntry {
    CallLogEntry(
      id: .init(rawValue: 1), direction: direction, number: number, record: record, agentExtension: "1001",
      start: Instant(seconds: 1_800_000_000), utcOffsetSeconds: 3600, talkSeconds: seconds, mark: mark,
      mayExist: mayExist)
  }
}
