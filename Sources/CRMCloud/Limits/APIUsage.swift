import Primitives

/// What an organisation has asked of the API of late.
struct APIUsage: Codable {
  /// Credits are counted in steps of ten minutes, so that a day is 145 numbers however much is asked (assumed).
  private static let step: Int64 = 600
  private static let day: Int64 = 86_400

  private struct Bucket: Codable {
    /// Seconds since 1970 of its beginning.
    let start: Int64
    var credits: Int
  }

  private var buckets: [Bucket] = []
  private var used = 0
  /// Whether nothing is left whatever has been used: an administrator's doing.
  var isExhausted = false
  /// When calls that may still run will end, and whether they are heavy.
  private var running: [Running] = []

  private struct Running: Codable {
    let end: Instant
    let isHeavy: Bool
  }

  /// Credits used in the 24 hours up to `now`.
  mutating func used(at now: Instant) -> Int {
    while let first = buckets.first, now.seconds >= first.start, now.seconds - first.start >= Self.day {
      used -= first.credits
      buckets.removeFirst()
    }
    return used
  }

  mutating func charge(_ credits: Int, at now: Instant) {
    let start = now.seconds / Self.step * Self.step
    used += credits
    // A clock that was put back does not open an old step again.
    if let last = buckets.last, last.start >= start {
      buckets[buckets.count - 1].credits += credits
    } else {
      buckets.append(Bucket(start: start, credits: credits))
    }
  }

  /// Notes a call that takes `latency`; false where it would be one too many at the same time.
  mutating func begin(
    isHeavy: Bool, latency: Instant.Span, concurrency: Int, heavyConcurrency: Int, at now: Instant
  ) -> Bool {
    guard latency > .zero else { return true }
    running.removeAll { $0.end <= now }
    guard running.count < concurrency, !isHeavy || running.count(where: \.isHeavy) < heavyConcurrency else {
      return false
    }
    running.append(Running(end: now + latency, isHeavy: isHeavy))
    return true
  }
}
