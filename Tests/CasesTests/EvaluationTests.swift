import Cases
import JSON
import Testing

typealias Expectation = Cases.Expectation

@Suite struct EvaluationTests {
  private let place = SourcePlace(line: 7, column: 3)

  private func records(isWhole: Bool = true) -> RunRecords {
    let events = """
      {"time":1.5,"event":"callStarted","call":1,"start":1.5,"caller":"1001","callee":"1002"}
      {"time":2,"event":"display","call":1,"extension":"1002","name":"Anna"}
      {"time":3,"event":"callEnded","call":1,"direction":"Internal","disposition":"BUSY","duration":0,"billsec":0}
      no JSON
      """
    let exchanges = #"""
      {"purpose":"search","path":"/search?phone=%2B49&word=a+b","answer":"{\"data\":[{\"id\":\"7\"}]}"}
      {"purpose":"create","path":"/form","body":"a=1&rest_data=%7B%22x%22%3A%5B2%5D%7D","status":null}
      """#
    let summary: JSONValue = [
      "calls": ["total": 2], "assumptions": [["name": "crmLatency", "times": 1]],
      "account": ["fates": [["name": "message", "frames": 9, "messages": 8]]], "failures": [],
    ]
    return RunRecords(
      columns: ["src", "dst", "disposition", "session"],
      rows: [["1001", "1002", "BUSY", "1500000-1001"], ["1001", "1003", "ANSWERED", "x"]], events: Array(events.utf8),
      exchanges: Array(exchanges.utf8), summary: summary, isWhole: isWhole)
  }

  private func field(_ name: String, _ value: String) -> Expectation.Field {
    .init(name: name, matcher: Matcher(scalar: value), place: place)
  }

  private func result(_ claims: Expectation.Claim..., isWhole: Bool = true) -> [ExpectationResult] {
    result(claims, isWhole: isWhole)
  }

  private func result(_ claims: [Expectation.Claim], isWhole: Bool = true) -> [ExpectationResult] {
    let expectations = claims.map {
      Expectation(label: "cdr[0]", place: place, claim: $0, renewable: .init(place: place, text: "1"))
    }
    return Evaluation.results(of: expectations, against: records(isWhole: isWhole))
  }

  @Test func whatHoldsHasPassed() {
    let claims: [Expectation.Claim] = [
      .records(.cdr, fields: [field("dst", "1002"), field("disposition", "BUSY")], count: .exactly(1)),
      .records(.display, fields: [field("name", "Anna")], count: .exactly(1)),
      .records(.crm, fields: [field("query.phone", "+49"), field("query.word", "a b")], count: .exactly(1)),
      .records(.crm, fields: [field("body.a", "1"), field("body.rest_data.x.0", "2")], count: .exactly(1)),
      .records(.crm, fields: [field("answer.data.0.id", "7"), field("path", "/search")], count: .exactly(1)),
      .order(.events, [[field("event", "callStarted")], [field("event", "callEnded")]]),
      .summary(path: ["calls", "total"], .equals("2")), .summary(path: ["failures"], .equals("0")),
      .summary(path: ["account", "fates", "message"], .equals("9")),
      .onlyNames(path: ["account", "fates"], ["message"]), .assumption("crmLatency", isLeanedOn: true),
      .assumption("pbxInferred", isLeanedOn: false), .nothingUnexpected(.display), .nothingUnexpected(.crm),
    ]
    let all = result(claims)
    #expect(all.filter { !$0.hasPassed } == [])
    #expect(all.count == 14)
  }

  @Test func aFailureNamesTheNearestRecordWithTheFieldThatDiffers() throws {
    let failure = try #require(
      result(.records(.cdr, fields: [field("dst", "1002"), field("disposition", "ANSWERED")], count: .exactly(1))).first
    )
    #expect(failure.verdict == .failed)
    #expect(failure.message == "0 of 2 rows fit, expected 1")
    let nearest = try #require(failure.nearest)
    #expect(nearest.record.label == "row 1")
    #expect(nearest.fields.map(\.isMatch) == [true, false])
    #expect(nearest.fields.last?.found == "BUSY")
    #expect(failure.calls == [1])
    #expect(failure.renewal?.new == "0")
  }

  @Test func tooManyAreListed() throws {
    let failure = try #require(
      result(.records(.cdr, fields: [field("src", "1001")], count: .exactly(1))).first)
    #expect(failure.looks.map(\.label) == ["row 1", "row 2"])
    #expect(failure.nearest == nil)
  }

  @Test func anOrderThatIsOtherwiseFails() throws {
    let failure = try #require(
      result(.order(.events, [[field("event", "callEnded")], [field("event", "callStarted")]])).first)
    #expect(failure.verdict == .failed)
    #expect(failure.message.contains("number 2 of the order"))
  }

  @Test func whatNobodyAskedForIsUnexpected() throws {
    let all = result(
      .nothingUnexpected(.cdr), .records(.cdr, fields: [field("dst", "1002")], count: .exactly(1)),
      .records(.events, fields: [field("event", "callStarted")], count: .exactly(1)), .nothingUnexpected(.events))
    #expect(all.map(\.hasPassed) == [false, true, true, true])
    #expect(all[0].looks.map(\.label) == ["row 2"])
  }

  @Test(arguments: [
    (Expectation.Claim.summary(path: ["calls", "tootal"], .equals("2")), "has no calls.tootal"),
    (.summary(path: ["account", "fates", "mesage"], .equals("0")), "has no account.fates.mesage"),
    (.onlyNames(path: ["nowhere"], []), "has no nowhere"),
    (
      .records(
        .cdr,
        fields: [.init(name: "video_call", matcher: .equals("no"), place: SourcePlace(line: 1, column: 1))],
        count: .exactly(0)), "no column `video_call`"
    ),
  ])
  func whatCannotBeEvaluatedHasFailed(claim: Expectation.Claim, says: String) throws {
    let failure = try #require(result(claim).first)
    #expect(failure.verdict == .notEvaluated)
    #expect(!failure.hasPassed && failure.message.contains(says))
  }

  @Test func aRunThatWasNotKeptWholeProvesNothing() throws {
    let failure = try #require(result(.summary(path: ["calls", "total"], .equals("2")), isWhole: false).first)
    #expect(failure.verdict == .notEvaluated)
  }
}
