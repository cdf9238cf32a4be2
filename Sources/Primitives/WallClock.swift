/// Writes instants as a site's clock shows them, `YYYY-MM-DD HH:MM:SS`.
///
/// Remembers the day it wrote last, because the times of a run come in about their order: the same texts as
/// `SiteTimeZone.local(_:)` gives, at a fraction of the cost.
public struct WallClock: Sendable {
  /// Bytes of a text; of a year that four digits do not hold there are more (`textBytesMax`).
  private static let dateBytes = 10
  /// Bytes that no text is longer than.
  public static let textBytesMax = 64

  /// Whose clock it is.
  public let timeZone: SiteTimeZone
  /// From the first of these instants to before the second, the date is `date` and the offset the same.
  private var since = Instant.distantFuture
  private var until = Instant.distantFuture
  /// Second of the local day at `since`.
  private var secondOfDay: Int64 = 0
  private var date: [UInt8] = []

  /// The clock of a site in this zone.
  public init(timeZone: SiteTimeZone) {
    self.timeZone = timeZone
  }

  /// Writes what the clock shows at `instant`.
  public mutating func put(_ instant: Instant, into cursor: inout ByteCursor) {
    if !(since <= instant && instant < until) { turnTo(instant) }
    guard since <= instant, instant < until, date.count == Self.dateBytes else {
      cursor.put(timeZone.local(instant).text)
      return
    }
    let second = UInt64(clamping: secondOfDay + (instant.seconds - since.seconds))
    date.withUnsafeBufferPointer { cursor.put($0) }
    cursor.put(UInt8(ascii: " "))
    cursor.put(twoDigits: second / 3600)
    cursor.put(UInt8(ascii: ":"))
    cursor.put(twoDigits: second / 60 % 60)
    cursor.put(UInt8(ascii: ":"))
    cursor.put(twoDigits: second % 60)
  }

  /// Takes the day of `instant`, as far as one offset holds in it.
  private mutating func turnTo(_ instant: Instant) {
    let period = timeZone.period(at: instant)
    let offset = Int64(clamping: period.offsetSeconds)
    let local = instant.seconds.addingSaturating(offset)
    let (midnight, underflow) = local.flooredQuotient(by: 86_400).multipliedReportingOverflow(by: 86_400)
    let (start, startOverflow) = midnight.subtractingReportingOverflow(offset)
    guard !underflow, !startOverflow else {
      (since, until) = (.distantFuture, .distantFuture)
      return
    }
    since = max(period.since, Instant(seconds: start))
    until = min(period.until, Instant(seconds: start.addingSaturating(86_400)))
    secondOfDay = since.seconds - start
    date = Array(CivilTime(secondsSince1970: midnight).text.utf8.prefix { $0 != UInt8(ascii: " ") })
  }
}
