import PBXModel
import Primitives
import SIPCapture
import TestSupport
import Testing

/// Captures that hold only what the PBX sent, or only what it received.
@Suite struct OneSidedTraceTests {
  enum Direction: String, CaseIterable, Sendable {
    case sent, received

    func of(_ dialogue: Dialogue) -> Dialogue {
      switch self {
      case .sent: dialogue.sent(by: pbxAddress)
      case .received: dialogue.received(by: pbxAddress)
      }
    }
  }

  private func calls(_ direction: Direction, _ dialogues: Dialogue..., site: Site = office(), until: Double = 2000)
    throws
    -> (calls: [Call], model: TraceModel)
  {
    let (events, model) = try model(
      dialogues.flatMap { direction.of($0).messages }, site: site, until: until)
    return (events.endedCalls, model)
  }

  @Test(arguments: Direction.allCases, [Dialogue.Side.caller, .callee])
  func anAnsweredCallIsOneCall(_ direction: Direction, endedBy side: Dialogue.Side) throws {
    let a = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a").ringing(at: 0.4).ok(at: 12)
    let b = rings("1001", showing: "1000", at: 0.1, answer: 11.9, callID: "b")
    // Who hangs up sends the BYE to the PBX, which sends one on.
    let (calls, model) = try calls(
      direction, a.bye(by: side == .caller ? .caller : .callee, at: 60),
      b.bye(by: side == .caller ? .caller : .callee, at: 60))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.disposition == .answered)
    #expect(calls.first?.end == moment(60))
    #expect(calls.first?.ranAtStart == false)
    #expect(abs(((calls.first?.answer ?? moment(0)) - moment(12)).wholeSeconds) < 1)
    #expect(model.calls.runningCalls.isEmpty)
    #expect(model.legs.counts.withoutDialog == 0)
  }

  @Test(arguments: Direction.allCases)
  func aPhoneThatRingsLongerThanAnInviteLivesIsOneCall(_ direction: Direction) throws {
    let a = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a").ringing(at: 0.4).ok(at: 50)
    let b = rings("1001", showing: "1000", at: 0.1, answer: 49.9, callID: "b")
    let (calls, _) = try calls(direction, a.bye(at: 90), b.bye(at: 90))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.disposition == .answered)
  }

  @Test(arguments: Direction.allCases)
  func aChallengedCallIsOneCall(_ direction: Direction) throws {
    let a = incoming("1000", host: 100, dials: "1001", callID: "a").invite(at: 0).challenge(at: 0.05)
      .invite(at: 0.1, credentials: true).trying(at: 0.11).ok(at: 3).bye(at: 20)
    let (calls, _) = try calls(
      direction, a, rings("1001", showing: "1000", at: 0.2, answer: 2.9, callID: "b").bye(at: 20))
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.disposition == .answered)
  }

  @Test(arguments: Direction.allCases)
  func aCancelledCallIsOneCall(_ direction: Direction) throws {
    let a = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a").ringing(at: 0.4).cancel(at: 9)
      .refuse(487, at: 9.05)
    let b = rings("1001", showing: "1000", at: 0.1, answer: nil, callID: "b").cancel(at: 9).refuse(487, at: 9.05)
    let (calls, model) = try calls(direction, a, b)
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.disposition == .noAnswer)
    #expect(model.calls.runningCalls.isEmpty)
  }

  @Test(arguments: Direction.allCases)
  func aBusyCallIsACallThatNobodyAnswered(_ direction: Direction) throws {
    let a = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a").refuse(486, at: 1)
    let b = outgoing("1000", to: "1001", host: 101, callID: "b").invite(at: 0.1).trying(at: 0.2).refuse(486, at: 0.9)
    let (calls, model) = try calls(direction, a, b)
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.answer == nil)
    #expect(model.calls.runningCalls.isEmpty)
  }

  /// Nothing but the refusal tells of these.
  @Test func aCallRefusedAtOnceIsACall() throws {
    let a = incoming("1000", host: 100, dials: "5999", callID: "a").invite(at: 0).refuse(404, at: 0.1)
    let (calls, _) = try calls(.sent, a)
    #expect(calls.map(\.callIDs) == [["a"]])
    #expect(calls.first?.callerNumber == "1000")
    #expect(calls.first?.dialled == "5999")
  }

  @Test func aPhoneThatRefusesAtOnceIsALegOfItsCall() throws {
    let a = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a").refuse(486, at: 1)
    let b = outgoing("1000", to: "1001", host: 101, callID: "b").invite(at: 0.1).refuse(486, at: 0.9)
    let (calls, _) = try calls(.received, a, b)
    #expect(calls.map(\.callIDs) == [["a", "b"]])
    #expect(calls.first?.disposition == .busy)
  }

  @Test(arguments: [401, 407, 422, 481, 491])
  func aRefusalThatAsksForAnotherTryIsNoCall(status: Int) throws {
    let a = incoming("1000", host: 100, dials: "1001", callID: "a").invite(at: 0).refuse(status, at: 0.1)
    #expect(try calls(.sent, a).calls.isEmpty)
  }

  @Test(arguments: Direction.allCases)
  func aTransferredCallKeepsAllItsLegs(_ direction: Direction) throws {
    let a = phone("1000", calls: "1001", at: 0, answer: 2, callID: "a").bye(at: 20)
    let b = rings("1001", showing: "1000", at: 0.1, answer: 1.9, callID: "b").refer(to: "1002", by: .callee, at: 5)
      .bye(by: .callee, at: 5.2)
    let c = rings("1002", showing: "1000", at: 5.1, answer: 7, callID: "c").bye(at: 20)
    let (calls, model) = try calls(direction, a, b, c)
    #expect(calls.map(\.callIDs) == [["a", "b", "c"]])
    #expect(model.calls.runningCalls.isEmpty)
  }

  @Test(arguments: Direction.allCases)
  func aCallThatRanAtTheStartEnds(_ direction: Direction) throws {
    let a = phone("1000", calls: "1001", at: 0, answer: 2, callID: "a").reInvite(at: 15).bye(at: 20).since(10)
    let b = rings("1001", showing: "1000", at: 0.1, answer: 1.9, callID: "b").bye(at: 20).since(10)
    let (calls, model) = try calls(direction, a, b)
    #expect(calls.flatMap(\.callIDs).count <= 2)
    #expect(model.calls.runningCalls.isEmpty)
  }

  /// Only the phones' side, or only the carrier's, was captured.
  @Test(arguments: [true, false])
  func oneHalfOfACallIsACall(callersSide: Bool) throws {
    let a = phone("1000", calls: "+493055501", at: 0, answer: 3, callID: "a").bye(at: 20)
    let b = Dialogue(from: "1000@\(pbxAddress)", to: "+493055501@198.51.100.1", callID: "b").invite(at: 0.1).ok(at: 2.9)
      .bye(at: 20)
    let calls = try model((callersSide ? a : b).messages, site: office(), until: 100).events.endedCalls
    #expect(calls.map(\.callIDs) == [[callersSide ? "a" : "b"]])
    #expect(calls.first?.disposition == .answered)
    #expect(calls.first?.callerNumber == "1000")
    #expect(calls.first?.end == moment(20))
  }

  @Test func aTraceOfBothDirectionsMakesNoCallOfAResponse() throws {
    let lone = phone("1000", calls: "1001", at: 5, answer: 7, callID: "lone")
    var response = lone
    response.messages = lone.messages.filter { $0.text.hasPrefix("SIP/2.0 200") }
    let other = phone("1002", calls: "1003", at: 0, answer: 2, callID: "x").bye(at: 20)
    let (events, model) = try model(other.messages + response.messages, site: office(), until: 100)
    #expect(events.endedCalls.map(\.callIDs) == [["x"]])
    #expect(model.legs.counts.withoutDialog == 1)
  }

  @Test func aRefusalTheCaptureMissedIsNoAnswer() throws {
    var a = phone("1000", calls: "1001", at: 0, answer: nil, callID: "a").refuse(486, at: 1)
    a.messages.removeAll { $0.text.hasPrefix("SIP/2.0 486") }
    let other = phone("1002", calls: "1003", at: 0, answer: 2, callID: "x").bye(at: 20)
    let calls = try model(a.messages + other.messages, site: office(), until: 1000).events.endedCalls
    #expect(calls.first { $0.callIDs == ["a"] }?.answer == nil)
  }

  @Test func anAnswerTheCaptureMissedShowsInItsAck() throws {
    var a = phone("1000", calls: "1001", at: 0, answer: 3, callID: "a").bye(at: 20)
    a.messages.removeAll { $0.text.hasPrefix("SIP/2.0 200") }
    let calls = try model(a.messages, site: office(), until: 1000).events.endedCalls
    #expect(calls.map(\.answer) == [moment(3)])
    #expect(calls.map(\.end) == [moment(20)])
  }
}
