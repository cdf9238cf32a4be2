import CRMCloud
import HTTPTypes
import Primitives
import Testing

@Suite struct CloudClockTests {
  private static func wall(_ seconds: Int64) -> Instant { Instant(seconds: 1_800_000_000 + seconds) }
  private static let start = Instant(seconds: 1_559_466_000)

  private static func request(at text: String) -> HTTPRequest {
    var request = HTTPRequest(method: .get, scheme: "https", authority: "a", path: "/")
    request.headerFields[HTTPField.Name(CloudClock.requestTimeField) ?? .date] = text
    return request
  }

  @Test func itRunsFromWhereItIsSet() {
    var clock = CloudClock(startingAt: Self.start, wall: Self.wall(0))
    #expect(clock.now(wall: Self.wall(90)) == Self.start + .seconds(90))
  }

  @Test func itNeverGoesBack() {
    var clock = CloudClock(wall: Self.wall(0))
    #expect(clock.now(wall: Self.wall(10)) == Self.wall(10))
    #expect(clock.now(wall: Self.wall(5)) == Self.wall(10))
    #expect(clock.set(to: Self.wall(9), wall: Self.wall(11)) == false)
    #expect(clock.now(wall: Self.wall(11)) == Self.wall(11))
  }

  @Test func whileFrozenNoTimePasses() {
    var clock = CloudClock(startingAt: Self.start, wall: Self.wall(0))
    clock.go(.frozen, wall: Self.wall(10))
    #expect(clock.now(wall: Self.wall(500)) == Self.start + .seconds(10))
    clock.go(.running, wall: Self.wall(600))
    #expect(clock.now(wall: Self.wall(601)) == Self.start + .seconds(11))
  }

  @Test func itFollowsWhatRequestsTell() {
    var clock = CloudClock.followingRequests
    let told = Instant(nanoseconds: 1_795_251_470_309_747_001)
    #expect(clock.now(wall: Self.wall(0), for: Self.request(at: CloudClock.text(told))) == told)
    #expect(clock.now(wall: Self.wall(99), for: Self.request(at: "1.000000000")) == told)
  }

  @Test(arguments: [
    "", "now", "-1.000000000", "1.5", "99999999999.000000000", "1795251470", "1.00000000x", "1795251470.309747001.1",
  ])
  func anotherFormTellsNothing(text: String) {
    var clock = CloudClock.followingRequests
    #expect(clock.now(wall: Self.wall(0), for: Self.request(at: text)) == .epoch)
  }

  @Test func onlyAClockThatFollowsRequestsListensToThem() {
    var clock = CloudClock(wall: Self.wall(0))
    #expect(clock.now(wall: Self.wall(1), for: Self.request(at: "2000000000.000000000")) == Self.wall(1))
  }

  @Test func afterAStopItGoesOnFromWhatItShowed() {
    var clock = CloudClock(startingAt: Self.start, wall: Self.wall(0))
    _ = clock.now(wall: Self.wall(60))
    clock.resume(as: nil, wall: Self.wall(10_000))
    #expect(clock.now(wall: Self.wall(10_001)) == Self.start + .seconds(61))
    clock.resume(as: CloudClock(startingAt: Self.start, wall: Self.wall(20_000)), wall: Self.wall(20_000))
    #expect(clock.now(wall: Self.wall(20_000)) >= Self.start + .seconds(61))
  }
}
