import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

/// 1000 talks with 1001 (legs `a` and `b`) from second 2 on, and one of them hands the other over at second 5.
@Suite struct BlindTransferTests {
  private let a = phone("1000", calls: "1001", at: 0, answer: 2, callID: "a")
  private let b = rings("1001", showing: "1000", at: 0.1, answer: 1.9, callID: "b")

  private func calls(_ dialogues: Dialogue..., site: Site = office(), until: Double = 200) throws -> [Call] {
    try model(dialogues.flatMap(\.messages), site: site, until: until).events.endedCalls
  }

  @Test func theCalleeHandsTheCallerOver() throws {
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2),
      rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b", "c"]])
    #expect(calls.first?.turnNames == ["blind:1002"])
    #expect(calls.first?.end == moment(20))
    #expect(calls.first?.evidence(of: "c").contains(.transfer) == true)
    #expect(calls.first?.confidence == 1)
  }

  @Test func theCallerHandsTheCalleeOver() throws {
    let calls = try calls(
      a.refer(to: "1002", by: .caller, at: 5).bye(at: 5.2), b.bye(at: 20),
      rings("1002", showing: "1001", at: 5.1, answer: 7, callID: "c").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b", "c"]])
    #expect(calls.first?.evidence(of: "c").contains(.callerNumber) == true)
    #expect(calls.first?.end == moment(20))
  }

  @Test func whoWasTransferredToHandsOverOnceMore() throws {
    let c = rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").refer(to: "1003", by: .callee, at: 10)
      .bye(by: .callee, at: 10.2)
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2), c,
      rings("1003", showing: "1000", at: 10.1, answer: 12, callID: "d").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b", "c", "d"]])
    #expect(calls.first?.turnNames == ["blind:1002", "blind:1003"])
  }

  /// The PBX then shows a number the call was not begun with.
  @Test(arguments: ["1000", "1001", "1002"])
  func whoStayedHandsOverOnceMore(shown: String) throws {
    let calls = try calls(
      a.refer(to: "1002", by: .caller, at: 5).bye(at: 5.2),
      b.refer(to: "1003", by: .callee, at: 10).bye(by: .callee, at: 10.2),
      rings("1002", showing: "1001", at: 5.1, answer: 7, callID: "c").bye(at: 20),
      rings("1003", showing: shown, at: 10.1, answer: 12, callID: "d").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b", "c", "d"]])
    #expect(calls.first?.end == moment(20))
  }

  /// The recorded Asterisk has let the transferred party go by then, whatever becomes of the target.
  @Test(arguments: [100, 200, 404, 486, 503])
  func aNotifyOfWhatBecameOfTheTargetTakesNothingBack(status: Int) throws {
    let calls = try calls(
      a.bye(at: 20),
      b.refer(to: "1002", by: .callee, at: 5).notify(status, by: .caller, at: 6.1).bye(by: .callee, at: 6.2),
      rings("1002", showing: "1000", at: 5.1, answer: nil, callID: "c").refuse(486, at: 6))
    #expect(calls.first?.turnNames == ["blind:1002"])
    #expect(calls.count == 1)
  }

  @Test(arguments: [403, 404, 481, 603])
  func aReferThePBXRefusesChangesNothing(status: Int) throws {
    let calls = try calls(a.bye(at: 20), b.refer(to: "1002", by: .callee, at: 5, answer: status).bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.turnNames == [])
    #expect(calls.first?.end == moment(20))
  }

  @Test func aReferThatWasChallengedCountsOnce() throws {
    let b = b.refer(to: "1002", by: .callee, at: 5, answer: 401).refer(to: "1002", by: .callee, at: 5.05)
      .bye(by: .callee, at: 5.2)
    let c = rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").bye(at: 20)
    #expect(try calls(a.bye(at: 20), b, c).map(\.turnNames) == [["blind:1002"]])
  }

  @Test func aReferSentAgainCountsOnce() throws {
    let b = b.refer(to: "1002", by: .callee, at: 5, answer: nil).again(at: 5.5).again(at: 6.5)
      .bye(by: .callee, at: 7)
    let c = rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").bye(at: 20)
    let (events, model) = try model([a.bye(at: 20), b, c].flatMap(\.messages), site: office(), until: 100)
    #expect(events.endedCalls.map(\.turnNames) == [["blind:1002"]])
    #expect(events.endedCalls.first?.turns.first?.at == moment(5))
    #expect(model.legs.counts.retransmissions == 2)
  }

  @Test func aReferWhoseAnswerIsMissingCounts() throws {
    let b = b.refer(to: "1002", by: .callee, at: 5, answer: nil).bye(by: .callee, at: 5.2)
    let c = rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").bye(at: 20)
    #expect(try calls(a.bye(at: 20), b, c).map(\.callIDs) == [["a", "b", "c"]])
  }

  @Test func aReferOfThePBXHandsNobodyOver() throws {
    let calls = try calls(a.bye(at: 20), b.refer(to: "1002", by: .caller, at: 5).bye(at: 20))
    #expect(calls.map(\.turnNames) == [[]])
  }

  /// `6400` rings 1003 and 1004; whether the PBX shows the caller or who stayed.
  @Test(arguments: [true, false])
  func everyMemberOfAGroupTransferredToJoins(byCaller: Bool) throws {
    let shown = byCaller ? "1001" : "1000"
    let (a, b) =
      byCaller
      ? (a.refer(to: "6400", by: .caller, at: 5).bye(at: 5.2), b.bye(at: 20))
      : (a.bye(at: 20), b.refer(to: "6400", by: .callee, at: 5).bye(by: .callee, at: 5.2))
    let calls = try calls(
      a, b, rings("1003", showing: shown, at: 5.1, answer: nil, callID: "c").cancel(at: 7).refuse(487, at: 7),
      rings("1004", showing: shown, at: 5.1, answer: 7, callID: "d").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b", "c", "d"]])
    #expect(calls.first?.evidence(of: "d").contains(.transfer) == true)
  }

  @Test func aTransferOutsideFollowsTheOutboundRoute() throws {
    let site = office {
      var route = OutboundRoute(
        index: 1, name: "out", patterns: [DialPattern("9.")].compactMap(\.self), trunk: "carrier")
      route.strip = 1
      $0.outboundRoutes = [route]
    }
    let c = Dialogue(from: "4930123@\(pbxAddress)", to: "1234@198.51.100.1", callID: "c").invite(at: 5.1).ok(at: 7)
      .bye(at: 20)
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "91234", by: .callee, at: 5).bye(by: .callee, at: 5.2), c, site: site)
    #expect(calls.map(\.callIDs) == [["a", "b", "c"]])
  }

  @Test func aTransferToABusyPhoneEndsTheCall() throws {
    let calls = try calls(
      a.bye(by: .callee, at: 6), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2),
      outgoing("1000", to: "1002", host: 102, callID: "c").invite(at: 5.1).refuse(486, at: 5.5))
    #expect(calls.map(\.callIDs) == [["a", "b", "c"]])
    #expect(calls.first?.end == moment(6))
    #expect(calls.first?.disposition == .answered)
  }

  @Test func aTransferToAMailboxRingsNobody() throws {
    let calls = try calls(a.bye(at: 20), b.refer(to: "1005", by: .callee, at: 5).bye(by: .callee, at: 5.2))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.turnNames == ["blind:1005"])
    #expect(calls.first?.end == moment(20))
  }

  @Test func bothHandOverAtTheSameMoment() throws {
    let calls = try calls(
      a.refer(to: "1002", by: .caller, at: 5).bye(at: 5.2),
      b.refer(to: "1003", by: .callee, at: 5).bye(by: .callee, at: 5.2),
      rings("1002", showing: "1001", at: 5.1, answer: 7, callID: "c").bye(at: 20),
      rings("1003", showing: "1000", at: 5.1, answer: 7, callID: "d").bye(at: 20))
    #expect(calls.map { Set($0.callIDs) } == [["a", "b", "c", "d"]])
    #expect(calls.first?.end == moment(20))
  }

  @Test func twoCallsOfOneCallerAreHandedToOneNumber() throws {
    let a2 = phone("1000", calls: "1005", at: 1, answer: 3, callID: "a2").bye(at: 30)
    let b2 = rings("1005", showing: "1000", at: 1.1, answer: 2.9, callID: "b2")
      .refer(to: "1002", by: .callee, at: 9).bye(by: .callee, at: 9.2)
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2), a2, b2,
      rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").bye(at: 20),
      rings("1002", showing: "1000", at: 9.1, answer: 11, callID: "c2").bye(at: 30))
    #expect(calls.map(\.callIDs) == [["a", "b", "c"], ["a2", "b2", "c2"]])
  }

  @Test func aNewCallToTheTargetIsNotTakenForTheTransfer() throws {
    let other = phone("1007", calls: "1002", at: 5.05, answer: 8, callID: "x").bye(at: 12)
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2), other,
      rings("1002", showing: "1007", at: 5.1, answer: 8, callID: "y").bye(at: 12),
      rings("1002", showing: "1000", at: 5.15, answer: 7, callID: "c").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["x", "y"], ["a", "b", "c"]])
  }

  @Test(arguments: ["REFER sip:x SIP/2.0", "Refer-To: ", "Refer-To: <tel>", "Refer-To: \u{0}"])
  func aReferThatNamesNobodyIsPassedOver(damage: String) throws {
    var b = b.refer(to: "1002", by: .callee, at: 5, answer: nil)
    let last = b.messages.count - 1
    b.messages[last].text =
      damage.hasPrefix("Refer-To")
      ? b.messages[last].text.replacing("Refer-To: <sip:1002@192.0.2.2>", with: damage)
      : b.messages[last].text.replacing("Refer-To: <sip:1002@192.0.2.2>\r\n", with: "")
    let calls = try calls(a.bye(at: 20), b.bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.map(\.turnNames) == [[]])
  }

  @Test func aTraceThatBeginsWithTheTransferIsOneCall() throws {
    let calls = try calls(
      a.bye(at: 20).since(4), b.refer(to: "1002", by: .callee, at: 5).bye(by: .callee, at: 5.2).since(4),
      rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").bye(at: 20))
    #expect(calls.allSatisfy { $0.ranAtStart || $0.callerLeg == nil })
    #expect(calls.flatMap(\.callIDs).sorted() == ["a", "b", "c"])
  }

  @Test func aReferOutsideAnyCallIsNoCall() throws {
    var stray = b.refer(to: "1002", by: .callee, at: 5)
    stray.messages = stray.messages.suffix(2).map {
      var message = $0
      message.text = message.text.replacing(";tag=tag-of-b", with: "")
      return message
    }
    let (events, model) = try model(stray.messages, site: office(), until: 100)
    #expect(events.isEmpty)
    #expect(model.legs.counts.withoutDialog == 2)
  }

  @Test func transfersWithoutEndAreCutOffAndCounted() throws {
    var b = b
    for second in 1...300 { b = b.refer(to: "1002", by: .callee, at: 5 + Double(second) / 100) }
    let (events, model) = try model((a.bye(at: 20).messages + b.bye(at: 20).messages), site: office(), until: 100)
    #expect(events.endedCalls.map(\.turns.count) == [256])
    #expect(model.calls.turnsLeftOut == 44)
  }
}
