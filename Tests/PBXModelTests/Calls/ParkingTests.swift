import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

/// 1000 talks with 1001 (legs `a`, `b`), who parks it at second 5; the lot has the places 701 to 703.
@Suite struct ParkingTests {
  /// A call that 1001 parks at `at`: its caller's leg, still up, and its callee's.
  private func parked(_ name: String, from caller: String = "1000", at: Double = 5) -> (a: Dialogue, b: Dialogue) {
    (
      phone(caller, calls: "1001", at: at - 4, answer: at - 2, callID: "a" + name),
      rings("1001", showing: caller, at: at - 3.9, answer: at - 2.1, callID: "b" + name)
        .refer(to: "700", by: .callee, at: at).bye(by: .callee, at: at + 0.1)
    )
  }

  private func calls(_ dialogues: [Dialogue], site: Site = office(), until: Double = 200) throws -> [Call] {
    try model(dialogues.flatMap(\.messages), site: site, until: until).events.endedCalls
  }

  @Test func aParkedCallIsFetched() throws {
    let (a, b) = parked("")
    let calls = try calls([
      a.bye(at: 20), b, phone("1003", calls: "701", at: 9, answer: 9.1, callID: "f").bye(by: .callee, at: 20),
    ])
    #expect(calls.map(\.callIDs) == [["f"], ["a", "b", "f"]])
    #expect(calls.map(\.joinedInto) == [calls.last?.id, nil])
    #expect(calls.last?.turnNames == ["parked:701"])
    #expect(calls.last?.evidence(of: "f") == [.parking])
    #expect(calls.last?.end == moment(20))
    guard case .parked(let stay) = calls.last?.turns.first else {
      Issue.record("not parked")
      return
    }
    #expect(stay.at == moment(5) && stay.until == moment(9.1))
  }

  @Test func theCallerMayParkTheCallee() throws {
    let a = phone("1000", calls: "1001", at: 0, answer: 2, callID: "a").refer(to: "700", by: .caller, at: 5).bye(
      at: 5.1)
    let b = rings("1001", showing: "1000", at: 0.1, answer: 1.9, callID: "b").bye(at: 20)
    let calls = try calls([a, b, phone("1003", calls: "701", at: 9, answer: 9.1, callID: "f").bye(at: 20)])
    #expect(calls.map(\.callIDs) == [["f"], ["a", "b", "f"]])
    #expect(calls.last?.end == moment(20))
  }

  @Test func aReferSentAgainTakesOnePlace() throws {
    let (a, _) = parked("")
    let b = rings("1001", showing: "1000", at: 1.1, answer: 2.9, callID: "b")
      .refer(to: "700", by: .callee, at: 5).again(2, at: 5.5).bye(by: .callee, at: 6)
    let (a2, b2) = parked("2", from: "1004", at: 8)
    let calls = try calls([a.bye(at: 20), b, a2.bye(at: 30), b2])
    #expect(calls.map(\.turnNames) == [["parked:701"], ["parked:702"]])
  }

  @Test func twoParkedCallsAreFetchedByTheirPlaces() throws {
    let (a1, b1) = parked("1")
    let (a2, b2) = parked("2", from: "1004", at: 6)
    let calls = try calls([
      a1.bye(at: 30), b1, a2.bye(at: 20), b2,
      phone("1003", calls: "702", at: 9, answer: 9.1, callID: "f2").bye(by: .callee, at: 20),
      phone("1005", calls: "701", at: 11, answer: 11.1, callID: "f1").bye(by: .callee, at: 30),
    ])
    #expect(calls.filter { $0.joinedInto == nil }.map(\.callIDs) == [["a2", "b2", "f2"], ["a1", "b1", "f1"]])
  }

  @Test func aPlaceIsUsedAgainOnceItsCallWasFetched() throws {
    let (a1, b1) = parked("1")
    let (a2, b2) = parked("2", from: "1004", at: 12)
    let calls = try calls([
      a1.bye(at: 10), b1, phone("1003", calls: "701", at: 8, answer: 8.1, callID: "f").bye(at: 10), a2.bye(at: 30), b2,
    ])
    #expect(calls.filter { $0.joinedInto == nil }.map(\.turnNames) == [["parked:701"], ["parked:701"]])
  }

  @Test func aFullLotHasNoPlaceForTheNext() throws {
    let stays = (1...4).map { parked(String($0), from: "100\($0 + 1)", at: 5 + Double($0)) }
    let calls = try calls(stays.flatMap { [$0.a.bye(at: 40), $0.b] })
    #expect(calls.map(\.turnNames) == [["parked:701"], ["parked:702"], ["parked:703"], ["parked:?"]])
    #expect(calls.allSatisfy { $0.end == moment(40) })
  }

  @Test(arguments: ["702", "703"])
  func anEmptyPlaceGivesNoCall(place: String) throws {
    let (a, b) = parked("")
    let calls = try calls([
      a.bye(at: 20), b, phone("1003", calls: place, at: 9, answer: 9.1, callID: "f").bye(by: .callee, at: 12),
    ])
    #expect(calls.map(\.callIDs) == [["f"], ["a", "b"]])
    #expect(calls.allSatisfy { $0.joinedInto == nil })
  }

  @Test func anEmptyLotGivesNoCall() throws {
    let calls = try calls([phone("1003", calls: "701", at: 9, answer: 9.1, callID: "f").bye(by: .callee, at: 12)])
    #expect(calls.map(\.callIDs) == [["f"]])
    #expect(calls.first?.joinedInto == nil)
  }

  @Test func whoHungUpInTheLotIsNotFetched() throws {
    let (a, b) = parked("")
    let calls = try calls([
      a.bye(at: 8), b, phone("1003", calls: "701", at: 9, answer: 9.1, callID: "f").bye(by: .callee, at: 12),
    ])
    #expect(calls.map(\.callIDs) == [["a", "b"], ["f"]])
    #expect(calls.map(\.end) == [moment(8), moment(12)])
  }

  @Test func aFetchThePBXDoesNotAnswerFetchesNothing() throws {
    let (a, b) = parked("")
    let calls = try calls([
      a.bye(at: 20), b,
      incoming("1003", host: 103, dials: "701", callID: "f").invite(at: 9).trying(at: 9.01).refuse(404, at: 9.1),
    ])
    #expect(calls.map(\.callIDs) == [["f"], ["a", "b"]])
    #expect(calls.allSatisfy { $0.joinedInto == nil })
  }

  @Test func parkingThePBXRefusesFreesThePlace() throws {
    let a = phone("1000", calls: "1001", at: 0, answer: 2, callID: "a").bye(at: 20)
    let b = rings("1001", showing: "1000", at: 0.1, answer: 1.9, callID: "b")
      .refer(to: "700", by: .callee, at: 5, answer: 603).bye(at: 20)
    let (a2, b2) = parked("2", from: "1004", at: 8)
    let calls = try calls([a, b, a2.bye(at: 30), b2])
    #expect(calls.map(\.turnNames) == [[], ["parked:701"]])
  }

  @Test func aCallNobodyFetchedRingsWhoParkedIt() throws {
    let (a, b) = parked("")
    let calls = try calls([
      a.bye(at: 70), b, rings("1001", showing: "1000", at: 50, answer: 53, callID: "back").bye(at: 70),
    ])
    #expect(calls.map(\.callIDs) == [["a", "b", "back"]])
    guard case .parked(let stay) = calls.first?.turns.first else {
      Issue.record("not parked")
      return
    }
    #expect(stay.until == moment(50))
  }

  @Test func aFetchedCallIsParkedOnceMore() throws {
    let (a, b) = parked("")
    let f = phone("1003", calls: "701", at: 9, answer: 9.1, callID: "f").refer(to: "700", by: .caller, at: 12)
      .bye(at: 12.1)
    let calls = try calls([
      a.bye(at: 30), b, f, phone("1005", calls: "701", at: 15, answer: 15.1, callID: "g").bye(at: 30),
    ])
    #expect(calls.filter { $0.joinedInto == nil }.map(\.callIDs) == [["a", "b", "f", "g"]])
    #expect(calls.last?.turnNames == ["parked:701", "parked:701"])
  }

  @Test func withoutASiteFileNothingIsParked() throws {
    let (a, b) = parked("")
    let calls = try calls(
      [a.bye(at: 20), b, phone("1003", calls: "701", at: 9, answer: 9.1, callID: "f").bye(at: 20)], site: Site())
    #expect(Set(calls.flatMap(\.callIDs)) == ["a", "b", "f"])
    #expect(calls.allSatisfy { $0.joinedInto == nil })
  }
}
