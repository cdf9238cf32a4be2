import Primitives
import Testing

struct OffsetTimestampTests {
  @Test(arguments: [
    ("2026-11-20T23:29:20+01:00", 1_795_213_760, 3600), ("2026-11-20T22:29:20Z", 1_795_213_760, 0),
    ("2026-11-20T16:59:20.123456-05:30", 1_795_213_760, -19_800), ("1970-01-01T00:00:00+00:00", 0, 0),
    ("2024-02-29T00:00:00+00:00", 1_709_164_800, 0), ("0001-01-01T00:00:00+00:00", -62_135_596_800, 0),
    ("9999-12-31T23:59:59-18:00", 253_402_365_599, -64_800),
  ])
  func aTimestampIsReadToTheSecond(text: String, seconds: Int64, offset: Int) {
    let timestamp = OffsetTimestamp(text)
    #expect(timestamp?.seconds == seconds && timestamp?.utcOffsetSeconds == offset)
  }

  @Test(arguments: [
    "", "2026-11-20", "2026-11-20 23:29:20", "2026-11-20T23:29:20", "2026-11-20T23:29:20+0100",
    "2026-11-20T23:29:20+01", "2026-13-20T23:29:20Z", "2026-00-20T23:29:20Z", "2026-02-29T00:00:00Z",
    "2026-11-31T00:00:00Z", "2026-11-00T00:00:00Z", "2026-11-20T24:00:00Z", "2026-11-20T23:60:00Z",
    "2026-11-20T23:29:60Z",
    "0000-01-01T00:00:00Z", "2026-11-20T23:29:20+18:01", "2026-11-20T23:29:20+01:60",
    "2026-11-20T23:29:20.Z", "2026-11-20T23:29:20Z ",
    "20２6-11-20T23:29:20Z", "2026-11-20t23:29:20Z",
  ])
  func anyOtherFormIsRefused(text: String) {
    #expect(OffsetTimestamp(text) == nil)
  }

  @Test(arguments: [0, 3600, -19_800, 20_700, 64_800, -64_800])
  func printingAndReadingAreInverse(offset: Int) {
    // Instants count nanoseconds: they reach from 1677 to 2262.
    for seconds in stride(from: Int64(-9_200_000_000), through: 9_200_000_000, by: 123_456_789) {
      let timestamp = OffsetTimestamp(Instant(seconds: seconds), utcOffsetSeconds: offset)
      #expect(OffsetTimestamp(timestamp.description) == timestamp)
    }
  }

  @Test func anOffsetIsBroughtIntoRangeAndCutToMinutes() {
    #expect(OffsetTimestamp(.epoch, utcOffsetSeconds: .max).description == "1970-01-01T18:00:00+18:00")
    #expect(OffsetTimestamp(.epoch, utcOffsetSeconds: -59).description == "1970-01-01T00:00:00+00:00")
    #expect(OffsetTimestamp(.epoch, utcOffsetSeconds: .min).utcOffsetSeconds == -64_800)
  }
}
