import Primitives
import TestSupport
import Testing

private func shown(_ clock: inout WallClock, at instant: Instant) -> String {
  String(atMost: WallClock.textBytesMax) { clock.put(instant, into: &$0) }
}

@Suite struct WallClockTests {
  private static let zones: [SiteTimeZone] = [
    .utc, .berlin2023,
    // The appliance's own default, west of Greenwich.
    SiteTimeZone(
      name: "MTZ+6MDT+5", offsets: [.init(since: .epoch, offsetSeconds: -21_600)]),
    // A change in the middle of a day, by an odd number of seconds and not on the second.
    SiteTimeZone(
      name: "odd",
      offsets: [
        .init(since: Instant(seconds: 1_683_800_000), offsetSeconds: -3),
        .init(since: Instant(seconds: 1_683_815_430, nanoseconds: 500), offsetSeconds: 12_345),
      ]),
    // More than a day, and past every calendar.
    SiteTimeZone(name: "far", offsets: [.init(since: .epoch, offsetSeconds: 1_000_000)]),
    SiteTimeZone(name: "farther", offsets: [.init(since: .epoch, offsetSeconds: .max)]),
    SiteTimeZone(name: "before", offsets: [.init(since: .epoch, offsetSeconds: .min)]),
  ]

  @Test(arguments: zones.indices, 0..<20 as Range<UInt64>)
  func itShowsWhatTheZoneSaysInWhateverOrderItIsAsked(zone: Int, seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    var clock = WallClock(timeZone: Self.zones[zone])
    var instant = Instant(seconds: 1_683_815_430)
    for _ in 0..<200 {
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: instant = Instant(nanoseconds: .random(in: .min ... .max, using: &generator))
      case 1: instant = instant + .seconds(.random(in: -200_000...200_000, using: &generator))
      case 2: instant = Instant(seconds: 1_683_815_430 + .random(in: -2...2, using: &generator), nanoseconds: 499)
      default: instant = instant + .milliseconds(.random(in: -9000...90_000, using: &generator))
      }
      #expect(shown(&clock, at: instant) == Self.zones[zone].local(instant).text, "\(instant)")
    }
  }

  @Test(arguments: zones.indices)
  func theEndsOfTimeAreShownToo(zone: Int) {
    var clock = WallClock(timeZone: Self.zones[zone])
    for nanoseconds in [Int64.min, .min + 1, -1, 0, 1, .max - 1, .max] {
      let instant = Instant(nanoseconds: nanoseconds)
      #expect(shown(&clock, at: instant) == Self.zones[zone].local(instant).text)
    }
  }

  @Test func midnightAndTheChangeOfSummerTimeBeginAnotherText() {
    var clock = WallClock(timeZone: .berlin2023)
    let seconds: [Int64] = [1_683_842_399, 1_683_842_400, 1_698_541_199, 1_698_541_200, 1_679_792_399, 1_679_792_400]
    #expect(
      seconds.map { shown(&clock, at: Instant(seconds: $0)) } == [
        "2023-05-11 23:59:59", "2023-05-12 00:00:00", "2023-10-29 02:59:59", "2023-10-29 02:00:00",
        "2023-03-26 01:59:59", "2023-03-26 03:00:00",
      ])
  }
}
