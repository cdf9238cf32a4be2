import CRMConnectors
import HTTPTypes
import Primitives
import Testing

struct SalesforceCallLogTests {
  private static func call(
    _ direction: CallLogEntry.Direction = .inbound, seconds: Int64 = 72, record: CRMRecordReference? = nil,
    mark: String = "1800000000.17", mayExist: Bool = false, offset: Int = 3600
  ) -> CallLogEntry {
    CallLogEntry(
      id: .init(rawValue: 3), direction: direction, number: "6175550142", record: record, agentExtension: "1001",
      // A quarter to midnight on UTC.
      start: Instant(seconds: 1_799_970_300), utcOffsetSeconds: offset, talkSeconds: seconds, mark: mark,
      mayExist: mayExist)
  }

  @Test func aCallIsATaskWithItsMarkAsCallObject() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let sent = dialogue.log(Self.call(record: reference(.contacts, "003000000000001AAA", "Bo")))
    #expect(sent.lines == ["POST https://example.my.salesforce.com/services/data/v64.0/sobjects/Task"])
    let body =
      #"{"Subject":"UCM call","Status":"Completed","Priority":"Normal","ActivityDate":"2027-01-15","#
      + #""TaskSubtype":"Call","CallType":"Inbound","CallDurationInSeconds":72,"CallDisposition":"Answered","#
      + #""Description":"2027-01-15T00:45:00+01:00 6175550142 Bo called, extension 1001 answered and talked for 1:12 "#
      + #"[ucmsim call 1800000000.17]","CallObject":"[ucmsim call 1800000000.17]","OwnerId":"005000000000001AAA","#
      + #""WhoId":"003000000000001AAA"}"#
    #expect(sent.bodies == [body])
    let made = CRMAnswer.json(201, #"{"id":"00T000000000001AAA","success":true,"errors":[]}"#)
    #expect(dialogue.answer(sent, made) == [.logged(.init(rawValue: 3), .logged(id: "00T000000000001AAA"))])
  }

  @Test(
    arguments: [
      (.inbound, 72, "Inbound", "Answered"), (.missed, 0, "Inbound", "Missed"), (.outbound, 59, "Outbound", "Answered"),
      (.outbound, 0, "Outbound", "No Answer"), (.inbound, 90_000, "Inbound", "Answered"),
    ] as [(CallLogEntry.Direction, Int64, String, String)])
  func thereIsNoMissedTypeSoTheResultSaysIt(
    direction: CallLogEntry.Direction, seconds: Int64, type: String, disposition: String
  ) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let body = dialogue.log(Self.call(direction, seconds: seconds)).bodies.first ?? ""
    #expect(
      body.contains(#""CallType":"\#(type)","CallDurationInSeconds":\#(seconds),"CallDisposition":"\#(disposition)""#))
  }

  @Test func aDurationHasEightDigitsAtMost() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let body = dialogue.log(Self.call(seconds: .max)).bodies.first ?? ""
    #expect(body.contains(#""CallDurationInSeconds":99999999,"#))
  }

  @Test(arguments: [(0, "2027-01-14"), (3600, "2027-01-15"), (-5 * 3600, "2027-01-14")])
  func theDateIsThatOfTheSitesClock(offset: Int, date: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let body = dialogue.log(Self.call(offset: offset)).bodies.first ?? ""
    #expect(body.contains(#""ActivityDate":"\#(date)""#))
  }

  @Test(arguments: [
    (CRMTable.contacts, #""WhoId":"003000000000001AAA""#, "WhatId"),
    (.leads, #""WhoId":"003000000000001AAA""#, "WhatId"), (.accounts, #""WhatId":"003000000000001AAA""#, "WhoId"),
  ])
  func aCallIsFiledUnderOnePersonOrOneCompany(table: CRMTable, with: String, without: String) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let body = dialogue.log(Self.call(record: reference(table, "003000000000001AAA", "Bo"))).bodies.first ?? ""
    #expect(body.contains(with) && !body.contains(without))
  }

  @Test func aCallThatMayBeThereIsLookedForByItsMark() throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let look = dialogue.log(Self.call(mayExist: true))
    #expect(
      look.lines == [
        "GET https://example.my.salesforce.com/services/data/v64.0/query/?q="
          + PercentEncoding.encode(
            "SELECT Id,CallObject FROM Task WHERE CallObject = '[ucmsim call 1800000000.17]' LIMIT 10")
      ])
    let there = CRMAnswer.page(#"{"Id":"00T000000000001AAA","CallObject":"[ucmsim call 1800000000.17]"}"#)
    #expect(dialogue.answer(look, there) == [.logged(.init(rawValue: 3), .logged(id: "00T000000000001AAA"))])
    let absent = dialogue.log(Self.call(mayExist: true))
    #expect(dialogue.answer(absent, .page()).lines.first?.hasSuffix("/sobjects/Task") ?? false)
  }

  @Test(
    arguments: [
      (.unreachable(.timedOut), .postponed(CRMFailure(status: nil, code: "timedOut"), mayExist: true)),
      (
        .unreachable(.connectionRefused),
        .postponed(CRMFailure(status: nil, code: "connectionRefused"), mayExist: false)
      ),
      (.json(500, ""), .postponed(CRMFailure(status: 500, code: "unreadableAnswer"), mayExist: true)),
      (.json(201, "<html>"), .postponed(CRMFailure(status: 201, code: "unreadableAnswer"), mayExist: true)),
      (
        .salesforceError(400, "UNABLE_TO_LOCK_ROW"),
        .postponed(CRMFailure(status: 400, code: "UNABLE_TO_LOCK_ROW"), mayExist: false)
      ),
      (.salesforceError(400, "STRING_TOO_LONG"), .failed(CRMFailure(status: 400, code: "STRING_TOO_LONG"))),
      (
        .salesforceError(400, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        .failed(CRMFailure(status: 400, code: "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"))
      ),
      (
        .salesforceError(503, "SERVER_UNAVAILABLE"),
        .postponed(CRMFailure(status: 503, code: "SERVER_UNAVAILABLE"), mayExist: true)
      ),
      (
        .salesforceError(403, "REQUEST_LIMIT_EXCEEDED"),
        .postponed(CRMFailure(status: 403, code: "REQUEST_LIMIT_EXCEEDED"), mayExist: false)
      ),
    ] as [(CRMAnswer, CallLogOutcome)])
  func aCallThatWasNotRecordedIsTriedAgainWhereThatMayHelp(answer: CRMAnswer, outcome: CallLogOutcome) throws {
    var dialogue = try SalesforceDialogue.loggedIn()
    let outputs = dialogue.answer(dialogue.log(Self.call()), answer)
    #expect(outputs.contains(.logged(.init(rawValue: 3), outcome)))
  }
}
