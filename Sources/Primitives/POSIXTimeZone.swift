/// A time zone written as the POSIX `TZ` variable, which is how the appliance stores a self-defined zone:
/// `MTZ+6MDT+5,M4.1.0,M11.1.0`.
///
/// Form (POSIX.1-2017 section 8.3, with the wider times of RFC 8536 section 3.3.1): `std offset [dst [offset]
/// [,start[/time],end[/time]]]`. Offsets count **west** of Greenwich, so `+6` is UTC-6. A zone with summer time but
/// without rules uses those of the United States since 2007, as the C libraries do.
public struct POSIXTimeZone: Hashable, Sendable {
  /// What was wrong with the text and where.
  public struct SyntaxError: Error, Hashable, Sendable {
    /// Bytes before the place.
    public let byteOffset: Int
    /// What should have stood there.
    public let expected: String
  }

  /// The day a change falls on.
  enum Day: Hashable, Sendable {
    /// `Mm.w.d`: weekday 0 (Sunday) ... 6 of week 1 ... 5 of the month; week 5 is the last.
    case weekday(month: Int, week: Int, weekday: Int)
    /// `Jn`: 1 ... 365, 29 February never counted.
    case julianWithoutLeapDay(Int)
    /// `n`: 0 ... 365, 29 February counted.
    case zeroBased(Int)
  }

  /// A change: the day, and seconds after that day's midnight on the clock in force before it.
  struct Change: Hashable, Sendable {
    var day: Day
    var secondOfDay = 7200
  }

  struct Summer: Hashable, Sendable {
    var offsetSeconds: Int
    var start = Change(day: .weekday(month: 3, week: 2, weekday: 0))
    var end = Change(day: .weekday(month: 11, week: 1, weekday: 0))
  }

  /// As written.
  public let text: String
  /// Seconds east of Greenwich in winter.
  let standardOffsetSeconds: Int
  let summer: Summer?

  /// Reads a zone; anything after it is an error too.
  public init(_ text: String) throws(SyntaxError) {
    var reader = POSIXTimeZoneReader(text)
    self.text = text
    (standardOffsetSeconds, summer) = try reader.zone()
  }

  /// The zone's offsets from the first to the last of `years`.
  public func siteTimeZone(years: ClosedRange<Int> = 1970...2100) -> SiteTimeZone {
    guard let summer else {
      let always = SiteTimeZone.Offset(since: .epoch, offsetSeconds: standardOffsetSeconds)
      return SiteTimeZone(name: text, offsets: [always])
    }
    var offsets: [SiteTimeZone.Offset] = []
    for year in years {
      let start = summer.start.secondsSince1970(in: year) - Int64(standardOffsetSeconds)
      let end = summer.end.secondsSince1970(in: year) - Int64(summer.offsetSeconds)
      offsets.append(.init(since: Instant(seconds: start), offsetSeconds: summer.offsetSeconds))
      offsets.append(.init(since: Instant(seconds: end), offsetSeconds: standardOffsetSeconds))
    }
    // Before the first change the zone is in the half of the year that this change ends.
    let startsFirst = (offsets.first?.since ?? .epoch) < (offsets.dropFirst().first?.since ?? .epoch)
    let before = SiteTimeZone.Offset(
      since: Instant(nanoseconds: .min), offsetSeconds: startsFirst ? standardOffsetSeconds : summer.offsetSeconds)
    return SiteTimeZone(name: text, offsets: [before] + offsets)
  }
}

extension POSIXTimeZone.Change {
  /// The change in `year` on the local clock, as if that clock were UTC.
  fileprivate func secondsSince1970(in year: Int) -> Int64 {
    (day.daysSince1970(in: year)) * 86_400 + Int64(secondOfDay)
  }
}

extension POSIXTimeZone.Day {
  fileprivate func daysSince1970(in year: Int) -> Int64 {
    let newYear = CivilTime.daysSince1970(year: year, month: 1, day: 1)
    switch self {
    case .zeroBased(let day): return newYear + Int64(day)
    case .julianWithoutLeapDay(let day):
      let hasLeapDay = CivilTime.daysSince1970(year: year, month: 3, day: 1) - newYear == 60
      return newYear + Int64(day) - (hasLeapDay && day >= 60 ? 0 : 1)
    case .weekday(let month, let week, let weekday):
      let first = CivilTime.daysSince1970(year: year, month: month, day: 1)
      let next = CivilTime.daysSince1970(year: month == 12 ? year + 1 : year, month: month % 12 + 1, day: 1)
      // 1970-01-01 was a Thursday.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      var day = first + (Int64(weekday) - firstWeekday + 7) % 7 + 7 * Int64(week - 1)
      while day >= next { day -= 7 }
      return day
    }
  }
}
