import ApplianceAPI
import Primitives
import Synchronization

/// An appliance with three extensions, one call that is up and one that rings; its rows are the words `rows` and what
/// was asked for.
struct FakeState: ApplianceState {
  var now = Instant(seconds: 1_795_166_400)
  var timeZone = SiteTimeZone(name: "+01:00", offsets: [.init(since: .epoch, offsetSeconds: 3600)])
  var accounts = [
    AccountFacts(number: "1001", name: "Reception", status: "Idle", address: "192.0.2.7:5060 (GXP1615)"),
    AccountFacts(number: "200", name: "<b>Lab</b>", status: "Unavailable"),
    AccountFacts(number: "1002", name: "", status: "InUse", address: "192.0.2.8:5060"),
  ]
  var crmStandings: [String: CRMStandingFacts] = [:]
  var isBroken = false
  var isQuiet = false
  let asked = Asked()

  /// What the doors wanted of the rows.
  final class Asked: Sendable {
    private let requests = Mutex<[CDRRequest]>([])
    var all: [CDRRequest] { requests.withLock { $0 } }
    func note(_ request: CDRRequest) { requests.withLock { $0.append(request) } }
  }

  var system: SystemFacts {
    SystemFacts(
      model: "UCM6302", hardwareRevision: "V1.2B", firmware: "1.0.17.11", mac: "C0:74:AD:00:00:00", serialNumber: "20",
      partNumber: "96600010000", bootedAt: Instant(seconds: now.seconds - 2573), callsInUse: 1)
  }
  var bridgedCalls: [BridgedCall] {
    isQuiet
      ? []
      : [
        BridgedCall(
          caller: .init(channel: "PJSIP/1002-00000000", number: "1002", name: ""),
          callee: .init(channel: "PJSIP/trunk_1-00000001", number: "030123", name: "\"><script>"),
          since: now)
      ]
  }
  var unbridgedChannels: [UnbridgedChannel] {
    isQuiet
      ? []
      : [
        UnbridgedChannel(
          side: .init(channel: "PJSIP/1001-00000002", number: "1001", name: "Reception"), connectedNumber: "6500",
          connectedName: "", since: now, state: "Ring")
      ]
  }
  var configuration: ConfigurationFacts {
    var facts = ConfigurationFacts()
    facts.trunks = [.init(index: 1, name: "A", host: "192.0.2.1", kind: "peer")]
    facts.queues = [.init(number: "6500", name: "Sales", strategy: "ringall", members: ["1001", "1002"])]
    facts.inboundRoutes = [
      .init(index: 1, name: "In", patterns: ["_X."], trunk: "A", destination: "6500", destinationType: "queue")
    ]
    facts.outboundRoutes = [.init(index: 1, name: "Out", patterns: ["_0."], trunk: "A")]
    return facts
  }
  var limits: [LimitFacts] { [LimitFacts(name: "calls", limit: 75, inUse: 1)] }

  func cdrDocument(_ request: CDRRequest) throws(CDRRequest.Refusal) -> CDRDocument {
    if isBroken { throw .unavailable }
    if request.callers.contains("unreadable") { throw .unreadableNumber }
    asked.note(request)
    return CDRDocument(Array("\(request.format.rawValue) \(request.isEmpty ? "none" : "rows")".utf8))
  }
  func queueCalls(_ request: QueueRequest) throws(CDRRequest.Refusal) -> [QueueCall] {
    if isBroken { throw .unavailable }
    let attempt = { (session: String, isConnected: Bool, wait: Int64) in
      QueueCall(
        queue: "6500", session: session, start: now, agent: request.agents.first, caller: "030123",
        isConnected: isConnected, waitSeconds: wait, talkSeconds: isConnected ? 60 : 0)
    }
    return [attempt("a", true, 4), attempt("b", false, 2), attempt("b", false, 10)]
  }
  func agentSpells(
    _ state: AgentState, _ request: QueueRequest
  ) throws(CDRRequest.Refusal) -> [AgentSpell] {
    if isBroken { throw .unavailable }
    guard request.queues.isEmpty || request.queues.contains("6500") else { return [] }
    let begin = Instant(seconds: now.seconds - 600)
    switch state {
    case .loggedIn:
      return [
        AgentSpell(queue: "6500", agent: "1001", begin: begin, end: now),
        AgentSpell(queue: "6500", agent: "<&>", begin: nil, end: now),
      ]
    case .paused: return [AgentSpell(queue: "6500", agent: "1001", begin: begin, end: nil)]
    }
  }
  func recordFiles(ofRow id: Int64) -> String? {
    switch id {
    case 7: "2026-11/auto-1-2-3.wav@2026-11/auto-4-5-6.wav@"
    case 8: ""
    default: nil
    }
  }
  func recording(named name: String) -> [UInt8]? { name == "2026-11/auto-1-2-3.wav" ? Array("RIFF".utf8) : nil }
}
