public import Primitives

/// The appliance's CDR cleaner (Maintenance, Cleaner; reference section 5.7): what it removes, and when it runs.
///
/// It reads no clock: whoever drives it says what time it is. That a call goes with all its rows, and that age is
/// counted from the start of a call's last row, is assumed.
public struct CDRCleaning: Hashable, Sendable {
  /// `Pclean_cdr_interval` has this range.
  public static let intervalRange = 1...30
  /// `Phour_clean_cdr` has this range.
  public static let hourRange = 0...23

  /// `Pen_auto_clean_cdr`; off unless switched on.
  public var isEnabled = false
  /// `Phour_clean_cdr`: the hour of the site's clock at which it runs.
  public var hourOfDay = 0 {
    didSet { hourOfDay = min(max(hourOfDay, Self.hourRange.lowerBound), Self.hourRange.upperBound) }
  }
  /// `Pclean_cdr_interval`: the days from one run to the next, and the age in days past which rows go.
  public var intervalDays = 1 {
    didSet { intervalDays = min(max(intervalDays, Self.intervalRange.lowerBound), Self.intervalRange.upperBound) }
  }
  /// The newest rows stay, whatever their age, and all others go; nil to go by age. The 63xx cleans by a condition too
  /// (documented without its keys).
  public var rowsKept: Int?

  /// The cleaner as it is delivered: switched off.
  public init() {}

  /// The last moment, `now` included, at which the site's clock came to `hourOfDay`.
  public func hourBegin(atOrBefore now: Instant, in zone: SiteTimeZone) -> Instant {
    let local = zone.local(now)
    let today = CivilTime.daysSince1970(year: local.year, month: local.month, day: local.day)
    let begins = (0...2).map { begin(onDay: today - Int64($0), in: zone) }
    return begins.first { $0 <= now } ?? now
  }

  /// Whether it runs now: it is switched on, its hour has come since it ran last, and that is `intervalDays` ago on the
  /// calendar. A cleaner that never ran runs at its first hour.
  public func isDue(at now: Instant, lastRun: Instant?, in zone: SiteTimeZone) -> Bool {
    guard isEnabled else { return false }
    guard let lastRun else { return true }
    let ran = zone.local(lastRun)
    let day = CivilTime.daysSince1970(year: ran.year, month: ran.month, day: ran.day)
    return begin(onDay: day + Int64(intervalDays), in: zone) <= now
  }

  /// When it runs next, not before `start`; nil while it is switched off.
  ///
  /// - Parameter lastRun: nil for one that never ran, which runs at its first hour.
  public func nextRun(from start: Instant, lastRun: Instant?, in zone: SiteTimeZone) -> Instant? {
    guard isEnabled else { return nil }
    let local = zone.local(lastRun ?? start)
    let day = CivilTime.daysSince1970(year: local.year, month: local.month, day: local.day)
    if lastRun != nil { return max(start, begin(onDay: day + Int64(intervalDays), in: zone)) }
    let today = begin(onDay: day, in: zone)
    return today >= start ? today : begin(onDay: day + 1, in: zone)
  }

  private func begin(onDay day: Int64, in zone: SiteTimeZone) -> Instant {
    Instant(seconds: zone.seconds(showing: day * 86_400 + Int64(hourOfDay) * 3600).lowerBound)
  }
}
