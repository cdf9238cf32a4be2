public import CRMCloud
public import CRMConnectors
public import Primitives

/// Clients of one CRM with their cloud, each request answered at once, so that an expectation reads as a conversation.
///
/// Keeps what was asked, and what was not as it should be. A client that leaves a question unanswered, answers it
/// twice, or never stops asking is found whatever is being played.
public struct CompatBench {
  /// More requests than this for one question are one that never ends.
  private static let requestsMax = 100

  /// The system under test.
  public let subject: any CompatSubject
  /// Its cloud.
  public internal(set) var server: any CompatServer
  /// The time it is.
  public private(set) var now: Instant
  /// What was not as expected.
  public private(set) var breaches: [String] = []
  /// What was asked, in order.
  public private(set) var requests: [CRMRequest] = []
  /// The latest login status that each client told.
  public private(set) var statuses: [Int: LoginStatus] = [:]

  private var clients: [any CRMConnector] = []
  private var planned: [(purpose: CRMRequest.Purpose?, fault: CompatFault, skip: Int, times: Int)] = []
  private var lastQuestion = 0
  private var lastCall = 0

  init(_ subject: any CompatSubject, _ server: any CompatServer) {
    self.subject = subject
    self.server = server
    now = subject.traits.start
  }

  /// Lets time pass.
  public mutating func wait(seconds: Int64) { now = now + .seconds(seconds) }

  /// Notes a breach unless `condition` holds.
  public mutating func expect(_ condition: Bool, _ text: String) {
    if !condition { breaches.append(text) }
  }

  /// Another client; its number.
  public mutating func addClient(
    _ user: CompatUser = .first, at place: CompatPlace = .right, settings: ConnectorSettings = ConnectorSettings()
  ) -> Int {
    do throws(ConnectorSettingsError) {
      clients.append(try subject.connector(for: user, at: place, settings: settings))
    } catch { breaches.append("there is no client: \(error)") }
    return clients.count - 1
  }

  /// Has the next requests for `purpose`, any where nil, go wrong, after `skip` that do not.
  public mutating func plan(_ fault: CompatFault, for purpose: CRMRequest.Purpose? = nil, skip: Int = 0, times: Int = 1)
  {
    planned.append((purpose, fault, skip, times))
  }

  /// The purposes of what was asked since the last call of this.
  public mutating func takePurposes() -> [CRMRequest.Purpose] {
    defer { requests = [] }
    return requests.map(\.purpose)
  }

  /// Logs in.
  public mutating func logIn(_ client: Int) { _ = settle([(client, start(client) { $0.logIn(at: $1) })]) }

  /// Has the cloud's administrator do something.
  public mutating func administer(_ action: CloudAction) -> CloudActionOutcome { server.carryOut(action, at: now) }

  /// Who calls?
  public mutating func lookUp(
    _ number: String, in tables: [CRMTable], addingTo table: CRMTable? = nil, by client: Int
  ) -> LookupOutcome? {
    lookUpTogether(number, in: tables, addingTo: table, by: [client]).first ?? nil
  }

  /// The same question of several clients, whose requests reach the cloud by turns.
  public mutating func lookUpTogether(
    _ number: String, in tables: [CRMTable], addingTo table: CRMTable? = nil, by clients: [Int]
  ) -> [LookupOutcome?] {
    lastQuestion += 1
    let id = LookupQuestion.ID(rawValue: lastQuestion)
    let question = LookupQuestion(id: id, number: number, tables: tables, addUnknownTo: table)
    let results = settle(clients.map { client in (client, start(client) { $0.lookUp(question, at: $1) }) })
    return clients.map { client in
      let outcomes = results.compactMap { result -> LookupOutcome? in
        guard case (client, .lookedUp(id, let outcome)) = result else { return nil }
        return outcome
      }
      expect(outcomes.count == 1, "a question was answered \(outcomes.count) times")
      return outcomes.first
    }
  }

  /// A call to be logged, with a mark of its own.
  public mutating func call(
    _ direction: CallLogEntry.Direction, _ number: String, about record: CRMRecordReference?, talkSeconds: Int64 = 0
  ) -> CallLogEntry {
    lastCall += 1
    return CallLogEntry(
      id: .init(rawValue: lastCall), direction: direction, number: number, record: record, agentExtension: "1001",
      start: now, utcOffsetSeconds: 3600, talkSeconds: talkSeconds, mark: "\(now.seconds).\(lastCall)")
  }

  /// Has the call recorded; what came of it.
  public mutating func log(_ call: CallLogEntry, by client: Int) -> CallLogOutcome? {
    let outcomes = settle([(client, start(client) { $0.log(call, at: $1) })]).compactMap { result -> CallLogOutcome? in
      guard case (client, .logged(call.id, let outcome)) = result else { return nil }
      return outcome
    }
    expect(outcomes.count == 1, "a call's log was answered \(outcomes.count) times")
    return outcomes.first
  }

  /// The same, and again later while the CRM does not take it, as the appliance's store does.
  public mutating func logWithPatience(_ call: CallLogEntry, by client: Int, attempts: Int = 12) -> CallLogOutcome? {
    var call = call
    var outcome = log(call, by: client)
    for _ in 1..<max(2, attempts) {
      guard case .postponed(_, let mayExist) = outcome else { break }
      call.mayExist = call.mayExist || mayExist
      wait(seconds: 900)
      outcome = log(call, by: client)
    }
    return outcome
  }

  /// What the cloud keeps of a table.
  public func records(in table: CRMTable) -> [CompatRecord] {
    (server.dump(subject.kind(of: table)) ?? []).compactMap { subject.record($0, in: table) }
  }

  /// The only record of this name.
  public func record(_ name: String, in table: CRMTable) -> CompatRecord? {
    let found = records(in: table).filter { $0.name == name }
    return found.count == 1 ? found[0] : nil
  }

  /// The calls that the cloud keeps.
  public var calls: [CompatCall] { (server.dump(subject.kindOfCalls) ?? []).compactMap(subject.call) }

  private mutating func start(
    _ client: Int, _ act: (inout any CRMConnector, Instant) -> [ConnectorOutput]
  ) -> [ConnectorOutput] {
    guard clients.indices.contains(client) else { return [] }
    return act(&clients[client], now)
  }

  /// Carries requests out in the order they were made until none is left; the rest of what was said.
  private mutating func settle(_ outputs: [(Int, [ConnectorOutput])]) -> [(Int, ConnectorOutput)] {
    var pending = outputs.flatMap { client, outputs in outputs.map { (client, $0) } }
    var results: [(Int, ConnectorOutput)] = []
    var sent = 0
    while !pending.isEmpty {
      let (client, output) = pending.removeFirst()
      switch output {
      case .send(let request):
        sent += 1
        guard sent <= Self.requestsMax else {
          breaches.append("more than \(Self.requestsMax) requests for one question")
          return results
        }
        requests.append(request)
        let answer = answer(request)
        pending += start(client) { $0.receive(answer, for: request.id, at: $1) }.map { (client, $0) }
      case .loginStatus(let status):
        statuses[client] = status
        results.append((client, output))
      case .lookedUp, .logged: results.append((client, output))
      }
    }
    return results
  }

  private mutating func answer(_ request: CRMRequest) -> CRMAnswer {
    guard let fault = nextFault(for: request.purpose) else { return server.carryOut(request, at: now) }
    return fault.answer(after: fault.reachesCloud ? server.carryOut(request, at: now) : nil)
  }

  private mutating func nextFault(for purpose: CRMRequest.Purpose) -> CompatFault? {
    for index in planned.indices where (planned[index].purpose ?? purpose) == purpose && planned[index].times > 0 {
      guard planned[index].skip == 0 else {
        planned[index].skip -= 1
        return nil
      }
      planned[index].times -= 1
      return planned[index].fault
    }
    return nil
  }
}
