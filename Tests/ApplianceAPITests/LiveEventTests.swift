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
      session.notices(of: doors.state).compactMap { JSONValue(parsing: Array($0.utf8))?["message"] }
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

  private static let nonsense: [JSONValue] = [
    "ExtensionStatus", .array(["NoSuchEvent"]), .array([1]), .null,
    .array(Array(repeating: "ExtensionStatus", count: 17)),
  ]

  @Test(arguments: nonsense)
  func aSubscriptionThatMakesNoSenseIsInvalid(names: JSONValue) {
    var connection = Connection()
    _ = connection.logIn()
    #expect(connection.subscribe(names) == -1)
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
