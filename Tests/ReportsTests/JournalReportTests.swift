import CRMConnectors
import Cases
import JSON
import PBXModel
import Primitives
import Reports
import Simulation
import Testing

private func line(_ event: JournalEvent, at time: Instant = Instant(seconds: 1_683_815_430, nanoseconds: 724_538_999))
  -> String
{
  var bytes: [UInt8] = []
  JournalReport.append(JournalEntry(time: time, event: event), to: &bytes)
  return String(decoding: bytes, as: UTF8.self)
}

private let call = Call.ID(rawValue: 12)
private let record = CRMRecordReference(table: .contacts, id: "4876", name: "Zoë \"Z\"")

@Suite struct JournalReportTests {
  @Test(
    arguments: [
      (
        .registered(number: "2001", contact: "192.0.2.43:5060", expiresSeconds: 3600, isRefresh: true),
        #""registered","extension":"2001","contact":"192.0.2.43:5060","expires":3600,"refresh":true"#
      ),
      (
        .registered(number: "2001", contact: "c", expiresSeconds: .max, isRefresh: false),
        #""registered","extension":"2001","contact":"c","expires":4294967295,"refresh":false"#
      ),
      (
        .unregistered(number: "2001", contact: "c", reason: .expired),
        #""unregistered","extension":"2001","contact":"c","reason":"expired""#
      ),
      (
        .registrationRefused(number: "2001", reason: .users, status: 403),
        #""registrationRefused","extension":"2001","reason":"users","status":403"#
      ),
      (
        .extensionState(number: "2001", state: .inUse),
        #""extensionState","extension":"2001","state":"InUse""#
      ),
      (
        .callStarted(call: call, start: Instant(nanoseconds: 1_250_000_000), caller: "+4930", callee: "2001"),
        #""callStarted","call":12,"start":1.250000,"caller":"+4930","callee":"2001""#
      ),
      (
        .callRefused(
          call: call, start: Instant(nanoseconds: 0), caller: "1001", callee: "1002", reason: .resource(.calls),
          limit: 30, inUse: 31, status: 503, cause: 42),
        #""callRefused","call":12,"start":0.000000,"caller":"1001","callee":"1002","reason":"calls","#
          + #""limit":30,"inUse":31,"status":503,"cause":42"#
      ),
      (
        .callRefused(
          call: call, start: Instant(nanoseconds: 0), caller: "1\"1", callee: "", reason: .trunkIncoming("Car\"rier"),
          limit: 1, inUse: 1, status: 503, cause: 34),
        #""callRefused","call":12,"start":0.000000,"caller":"1\"1","callee":"","reason":"trunkIncoming","#
          + #""trunk":"Car\"rier","limit":1,"inUse":1,"status":503,"cause":34"#
      ),
      (
        .legNotDialled(call: call, to: "1001", reason: .notRegistered("1001")),
        #""legNotDialled","call":12,"to":"1001","reason":"notRegistered","extension":"1001""#
      ),
      (
        .legNotDialled(call: call, to: "0301", reason: .resource(.srtpCalls)),
        #""legNotDialled","call":12,"to":"0301","reason":"srtpCalls""#
      ),
      (
        .failedOver(call: call, from: "One", to: "Two"),
        #""failedOver","call":12,"from":"One","to":"Two""#
      ),
      (.callNotRecorded(call: call), #""callNotRecorded","call":12"#),
      (.callRetried(call: call, of: Call.ID(rawValue: 7)), #""callRetried","call":12,"retryOf":7"#),
      (
        .outcomeUnknown(call: call, outcome: .answererAbsent),
        #""outcomeUnknown","call":12,"reason":"answererAbsent""#
      ),
      (.callAnswered(call: call, by: "2001"), #""callAnswered","call":12,"by":"2001""#),
      (
        .callEnded(
          call: call, direction: .inbound, disposition: .noAnswer, durationSeconds: 12, billsecSeconds: 0),
        #""callEnded","call":12,"direction":"Inbound","disposition":"NO ANSWER","duration":12,"billsec":0"#
      ),
      (
        .callEnded(
          call: call, direction: .external, disposition: .failed, durationSeconds: .max, billsecSeconds: .min),
        #""callEnded","call":12,"direction":"External","disposition":"FAILED","duration":9223372036854775807,"#
          + #""billsec":-9223372036854775808"#
      ),
      (.callWithoutRow(call: call), #""callWithoutRow","call":12,"reason":"ran when the trace began""#),
      (
        .display(call: call, number: "2001", name: "a\u{1b}[2J\u{2028}\n"),
        #""display","call":12,"extension":"2001","name":"a\u001b[2J\u2028\n""#
      ),
      (
        .crmLogin(extensions: ["2001", "2\"2"], status: .loggedIn),
        #""crmLogin","extensions":["2001","2\"2"],"status":"Logged In""#
      ),
      (.crmLogin(extensions: [], status: .loggedIn), #""crmLogin","extensions":[],"status":"Logged In""#),
      (
        .crmLookup(call: call, number: "+4930", outcome: .found(record)),
        #""crmLookup","call":12,"number":"+4930","outcome":"found","table":"contacts","record":"4876","#
          + #""name":"Zoë \"Z\"""#
      ),
      (
        .crmLookup(call: call, number: "+4930", outcome: .added(record)),
        #""crmLookup","call":12,"number":"+4930","outcome":"added","table":"contacts","record":"4876","#
          + #""name":"Zoë \"Z\"""#
      ),
      (
        .crmLookup(call: call, number: "+4930", outcome: .missed),
        #""crmLookup","call":12,"number":"+4930","outcome":"missed""#
      ),
      (.crmLog(call: call, outcome: .logged(id: "77")), #""crmLog","call":12,"outcome":"logged","record":"77""#),
      (
        .crmLogin(extensions: ["2001"], status: .loggedOut(.unreachable, CRMFailure(status: nil, code: "timeout"))),
        #""crmLogin","extensions":["2001"],"status":"Logged Out","reason":"unreachable","#
          + #""words":"the CRM does not answer","code":"timeout","httpStatus":null"#
      ),
      (
        .crmLog(call: call, outcome: .failed(CRMFailure(status: 401, code: "x"))),
        #""crmLog","call":12,"outcome":"failed","code":"x","status":401"#
      ),
      (
        .crmLookup(call: call, number: "1", outcome: .failed(CRMFailure(status: 401, code: "x"))),
        #""crmLookup","call":12,"number":"1","outcome":"failed","code":"x","status":401"#
      ),
    ] as [(JournalEvent, String)])
  func anEventIsALineWithItsMembersInOrder(event: JournalEvent, members: String) {
    let text = line(event)
    #expect(text == #"{"time":1683815430.724538,"event":"# + members + "}\n")
    // Expectations of cases may ask for what an event has and for nothing else.
    let value = JSONValue(parsing: Array(text.utf8))
    let known = EventFields.fields(of: [value?["event"]?.string ?? ""])
    #expect(EventFields.byEvent[value?["event"]?.string ?? ""] != nil)
    #expect((value?.members ?? []).filter { !known.contains($0.name) } == [])
  }

  @Test(
    arguments: [
      (0, "0.000000"), (999, "0.000000"), (1000, "0.000001"), (1_000_000_000, "1.000000"), (-1, "-0.000001"),
      (-1000, "-0.000001"), (-1_000_000_000, "-1.000000"), (-1_500_000_000, "-1.500000"),
      (-1_000_001_000, "-1.000001"), (.max, "9223372036.854775"), (.min, "-9223372036.854776"),
    ] as [(Int64, String)])
  func timesAreSecondsWithSixDigits(nanoseconds: Int64, expected: String) {
    let text = line(.callWithoutRow(call: call), at: Instant(nanoseconds: nanoseconds))
    #expect(text.hasPrefix("{\"time\":\(expected),"))
  }

  @Test func aTextOfAnyLengthIsWrittenWhole() {
    let name = String(repeating: "\u{1}", count: 50_000)
    let expected = String(repeating: "\\u0001", count: 50_000)
    #expect(line(.display(call: call, number: "2001", name: name)).contains("\"name\":\"\(expected)\"}\n"))
  }

  @Test func linesFollowEachOther() {
    var bytes: [UInt8] = []
    for id in 1...2 {
      JournalReport.append(
        JournalEntry(time: .epoch, event: .callWithoutRow(call: Call.ID(rawValue: id))), to: &bytes)
    }
    #expect(bytes.split(separator: UInt8(ascii: "\n")).count == 2)
    #expect(bytes.last == UInt8(ascii: "\n"))
  }
}
