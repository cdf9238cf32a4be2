import Primitives
import Testing

@Suite struct InstantTests {
  @Test(
    arguments: [
      (0, 0, 0), (1, 500_000_000, 1_500_000_000), (-1, 1, -999_999_999), (9_223_372_036, 854_775_807, Int64.max),
      (9_223_372_036, 854_775_808, .max), (9_223_372_037, -1_000_000_000, .max), (.max, 0, .max), (.min, 0, .min),
      (-9_223_372_036, -999_999_999, .min), (0, .max, .max), (1, .max, .max), (-1, .min, .min),
    ] as [(Int64, Int64, Int64)])
  func secondsAndNanosecondsAddUpOrSaturate(seconds: Int64, nanoseconds: Int64, total: Int64) {
    #expect(Instant(seconds: seconds, nanoseconds: nanoseconds).nanoseconds == total)
  }

  @Test(
    arguments: [
      (0, 0, 0), (1_999_999_999, 1, 999_999), (-1, -1, 999_999), (-1_000_000_000, -1, 0), (-999, -1, 999_999),
      (.max, 9_223_372_036, 854_775), (.min, -9_223_372_037, 145_224),
    ] as [(Int64, Int64, Int)])
  func secondsAreRoundedDownAndTheRestIsNeverNegative(nanoseconds: Int64, seconds: Int64, microseconds: Int) {
    let instant = Instant(nanoseconds: nanoseconds)
    #expect(instant.seconds == seconds)
    #expect(instant.microsecondsOfSecond == microseconds)
  }

  @Test func arithmeticSaturates() {
    let last = Instant.distantFuture
    let first = Instant(nanoseconds: .min)
    #expect(last + .seconds(1) == last)
    #expect(first + .seconds(-1) == first)
    #expect((last - first).nanoseconds == .max)
    #expect((first - last).nanoseconds == .min)
    #expect(Instant(seconds: 3) - Instant(seconds: 5) == .seconds(-2))
    #expect(Instant(seconds: 5) + .milliseconds(250) == Instant(seconds: 5, nanoseconds: 250_000_000))
    #expect(Instant.Span.seconds(.max).nanoseconds == .max)
    #expect(Instant.Span.seconds(.min).nanoseconds == .min)
    #expect(Instant.Span.milliseconds(.max).nanoseconds == .max)
    #expect(Instant.Span.milliseconds(.min).nanoseconds == .min)
  }

  @Test(arguments: [(1_999_999_999, 1), (-1_999_999_999, -1), (999_999_999, 0), (-999_999_999, 0)] as [(Int64, Int64)])
  func wholeSecondsAreCutTowardsZero(nanoseconds: Int64, seconds: Int64) {
    #expect(Instant.Span(nanoseconds: nanoseconds).wholeSeconds == seconds)
  }

  @Test func instantsAndSpansAreOrderedByTime() {
    #expect(Instant(nanoseconds: .min) < .epoch)
    #expect(Instant.epoch < .distantFuture)
    #expect(Instant.Span.milliseconds(999) < .seconds(1))
    #expect(!(Instant.Span.zero < .zero))
  }

  @Test(
    arguments: [
      (0, "1970-01-01T00:00:00.000000Z"), (1_795_213_760_123_456_789, "2026-11-20T22:29:20.123456Z"),
      (-1, "1969-12-31T23:59:59.999999Z"), (951_782_400_000_000_000, "2000-02-29T00:00:00.000000Z"),
      (.max, "2262-04-11T23:47:16.854775Z"), (.min, "1677-09-21T00:12:43.145224Z"),
    ] as [(Int64, String)])
  func anInstantIsWrittenInISO8601(nanoseconds: Int64, text: String) {
    #expect(Instant(nanoseconds: nanoseconds).iso8601 == text)
  }
}
