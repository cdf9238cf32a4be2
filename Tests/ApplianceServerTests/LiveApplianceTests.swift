import ApplianceAPI
import ApplianceServer
import HTTPTypes
import JSON
import Primitives
import Testing

/// What a replay has come to, as the doors see it.
@Suite struct LiveApplianceTests {
  private func json(_ request: CDRRequest, _ office: ReplayedOffice) throws -> JSONValue {
    try #require(JSONValue(parsing: office.live.view.cdrDocument(request).bytes()))
  }

  private func request(_ change: (inout CDRRequest) -> Void = { _ in }) -> CDRRequest {
    var request = CDRRequest()
    request.format = .json
    change(&request)
    return request
  }

  @Test func extensionsAreThoseOfTheSiteWithTheirPhones() throws {
    let office = try ReplayedOffice("office-morning")
    let accounts = office.live.view.accounts
    #expect(accounts.count >= 10)
    #expect(accounts.map(\.number) == accounts.map(\.number).sorted())
    let registered = accounts.filter { $0.status == "Idle" && $0.address != nil }
    #expect(registered.count == 10)
    #expect(registered.contains { $0.address?.hasSuffix("(GRP2614)") == true })
    #expect(accounts.first { $0.number == "1001" }?.name == "Anna Ahrens")
  }

  @Test func aCallIsUnbridgedWhileItRingsAndBridgedWhileTheyTalk() throws {
    let office = try ReplayedOffice(
      "internal-call",
      lookingFor: [
        ("ringing", { $0.unbridgedChannels.contains { $0.state == "Ringing" } }),
        ("talking", { !$0.bridgedCalls.isEmpty }),
      ])
    let ringing = try #require(office.views["ringing"])
    #expect(ringing.bridgedCalls.isEmpty)
    #expect(ringing.unbridgedChannels.map(\.state) == ["Ring", "Ringing"])
    #expect(ringing.system.callsInUse == 1)
    let talking = try #require(office.views["talking"])
    #expect(talking.unbridgedChannels.isEmpty)
    let call = try #require(talking.bridgedCalls.first)
    // As the row will have it.
    let row = try json(request(), office)["cdr_root"]?.array?.first
    #expect(row?["channel"]?.string == call.caller.channel)
    #expect(row?["dstchannel"]?.string == call.callee.channel)
    #expect(row?["src"]?.string == call.caller.number)
    #expect(office.live.view.bridgedCalls.isEmpty)
    #expect(office.live.view.system.callsInUse == 0)
  }

  @Test func rowsAreFoundByEveryCondition() throws {
    let office = try ReplayedOffice("office-morning")
    let all = try json(request(), office)["cdr_root"]?.array?.count ?? 0
    #expect(all > 20)
    let count = { (change: (inout CDRRequest) -> Void) in
      try json(request(change), office)["cdr_root"]?.array?.count ?? -1
    }
    #expect(try count { $0.limit = 3 } == 3)
    #expect(try count { $0.offset = all - 2 } == 2)
    #expect(try count { $0.callers = ["1001"] } > 0)
    #expect(try count { $0.callers = ["0000"] } == 0)
    #expect(try count { $0.minimumTalkSeconds = 100_000 } == 0)
    #expect(try count { $0.from = .distantFuture } == 0)
    #expect(try count { $0.isEmpty = true } == 0)
  }

  @Test(arguments: ["5300,,5303", "5300-5302-5304", "-5", "5-"])
  func aNumberThatCannotBeReadIsToldApart(text: String) throws {
    let office = try ReplayedOffice("busy")
    #expect(throws: CDRRequest.Refusal.unreadableNumber) {
      try office.live.view.cdrDocument(request { $0.callers = [text] })
    }
  }

  @Test func afterItsEndTheDatabaseIsUnavailable() throws {
    let office = try ReplayedOffice("busy")
    try office.live.closeDatabase()
    try office.live.closeDatabase()
    #expect(try office.live.view.cdrDocument(request { $0.isEmpty = true }).bytes().count > 10)
  }

  @Test func anotherPassBeginsWithNothing() throws {
    let office = try ReplayedOffice("busy")
    try office.live.restart()
    #expect(!office.live.isFinished)
    #expect(try json(request(), office)["cdr_root"]?.array?.isEmpty == true)
    #expect(office.live.view.accounts.allSatisfy { $0.status == "Unavailable" || $0.address == nil })
  }

  @Test func limitsAreThoseOfTheModel() throws {
    let office = try ReplayedOffice("busy")
    let calls = office.live.view.limits.first { $0.name == "calls" }
    #expect(calls?.limit == 300)
    #expect(calls?.inUse == 0)
  }

  @Test(arguments: [
    ("tcp://192.0.2.1:5000", "192.0.2.1", 5000, "/"), ("tcp://[2001:db8::1]:5000", "2001:db8::1", 5000, "/"),
    ("http://cdr.example.com", "cdr.example.com", 80, "/"),
    ("https://cdr.example.com/in?x=1", "cdr.example.com", 443, "/in?x=1"),
  ])
  func aReceiverIsReadFromItsAddress(url: String, host: String, port: Int, path: String) throws {
    let receiver = try #require(RealTimeReceiver(url))
    #expect(receiver.host == host)
    #expect(receiver.port == port)
    #expect(receiver.path == path)
  }

  @Test(arguments: [
    "", "tcp", "tcp:", "tcp://", "tcp://host", "tcp://host:0", "tcp://host:70000", "tcp://host:5000/path",
    "udp://host:1",
    "http://", "http://a b/", "http://host:port/", "http://host/\r\nX: y", "http://user@host/", "//host:80",
  ])
  func whatIsNoReceiverIsNotRead(url: String) {
    #expect(RealTimeReceiver(url) == nil)
  }
}
