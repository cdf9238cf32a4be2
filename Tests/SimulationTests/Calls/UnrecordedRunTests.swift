import PBXModel
import Primitives
import TestSupport
import Testing

@testable import Simulation

/// A run whose journal and rows nobody reads comes to the same numbers.
@Suite struct UnrecordedRunTests {
  private func tallies(
    limit: Int?, _ messages: [WrittenMessage], site: Site = benchSite()
  ) throws -> [RunTally] {
    try [true, false].map { isRecorded in
      var bench = Bench(profile: profile(calls: limit), site: site, isRecorded: isRecorded)
      try bench.play(messages, until: 200)
      #expect(bench.effects.isEmpty != isRecorded)
      return bench.appliance.tally
    }
  }

  @Test(arguments: [nil, 0, 1]) func itCountsCallsRowsAndRefusalsAlike(limit: Int?) throws {
    let both = try tallies(
      limit: limit,
      (internalCall("1000", to: "1001", end: 10) + internalCall("1002", to: "1003", from: 2, end: 10)
        + internalCall("1004", to: "1005", from: 20, end: 10)).flatMap(\.messages))
    #expect(both[0] == both[1])
    #expect(both[0].rows == 3)
  }

  @Test func itCountsTheRowsOfAGroupAndWhatTheyLeanOn() throws {
    let site = benchSite { $0.ringGroups = [RingGroup(number: "6400", members: ["1001", "1002"])] }
    let both = try tallies(limit: nil, internalCall("1000", to: "6400", end: 10).flatMap(\.messages), site: site)
    #expect(both[0] == both[1])
    #expect(both[1].rows == 2 && both[1].assumptions[.entranceHasItsRow] == 1)
  }

  @Test func itCountsRegistrationsAlike() throws {
    let phone = Registering("1000@192.0.2.11", at: pbxAddress)
    let both = try tallies(
      limit: nil,
      (phone.register(at: 0, expires: 60, credentials: false).reply(401, at: 0.1).register(at: 0.2, expires: 60)
        .reply(200, at: 0.3).register(at: 1, expires: 60).reply(403, at: 1.1)).messages)
    #expect(both[0] == both[1])
    #expect(both[0].bindingsExpired == 1 && both[0].registrationsRefused == 1)
  }
}
