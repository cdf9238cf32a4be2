import Primitives

/// Times as the database holds them: UTC, `2027-01-15 08:00:00` (measured).
enum SugarTime {
  static func text(_ instant: Instant) -> String {
    OffsetTimestamp(instant, utcOffsetSeconds: 0).description.prefix(19).split(separator: "T").joined(separator: " ")
  }

  /// nil for any other form (measured: it becomes empty, silently).
  static func instant(_ text: String) -> Instant? {
    guard text.utf8.count == 19, text.utf8.dropFirst(10).first == UInt8(ascii: " ") else { return nil }
    let parts = text.split(separator: " ")
    guard parts.count == 2 else { return nil }
    return OffsetTimestamp(parts[0] + "T" + parts[1] + "Z").map { Instant(seconds: $0.seconds) }
  }

  /// As the REST APIs write it: ISO 8601 with offset (documented).
  static func iso(_ text: String) -> String? {
    instant(text).map { OffsetTimestamp($0, utcOffsetSeconds: 0).description }
  }
}
