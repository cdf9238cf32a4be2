import PBXModel
import Primitives
import TestSupport
import Testing

/// How the callee's side ended, and what the call came to (observed in Asterisk's rows; reference section 2).
@Suite struct DispositionTests {
  @Test(arguments: [
    (486, Disposition.busy), (600, .busy), (480, .noAnswer), (408, .noAnswer), (603, .noAnswer), (404, .noAnswer),
    (410, .noAnswer), (484, .noAnswer), (302, .noAnswer), (503, .failed), (500, .failed), (403, .failed),
  ])
  func ofACalleesRefusal(status: Int, disposition: Disposition) throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).refuse(480, at: 3)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 0.2).refuse(status, at: 2.9)
    let calls = try model(caller, callee).events.endedCalls
    #expect(calls.map(\.disposition) == [disposition])
    #expect(calls.map(\.billable) == [.zero])
  }

  @Test(arguments: [(404, Disposition.failed), (403, .failed), (503, .failed), (486, .busy), (480, .failed)])
  func ofARefusalByThePBX(status: Int, disposition: Disposition) throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).refuse(status, at: 1)
    #expect(try model(caller).events.endedCalls.map(\.disposition) == [disposition])
  }

  @Test func ofACallSeenOnlyFromTheCallersSideThatRangOut() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).ringing(at: 1).refuse(480, at: 30)
    #expect(try model(caller).events.endedCalls.map(\.disposition) == [.noAnswer])
  }

  @Test func ofACallerWhoGaveUp() throws {
    let caller = incoming("1000", host: 11, dials: "1001").invite(at: 0).trying(at: 0.1).cancel(at: 5)
      .refuse(487, at: 5)
    let callee = outgoing("1000", to: "1001", host: 12).invite(at: 0.2).ringing(at: 1).cancel(at: 5).refuse(487, at: 5)
    #expect(try model(caller, callee).events.endedCalls.map(\.disposition) == [.noAnswer])
  }

  @Test func ofAGroupOfWhichOneIsBusy() throws {
    let caller = incoming("1000", host: 11, dials: "6400").invite(at: 0).trying(at: 0.1).refuse(480, at: 9)
    let busy = outgoing("1000", to: "1001", host: 12, callID: "a").invite(at: 0.2).refuse(486, at: 1)
    let silent = outgoing("1000", to: "1002", host: 13, callID: "b").invite(at: 0.2).ringing(at: 1).cancel(at: 8)
      .refuse(487, at: 8)
    #expect(try model(caller, busy, silent).events.endedCalls.map(\.disposition) == [.busy])
  }

  @Test func ofACallThatFailedOverToAnotherCallee() throws {
    let caller = incoming("1000", host: 11, dials: "6400").invite(at: 0).trying(at: 0.1).ok(at: 5).bye(at: 9)
    let failed = outgoing("1000", to: "1001", host: 12, callID: "a").invite(at: 0.2).refuse(503, at: 1)
    let answered = outgoing("1000", to: "1002", host: 13, callID: "b").invite(at: 1.2).ok(at: 4.9).bye(at: 9)
    #expect(try model(caller, failed, answered).events.endedCalls.map(\.disposition) == [.answered])
  }
}
