import PBXModel
import Simulation
import TestSupport
import Testing

/// Parking, pick-ups, queues and what the PBX answers itself.
@Suite struct FeatureRowTests {
  private let a = Dialogue(from: "1000@192.0.2.100", to: "1001@192.0.2.2", callID: "a").invite(at: 0).trying(at: 0.1)
  private let b = Dialogue(from: "1000@192.0.2.2", to: "1001@192.0.2.101", callID: "b").invite(at: 0.2).ringing(at: 0.5)

  private func phone(_ caller: String, calls dialled: String, at start: Double, answer: Double, callID: String = "p")
    -> Dialogue
  {
    Dialogue(from: "\(caller)@192.0.2.1\(caller.suffix(2))", to: "\(dialled)@192.0.2.2", callID: callID).invite(
      at: start
    )
    .trying(at: start + 0.01).ok(at: answer)
  }

  private func rows(_ calls: Dialogue..., site: Site = benchSite()) throws -> [CDRRecord] {
    var bench = Bench(site: site)
    try bench.play(calls, until: 200)
    return bench.rows
  }

  private let withLot = benchSite { $0.parking = Parking(number: "700", slots: 701...702) }

  @Test func aParkedCallHasARowForItsStayAndOneForWhoFetchedIt() throws {
    let rows = try rows(
      a.ok(at: 2).bye(at: 20), b.ok(at: 1.9).refer(to: "700", by: .callee, at: 5).bye(by: .callee, at: 5.1),
      phone("1003", calls: "701", at: 9, answer: 9.1).bye(by: .callee, at: 20), site: withLot)
    #expect(rows.map(\.actionType) == ["DIAL", "PARKEDCALL", "PARKEDCALL"])
    #expect(rows.map(\.lastapp) == ["Dial", "Park", "Dial"])
    #expect(rows.map(\.src) == ["1000", "1000", "1000"])
    #expect(rows.map(\.dstchannelExt) == ["1001", "", "1003"])
    #expect(rows[1].dst == "701" && rows[1].actionOwner == "1001" && rows[1].disposition == .answered)
    #expect(rows.map(\.start) == [moment(0), moment(5), moment(9.1)])
    #expect(rows.map(\.answer) == [moment(1.9), moment(5), moment(9.1)])
    #expect(rows.map(\.end) == [moment(5), moment(9.1), moment(20)])
  }

  @Test func whoIsParkedByTheCallerIsTheCallerOfWhatFollows() throws {
    let rows = try rows(
      a.ok(at: 2).refer(to: "700", by: .caller, at: 5).bye(at: 5.1), b.ok(at: 1.9).bye(at: 20),
      phone("1003", calls: "701", at: 9, answer: 9.1).bye(by: .callee, at: 20), site: withLot)
    #expect(rows.map(\.src) == ["1000", "1001", "1001"])
    #expect(rows.map(\.channelExt) == ["1000", "1001", "1001"])
    #expect(rows.map(\.actionOwner).prefix(2) == ["1000", "1000"])
    #expect(rows.map(\.end) == [moment(5), moment(9.1), moment(20)])
  }

  @Test func whoHangsUpInTheLotHasNoRowBehindTheStay() throws {
    let rows = try rows(
      a.ok(at: 2).bye(at: 8), b.ok(at: 1.9).refer(to: "700", by: .callee, at: 5).bye(by: .callee, at: 5.1),
      site: withLot)
    #expect(rows.map(\.lastapp) == ["Dial", "Park"])
    #expect(rows.map(\.end) == [moment(5), moment(8)])
  }

  @Test func theFourthInALotOfTwoWaitsNowhere() throws {
    let site = benchSite { $0.parking = Parking(number: "700", slots: 701...701) }
    let second = Dialogue(from: "1002@192.0.2.102", to: "1001@192.0.2.2", callID: "a2").invite(at: 6).trying(at: 6.1)
      .ok(at: 7).bye(at: 20)
    let callee = Dialogue(from: "1002@192.0.2.2", to: "1001@192.0.2.101", callID: "b2").invite(at: 6.2).ok(at: 6.9)
      .refer(to: "700", by: .callee, at: 9).bye(by: .callee, at: 9.1)
    let rows = try rows(
      a.ok(at: 2).bye(at: 30), b.ok(at: 1.9).refer(to: "700", by: .callee, at: 5).bye(by: .callee, at: 5.1), second,
      callee, site: site)
    #expect(rows.filter { $0.lastapp == "Park" }.map(\.dst) == ["", "701"])
  }

  @Test func fetchingFromAnEmptyPlaceIsARowOfItsOwn() throws {
    let rows = try rows(phone("1003", calls: "702", at: 9, answer: 9.1).bye(by: .callee, at: 12), site: withLot)
    #expect(rows.map(\.lastapp) == ["ParkedCall"])
    #expect(rows.map(\.lastdata) == ["702"])
    #expect(rows.map(\.actionType) == ["PARKEDCALL"])
    #expect(rows.map(\.end) == [moment(12)])
  }

  @Test func aPickedUpCallHasARowForThePhoneThatRangAndOneForWhoTookIt() throws {
    let rows = try rows(
      a.ok(at: 3.1).bye(at: 20), b.cancel(at: 3.05).refuse(487, at: 3.1),
      phone("1003", calls: "**1001", at: 2.9, answer: 3).bye(by: .callee, at: 20))
    #expect(rows.map(\.actionType) == ["DIAL", "PICKUP"])
    #expect(rows.map(\.src) == ["1000", "1000"])
    #expect(rows.map(\.dstchannelExt) == ["1001", "1003"])
    #expect(rows.map(\.disposition) == [.noAnswer, .answered])
    #expect(rows.last?.start == moment(3.1) && rows.last?.end == moment(20))
    #expect(rows.last?.dstanswer == "1003")
  }

  @Test func aPickupOfAPhoneThatDoesNotRingIsARowOfItsOwn() throws {
    let rows = try rows(phone("1003", calls: "**1002", at: 2.9, answer: 3).bye(by: .callee, at: 4))
    #expect(rows.map(\.lastapp) == ["Pickup"])
    #expect(rows.map(\.actionType) == ["PICKUP"])
    #expect(rows.map(\.dst) == ["**1002"])
  }

  private let withQueue = benchSite {
    var queue = Queue(number: "6500", members: ["1003", "1004"])
    queue.waitSecondsMax = 30
    queue.timeoutDestination = .voicemail("1005")
    $0.queues = [queue]
    $0.extensions[5].hasVoicemail = true
  }

  private func member(_ number: String, at: Double, callID: String) -> Dialogue {
    Dialogue(from: "1000@192.0.2.2", to: "\(number)@192.0.2.1\(number.suffix(2))", callID: callID).invite(at: at)
      .ringing(at: at + 0.1)
  }

  /// Asterisk (queue_answered): `billsec` counts from the queue's answer.
  @Test func everyTryOfAQueueHasItsRow() throws {
    let rows = try rows(
      phone("1000", calls: "6500", at: 0, answer: 0.2, callID: "a").bye(at: 20),
      member("1003", at: 0.5, callID: "m1").cancel(at: 5).refuse(487, at: 5),
      member("1003", at: 7, callID: "m2").cancel(at: 9).refuse(487, at: 9),
      member("1004", at: 7, callID: "m3").ok(at: 9).bye(at: 20), site: withQueue)
    #expect(rows.map(\.dstchannelExt) == ["1003", "1003", "1004"])
    #expect(rows.map(\.disposition) == [.noAnswer, .noAnswer, .answered])
    #expect(Set(rows.map(\.actionType)) == ["QUEUE[6500]"])
    #expect(Set(rows.map(\.lastapp)) == ["Queue"])
    #expect(Set(rows.map(\.lastdata)) == ["6500,,,,30"])
    #expect(rows.last?.start == moment(7) && rows.last?.answer == moment(7) && rows.last?.end == moment(20))
    #expect(rows.last?.dstanswer == "1004")
  }

  @Test func whoLeavesAQueueThatRingsNobodyHasARow() throws {
    let rows = try rows(phone("1000", calls: "6500", at: 0, answer: 0.2, callID: "a").bye(at: 9), site: withQueue)
    #expect(rows.map(\.lastapp) == ["Queue"])
    #expect(rows.map(\.dst) == ["6500"])
    #expect(rows.map(\.disposition) == [.answered])
    #expect(rows.map(\.end) == [moment(9)])
  }

  @Test func whoGivesUpInAQueueHasTheMembersRowsAlone() throws {
    let rows = try rows(
      phone("1000", calls: "6500", at: 0, answer: 0.2, callID: "a").bye(at: 9),
      member("1003", at: 0.5, callID: "m1").cancel(at: 9).refuse(487, at: 9), site: withQueue)
    #expect(rows.map(\.disposition) == [.noAnswer])
    #expect(rows.map(\.dstchannelExt) == ["1003"])
  }

  @Test func whoWaitedTooLongIsInTheMailboxTheQueueNames() throws {
    let rows = try rows(
      phone("1000", calls: "6500", at: 0, answer: 0.2, callID: "a").bye(at: 45),
      member("1003", at: 0.5, callID: "m1").cancel(at: 30).refuse(487, at: 30), site: withQueue)
    #expect(rows.map(\.actionType) == ["QUEUE[6500]", "VM"])
    #expect(rows.last?.lastdata == "1005@default,u")
    #expect(rows.last?.start == moment(30) && rows.last?.end == moment(45))
  }

  @Test(arguments: [
    ("8000", "ConfBridge", "8000", "CONFERENCE[8000]"), ("*43", "Echo", "", "DIAL"),
    ("*98", "VoiceMailMain", "1000@default,s", "VM"), ("*99", "Playback", "", "DIAL"),
  ])
  func whatThePBXAnswersIsNamedByTheSiteFile(dialled: String, app: String, data: String, type: String) throws {
    let codes: [(String, FeatureCode.Function)] = [("*43", .echoTest), ("*98", .voicemailMenu)]
    let site = benchSite { site in
      site.conferenceRooms = ["8000"]
      site.featureCodes = codes.compactMap { text, function in
        DialPattern(text).map { FeatureCode(pattern: $0, function: function) }
      }
    }
    let row = try #require(try rows(phone("1000", calls: dialled, at: 0, answer: 1).bye(at: 9), site: site).first)
    #expect(row.lastapp == app && row.lastdata == data && row.actionType == type)
    #expect(row.dst == dialled && row.dstchannel == "" && row.disposition == .answered)
    #expect(row.answer == moment(1) && row.end == moment(9))
  }

  /// Asterisk (forward_302): the phone's own row, and one for the number its 302 names.
  @Test func aPhoneThatSendsTheCallOnHasARowAndSoHasItsTarget() throws {
    var b = b.refuse(302, at: 1)
    let index = b.messages.firstIndex { $0.text.hasPrefix("SIP/2.0 302") }
    if let index {
      b.messages[index].text = b.messages[index].text.replacing(
        "Content-Length", with: "Contact: <sip:1004@192.0.2.101>\r\nContent-Length")
    }
    let rows = try rows(
      a.ok(at: 4).bye(at: 20), b,
      Dialogue(from: "1000@192.0.2.2", to: "1004@192.0.2.104", callID: "c").invite(at: 1.1).ringing(at: 1.5).ok(at: 3.9)
        .bye(at: 20))
    #expect(rows.map(\.dstchannelExt) == ["1001", "1004"])
    #expect(rows.map(\.disposition) == [.noAnswer, .answered])
    #expect(rows.last?.end == moment(20))
  }
}
