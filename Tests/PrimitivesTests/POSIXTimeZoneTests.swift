import Primitives
import Testing

@Suite struct POSIXTimeZoneTests {
  @Test(arguments: [
    // The appliance's own example: UTC-6 in winter, UTC-5 from the first Sunday of April.
    ("MTZ+6MDT+5,M4.1.0,M11.1.0", 1_775_375_999, -21_600),  // 2026-04-05 01:59:59 local
    ("MTZ+6MDT+5,M4.1.0,M11.1.0", 1_775_376_000, -18_000),
    ("MTZ+6MDT+5,M4.1.0,M11.1.0", 1_793_516_399, -18_000),  // 2026-11-01 01:59:59 local
    ("MTZ+6MDT+5,M4.1.0,M11.1.0", 1_793_516_400, -21_600),
    // Berlin: last Sundays of March and October, 01:00 UTC.
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_745_999, 3600),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_746_000, 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_889_999, 7200),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_890_000, 3600),
    // Sydney: summer time runs over New Year.
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_767_225_600, 39_600),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", 1_782_864_000, 36_000),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", 0, 39_600),
    // No summer time; quoted name; half an hour.
    ("IST-5:30", 1_767_225_600, 19_800),
    ("<+0545>-5:45", 1_767_225_600, 20_700),
    // No rules: those of the United States, second Sunday of March.
    ("EST5EDT", 1_772_953_199, -18_000),
    ("EST5EDT", 1_772_953_200, -14_400),
    // Day-of-year rules in a leap year: J60 is 1 March, 59 is 29 February.
    ("AAA0BBB,J60/0,J300/0", 1_709_251_199, 0),
    ("AAA0BBB,J60/0,J300/0", 1_709_251_200, 3600),
    ("AAA0BBB,59/0,300/0", 1_709_164_799, 0),
    ("AAA0BBB,59/0,300/0", 1_709_164_800, 3600),
    // A time before midnight of the rule's day (RFC 8536).
    ("AAA0BBB,M3.5.0/-1,M10.5.0", 1_774_738_799, 0),
    ("AAA0BBB,M3.5.0/-1,M10.5.0", 1_774_738_800, 3600),
    // Times beyond a day (RFC 8536): Greenland's changes are at 22:00 on the Saturday before the last Sunday.
    ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_774_745_999, -10_800),
    ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_774_746_000, -7200),
    ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_792_889_999, -7200),
    ("<-03>3<-02>,M3.5.0/-2,M10.5.0/-1", 1_792_890_000, -10_800),
    // Israel: Friday before the last Sunday of March, written as the fourth Thursday at 26 o'clock: 2026-03-27 00:00Z.
    ("IST-2IDT,M3.4.4/26,M10.5.0", 1_774_569_599, 7200),
    ("IST-2IDT,M3.4.4/26,M10.5.0", 1_774_569_600, 10_800),
    ("AAA0BBB,J1/167,J300", 1_767_826_799, 0),
    ("AAA0BBB,J1/167,J300", 1_767_826_800, 3600),
    // Ireland: standard time is the summer's, and winter is an hour behind.
    ("IST-1GMT0,M10.5.0,M3.5.0/1", 1_774_745_999, 0),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", 1_774_746_000, 3600),
    // Summer time without end (RFC 8536 section 3.3.1), over two New Years.
    ("EST5EDT,0/0,J365/25", 1_767_225_600, -14_400),
    ("EST5EDT,0/0,J365/25", 1_767_243_600, -14_400),
    ("EST5EDT,0/0,J365/25", 1_798_779_600, -14_400),
    ("EST5EDT,0/0,J365/25", 1_780_000_000, -14_400),
    // Day 365 of a year that has only 365 days, counted from 0, is New Year's Day.
    ("AAA0BBB,365/0,100/0", 1_767_225_599, 0),
    ("AAA0BBB,365/0,100/0", 1_767_225_600, 3600),
    // The rule of the appliance's default ended in the United States in 2006: no summer time yet in March.
    ("MTZ+6MDT+5,M4.1.0,M11.1.0", 1_773_500_000, -21_600),
    // Offsets as far as they go, and a name of signs and digits.
    ("ABC24", 0, -86_400), ("ABC-24:59:59", 0, 89_999), ("<+-1>0", 0, 0),
  ])
  func theOffsetAtAKnownInstant(text: String, seconds: Int64, offset: Int) throws {
    let zone = try POSIXTimeZone(text).siteTimeZone()
    #expect(zone.offsetSeconds(at: Instant(seconds: seconds)) == offset)
    #expect(zone.name == text)
  }

  @Test(arguments: [
    ("", 0), ("AB5", 2), ("ABC", 3), ("ABC+", 4), ("ABC25", 3), ("ABC5:60", 5), ("<+03-3", 6), ("ABC5DEF,M3.2.0", 14),
    ("ABC5DEF,M13.1.0,M4.1.0", 9), ("ABC5DEF,M3.6.0,M4.1.0", 11), ("ABC5DEF,M3.1.7,M4.1.0", 13),
    ("ABC5DEF,J0,J10", 9), ("ABC5DEF,366,10", 8), ("ABC5DEF,M3.1.0,M4.1.0 ", 21), ("ABC5DEF,M3.1.0/168,M4.1.0", 15),
    ("ABC5 DEF", 4), ("ABC5DEF,", 8), ("ABC5DEF,,", 8), ("ABC5DEF,M3.2.0/,M4.1.0", 15), ("ABC5DEF,M3.2.0/2:", 17),
    ("ABC5DEF,M3.2.0/--2,M4.1.0", 16), ("ABC5DEF,M3..0,M4.1.0", 11), ("ABC5DEF,J,J1", 9), ("ABC5\u{0}", 4),
    ("ABC9999999999999999999", 3), ("Zoë5", 2), ("<ABC5", 5), ("ABC5DEF,M-3.2.0,M4.1.0", 9),
    ("ABC5DEF,M3.2.0,M4.1.0,", 21),
  ])
  func aMistakeIsReportedWhereItStands(text: String, byteOffset: Int) throws {
    let error = #expect(throws: POSIXTimeZone.SyntaxError.self) { try POSIXTimeZone(text) }
    #expect(error?.byteOffset == byteOffset)
    #expect(error?.expected.isEmpty == false)
  }

  @Test(arguments: [(1970, 1, 1, 0), (2000, 2, 29, 11_016), (2026, 11, 20, 20_777), (1969, 12, 31, -1)])
  func daysCountAsOnTheCalendar(year: Int, month: Int, day: Int, days: Int64) {
    #expect(CivilTime.daysSince1970(year: year, month: month, day: day) == days)
    let civil = CivilTime(secondsSince1970: days * 86_400)
    #expect((civil.year, civil.month, civil.day) == (year, month, day))
  }

  @Test(arguments: [
    String(repeating: "A", count: 100_000), "<" + String(repeating: "+", count: 100_000),
    "ABC5DEF," + String(repeating: "M", count: 100_000), String(repeating: "\u{0}", count: 1000),
    "ABC5DEF,M3.2.0/" + String(repeating: "9", count: 100_000),
  ])
  func aTextWithoutEndIsRefusedAtOnce(text: String) {
    #expect(throws: POSIXTimeZone.SyntaxError.self) { try POSIXTimeZone(text) }
  }
}

@Suite struct WallClockSearchTests {
  @Test(arguments: [
    // Berlin 2026-10-25 02:30 comes twice; the leap of 2026-03-29 has no 02:30 and is at 01:00 UTC.
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_792_895_400, 1_792_888_200, 1_792_891_800),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_774_751_400, 1_774_746_000, 1_774_746_000),
    ("CET-1CEST,M3.5.0,M10.5.0/3", 1_782_000_000, 1_781_992_800, 1_781_992_800),
    ("UTC0", 1_782_000_000, 1_782_000_000, 1_782_000_000),
    ("EST5", -100, 17_900, 17_900),
  ])
  func aTimeOnTheWallClockIsFoundEachTimeItShows(zone: String, local: Int64, first: Int64, last: Int64) throws {
    #expect(try POSIXTimeZone(zone).siteTimeZone().seconds(showing: local) == first...last)
  }

  @Test func everyInstantIsAmongThoseThatShowItsTime() throws {
    for zone in ["MTZ+6MDT+5,M4.1.0,M11.1.0", "AEST-10AEDT,M10.1.0,M4.1.0/3", "<+1030>-10:30<+11>-11,M10.1.0,M4.1.0"] {
      let table = try POSIXTimeZone(zone).siteTimeZone()
      for seconds in stride(from: Int64(1_760_000_000), to: 1_800_000_000, by: 1777) {
        let found = table.seconds(showing: table.local(Instant(seconds: seconds)).secondsSince1970)
        #expect(found.contains(seconds))
      }
    }
  }

  @Test(arguments: [Int64.min, .max, .min + 90_000, .max - 90_000])
  func timesAtTheEndsOfTheRangeDoNotTrap(local: Int64) throws {
    let found = try POSIXTimeZone("ABC-24DEF-24:59:59,0,100").siteTimeZone().seconds(showing: local)
    #expect(found.lowerBound <= found.upperBound)
    #expect(SiteTimeZone.utc.seconds(showing: local) == local...local)
  }

  @Test func aClockFollowsStepsBackAndNotFramesOutOfOrder() {
    let now = Instant(seconds: 1_790_000_000)
    #expect(now.followed(by: now + .seconds(5)) == now + .seconds(5))
    #expect(now.followed(by: now + .seconds(-10)) == now)
    #expect(now.followed(by: now + .seconds(-11)) == now + .seconds(-11))
    #expect(Instant(nanoseconds: .min).followed(by: now) == now)
    #expect(Instant.distantFuture.followed(by: Instant(nanoseconds: .min)) == Instant(nanoseconds: .min))
  }
}
