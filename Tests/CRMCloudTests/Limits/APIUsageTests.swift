import Primitives
import Testing

@testable import CRMCloud

/// What every cloud counts its requests with.
struct APIUsageTests {
  private static let start = Instant(seconds: 1_559_466_000)

  @Test(arguments: [
    (0, 3), (86_399, 3), (86_400, 1), (86_400 + 599, 1), (86_400 + 600, 0), (-1, 3), (400_000, 0),
  ])
  func whatIsADayOldIsUsedNoMore(seconds: Int64, left: Int) {
    var usage = APIUsage()
    usage.charge(2, at: Self.start)
    usage.charge(1, at: Self.start + .seconds(600))
    #expect(usage.used(at: Instant(seconds: Self.start.seconds + seconds)) == left)
  }

  @Test func aClockThatIsPutBackLosesNothing() {
    var usage = APIUsage()
    usage.charge(2, at: Self.start)
    usage.charge(5, at: Instant(seconds: Self.start.seconds - 40_000))
    #expect(usage.used(at: Self.start) == 7)
  }

  @Test func onlySoManyCallsRunAtOnceAndFewerHeavyOnes() {
    var usage = APIUsage()
    func begin(_ isHeavy: Bool, _ latency: Int64 = 2, after seconds: Int64 = 0) -> Bool {
      usage.begin(
        isHeavy: isHeavy, latency: .seconds(latency), concurrency: 3, heavyConcurrency: 1,
        at: Self.start + .seconds(seconds))
    }
    #expect(begin(true) && !begin(true) && begin(false) && begin(false))
    #expect(!begin(false) && begin(false, 0))
    #expect(begin(true, after: 2))
  }
}
