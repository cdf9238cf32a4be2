/// Offsets from UTC as a table, so that the core needs no time-zone database.
public struct SiteTimeZone: Hashable, Sendable {
  /// From `since` on, local time is UTC plus `offsetSeconds`.
  public struct Offset: Hashable, Sendable {
    /// The first instant at which this offset holds.
    public var since: Instant
    /// Seconds to add to UTC for the wall clock; positive east of Greenwich, 7200 in Berlin in summer.
    public var offsetSeconds: Int

    /// Takes both values unchecked; an offset of more than a day is possible and only moves the clock that far.
    public init(since: Instant, offsetSeconds: Int) {
      self.since = since
      self.offsetSeconds = offsetSeconds
    }
  }

  /// As written in the site file.
  public let name: String
  private let offsets: [Offset]

  /// - Parameter offsets: in any order; the earliest also holds for all time before it. Empty means UTC.
  public init(name: String, offsets: [Offset]) {
    self.name = name
    self.offsets = offsets.sorted { $0.since < $1.since }
  }

  /// The zone without any offset, which also stands for a site that names none.
  public static let utc = SiteTimeZone(name: "UTC", offsets: [])

  /// Seconds to add to UTC for the wall clock at `instant`; 0 in a zone without offsets.
  public func offsetSeconds(at instant: Instant) -> Int {
    let place = offsetsBegun(by: instant)
    return (place == 0 ? offsets.first : offsets[place - 1])?.offsetSeconds ?? 0
  }

  /// How long before and after `instant` its offset holds: from `since` on, and no longer at `until`.
  func period(at instant: Instant) -> (offsetSeconds: Int, since: Instant, until: Instant) {
    let place = offsetsBegun(by: instant)
    let begun = place == 0 ? nil : offsets[place - 1]
    let until = place < offsets.count ? offsets[place].since : .distantFuture
    return ((begun ?? offsets.first)?.offsetSeconds ?? 0, begun?.since ?? Instant(nanoseconds: .min), until)
  }

  /// How many of `offsets` have begun at `instant`.
  private func offsetsBegun(by instant: Instant) -> Int {
    var low = 0
    var high = offsets.count
    while low < high {
      let middle = (low + high) / 2
      if offsets[middle].since <= instant { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The wall clock at `instant`.
  public func local(_ instant: Instant) -> CivilTime {
    CivilTime(secondsSince1970: instant.seconds.addingSaturating(Int64(offsetSeconds(at: instant))))
  }
}

/// A date and a time of day on the proleptic Gregorian calendar, without a zone.
public struct CivilTime: Hashable, Sendable {
  /// In the proleptic Gregorian calendar, astronomically counted: 1 BC is 0.
  public var year: Int
  /// 1 ... 12.
  public var month: Int
  /// Day of the month, 1 ... 31.
  public var day: Int
  /// 0 ... 23.
  public var hour: Int
  /// 0 ... 59.
  public var minute: Int
  /// 0 ... 59; leap seconds do not occur.
  public var second: Int

  /// Counts days as in H. Hinnant's "chrono-compatible low-level date algorithms".
  public init(secondsSince1970: Int64) {
    let days = Int(secondsSince1970.flooredQuotient(by: 86_400))
    let remainder = Int(secondsSince1970 % 86_400)
    let secondOfDay = remainder < 0 ? remainder + 86_400 : remainder
    let shifted = days + 719_468
    let era = Int64(shifted).flooredQuotient(by: 146_097)
    let dayOfEra = shifted - Int(era) * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + Int(era) * 400 + (month <= 2 ? 1 : 0)
    hour = secondOfDay / 3600
    minute = secondOfDay / 60 % 60
    second = secondOfDay % 60
  }

  /// Days from 1970-01-01 to a date; counts as `init(secondsSince1970:)` does.
  ///
  /// - Parameters:
  ///   - month: 1 ... 12.
  ///   - day: 1 ... 31, not checked against the month.
  public static func daysSince1970(year: Int, month: Int, day: Int) -> Int64 {
    let shiftedYear = Int64(year) - (month <= 2 ? 1 : 0)
    let era = shiftedYear.flooredQuotient(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let marchMonth = Int64(month > 2 ? month - 3 : month + 9)
    let dayOfYear = (153 * marchMonth + 2) / 5 + Int64(day) - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// `YYYY-MM-DD HH:MM:SS`.
  public var text: String { text(separator: UInt8(ascii: " ")) }

  /// The same with another byte between date and time.
  ///
  /// Written digit by digit: every row has three of these.
  func text(separator: UInt8) -> String {
    guard (0...9999).contains(year) else {
      return "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        + String(UnicodeScalar(separator))
        + "\(Self.padded(hour, 2)):\(Self.padded(minute, 2)):\(Self.padded(second, 2))"
    }
    return String(unsafeUninitializedCapacity: 19) { buffer in
      var place = 0
      func put(_ byte: UInt8) {
        buffer.initializeElement(at: place, to: byte)
        place += 1
      }
      func put(_ value: Int, then mark: UInt8?) {
        put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value / 10 % 10))
        put(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: value % 10))
        if let mark { put(mark) }
      }
      put(year / 100, then: nil)
      put(year % 100, then: UInt8(ascii: "-"))
      put(month, then: UInt8(ascii: "-"))
      put(day, then: separator)
      put(hour, then: UInt8(ascii: ":"))
      put(minute, then: UInt8(ascii: ":"))
      put(second, then: nil)
      return place
    }
  }

  static func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  func flooredQuotient(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}

extension Instant {
  /// `2026-11-20T22:29:20.123456Z`.
  public var iso8601: String {
    let civil = CivilTime(secondsSince1970: seconds)
    return civil.text(separator: UInt8(ascii: "T")) + "." + CivilTime.padded(microsecondsOfSecond, 6) + "Z"
  }
}
