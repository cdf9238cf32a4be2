import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

@Suite struct ExtensionStateTests {
  private func registered(_ numbers: String...) -> [WrittenMessage] {
    numbers.flatMap { number in
      Registering("\(number)@192.0.2.\(100 + (Int(number) ?? 0) % 100)", at: pbxAddress).register(at: -5, expires: 600)
        .reply(200, at: -5).messages
    }
  }

  @Test func aCallTakesBothPhonesThroughTheirStates() throws {
    var bench = Bench()
    try bench.play(registered("1000", "1001") + internalCall().flatMap(\.messages), until: 100)
    #expect(bench.states(of: "1000") == [.idle, .inUse, .idle])
    #expect(bench.states(of: "1001") == [.idle, .ringing, .inUse, .idle])
  }

  @Test func aPhoneThatIsNotRegisteredGoesBackToUnavailable() throws {
    var bench = Bench()
    try bench.play(internalCall())
    #expect(bench.states(of: "1001") == [.ringing, .inUse, .unavailable])
  }

  @Test(arguments: [(registers: false, last: ExtensionState.idle), (registers: true, last: .unavailable)])
  func onlyAPhoneAtAFixedAddressIsIdleWithoutRegistering(registers: Bool, last: ExtensionState) throws {
    let endpoint = try #require(IPEndpoint("192.0.2.101"))
    let site = benchSite {
      $0.extensions[1].addresses = [endpoint]
      $0.extensions[1].registers = registers
    }
    var bench = Bench(site: site)
    try bench.play(internalCall())
    #expect(bench.states(of: "1001") == [.ringing, .inUse, last])
  }

  @Test func aPhoneWithoutCallWaitingIsBusy() throws {
    let site = benchSite { $0.extensions[1].hasCallWaiting = false }
    var bench = Bench(site: site)
    try bench.play(internalCall())
    #expect(bench.states(of: "1001") == [.ringing, .busy, .unavailable])
    #expect(bench.appliance.tally.assumptions[.busyWithoutCallWaiting] == 1)
  }

  @Test func aPhoneInTwoCallsStaysInUseUntilTheLastIsOver() throws {
    var bench = Bench()
    try bench.play(internalCall("1000", to: "1001", end: 10) + internalCall("1002", to: "1001", from: 2, end: 20))
    #expect(bench.states(of: "1001") == [.ringing, .inUse, .unavailable])
    let last = bench.journal.last { $0.event == .extensionState(number: "1001", state: .unavailable) }
    #expect(last?.time == moment(22))
  }

  @Test func aPhoneThatOnlyRangIsIdleAgain() throws {
    var bench = Bench()
    try bench.play(registered("1000", "1001") + internalCall(answer: nil).flatMap(\.messages), until: 100)
    #expect(bench.states(of: "1001") == [.idle, .ringing, .idle])
  }

  @Test func numbersNobodyRegisteredAreNotShown() throws {
    var bench = Bench()
    let scan = (0..<20).flatMap { index in
      Registering("9\(index)@192.0.2.66", at: pbxAddress).register(at: 0, credentials: false).reply(401, at: 0.1)
        .messages
    }
    try bench.play(scan, until: 1)
    #expect(bench.journal.isEmpty)
    #expect(bench.appliance.tally.registrationsChallenged == 20)
  }
}
