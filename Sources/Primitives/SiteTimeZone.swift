/// Offsets from UTC as a table, so that the core needs no time-zone database.
public struct SiteTimeZone: Codable, Hashable, Sendable {
  /// From `since` on, local time is UTC plus `offsetSeconds`.
  public struct Offset: Codable, Hashable, Sendable {
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
  /// In the order of their beginnings; the first also holds for all time before it.
  public let offsets: [Offset]

  /// - Parameter offsets: in any order; the earliest also holds for all time before it. Empty means UTC. Of several at
  ///   one instant the last given holds.
  public init(name: String, offsets: [Offset]) {
    self.name = name
    let ordered = offsets.enumerated().sorted { ($0.element.since, $0.offset) < ($1.element.since, $1.offset) }
    self.offsets = ordered.map(\.element).reduce(into: []) { kept, next in
      if kept.last?.since == next.since { kept.removeLast() }
      kept.append(next)
    }
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

  /// The first and the last whole second at which the wall clock shows a time; they differ where the clock is put back
  /// and shows it twice. A time that it leaps over is that of the leap, because it shows no other so near.
  ///
  /// - Parameter localSeconds: seconds from 1970-01-01 00:00:00 on the wall clock to the time on it.
  public func seconds(showing localSeconds: Int64) -> ClosedRange<Int64> {
    guard let earliest = offsets.first else { return localSeconds...localSeconds }
    var first: Int64?
    var last: Int64?
    var leap: Int64?
    var offset = Int64(earliest.offsetSeconds)
    var begin = Int64.min
    func look(until end: Int64) {
      let candidate = localSeconds.subtractingSaturating(offset)
      guard candidate >= begin, candidate < end || end == .max else { return }
      first = min(first ?? candidate, candidate)
      last = max(last ?? candidate, candidate)
    }
    for change in offsets.dropFirst() {
      let end = change.since.seconds
      look(until: end)
      let isLeaptOver =
        localSeconds.subtractingSaturating(offset) >= end
        && localSeconds.subtractingSaturating(Int64(change.offsetSeconds)) < end
      if leap == nil, isLeaptOver { leap = end }
      begin = end
      offset = Int64(change.offsetSeconds)
    }
    look(until: .max)
    let whenever = leap ?? localSeconds
    guard let first, let last, first <= last else { return whenever...whenever }
    return first...last
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

  /// Seconds from 1970-01-01 00:00:00 on the same clock; turns `init(secondsSince1970:)` around.
  public var secondsSince1970: Int64 {
    Self.daysSince1970(year: year, month: month, day: day) * 86_400 + Int64(hour * 3600 + minute * 60 + second)
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
