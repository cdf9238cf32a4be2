import Primitives

extension Entry {
  /// `2026-01-31T08:00:00Z`: a date and a time of day in UTC (RFC 3339 without fractions and offsets).
  func instant() -> Instant? {
    parsed(as: "a time", remedy: "write it in UTC as 2026-01-31T08:00:00Z", Instant.init(utc:))
  }
}

extension Instant {
  fileprivate init?(utc text: String) {
    let parts = text.split(omittingEmptySubsequences: false) { "-T:Z".contains($0) }
    let numbers = parts.compactMap { $0.isDigits(1...4) ? Int64($0) : nil }
    guard numbers.count == 6, numbers[3] < 24, numbers[4] < 60, numbers[5] < 60 else { return nil }
    let days = CivilTime.daysSince1970(year: Int(numbers[0]), month: Int(numbers[1]), day: Int(numbers[2]))
    let seconds = days * 86_400 + numbers[3] * 3600 + numbers[4] * 60 + numbers[5]
    // A day or month that is not on the calendar comes back as another one, and so does every other form.
    let written = CivilTime(secondsSince1970: seconds).text.split(separator: " ").joined(separator: "T") + "Z"
    guard written == text else { return nil }
    self.init(seconds: seconds)
  }
}
