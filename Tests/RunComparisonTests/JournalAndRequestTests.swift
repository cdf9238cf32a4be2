import PBXModel
import RunComparison
import Testing

@Suite struct JournalAndRequestTests {
  private static let started =
    #"{"time":100.5,"event":"callStarted","call":1,"start":100.0,"caller":"1001","callee":"1002"}"#
  private static let ended = #"{"time":105,"event":"callEnded","call":1,"disposition":"ANSWERED"}"#
  private static let refused = """
    {"time":100.5,"event":"callRefused","call":1,"start":100.0,"caller":"1001","callee":"1002","limit":30,"status":503}
    """

  @Test func aRefusalIsTheCauseOfItsRows() throws {
    let difference = RunDifference(
      from: try run(calls: [call()], journal: [Self.started, Self.ended]),
      to: try run(calls: [call { $0.disposition = .failed }], journal: [Self.refused]))
    let change = try #require(difference.calls.first)
    #expect(difference.calls.count == 1 && difference.journal.isEmpty)
    #expect(change.rows.first?.fields.map(\.name) == [.disposition])
    #expect(change.firstDivergence?.after?.event == "callRefused")
  }

  @Test func linesOfACallAreMatchedWhateverItsNumberAndTheirTimes() throws {
    let other = [Self.started, Self.ended].map {
      $0.replacing("\"call\":1", with: "\"call\":7").replacing("\"time\":105", with: "\"time\":105.25")
    }
    #expect(
      RunDifference(
        from: try run(calls: [call()], journal: [Self.started, Self.ended]),
        to: try run(calls: [call()], journal: other)
      ).isEmpty)
  }

  @Test func idsOfRecordsDoNotCountButNamesDo() throws {
    let line = { (id: String, name: String) in
      #"{"time":101,"event":"crmLookup","call":1,"outcome":"found","record":"\#(id)","name":"\#(name)"}"#
    }
    let before = try run(calls: [call()], journal: [Self.started, line("1", "Ann")])
    #expect(
      RunDifference(from: before, to: try run(calls: [call()], journal: [Self.started, line("2", "Ann")])).isEmpty)
    let renamed = RunDifference(from: before, to: try run(calls: [call()], journal: [Self.started, line("1", "Bob")]))
    #expect(renamed.calls.first?.journal.first?.members.map(\.name) == ["name"])
    #expect(renamed.callsLoggedOtherwise == 0)
    #expect(renamed.only(.rows).isEmpty)
  }

  @Test func linesOfNoCallAndOfCallsWithoutABeginningStandForThemselves() throws {
    let lines = [#"{"time":1,"event":"unregistered","extension":"1001"}"#, Self.ended]
    let difference = RunDifference(from: try run(journal: lines), to: try run())
    #expect(difference.journal.map { $0.before?.event } == ["unregistered", "callEnded"])
    #expect(difference.calls.isEmpty)
  }

  @Test func aCallWithoutRowsCanDifferToo() throws {
    let difference = RunDifference(from: try run(journal: [Self.started]), to: try run())
    #expect(difference.calls.first?.session == "1000-1001")
    #expect(difference.calls.first?.start == nil)
    #expect(difference.callCount == 0)
  }

  @Test(arguments: [
    "[]", "{}", #"{"event":7}"#, #"{"time":1}"#, #""text""#, "null",
  ])
  func whatIsNoLineIsNoneOfTheJournal(text: String) throws {
    #expect(JournalLine(try value(text)) == nil)
    #expect(RequestLine(try value(text)) == nil)
  }

  @Test(arguments: [
    #"{"event":"callStarted","call":"1","start":1,"caller":"1"}"#,
    #"{"event":"callStarted","call":1,"start":1e300,"caller":"1"}"#,
    #"{"event":"callStarted","call":1,"start":-5.5,"caller":1}"#,
    #"{"event":"callStarted","call":1.5,"start":1,"caller":"1"}"#,
  ])
  func linesWithValuesOfAnotherKindAreOfNoCall(text: String) throws {
    let difference = RunDifference(from: try run(journal: [text]), to: try run())
    #expect(difference.journal.count == 1)
  }

  private static func search(_ path: String, status: Int = 200, body: String = "") -> String {
    #"{"purpose":"search","connector":0,"method":"GET","host":"crm.example","path":"\#(path)","#
      + #""body":"\#(body)","status":\#(status)}"#
  }

  @Test(arguments: [
    ("/Contacts/4822465000000130203", "/Contacts/4822465000000135943"),
    ("/x?id=12x345", "/x?id=12x7"),
    ("/x/0035g00000AbCdEFGH", "/x/0035g00000ZyXwVUTS"),
    ("/x/5d2f6b1a-0000-1111-2222-333344445555", "/x/6d2f6b1a-0000-1111-2222-333344445555"),
  ])
  func idsInRequestsDoNotCount(one: String, other: String) throws {
    #expect(
      RunDifference(from: try run(requests: [Self.search(one)]), to: try run(requests: [Self.search(other)])).isEmpty)
  }

  @Test(arguments: [
    ("/x?phone=%2B493000002011", "/x?phone=%2B493000002012"),
    ("/x?phone=123456789012345", "/x?phone=123456789012346"),
    ("/x/00123456789012", "/x/00123456789013"), ("/Contacts", "/Leads"),
  ])
  func numbersInRequestsDo(one: String, other: String) throws {
    let difference = RunDifference(
      from: try run(requests: [Self.search(one)]), to: try run(requests: [Self.search(other)]))
    #expect(difference.requests.count == 2)
  }

  @Test func anotherAnswerToTheSameRequestIsOneChange() throws {
    let difference = RunDifference(
      from: try run(requests: [Self.search("/x")]), to: try run(requests: [Self.search("/x", status: 429)]))
    #expect(difference.requests.count == 1)
    #expect(difference.requests.first?.before?.status == 200)
    #expect(difference.requests.first?.after?.status == 429)
    #expect(difference.only(.rows).isEmpty)
  }
}
