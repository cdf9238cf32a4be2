/// A moment with the offset of the clock that showed it, as the CRMs write it: `2026-11-20T23:29:20+01:00`.
///
/// The form is RFC 3339 section 5.6 with whole seconds; `Z` reads as `+00:00`, and a fraction is cut off.
public struct OffsetTimestamp: Hashable, Sendable {
  /// Offsets lie between -18:00 and +18:00, the bound ISO 8601 libraries share; real ones reach +14:00.
  public static let largestOffsetSeconds = 18 * 3600

  /// Whole seconds since 1970 on UTC.
  public let seconds: Int64
  /// Seconds east of Greenwich, whole minutes.
  public let utcOffsetSeconds: Int

  /// - Parameter utcOffsetSeconds: brought into range and cut to whole minutes, which is all the text can say.
  public init(_ instant: Instant, utcOffsetSeconds: Int) {
    let bounded = max(-Self.largestOffsetSeconds, min(Self.largestOffsetSeconds, utcOffsetSeconds))
    seconds = instant.seconds
    self.utcOffsetSeconds = bounded / 60 * 60
  }

  /// Reads the text; nil for any other form, for dates and times that do not exist, and for years outside 0001-9999.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8.prefix(64))
    guard bytes.count == text.utf8.count, let parsed = OffsetTimestampReader(bytes: bytes).read() else { return nil }
    (seconds, utcOffsetSeconds) = parsed
  }
}

extension OffsetTimestamp: CustomStringConvertible {
  /// `2026-11-20T23:29:20+01:00`.
  public var description: String {
    let civil = CivilTime(secondsSince1970: seconds + Int64(utcOffsetSeconds))
    let minutes = abs(utcOffsetSeconds) / 60
    var bytes = Array(civil.text(separator: UInt8(ascii: "T")).utf8)
    bytes.append(atMost: 6) { cursor in
      cursor.put(UInt8(ascii: utcOffsetSeconds < 0 ? "-" : "+"))
      cursor.put(twoDigits: UInt64(minutes / 60))
      cursor.put(UInt8(ascii: ":"))
      cursor.put(twoDigits: UInt64(minutes % 60))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Reads `YYYY-MM-DDTHH:MM:SS[.f](Z|+HH:MM)`.
private struct OffsetTimestampReader {
  let bytes: [UInt8]

  func read() -> (seconds: Int64, utcOffsetSeconds: Int)? {
    guard let offset = offset(from: afterFraction(from: 19)), let day = dayStart(), let second = secondOfDay()
    else { return nil }
    return (day + Int64(second - offset), offset)
  }

  /// Seconds from 1970 to the date's midnight.
  private func dayStart() -> Int64? {
    guard has("-", at: 4), has("-", at: 7), let year = number(0..<4), let month = number(5..<7),
      let day = number(8..<10), (1...9999).contains(year), (1...12).contains(month)
    else { return nil }
    let seconds = Self.daysSince1970(year, month, day) * 86_400
    // A day the month does not have comes back as another date.
    let civil = CivilTime(secondsSince1970: seconds)
    return civil.month == month && civil.day == day ? seconds : nil
  }

  private func secondOfDay() -> Int? {
    guard has("T", at: 10), has(":", at: 13), has(":", at: 16), let hour = number(11..<13),
      let minute = number(14..<16), let second = number(17..<19), hour < 24, minute < 60, second < 60
    else { return nil }
    return hour * 3600 + minute * 60 + second
  }

  private func offset(from start: Int) -> Int? {
    if has("Z", at: start) { return bytes.count == start + 1 ? 0 : nil }
    guard has("+", at: start) || has("-", at: start), bytes.count == start + 6, has(":", at: start + 3),
      let hours = number(start + 1..<start + 3), let minutes = number(start + 4..<start + 6), minutes < 60
    else { return nil }
    let seconds = hours * 3600 + minutes * 60
    guard seconds <= OffsetTimestamp.largestOffsetSeconds else { return nil }
    return has("-", at: start) ? -seconds : seconds
  }

  private func afterFraction(from start: Int) -> Int {
    guard has(".", at: start), start + 1 < bytes.count, isDigit(bytes[start + 1]) else { return start }
    var end = start + 1
    while end < bytes.count, isDigit(bytes[end]) { end += 1 }
    return end
  }

  private func number(_ range: Range<Int>) -> Int? {
    guard range.upperBound <= bytes.count, bytes[range].allSatisfy(isDigit) else { return nil }
    return bytes[range].reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  private func has(_ character: Unicode.Scalar, at index: Int) -> Bool {
    index < bytes.count && bytes[index] == UInt8(ascii: character)
  }

  private func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }

  /// Counts days as in H. Hinnant's "chrono-compatible low-level date algorithms".
  private static func daysSince1970(_ year: Int, _ month: Int, _ day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }
}
