import Primitives

/// A bound of `startTime` or `endTime` (documented): `YYYY-MM-DDTHH:MM[:SS[.SSS]]`, a date or a time of day alone,
/// `now`, or the digits of an epoch time; with an offset from UTC behind a time.
///
/// Without a date it is 2000-01-01, without a time 00:00 UTC (documented).
struct CDRTime {
  let instant: Instant
  /// The first moment that is later than what is written; rows have whole seconds.
  let end: Instant

  /// nil for every other text.
  ///
  /// - Parameter allowsSpace: whether a space may stand for the `T` between date and time.
  init?(
    _ text: String, now: Instant, zone: SiteTimeZone, unmarked: DoorSettings.UnmarkedTimes, allowsSpace: Bool
  ) {
    let bytes = Array(text.utf8)
    if text == "now" {
      (instant, end) = (now, now + .seconds(1))
      return
    }
    if (1...11).contains(bytes.count), bytes.allSatisfy({ (48...57).contains($0) }) {
      instant = Instant(seconds: Int64(text) ?? 0)
      end = instant + .seconds(1)
      return
    }
    var reader = Reader(bytes: bytes[...])
    var days = CivilTime.daysSince1970(year: 2000, month: 1, day: 1)
    if bytes.count >= 5, bytes[4] == UInt8(ascii: "-") {
      guard let date = reader.date() else { return nil }
      days = date
      guard !reader.isAtEnd else {
        instant = Instant(seconds: days * 86_400)
        end = instant + .seconds(1)
        return
      }
      guard reader.take("T") || (allowsSpace && reader.take(" ")) else { return nil }
    }
    guard let time = reader.time(), let offset = reader.offset(), reader.isAtEnd else { return nil }
    let local = days * 86_400 + time.seconds
    let seconds: ClosedRange<Int64>
    switch (offset.seconds, unmarked) {
    case (let known?, _): seconds = (local - known)...(local - known)
    case (nil, .utc): seconds = local...local
    case (nil, .site): seconds = zone.seconds(showing: local)
    }
    instant = Instant(seconds: seconds.lowerBound, nanoseconds: time.nanoseconds)
    end = Instant(seconds: seconds.upperBound, nanoseconds: time.nanoseconds) + .seconds(1)
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>

    var isAtEnd: Bool { bytes.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard bytes.first == UInt8(ascii: character) else { return false }
      bytes = bytes.dropFirst()
      return true
    }

    private mutating func number(_ digits: Int, _ range: ClosedRange<Int>) -> Int? {
      let text = bytes.prefix(digits)
      guard text.count == digits, text.allSatisfy({ (48...57).contains($0) }) else { return nil }
      let value = text.reduce(0) { $0 * 10 + Int($1 - 48) }
      bytes = bytes.dropFirst(digits)
      return range.contains(value) ? value : nil
    }

    mutating func date() -> Int64? {
      guard let year = number(4, 1...9999), take("-"), let month = number(2, 1...12), take("-"),
        let day = number(2, 1...31)
      else { return nil }
      let days = CivilTime.daysSince1970(year: year, month: month, day: day)
      return CivilTime(secondsSince1970: days * 86_400).day == day ? days : nil
    }

    mutating func time() -> (seconds: Int64, nanoseconds: Int64)? {
      guard let hour = number(2, 0...23), take(":"), let minute = number(2, 0...59) else { return nil }
      var seconds = Int64(hour * 3600 + minute * 60)
      guard take(":") else { return (seconds, 0) }
      guard let second = number(2, 0...59) else { return nil }
      seconds += Int64(second)
      guard take(".") else { return (seconds, 0) }
      var (nanoseconds, unit) = (Int64(0), Int64(100_000_000))
      guard let first = number(1, 0...9) else { return nil }
      nanoseconds = Int64(first) * unit
      while unit > 1, let digit = bytes.first, (48...57).contains(digit) {
        unit /= 10
        nanoseconds += Int64(digit - 48) * unit
        bytes = bytes.dropFirst()
      }
      return (seconds, nanoseconds)
    }

    /// Seconds east of UTC, nil where nothing is said; nil altogether for anything else.
    mutating func offset() -> (seconds: Int64?, Void)? {
      if isAtEnd { return (nil, ()) }
      if take("Z") { return (0, ()) }
      let isWest = take("-")
      guard isWest || take("+"), let hours = number(2, 0...18) else { return nil }
      _ = take(":")
      guard let minutes = number(2, 0...59) else { return nil }
      return (Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1), ())
    }
  }
}
