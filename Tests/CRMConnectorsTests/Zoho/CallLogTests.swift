import CRMConnectors
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

  @Test(arguments: CRMAnswer.UnreachableReason.allCases)
  func aCallRecordIsNeverSentTwice(reason: CRMAnswer.UnreachableReason) throws {
    var dialogue = try Dialogue.loggedIn()
    let sent = dialogue.log(.example())
    #expect(
      dialogue.answer(sent, .unreachable(reason)) == [
        .logged(.init(rawValue: 9), .failed(CRMFailure(status: nil, code: reason.rawValue)))
      ])
  }
}
