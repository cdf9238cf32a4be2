import CRMConnectors
import Foundation
import Primitives
import Testing

extension CallLogEntry {
  static func example(
    _ direction: Direction = .inbound, record: CRMRecordReference? = nil, talkSeconds: Int64 = 185,
    utcOffsetSeconds: Int = 3600, number: String = "+15550100"
  ) -> CallLogEntry {
    CallLogEntry(
      id: .init(rawValue: 9), direction: direction, number: number, record: record, agentExtension: "1001",
      start: Instant(seconds: 1_800_000_000), utcOffsetSeconds: utcOffsetSeconds, talkSeconds: talkSeconds)
  }
}

struct CallLogTests {
  private let id = "4000000000000123458"

  private func body(_ call: CallLogEntry) throws -> String {
    var dialogue = try Dialogue.loggedIn()
    return dialogue.log(call).bodies.joined()
  }

  @Test func aCallBecomesOneRecordInCalls() throws {
    var dialogue = try Dialogue.loggedIn()
    let sent = dialogue.log(.example(record: reference(.contacts, "4000000000000123456", "Bo Tester")))
    #expect(sent.lines == ["POST https://www.zohoapis.com/crm/v2/Calls"])
    #expect(sent.requests.map(\.purpose) == [.logCall])
    #expect(
      sent.bodies == [
        #"{"data":[{"Call_Duration":"3:5","Call_Duration_in_seconds":185,"Call_Purpose":"-None-","#
          + #""Call_Start_Time":"2027-01-15T09:00:00+01:00","Call_Type":"Inbound","#
          + #""Description":"2027-01-15T09:00:00+01:00 +15550100 Bo Tester called, "#
          + #"extension 1001 answered and talked for 3:5","#
          + #""Dialled_Number":"+15550100","Subject":"UCM call","Who_Id":{"id":"4000000000000123456"}}]}"#
      ])
    #expect(dialogue.answer(sent, .added(id)) == [.logged(.init(rawValue: 9), .logged(id: id))])
  }

  @Test(arguments: [
    (CallLogEntry.Direction.inbound, "Inbound"), (.outbound, "Outbound"), (.missed, "Missed"),
  ])
  func theCallTypeFollowsTheDirection(direction: CallLogEntry.Direction, type: String) throws {
    #expect(try body(.example(direction)).contains(#""Call_Type":"\#(type)""#))
  }

  @Test(arguments: [
    (0, "0:0"), (5, "0:5"), (60, "1:0"), (3599, "59:59"), (7500, "125:0"), (-3, "0:0"), (Int64.min, "0:0"),
  ])
  func theDurationIsMinutesAndSecondsUnpadded(seconds: Int64, text: String) throws {
    let body = try body(.example(talkSeconds: seconds))
    #expect(body.contains(#""Call_Duration":"\#(text)""#))
    #expect(body.contains(#""Call_Duration_in_seconds":\#(max(0, seconds)),"#))
  }

  @Test(arguments: [
    (0, "2027-01-15T08:00:00+00:00"), (-19_800, "2027-01-15T02:30:00-05:30"), (20_700, "2027-01-15T13:45:00+05:45"),
    (Int.max, "2027-01-16T02:00:00+18:00"), (Int.min, "2027-01-14T14:00:00-18:00"),
  ])
  func theStartCarriesTheSitesOffset(offset: Int, text: String) throws {
    #expect(try body(.example(utcOffsetSeconds: offset)).contains(#""Call_Start_Time":"\#(text)""#))
  }

  @Test(arguments: [(CRMTable.leads, "Leads"), (.accounts, "Accounts")])
  func othersThanContactsAreRelatedByModule(table: CRMTable, module: String) throws {
    let body = try body(.example(record: reference(table, "42", "Acme")))
    #expect(body.contains(#""$se_module":"\#(module)""#) && body.contains(#""What_Id":{"id":"42"}"#))
    #expect(!body.contains("Who_Id"))
  }

  @Test func aCallOfNobodyKnownIsLinkedToNobody() throws {
    let body = try body(.example())
    #expect(!body.contains("Who_Id") && !body.contains("What_Id") && !body.contains("$se_module"))
  }

  @Test func aCallFromNobodyIsLoggedAndOneFromAnEndlessNumberIsNot() throws {
    var dialogue = try Dialogue.loggedIn()
    #expect(dialogue.log(.example(number: "")).requests.map(\.purpose) == [.logCall])
    let failure = CRMFailure(status: nil, code: "numberTooLong")
    let number = String(repeating: "5", count: 65)
    #expect(dialogue.log(.example(number: number)) == [.logged(.init(rawValue: 9), .failed(failure))])
  }

  @Test func whatATemplateIsFilledWithIsNoTemplate() throws {
    let body = try body(.example(.missed, record: reference(.contacts, "1", "[Number] [Extension]")))
    #expect(body.contains("+15550100 [Number] [Extension] called extension 1001, nobody answered"))
  }

  @Test(arguments: [
    CRMAnswer.json(202, #"{"data":[{"code":"MANDATORY_NOT_FOUND","details":{},"message":"","status":"error"}]}"#),
    .json(201, #"{"data":[{"code":"MANDATORY_NOT_FOUND","details":{},"message":"","status":"error"}]}"#),
  ])
  func aRefusedCallRecordIsAFailureWhateverTheStatus(answer: CRMAnswer) throws {
    var dialogue = try Dialogue.loggedIn()
    let sent = dialogue.log(.example())
    let outputs = dialogue.answer(sent, answer)
    #expect(outputs.count == 1)
    guard case .logged(_, .failed(let failure)) = outputs.first else {
      Issue.record("the refused record counted as logged")
      return
    }
    #expect(failure.code == "MANDATORY_NOT_FOUND")
  }

  @Test(arguments: [
    (CRMAnswer.unreachable(.timedOut), true), (.unreachable(.connectionRefused), false),
    (.unreachable(.tlsFailed), false), (.refused(500, "INTERNAL_ERROR"), true), (.json(503, "<html>"), true),
    (.json(201, "{"), true), (.json(201, #"{"data":[]}"#), true), (.json(200, "<html>sign in</html>"), true),
    (.json(302, ""), false), (.refused(429, "TOO_MANY_REQUESTS"), false),
  ])
  func aCallThatWasNotTakenIsPostponedAndMayExistWhereNobodyKnows(answer: CRMAnswer, mayExist: Bool) throws {
    var dialogue = try Dialogue.loggedIn()
    let sent = dialogue.log(.example())
    guard case .logged(_, .postponed(_, let doubt)) = dialogue.answer(sent, answer).last else {
      Issue.record("not postponed")
      return
    }
    #expect(doubt == mayExist)
  }

  private static func marked(mayExist: Bool = true) -> CallLogEntry {
    var call = CallLogEntry.example()
    call = CallLogEntry(
      id: call.id, direction: call.direction, number: call.number, record: nil, agentExtension: "1001",
      start: call.start, utcOffsetSeconds: 0, talkSeconds: 185, mark: "1800000000.17", mayExist: mayExist)
    return call
  }
  private static let newest =
    "GET https://www.zohoapis.com/crm/v2/Calls?page=1&per_page=200"
    + "&sort_by=Created_Time&sort_order=desc&fields=Subject,Description,Caller_ID"

  @Test func theMarkStandsWhereTheSettingSays() throws {
    let mark = "[ucmsim call 1800000000.17]"
    for (place, field) in [
      (ConnectorSettings.CallMarkPlace.description, #"talked for 3:5 \#(mark)","Dialled"#),
      (.subject, #""Subject":"UCM call \#(mark)""#), (.callerID, #""Caller_ID":"\#(mark)""#),
    ] {
      var settings = ConnectorSettings()
      settings.callMarkPlace = place
      var dialogue = try Dialogue.loggedIn(settings)
      let body = dialogue.log(Self.marked(mayExist: false)).bodies.joined()
      #expect(body.contains(field) && body.components(separatedBy: mark).count == 2)
    }
  }

  @Test func aCallThatMayExistIsLookedForAndFound() throws {
    var dialogue = try Dialogue.loggedIn()
    let look = dialogue.log(Self.marked())
    #expect(look.lines == [Self.newest] && look.requests.map(\.purpose) == [.confirm])
    let page = CRMAnswer.found(id, #""Description":"some call [ucmsim call 1800000000.17]""#)
    #expect(dialogue.answer(look, page) == [.logged(.init(rawValue: 9), .logged(id: id))])
  }

  @Test(arguments: [
    CRMAnswer.miss, .found("1", #""Description":"other [ucmsim call 1800000000.1]""#),
    .found("1", #""Description":null"#),
  ])
  func aCallThatIsNotThereIsMade(answer: CRMAnswer) throws {
    var dialogue = try Dialogue.loggedIn()
    let look = dialogue.log(Self.marked())
    let made = dialogue.answer(look, answer)
    #expect(made.lines == ["POST https://www.zohoapis.com/crm/v2/Calls"])
    #expect(dialogue.answer(made, .added(id)) == [.logged(.init(rawValue: 9), .logged(id: id))])
  }

  @Test func theLookGoesOnToFurtherPages() throws {
    var dialogue = try Dialogue.loggedIn()
    let look = dialogue.log(Self.marked())
    let page = #"{"data":[{"id":"1","Subject":"x"}],"info":{"more_records":true}}"#
    let next = dialogue.answer(look, .json(200, page))
    #expect(next.lines == [Self.newest.replacingOccurrences(of: "page=1&", with: "page=2&")])
  }

  @Test func aLookThatFailsMakesNothing() throws {
    var dialogue = try Dialogue.loggedIn()
    let look = dialogue.log(Self.marked())
    let failure = CRMFailure(status: nil, code: "timedOut")
    #expect(
      dialogue.answer(look, .unreachable(.timedOut)).last
        == .logged(.init(rawValue: 9), .postponed(failure, mayExist: true)))
  }
}
