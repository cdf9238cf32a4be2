import ApplianceAPI
import ApplianceWeb
import JSON
import Primitives

/// An appliance whose names are what an attacker would be called.
struct FakeWebState: WebState {
  static let bad = #"<script>alert("x")</script>'; DROP TABLE cdr;--"#
  var now = Instant(seconds: 1_795_166_400)
  var timeZone = SiteTimeZone(name: "+01:00", offsets: [.init(since: .epoch, offsetSeconds: 3600)])
  var accounts = [
    AccountFacts(number: "1001", name: bad, status: "Idle", address: "192.0.2.7:5060 (GXP1615)"),
    AccountFacts(number: "1002", name: "Bruno", status: "Unavailable"),
  ]
  var clock = ReplayClock(speed: 10, isPaused: false, isFinished: false)
  var crmStandings = ["1001": CRMStandingFacts(.loggedOut, reason: "The token is dead (invalid_code).")]
  var isBroken = false

  var system: SystemFacts {
    SystemFacts(
      model: "UCM6302", hardwareRevision: "V1.2B", firmware: "1.0.17.11", mac: "C0:74:AD:00:00:00", serialNumber: "20",
      partNumber: "96600010000", bootedAt: Instant(seconds: now.seconds - 2573), callsInUse: 1)
  }
  var bridgedCalls: [BridgedCall] {
    [
      BridgedCall(
        caller: .init(channel: "a", number: "030123", name: Self.bad),
        callee: .init(channel: "b", number: "1001", name: ""), since: Instant(seconds: now.seconds - 3723))
    ]
  }
  var unbridgedChannels: [UnbridgedChannel] {
    [
      UnbridgedChannel(
        side: .init(channel: "c", number: "1002", name: Self.bad), connectedNumber: Self.bad, connectedName: "",
        since: now, state: "Ring")
    ]
  }
  var configuration: ConfigurationFacts {
    var facts = ConfigurationFacts()
    facts.trunks = [.init(index: 1, name: Self.bad, host: "192.0.2.1", kind: "peer")]
    return facts
  }
  var limits: [LimitFacts] {
    [LimitFacts(name: "calls", limit: 1, inUse: 1), LimitFacts(name: "users", limit: nil, inUse: 2)]
  }
  var systemEvents: [SystemEventFacts] {
    [
      SystemEventFacts(
        time: now, name: "SIP Lost Registration", kind: "Generate Alert", detail: Self.bad, isRestored: false)
    ]
  }
  var crmExchanges = [
    CRMExchangeFacts(
      number: 1,
      line: [
        "time": 1_795_166_400, "purpose": "search", "method": "POST", "host": "crm.example.com",
        "path": "/rest?q='x'",
        "body": .string("{\"password\":\"hunter2hunter2\",\"name\":\"\(bad.filter { $0 != "\"" })\"}"),
        "status": 200, "bytes": 2, "answer": "{}",
      ])
  ]

  /// Calls of the document: the first with two legs, then as many of one leg as there are.
  var singleCalls = 1

  func cdrDocument(_ request: CDRRequest) throws(CDRRequest.Refusal) -> [UInt8] {
    if isBroken { throw .unavailable }
    if request.callers.contains("5-") { throw .unreadableNumber }
    switch request.format {
    case .csv: return Array("csv \(request.callers) \(request.offset) \(request.limit)".utf8)
    case .xml: return []
    case .json: break
    }
    if request.isEmpty { return Array("{\"cdr_root\":[]}".utf8) }
    let row = { (source: String, recording: String) -> JSONValue in
      [
        "src": .string(source), "dst": "1001", "caller_name": .string(Self.bad), "start": "2026-11-20 10:00:00",
        "duration": "3723", "billsec": "12", "disposition": "ANSWERED", "action_type": "DIAL",
        "recordfiles": .string(recording),
      ]
    }
    let grouped: JSONValue = [
      "cdr": "1", "main_cdr": row("900", ""), "sub_cdr_1": row("901", ""), "sub_cdr_2": row("902", ""),
    ]
    let single = (0..<singleCalls).map { row("\(5000 + $0)", "2026-11/auto-1.wav@") }
    let rows = ([grouped] + single).dropFirst(request.offset).prefix(request.limit)
    return (["cdr_root": .array(Array(rows))] as JSONValue).bytes()
  }
  func queueCalls(_ request: QueueRequest) throws(CDRRequest.Refusal) -> [QueueCall] { [] }
  func recordFiles(ofRow id: Int64) -> String? { nil }
  func recording(named name: String) -> [UInt8]? { nil }
}
