import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

/// 1000 talks with 1001 (legs `a`, `b`); 1001 asks 1002 (legs `b2`, `c`) and puts the two together at second 10.
@Suite struct AttendedTransferTests {
  private let a = phone("1000", calls: "1001", at: 0, answer: 2, callID: "a")
  private let b = rings("1001", showing: "1000", at: 0.1, answer: 1.9, callID: "b")
  private let b2 = phone("1001", calls: "1002", at: 5, answer: 7, callID: "b2")
  private let c = rings("1002", showing: "1001", at: 5.1, answer: 6.9, callID: "c")

  private func calls(_ dialogues: Dialogue..., site: Site = office(), until: Double = 200) throws -> [Call] {
    try model(dialogues.flatMap(\.messages), site: site, until: until).events.endedCalls
  }

  private func expectJoined(_ calls: [Call]) {
    #expect(calls.map(\.callIDs) == [["b2", "c"], ["a", "b", "c"]])
    #expect(calls.map(\.end) == [moment(10), moment(20)])
    #expect(calls.map(\.turnNames) == [[], ["attended:1002"]])
    #expect(calls.last?.evidence(of: "c") == [.replaces])
    #expect(calls.map(\.confidence) == [1, 1])
    #expect(calls.allSatisfy { $0.joinedInto == nil })
  }

  @Test func theCalleePutsTheOthersTogether() throws {
    expectJoined(
      try calls(
        a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 10).bye(by: .callee, at: 10.2),
        b2.bye(at: 10.3), c.bye(at: 20)))
  }

  @Test func theCallerPutsTheOthersTogether() throws {
    let a2 = phone("1000", calls: "1002", at: 5, answer: 7, callID: "a2")
    let calls = try calls(
      a.refer(to: "1002", replacing: a2, by: .caller, at: 10).bye(at: 10.2), b.bye(at: 20), a2.bye(at: 10.3),
      rings("1002", showing: "1000", at: 5.1, answer: 6.9, callID: "c").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a2", "c"], ["a", "b", "c"]])
    #expect(calls.map(\.end) == [moment(10), moment(20)])
  }

  @Test func aRetransmittedReferCountsOnce() throws {
    expectJoined(
      try calls(
        a.bye(at: 20),
        b.refer(to: "1002", replacing: b2, by: .callee, at: 10).again(2, at: 10.1).bye(by: .callee, at: 10.2),
        b2.bye(at: 10.3), c.bye(at: 20)))
  }

  /// Either of the party's two legs may be the first to go.
  @Test(arguments: [(10.2, 10.3), (10.3, 10.2)])
  func theGoingOfThePartyStandsForAnAnswerTheCaptureMissed(first: Double, second: Double) throws {
    expectJoined(
      try calls(
        a.bye(at: 20),
        b.refer(to: "1002", replacing: b2, by: .callee, at: 10, answer: nil).bye(by: .callee, at: first),
        b2.bye(at: second), c.bye(at: 20)))
  }

  @Test(arguments: [403, 481, 603])
  func aReferThePBXRefusesLeavesBothCalls(status: Int) throws {
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 10, answer: status).bye(at: 20),
      b2.bye(at: 15), c.bye(at: 15))
    #expect(calls.map(\.callIDs) == [["b2", "c"], ["a", "b"]])
    #expect(calls.map(\.end) == [moment(15), moment(20)])
    #expect(calls.map(\.turnNames) == [[], []])
  }

  @Test(arguments: [202, 481])
  func aDialogNobodyKnowsIsNotLookedForFurther(status: Int) throws {
    let nowhere = Dialogue(from: "1001@192.0.2.101", to: "1002@192.0.2.2", callID: "nowhere")
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", replacing: nowhere, by: .callee, at: 10, answer: status).bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.map(\.turnNames) == [status == 202 ? ["attended:1002"] : []])
    #expect(calls.first?.end == moment(20))
  }

  @Test(arguments: [202, 481])
  func aDialogThatIsToReplaceItselfChangesNothing(status: Int) throws {
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1001", replacing: b, by: .callee, at: 10, answer: status).bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.map(\.turnNames) == [[]])
  }

  @Test func theOtherLegOfTheSameCallChangesNothing() throws {
    let calls = try calls(a.bye(at: 20), b.refer(to: "1001", replacing: a, by: .callee, at: 10).bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.map(\.turnNames) == [[]])
  }

  @Test func whoStillRingsIsPutThroughRinging() throws {
    let b2 = phone("1001", calls: "1002", at: 5, answer: nil, callID: "b2").ringing(at: 5.3)
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 8).bye(by: .callee, at: 8.2),
      b2.cancel(at: 8.2).refuse(487, at: 8.3),
      rings("1002", showing: "1001", at: 5.1, answer: 12, callID: "c").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["b2", "c"], ["a", "b", "c"]])
    #expect(calls.map(\.disposition) == [.noAnswer, .answered])
    #expect(calls.map(\.end) == [moment(8), moment(20)])
  }

  @Test func whoRingsAndNeverLiftsEndsWithTheCall() throws {
    let b2 = phone("1001", calls: "1002", at: 5, answer: nil, callID: "b2")
    let calls = try calls(
      a.bye(by: .callee, at: 30), b.refer(to: "1002", replacing: b2, by: .callee, at: 8).bye(by: .callee, at: 8.2),
      b2.cancel(at: 8.2).refuse(487, at: 8.3),
      rings("1002", showing: "1001", at: 5.1, answer: nil, callID: "c").cancel(at: 30).refuse(487, at: 30))
    #expect(calls.map(\.callIDs) == [["b2", "c"], ["a", "b", "c"]])
    #expect(calls.last?.end == moment(30))
  }

  /// 1003 had called 1001 too.
  @Test func whoWasCalledTwicePutsBothCallersTogether() throws {
    let d = phone("1003", calls: "1001", at: 4, answer: 6, callID: "d").bye(at: 20)
    let b3 = rings("1001", showing: "1003", at: 4.1, answer: 5.9, callID: "b3")
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1003", replacing: b3, by: .callee, at: 10).bye(by: .callee, at: 10.2), d,
      b3.bye(by: .callee, at: 10.3))
    #expect(calls.map(\.callIDs) == [["d", "b3"], ["a", "b", "d"]])
    #expect(calls.map(\.end) == [moment(10), moment(20)])
  }

  @Test func theConsultedHungUpBefore() throws {
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 10, answer: 481).bye(at: 20),
      b2.bye(by: .callee, at: 9), c.bye(by: .callee, at: 9))
    #expect(calls.map(\.callIDs) == [["b2", "c"], ["a", "b"]])
    #expect(calls.map(\.end) == [moment(9), moment(20)])
  }

  @Test func bothPartiesPutTheirPartnerThroughAtTheSameMoment() throws {
    let a2 = phone("1000", calls: "1004", at: 5, answer: 7, callID: "a2")
    let calls = try calls(
      a.refer(to: "1004", replacing: a2, by: .caller, at: 10).bye(at: 10.2), a2.bye(at: 10.3),
      b.refer(to: "1002", replacing: b2, by: .callee, at: 10).bye(by: .callee, at: 10.2), b2.bye(at: 10.3),
      c.bye(at: 20), rings("1004", showing: "1000", at: 5.1, answer: 6.9, callID: "d").bye(at: 20))
    #expect(calls.count == 3)
    #expect(calls.map(\.callIDs).contains { Set($0) == ["a", "b", "c", "d"] })
    #expect(calls.last?.end == moment(20))
  }

  @Test func eachNamesTheLegOfTheOther() throws {
    let b2 = phone("1001", calls: "1000", at: 5, answer: 7, callID: "b2")
    let a2 = rings("1000", showing: "1001", at: 5.1, answer: 6.9, callID: "a2")
    let calls = try calls(
      a.refer(to: "1001", replacing: b2, by: .caller, at: 10).bye(at: 20),
      b.refer(to: "1000", replacing: a2, by: .callee, at: 10).bye(at: 20), b2.bye(at: 20), a2.bye(at: 20))
    #expect(Set(calls.flatMap(\.callIDs)) == ["a", "b", "a2", "b2"])
    #expect(calls.count == 2)
  }

  @Test func aCallThatWasPutTogetherIsHandedOnBlindly() throws {
    let c = c.refer(to: "1003", by: .callee, at: 14).bye(by: .callee, at: 14.2)
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "1002", replacing: b2, by: .callee, at: 10).bye(by: .callee, at: 10.2),
      b2.bye(at: 10.3), c, rings("1003", showing: "1000", at: 14.1, answer: 15, callID: "d").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["b2", "c"], ["a", "b", "c", "d"]])
    #expect(calls.last?.turnNames == ["attended:1002", "blind:1003"])
  }

  @Test(arguments: ["7000", "6500", "*43"])
  func whoTalksWithThePBXItselfIsHandedOverToThat(dialled: String) throws {
    let b2 = phone("1001", calls: dialled, at: 5, answer: 6, callID: "b2")
    let calls = try calls(
      a.bye(at: 20), b.refer(to: dialled, replacing: b2, by: .callee, at: 10).bye(by: .callee, at: 10.2),
      b2.bye(at: 10.3))
    #expect(calls.map(\.callIDs) == [["b2"], ["a", "b"]])
    #expect(calls.last?.turnNames == ["attended:" + dialled])
    #expect(calls.last?.end == moment(20))
  }

  @Test func theParkingLotIsAPartyToConsult() throws {
    let b2 = phone("1001", calls: "700", at: 5, answer: 6, callID: "b2")
    let calls = try calls(
      a.bye(at: 20), b.refer(to: "700", replacing: b2, by: .callee, at: 10).bye(by: .callee, at: 10.2),
      b2.bye(at: 10.3))
    #expect(calls.last?.turnNames == ["parked:701"])
  }

  @Test func aTraceThatBeginsAfterBothCallsShowsTheTransferAllTheSame() throws {
    let calls = try calls(
      a.bye(at: 20).since(9),
      b.refer(to: "1002", replacing: b2, by: .callee, at: 10).bye(by: .callee, at: 10.2).since(9),
      b2.bye(at: 10.3).since(9), c.bye(at: 20).since(9))
    #expect(Set(calls.flatMap(\.callIDs)) == ["a", "b", "b2", "c"])
    #expect(calls.allSatisfy { $0.ranAtStart })
  }

  @Test func anInviteTakesTheRingingPhonesPlace() throws {
    let ringing = rings("1001", showing: "1000", at: 0.1, answer: nil, callID: "b")
    let caller = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a").ok(at: 2.1).bye(at: 20)
    let taker = incoming("1003", host: 103, dials: "1001", callID: "p").replacing(ringing).invite(at: 1.9).ok(at: 2)
      .bye(at: 20)
    let calls = try calls(caller, ringing.cancel(at: 2.1).refuse(487, at: 2.2), taker)
    #expect(calls.map(\.callIDs) == [["p"], ["a", "b", "p"]])
    #expect(calls.first?.joinedInto == calls.last?.id)
    #expect(calls.last?.turnNames == ["pickedUp"])
  }

  @Test func anInviteTakesTheTalkingPhonesPlace() throws {
    let taker = incoming("1003", host: 103, dials: "1001", callID: "p").replacing(b).invite(at: 9.9).ok(at: 10)
      .bye(at: 20)
    let calls = try calls(a.bye(at: 20), b.bye(at: 10.1), taker)
    #expect(calls.map(\.callIDs) == [["p"], ["a", "b", "p"]])
    #expect(calls.last?.end == moment(20))
  }

  @Test(arguments: [true, false])
  func anInviteThatNamesNoDialogThatIsUpIsACallOfItsOwn(isOver: Bool) throws {
    let named = isOver ? b : Dialogue(from: "x@192.0.2.9", to: "y@192.0.2.2", callID: "nowhere")
    let taker = incoming("1003", host: 103, dials: "1001", callID: "p").replacing(named).invite(at: 21).ok(at: 22)
      .bye(at: 30)
    let calls = try calls(a.bye(at: 20), b.bye(at: 20), taker)
    #expect(calls.map(\.callIDs) == [["a", "b"], ["p"]])
    #expect(calls.allSatisfy { $0.joinedInto == nil })
  }
}
