import ApplianceAPI
import JSON
import Primitives
import Testing

/// The push channel, text by text.
@Suite struct LiveEventTests {
  /// A connection to doors with one user.
  private struct Connection {
    var doors: DoorsUnderTest
    var session: LiveEventSession

    init(rights: APIRights = .everything) {
      doors = DoorsUnderTest(rights: rights)
      session = LiveEventSession(at: doors.now)
    }

    mutating func send(_ text: String) -> JSONValue? {
      session.receive(Array(text.utf8), at: &doors.doors, from: doors.client, now: doors.now)
        .flatMap { JSONValue(parsing: Array($0.utf8)) }
    }

    mutating func ask(_ action: String, _ more: [(String, JSONValue)] = []) -> JSONValue? {
      let members = [JSONValue.Member("action", .string(action)), .init("transactionid", "t1")]
      let message = JSONValue.object(members + more.map { JSONValue.Member($0.0, $0.1) })
      let request: JSONValue = ["type": "request", "message": message]
      return send(String(decoding: request.bytes(), as: UTF8.self))?["message"]
    }

    mutating func logIn(password: String = DoorsUnderTest.password) -> Int64? {
      let challenge = ask("challenge", [("username", "cdrapi"), ("version", "1")])?["challenge"]?.string ?? ""
      let token = doors.md5(challenge + password)
      return ask("login", [("username", "cdrapi"), ("token", .string(token))])?.status
    }

    mutating func subscribe(_ names: JSONValue) -> Int64? { ask("subscribe", [("eventnames", names)])?.status }

    mutating func notices() -> [JSONValue] {
      session.notices(of: doors.state).flatMap { JSONValue(parsing: Array($0.utf8))?["message"]?.array ?? [] }
    }
  }

  @Test func aClientLogsInAndIsTold() {
    var connection = Connection()
    #expect(connection.logIn() == 0)
    #expect(connection.subscribe(["ExtensionStatus", "ActiveCallStatus"]) == 0)
    let notices = connection.notices()
    #expect(notices.map { $0["eventname"]?.string } == ["ExtensionStatus", "ActiveCallStatus"])
    #expect(notices.allSatisfy { $0["action"] == "notify" })
    #expect(notices.first?["eventbody"]?.array?.first?["extension"] == "1001")
    #expect(notices.first?["eventbody"]?.array?.count == 3)
    let call = notices.last?["eventbody"]?.array?.first { $0["chantype"] == "bridge" }
    #expect(call?["action"] == "add")
    #expect(call?["callerid2"] == "030123")
  }

  @Test func onlyWhatChangedIsTold() {
    var connection = Connection()
    _ = connection.logIn()
    _ = connection.subscribe(["ExtensionStatus"])
    #expect(connection.notices().count == 1)
    #expect(connection.notices().isEmpty)
    connection.doors.state.accounts[0].status = "Ringing"
    let body = connection.notices().first?["eventbody"]?.array
    #expect(body?.count == 1)
    #expect(body?.first?["status"] == "Ringing")
  }

  @Test func anAnswerRepeatsItsTransaction() {
    var connection = Connection()
    let answer = connection.ask("heartbeat")
    #expect(answer?["transactionid"] == "t1")
    #expect(answer?["action"] == "heartbeat")
  }

  @Test func withoutALoginNothingIsTold() {
    var connection = Connection()
    #expect(connection.subscribe(["ExtensionStatus"]) == -5)
    #expect(connection.ask("heartbeat")?.status == -5)
    #expect(connection.ask("reboot")?.status == -5)
    #expect(connection.notices().isEmpty)
    #expect(connection.logIn(password: "guess") == -37)
    #expect(connection.subscribe(["ExtensionStatus"]) == -5)
  }

  @Test func whoMayNotListMayNotSubscribe() {
    var connection = Connection(rights: .everythingBut([.listBridgedChannels]))
    _ = connection.logIn()
    #expect(connection.subscribe(["ActiveCallStatus"]) == -47)
    #expect(connection.subscribe(["ExtensionStatus"]) == 0)
  }

  @Test func everyEventThatIsDocumentedCanBeSubscribedTo() {
    var connection = Connection()
    _ = connection.logIn()
    #expect(connection.subscribe(.array(LiveEvent.allCases.map { .string($0.rawValue) })) == 0)
    let notices = connection.notices()
    #expect(
      notices.map { $0["eventname"]?.string }
        == ["PbxStatus", "ExtensionStatus", "ActiveCallStatus", "CallQueueStatus"])
    let numbers = notices.first?["eventbody"]
    #expect(numbers?["calls_num"] == 1)
    #expect(numbers?["extension_register"] == 2)
    #expect(numbers?["available_trunk_number"] == 1)
    let queue = notices.last?["eventbody"]?.array?.first
    #expect(queue?["extension"] == "6500")
    #expect(queue?["member"]?.array?.map { $0["status"]?.string } == ["Idle", "InUse"])
    #expect(connection.notices().isEmpty)
    connection.doors.state.accounts[0].status = "Unavailable"
    #expect(
      connection.notices().map { $0["eventname"]?.string } == ["PbxStatus", "ExtensionStatus", "CallQueueStatus"])
  }

  @Test(arguments: [("ExtensionStatus/1002", ["1002"]), ("ExtensionStatus/1001~1002", ["1001", "1002"])])
  func someExtensionsCanBeSubscribedTo(name: String, numbers: [String]) {
    var connection = Connection()
    _ = connection.logIn()
    #expect(connection.subscribe([.string(name)]) == 0)
    let body = connection.notices().first?["eventbody"]?.array ?? []
    #expect(body.compactMap { $0["extension"]?.string } == numbers)
  }

  @Test func aSubscriptionEnds() {
    var connection = Connection()
    _ = connection.logIn()
    #expect(connection.subscribe(["ExtensionStatus", "PbxStatus"]) == 0)
    #expect(connection.ask("unsubscribe", [("eventnames", ["ExtensionStatus", "PbxStatus"])])?.status == 0)
    #expect(connection.notices().isEmpty)
  }

  @Test func oneUnknownEventSubscribesToNone() {
    var connection = Connection()
    _ = connection.logIn()
    #expect(connection.subscribe(["ExtensionStatus", "NoSuchEvent"]) == -9)
    #expect(connection.notices().isEmpty)
  }

  @Test func whatIsAskedAtTheAPIIsNotAnsweredHere() {
    var connection = Connection()
    _ = connection.logIn()
    #expect(connection.ask("listAccount")?.status == -19)
  }

  @Test func theProofGoesByTwoNames() {
    var connection = Connection()
    let challenge = connection.ask("challenge", [("username", "cdrapi")])?["challenge"]?.string ?? ""
    let proof = JSONValue.string(connection.doors.md5(challenge + DoorsUnderTest.password))
    #expect(connection.ask("login", [("username", "cdrapi"), ("password", proof)])?.status == 0)
  }

  /// A client of a 6204 knows a channel that went by nothing else.
  @Test func aChannelThatWentIsTold() {
    var connection = Connection()
    _ = connection.logIn()
    _ = connection.subscribe(["ActiveCallStatus"])
    _ = connection.notices()
    connection.doors.state.isQuiet = true
    let body = connection.notices().first?["eventbody"]?.array ?? []
    #expect(body.map { $0["action"]?.string } == ["delete", "delete"])
    #expect(Set(body.map { $0["channel"]?.string }) == ["PJSIP/1001-00000002", "PJSIP/1002-00000000"])
    #expect(body.allSatisfy { $0.members?.count == 3 })
  }

  private static let nonsense: [(JSONValue, Int64)] = [
    ("ExtensionStatus", -1), (["NoSuchEvent"], -9), ([1], -9), (.null, -1),
    (.array(Array(repeating: "ExtensionStatus", count: 65)), -1), (["ExtensionStatus/"], -9),
    (["ExtensionStatus/10~"], -9), (["ExtensionStatus/20~10"], -9), (["ExtensionStatus/-1"], -9),
    (["ExtensionStatus/1/2"], -9), (["ExtensionStatus/9999999999999999999"], -9), (["extensionstatus"], -9), ([""], -9),
  ]

  @Test func noMoreTopicsAreKeptThanThereCanBe() {
    var connection = Connection()
    _ = connection.logIn()
    for page in 0..<4 {
      let names = (0..<64).map { JSONValue.string("ExtensionStatus/\(page * 64 + $0)") }
      #expect(connection.subscribe(.array(names)) == 0)
    }
    #expect(connection.subscribe(["ExtensionStatus/9999"]) == -1)
  }

  @Test(arguments: nonsense)
  func aSubscriptionThatMakesNoSenseIsRefused(names: JSONValue, status: Int64) {
    var connection = Connection()
    _ = connection.logIn()
    #expect(connection.subscribe(names) == status)
    #expect(connection.notices().isEmpty)
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{}", "{\"type\":\"request\"}", "{\"type\":\"notify\",\"message\":{\"action\":\"login\"}}",
    "{\"type\":\"request\",\"message\":{\"action\":1}}", "{\"type\":\"request\",\"message\":[{\"action\":\"login\"}]}",
    "\u{0}", "GET / HTTP/1.1",
  ])
  func whatIsNoRequestEndsTheConnection(text: String) {
    var connection = Connection()
    #expect(connection.send(text) == nil)
  }

  @Test func aTextThatIsTooLongEndsTheConnection() {
    var connection = Connection()
    let text = "{\"type\":\"request\",\"message\":{\"action\":\"heartbeat\"}}"
    #expect(connection.send(text) != nil)
    #expect(connection.send(text + String(repeating: " ", count: LiveEventSession.bytesMax)) == nil)
  }

  @Test func whoIsSilentForTooLongIsGone() {
    var connection = Connection()
    _ = connection.logIn()
    #expect(!connection.session.isOver(at: connection.doors.now + .seconds(90)))
    #expect(connection.session.isOver(at: connection.doors.now + .seconds(91)))
    connection.doors.now = connection.doors.now + .seconds(60)
    _ = connection.ask("heartbeat")
    #expect(!connection.session.isOver(at: connection.doors.now + .seconds(90)))
  }

  @Test func failuresHereLockOutThereToo() {
    var connection = Connection()
    for _ in 0..<5 { #expect(connection.logIn(password: "guess") == -37) }
    #expect(connection.doors.logIn().status == -68)
  }
}
