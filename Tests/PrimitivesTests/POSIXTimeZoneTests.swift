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
    ("ABC5 DEF", 4),
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
}
