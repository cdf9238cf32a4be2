import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

/// 1000 calls 1001 (legs `a`, `b`), and somebody at another phone takes the call at second 3.
@Suite struct PickupTests {
  private let a = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a")
  private let b = rings("1001", showing: "1000", at: 0.1, answer: nil, callID: "b")

  private func calls(_ dialogues: Dialogue..., site: Site = office(), until: Double = 200) throws -> [Call] {
    try model(dialogues.flatMap(\.messages), site: site, until: until).events.endedCalls
  }

  private func picks(_ code: String, at: Double = 3, callID: String = "p") -> Dialogue {
    phone("1003", calls: code, at: at - 0.1, answer: at, callID: callID)
  }

  @Test func aPhoneThatRingsIsPickedUp() throws {
    let calls = try calls(
      a.ok(at: 3.1).bye(at: 20), b.cancel(at: 3.05).refuse(487, at: 3.1), picks("**1001").bye(by: .callee, at: 20))
    #expect(calls.map(\.callIDs) == [["p"], ["a", "b", "p"]])
    #expect(calls.map(\.joinedInto) == [calls.last?.id, nil])
    #expect(calls.last?.turnNames == ["pickedUp"])
    #expect(calls.last?.evidence(of: "p") == [.pickup])
    #expect(calls.last?.disposition == .answered)
    #expect(calls.last?.end == moment(20))
  }

  @Test func aPhoneThatDoesNotRingGivesNothing() throws {
    let calls = try calls(
      a.ok(at: 6).bye(at: 20), b.ok(at: 5.9).bye(at: 20), picks("**1002").bye(by: .callee, at: 4))
    #expect(calls.map(\.callIDs) == [["p"], ["a", "b"]])
    #expect(calls.allSatisfy { $0.joinedInto == nil && $0.turns.isEmpty })
  }

  @Test func aPhoneThatTalksAlreadyGivesNothing() throws {
    let calls = try calls(a.ok(at: 2).bye(at: 20), b.ok(at: 1.9).bye(at: 20), picks("**1001").bye(by: .callee, at: 4))
    #expect(calls.map(\.callIDs) == [["p"], ["a", "b"]])
    #expect(calls.allSatisfy { $0.joinedInto == nil && $0.turns.isEmpty })
  }

  @Test func whoLeftIsNotPickedUp() throws {
    let calls = try calls(
      a.cancel(at: 2).refuse(487, at: 2.05), b.cancel(at: 2).refuse(487, at: 2.1),
      picks("**1001").bye(by: .callee, at: 4))
    #expect(calls.map(\.callIDs) == [["a", "b"], ["p"]])
    #expect(calls.map(\.disposition) == [.noAnswer, .answered])
    #expect(calls.allSatisfy { $0.joinedInto == nil })
  }

  @Test func aPickupThePBXRefusesGivesNothing() throws {
    let refused = incoming("1003", host: 103, dials: "**1001", callID: "p").invite(at: 2.9).refuse(404, at: 3)
    let calls = try calls(a.ok(at: 6).bye(at: 20), b.ok(at: 5.9).bye(at: 20), refused)
    #expect(calls.map(\.callIDs) == [["p"], ["a", "b"]])
  }

  @Test func ofTwoCallsAtOnePhoneTheOlderIsTaken() throws {
    let a2 = phone("1004", calls: "1001", at: 1, answer: 8, callID: "a2").bye(at: 12)
    let b2 = rings("1001", showing: "1004", at: 1.1, answer: 7.9, callID: "b2").bye(at: 12)
    let calls = try calls(
      a.ok(at: 3.1).bye(at: 20), b.cancel(at: 3.05).refuse(487, at: 3.1), a2, b2, picks("**1001").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["p"], ["a2", "b2"], ["a", "b", "p"]])
  }

  @Test func twoPhonesPickTwoCallsUpAtOnce() throws {
    let a2 = phone("1004", calls: "1002", at: 1, answer: nil, callID: "a2").ok(at: 3.2).bye(at: 12)
    let b2 = rings("1002", showing: "1004", at: 1.1, answer: nil, callID: "b2").cancel(at: 3.1).refuse(487, at: 3.15)
    let q = phone("1005", calls: "**1002", at: 2.9, answer: 3, callID: "q").bye(at: 12)
    let calls = try calls(
      a.ok(at: 3.1).bye(at: 20), b.cancel(at: 3.05).refuse(487, at: 3.1), a2, b2, q, picks("**1001").bye(at: 20))
    #expect(calls.filter { $0.joinedInto == nil }.map(\.callIDs) == [["a2", "b2", "q"], ["a", "b", "p"]])
  }

  @Test func twoPhonesPickOneCallUp() throws {
    let q = phone("1005", calls: "**1001", at: 2.95, answer: 3.02, callID: "q").bye(by: .callee, at: 4)
    let calls = try calls(
      a.ok(at: 3.1).bye(at: 20), b.cancel(at: 3.05).refuse(487, at: 3.1), picks("**1001").bye(at: 20), q)
    #expect(Set(calls.flatMap(\.callIDs)) == ["a", "b", "p", "q"])
    #expect(calls.last?.end == moment(20))
  }

  @Test func aGroupsCodeTakesTheCallThatRingsLongest() throws {
    let pattern = try #require(DialPattern("*8"))
    let site = office {
      $0.featureCodes = [FeatureCode(pattern: pattern, function: .pickupGroup)]
    }
    let a2 = phone("1004", calls: "1002", at: 1, answer: 8, callID: "a2").bye(at: 12)
    let b2 = rings("1002", showing: "1004", at: 1.1, answer: 7.9, callID: "b2").bye(at: 12)
    let calls = try calls(
      a.ok(at: 3.1).bye(at: 20), b.cancel(at: 3.05).refuse(487, at: 3.1), a2, b2, picks("*8").bye(at: 20), site: site)
    #expect(calls.map(\.callIDs) == [["p"], ["a2", "b2"], ["a", "b", "p"]])
  }

  /// A queue answers the caller before it rings anybody.
  @Test func aCallerWhoWaitsInAQueueIsPickedUp() throws {
    let a = phone("1000", calls: "6500", at: 0, answer: 0.2, callID: "a").bye(at: 20)
    let b = rings("1003", showing: "1000", at: 0.4, answer: nil, callID: "b").cancel(at: 3.05).refuse(487, at: 3.1)
    let p = phone("1005", calls: "**1003", at: 2.9, answer: 3, callID: "p").bye(by: .callee, at: 20)
    let calls = try calls(a, b, p)
    #expect(calls.map(\.callIDs) == [["p"], ["a", "b", "p"]])
    #expect(calls.last?.turnNames == ["pickedUp"])
    #expect(calls.last?.end == moment(20))
  }

  @Test func whoPickedUpHandsTheCallerOn() throws {
    let p = picks("**1001").refer(to: "1004", by: .caller, at: 8).bye(at: 8.2)
    let calls = try calls(
      a.ok(at: 3.1).bye(at: 20), b.cancel(at: 3.05).refuse(487, at: 3.1), p,
      rings("1004", showing: "1000", at: 8.1, answer: 9, callID: "c").bye(at: 20))
    #expect(calls.last?.callIDs == ["a", "b", "p", "c"])
    #expect(calls.last?.turnNames == ["pickedUp", "blind:1004"])
  }

  @Test func whoPicksUpAndIsGoneBeforeTheCallerIsConnectedIsAMemberAllTheSame() throws {
    let calls = try calls(
      a.cancel(at: 5).refuse(487, at: 5.1), b.cancel(at: 3.05).refuse(487, at: 3.1), picks("**1001").bye(at: 3.05))
    #expect(Set(calls.flatMap(\.callIDs)) == ["a", "b", "p"])
  }
}
