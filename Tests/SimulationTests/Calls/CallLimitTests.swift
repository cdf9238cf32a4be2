import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// A call over the limit: 503, cause 42 (upstream), and the row real boxes write (observed, reference section 2).
@Suite struct CallLimitTests {
  private func playThree(limit: Int?, until end: Double = 100) throws -> Bench {
    var bench = Bench(profile: profile(calls: limit))
    try bench.play(
      internalCall("1000", to: "1001", end: 10) + internalCall("1002", to: "1003", from: 2, end: 10)
        + internalCall("1004", to: "1005", from: 20, end: 10), until: end)
    return bench
  }

  @Test func theCallOverTheLimitIsRefused() throws {
    let bench = try playThree(limit: 1)
    let refusal = JournalEvent.callRefused(
      call: Call.ID(rawValue: 2), start: moment(2), caller: "1002", callee: "1003", reason: .resource(.calls), limit: 1,
      inUse: 1, status: 503, cause: 42)
    #expect(bench.count { $0 == refusal } == 1)
    #expect(bench.appliance.tally.callsRefused == 1)
    #expect(bench.appliance.tally.calls == 3)
    #expect(bench.appliance.tally.callsByDisposition == [.answered: 2, .failed: 1])
    #expect(bench.appliance.tally.assumptions[.callLimitCountsCallerLegs] == 1)
    #expect(bench.appliance.tally.assumptions[.refusedCallHasNoSequel] == 1)
  }

  @Test func itsRowIsCongestionWithoutAnswerAndEnd() throws {
    let row = try #require(try playThree(limit: 1).rows.first { $0.src == "1002" })
    #expect(row.disposition == .failed)
    #expect(row.lastapp == "Congestion")
    #expect(row.lastdata == "10")
    #expect(row.answer == nil && row.end == nil)
    #expect(row.durationSeconds == 0 && row.billsecSeconds == 0)
    #expect(row.dstchannel == "" && row.dstanswer == "")
    #expect(row.dst == "1003")
    #expect(row.start == moment(2))
  }

  @Test func itIsToldOnceAndItsLaterLegsAreSwallowed() throws {
    let bench = try playThree(limit: 1)
    #expect(bench.rows.count == 3)
    #expect(bench.states(of: "1003").isEmpty)
    #expect(bench.states(of: "1002").isEmpty)
    #expect(bench.alerts.map(\.name) == [.internalCallFailure])
    let detail = try #require(bench.alerts.first?.detail)
    #expect(detail.hasPrefix("Maximum call limit of 1 calls exceeded by 'PJSIP/1002-"))
  }

  @Test func itsPlaceIsFreeAgainAfterTheOthersEnd() throws {
    let bench = try playThree(limit: 1)
    #expect(bench.appliance.ledger.calls.inUse == 0)
    #expect(bench.appliance.ledger.calls.peak == 1)
    #expect(bench.appliance.ledger.calls.refusals == 1)
    #expect(bench.rows.filter { $0.disposition == .answered }.map(\.src) == ["1000", "1004"])
  }

  @Test func thePeakIsTheMostAtOnceAndWhenItWasReached() throws {
    let calls = try playThree(limit: 2).appliance.ledger.calls
    #expect(calls.peak == 2)
    #expect(calls.peakAt.map { ($0 - moment(2)).wholeSeconds } == 0)
    #expect(calls.refusals == 0)
  }

  @Test(arguments: [nil, 2, 100])
  func nothingIsRefusedBelowTheLimitNorWithoutOne(limit: Int?) throws {
    let bench = try playThree(limit: limit)
    #expect(bench.appliance.tally.callsRefused == 0)
    #expect(bench.rows.count == 3)
  }

  @Test func aLimitOfZeroRefusesEverything() throws {
    let bench = try playThree(limit: 0)
    #expect(bench.appliance.tally.callsRefused == 3)
    #expect(bench.rows.map(\.lastapp) == ["Congestion", "Congestion", "Congestion"])
  }

  @Test func aRefusedCallOfATrunkIsOfTheDIDsContext() throws {
    var bench = Bench(profile: profile(calls: 0))
    try bench.play(inboundCall())
    #expect(bench.rows.map(\.dcontext) == ["did-local"])
    #expect(bench.rows.map(\.srcTrunkName) == ["Carrier"])
    #expect(bench.alerts.map(\.name) == [.trunkConcurrentCalls])
  }

  @Test func aCallStillRunningAtTheEndKeepsItsPlaceAndHasNoRow() throws {
    var bench = Bench(profile: profile(calls: 2))
    try bench.play(internalCall(end: 500).map { $0.before(400) }, until: 50)
    #expect(bench.appliance.ledger.calls.inUse == 1)
    #expect(bench.rows.isEmpty)
    var effects: [Effect] = []
    bench.appliance.finish(running: bench.model.calls.runningCalls, endedWithoutBye: 0, effects: &effects)
    #expect(bench.appliance.tally.callsRunningAtEnd == 1)
  }

  @Test(arguments: [nil, 0])
  func aCallThatRanAtTheStartHasNoRow(limit: Int?) throws {
    var bench = Bench(profile: profile(calls: limit))
    try bench.play(internalCall(end: 50).map { $0.since(40) }, until: 100)
    #expect(bench.rows.isEmpty)
    #expect(bench.appliance.tally.callsRunningAtStart == 1)
    #expect(bench.count { $0 == .callWithoutRow(call: Call.ID(rawValue: 1)) } == (limit == nil ? 1 : 0))
    #expect(bench.appliance.ledger.calls.inUse == 0)
  }

  @Test func theSameEventsGiveTheSameEffects() throws {
    #expect(try playThree(limit: 1).effects == playThree(limit: 1).effects)
    #expect(try playThree(limit: 1).appliance.tally == playThree(limit: 1).appliance.tally)
  }
}
