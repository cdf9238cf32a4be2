import Primitives
import TestSupport
import Testing

@Suite struct CivilTimeTests {
  @Test(
    arguments: [
      (0, "1970-01-01 00:00:00"), (-1, "1969-12-31 23:59:59"), (951_868_799, "2000-02-29 23:59:59"),
      (951_868_800, "2000-03-01 00:00:00"), (4_107_542_400, "2100-03-01 00:00:00"),
      (4_107_542_399, "2100-02-28 23:59:59"),
      (1_798_761_599, "2026-12-31 23:59:59"), (253_402_300_799, "9999-12-31 23:59:59"),
      (-62_135_596_800, "0001-01-01 00:00:00"),
      (-62_135_596_801, "0000-12-31 23:59:59"),
    ] as [(Int64, String)])
  func secondsBecomeADateAndATimeOfDay(seconds: Int64, text: String) {
    #expect(CivilTime(secondsSince1970: seconds).text == text)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func countingDaysForthAndBackGivesTheSameDay(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let seconds = Int64.random(in: -100_000_000_000...300_000_000_000, using: &generator)
    let civil = CivilTime(secondsSince1970: seconds)
    #expect((1...12).contains(civil.month))
    #expect((1...31).contains(civil.day))
    let days = CivilTime.daysSince1970(year: civil.year, month: civil.month, day: civil.day)
    #expect(days * 86_400 + Int64(civil.hour * 3600 + civil.minute * 60 + civil.second) == seconds)
  }

  @Test(arguments: [Int64.min, .min + 1, .min + 86_400, .max - 86_400, .max])
  func theEndsOfTimeHaveATimeOfDayToo(seconds: Int64) {
    let civil = CivilTime(secondsSince1970: seconds)
    #expect((1...12).contains(civil.month))
    #expect((0...23).contains(civil.hour))
    #expect((0...59).contains(civil.minute))
    #expect((0...59).contains(civil.second))
  }
}

@Suite struct SiteTimeZoneTests {
  static let zone = SiteTimeZone(
    name: "Europe/Berlin",
    offsets: [
      .init(since: Instant(seconds: 1_792_890_000), offsetSeconds: 3600),
      .init(since: Instant(seconds: 1000), offsetSeconds: 3601),
      .init(since: Instant(seconds: 1_774_746_000), offsetSeconds: 7200),
    ])

  @Test(
    arguments: [
      (1_774_746_000, 0, 7200), (1_774_745_999, 999_999_999, 3601), (1_792_889_999, 999_999_999, 7200),
      (1_792_890_000, 0, 3600),
      (.max, 0, 3600), (1000, 0, 3601),
      // The earliest offset also holds for all time before it.
      (999, 0, 3601), (.min, 0, 3601),
    ] as [(Int64, Int64, Int)])
  func anOffsetHoldsFromItsInstantOn(seconds: Int64, nanoseconds: Int64, offset: Int) {
    #expect(Self.zone.offsetSeconds(at: Instant(seconds: seconds, nanoseconds: nanoseconds)) == offset)
  }

  @Test func withoutOffsetsTheZoneIsUTC() {
    #expect(SiteTimeZone.utc.offsetSeconds(at: .epoch) == 0)
    #expect(SiteTimeZone.utc.local(Instant(seconds: 86_399)).text == "1970-01-01 23:59:59")
  }

  @Test func localTimeIsUTCPlusTheOffset() {
    #expect(Self.zone.local(Instant(seconds: 1_774_745_999)).text == "2026-03-29 02:00:00")
    #expect(Self.zone.local(Instant(seconds: 1_774_746_000)).text == "2026-03-29 03:00:00")
    let west = SiteTimeZone(name: "west", offsets: [.init(since: .epoch, offsetSeconds: -3600)])
    #expect(west.local(.epoch).text == "1969-12-31 23:00:00")
  }

  @Test(arguments: [Int.min, Int.max])
  func anAbsurdOffsetDoesNotOverflow(offset: Int) {
    let zone = SiteTimeZone(name: "absurd", offsets: [.init(since: .epoch, offsetSeconds: offset)])
    #expect((1...12).contains(zone.local(.distantFuture).month))
    #expect((1...12).contains(zone.local(Instant(nanoseconds: .min)).month))
  }
}
