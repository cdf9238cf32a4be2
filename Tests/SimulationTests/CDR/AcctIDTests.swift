import HardwareProfiles
import PBXModel
import Primitives
import Simulation
import TestSupport
import Testing

/// `AcctId` begins again at 1 every month on the 62xx and 6510 (observed on 13 months), and goes on elsewhere.
@Suite struct AcctIDTests {
  /// `traceStart` is 2026-09-21T14:13:20Z; this is 2026-10-01T00:00:00Z after it.
  private let october = 812_800.0

  private func acctIDs(_ starts: [(Double, Double)], restarts: Bool?, zone: SiteTimeZone = .utc) throws -> [Int] {
    var bench = Bench(profile: profile(acctIDRestartsMonthly: restarts), site: benchSite { $0.timeZone = zone })
    let pairs = [("1000", "1001"), ("1002", "1003"), ("1004", "1005"), ("1006", "1007")]
    let calls = zip(starts, pairs).flatMap { time, pair in
      internalCall(pair.0, to: pair.1, from: time.0, end: time.1)
    }
    try bench.play(calls, until: october + 1_000_000)
    return bench.rows.map(\.acctId)
  }

  @Test(arguments: [(true, [1, 2, 1, 2]), (false, [1, 2, 3, 4]), (nil, [1, 2, 3, 4])])
  func itRestartsOnlyWhereTheModelDoes(restarts: Bool?, ids: [Int]) throws {
    let times = [(0.0, 10.0), (100.0, 10.0), (october + 5, 10.0), (october + 50, 10.0)]
    #expect(try acctIDs(times, restarts: restarts) == ids)
  }

  @Test func theMonthIsTheSites() throws {
    let zone = SiteTimeZone(name: "test", offsets: [.init(since: .epoch, offsetSeconds: 7200)])
    let times = [(october - 8000, 10.0), (october - 7000, 10.0), (october + 5, 10.0)]
    #expect(try acctIDs(times, restarts: true, zone: zone) == [1, 1, 2])
  }

  @Test func aCallThatEndsNextMonthDoesNotRestartItTwice() throws {
    let times = [(october - 1000, 10.0), (october - 100, 400.0), (october + 5, 10.0), (october + 500, 10.0)]
    #expect(try acctIDs(times, restarts: true) == [1, 1, 2, 3])
  }
}
