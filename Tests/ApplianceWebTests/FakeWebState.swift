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
      model: model, hardwareRevision: "V1.2B", firmware: "1.0.17.11", mac: "C0:74:AD:00:00:00", serialNumber: "20",
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

  /// Calls of the list: the first with two legs, then as many of one leg as there are.
  var singleCalls = 1
  /// What was asked for last.
  let asked = Asked()

  final class Asked: @unchecked Sendable {
    var listing: CDRListingRequest?
  }

  func cdrDocument(_ request: CDRRequest) throws(CDRRequest.Refusal) -> CDRDocument { CDRDocument([]) }

  func cdrListing(_ request: CDRListingRequest) throws(CDRRequest.Refusal) -> CDRListing {
    asked.listing = request
    if isBroken { throw .unavailable }
    if request.rows.callers.contains("5-") { throw .unreadableNumber }
    var listing = CDRListing()
    if request.cursor == 999 {
      listing.hasLostCursor = true
      return listing
    }
    let grouped = CDRCallFacts(id: 1, rows: [row("901", ""), row("902", "")])
    let calls =
      [grouped] + (0..<singleCalls).map { CDRCallFacts(id: Int64($0 + 10), rows: [row("\(5000 + $0)", "auto-1.wav")]) }
    listing.calls = Array(calls.prefix(request.limit))
    listing.next = calls.count > request.limit ? 77 : nil
    listing.previous = request.cursor == nil ? nil : 66
    listing.count = .atLeast(calls.count)
    return listing
  }

  func cdrCall(_ id: Int64) throws(CDRRequest.Refusal) -> CDRCallFacts? {
    if isBroken { throw .unavailable }
    return id < 100 ? CDRCallFacts(id: id, rows: [row("901", ""), row("902", "")]) : nil
  }

  func callFlow(_ id: Int64) -> CallFlow {
    switch id {
    case 7: .noLongerKept
    case 8: .notNow
    default:
      .known(
        CallFlowFacts(
          title: Self.bad, picture: Array("<svg/>".utf8),
          messages: [
            .init(
              frame: 12, time: "10:00:00.123", sender: Self.bad, receiver: "PBX", label: "INVITE sdp", notes: [Self.bad]
            )
          ], messagesLeftOut: 3, steps: [.init(title: "Routing", lines: [Self.bad, "rule: R"])],
          assumptions: id == 9 ? [] : ["\(Self.bad) [assumed]"], cause: Self.bad))
    }
  }

  var totals = RunTotals(calls: 7, refused: 2, rows: 9, systemEvents: 3)
  var model = "UCM6302"
  /// Calls of extension 1001's phone.
  var phoneCalls = [
    PhoneCall(
      state: .ringing, isIncoming: true, number: "+4930123", name: FakeWebState.bad,
      since: Instant(seconds: 1_795_166_390))
  ]
  var lastCall: PhoneCall?

  func phone(_ number: String) -> PhoneFacts {
    var facts = PhoneFacts()
    facts.calls = number == "1001" ? phoneCalls : []
    facts.last = lastCall
    return facts
  }

  private func row(_ source: String, _ recording: String) -> CDRRowFacts {
    var row = CDRRowFacts(start: Instant(seconds: now.seconds - 7200))
    (row.caller.number, row.caller.name, row.caller.trunk) = (source, Self.bad, Self.bad)
    (row.callee.number, row.action, row.account) = ("1001", "DIAL", Self.bad)
    (row.durationSeconds, row.talkSeconds, row.status) = (3723, 12, "ANSWERED")
    row.recordings = recording.isEmpty ? [] : [recording]
    row.wouldBeRecorded = true
    return row
  }

  func agentSpells(
    _ state: AgentState, _ request: QueueRequest
  ) throws(CDRRequest.Refusal) -> [AgentSpell] { [] }
  func queueCalls(_ request: QueueRequest) throws(CDRRequest.Refusal) -> [QueueCall] { [] }
  func recordFiles(ofRow id: Int64) -> String? { nil }
  func recording(named name: String) -> [UInt8]? { nil }
}
