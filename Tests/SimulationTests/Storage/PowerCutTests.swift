import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

@Suite struct PowerCutTests {
  private let phone = Registering("1000@192.0.2.11", at: pbxAddress)

  /// Two calls that are over by 22 and one that goes on, with the power failing at `cut`.
  private func bench(
    cut: Double, boot: Int = 10, commit: CDRCommit = .eachCall, isRecorded: Bool = true
  ) throws -> Bench {
    var settings = ApplianceSettings()
    settings.bootSeconds = boot
    var bench = Bench(site: benchSite { $0.storage.commit = commit }, settings: settings, isRecorded: isRecorded)
    let dialogues =
      internalCall("1000", to: "1001", end: 10) + internalCall("1002", to: "1003", from: 12, end: 10)
      + internalCall("1004", to: "1005", from: 20, end: 30) + internalCall("1006", to: "1007", from: 60, end: 10)
    let calls = dialogues.flatMap(\.messages).sorted { $0.time < $1.time }
    try bench.play(calls.filter { $0.time <= moment(cut) }, until: cut)
    var effects: [Effect] = []
    bench.appliance.losePower(at: moment(cut), effects: &effects)
    bench.carryOut(effects, at: moment(cut))
    try bench.play(calls.filter { $0.time > moment(cut) }, until: 200)
    var rest: [Effect] = []
    bench.appliance.finish(running: [], endedWithoutBye: 0, effects: &rest)
    bench.carryOut(rest, at: moment(200))
    return bench
  }

  @Test func aCallThatWasUpHasNoRow() throws {
    let bench = try bench(cut: 25)
    #expect(bench.rows.map(\.src) == ["1000", "1002", "1006"])
    #expect(bench.rows.map(\.acctId) == [1, 2, 3])
    #expect(bench.appliance.tally.callsCut == 1)
    #expect(bench.appliance.tally.rows == 3)
    #expect(bench.count { $0 == .powerCut(calls: 1, extensions: 0, rows: 0, callLogs: 0) } == 1)
    #expect(bench.count { $0 == .booted } == 1)
    #expect(bench.systemEvents.map(\.name) == [.systemReboot, .systemReboot])
    #expect(bench.systemEvents.map(\.kind) == [.generateAlert, .restoreToNormal])
    #expect(bench.appliance.tally.assumptions[.memoryIsLostWithPower] == 1)
  }

  @Test func callsThatComeWhileItIsDownAreNotAnswered() throws {
    let bench = try bench(cut: 25, boot: 60)
    #expect(bench.rows.map(\.src) == ["1000", "1002"])
    #expect(bench.appliance.tally.callsWhileDown == 1)
    #expect(bench.appliance.ledger.calls.inUse == 0)
    #expect(bench.appliance.tally.assumptions[.bootTakesTime] != nil)
  }

  @Test func theCallLimitHasAllItsPlacesAgain() throws {
    let bench = try bench(cut: 25)
    #expect(bench.appliance.ledger.calls.inUse == 0)
    #expect(bench.appliance.ledger.calls.peak == 2)
  }

  @Test func channelsAreNumberedAnewAndRowsAreNot() throws {
    let last = try #require(try bench(cut: 25).rows.last)
    #expect(last.channel == "PJSIP/1006-00000000")
    #expect(last.acctId == 3)
  }

  @Test(arguments: [(1, 0, [1, 2, 3]), (2, 0, [1, 2, 3]), (3, 2, [1]), (100, 2, [1])])
  func rowsGatheredAndNotCommittedAreLost(batch: Int, lost: Int, ids: [Int]) throws {
    let bench = try bench(cut: 25, commit: .batch(rows: batch, seconds: 1000))
    #expect(bench.appliance.tally.rowsCut == lost)
    #expect(bench.rows.map(\.acctId) == ids)
    #expect(bench.appliance.tally.rows == ids.count)
  }

  @Test func gatheredRowsAreCommittedWhenTheirTimeHasCome() throws {
    #expect(try bench(cut: 25, commit: .batch(rows: 100, seconds: 5)).rows.map(\.src) == ["1000", "1006"])
  }

  @Test(arguments: [CDRCommit.eachCall, .batch(rows: 2, seconds: 1000), .batch(rows: 9, seconds: 5)])
  func aRunWhoseRowsNobodyReadsCountsTheSame(commit: CDRCommit) throws {
    let (read, unread) = (try bench(cut: 25, commit: commit), try bench(cut: 25, commit: commit, isRecorded: false))
    #expect(unread.rows.isEmpty)
    #expect(unread.appliance.tally == read.appliance.tally)
  }

  @Test func phonesHaveToRegisterAgain() throws {
    var bench = Bench()
    let first = phone.register(at: 0, expires: 600).reply(200, at: 1)
    try bench.play(first.messages, until: 10)
    #expect(bench.appliance.registry.isRegistered("1000"))
    var effects: [Effect] = []
    bench.appliance.losePower(at: moment(11), effects: &effects)
    #expect(!bench.appliance.registry.isRegistered("1000"))
    #expect(bench.appliance.ledger.users.inUse == 0)
    let refresh = first.register(at: 300, expires: 600).reply(200, at: 301)
    try bench.play(refresh.messages.filter { $0.time > moment(11) }, until: 400)
    #expect(bench.appliance.registry.isRegistered("1000"))
    #expect(bench.appliance.ledger.users.inUse == 1)
    #expect(bench.appliance.tally.bindingsAdded == 2)
  }

  @Test func aSecondFailureWhileItIsDownBeginsTheWaitAnew() throws {
    var settings = ApplianceSettings()
    settings.bootSeconds = 10
    var bench = Bench(settings: settings)
    var effects: [Effect] = []
    bench.appliance.losePower(at: moment(0), effects: &effects)
    bench.appliance.losePower(at: moment(5), effects: &effects)
    bench.appliance.losePower(at: moment(5), effects: &effects)
    bench.appliance.advance(to: moment(14), effects: &effects)
    #expect(bench.appliance.nextWakeUp == moment(15))
    bench.appliance.advance(to: moment(15), effects: &effects)
    bench.carryOut(effects, at: moment(15))
    #expect(bench.appliance.nextWakeUp == nil)
    #expect(bench.appliance.tally.powerCuts == 3)
    #expect(bench.count { $0 == .booted } == 1)
  }

  @Test func aFailureBeforeTheFirstEventLosesNothing() throws {
    var bench = Bench()
    var effects: [Effect] = []
    bench.appliance.losePower(at: moment(-500), effects: &effects)
    try bench.play(internalCall("1000", to: "1001", end: 10), until: 100)
    #expect(bench.rows.map(\.acctId) == [1])
    #expect(bench.appliance.tally.callsCut == 0)
  }

  @Test func requestsToTheCRMAreDroppedAndUsersLogInAgain() throws {
    var bench = Bench()
    var effects: [Effect] = []
    bench.appliance.losePower(at: moment(1), effects: &effects)
    #expect(effects.contains(.dropCRMConnections))
  }
}
