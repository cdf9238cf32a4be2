import PBXModel
import Primitives

/// Writes instants as the appliance does, `YYYY-MM-DD HH:MM:SS` on the site's wall clock.
///
/// Rows of one batch are of one day, mostly, so its text and its offset are kept from one to the next.
struct WallClockText {
  private let timeZone: SiteTimeZone
  /// Seconds since 1970 in which `offsetSeconds` and the text of the day hold.
  private var day: Range<Int64> = 0..<0
  private var offsetSeconds: Int64 = 0
  private var dayText: [UInt8] = []

  init(_ timeZone: SiteTimeZone) {
    self.timeZone = timeZone
  }

  mutating func append(_ instant: Instant, to bytes: inout [UInt8]) {
    let seconds = instant.seconds
    if !day.contains(seconds) { turn(to: instant) }
    guard day.contains(seconds) else {
      bytes.append(contentsOf: timeZone.local(instant).text.utf8)
      return
    }
    bytes.append(contentsOf: dayText)
    let second = Int((seconds + offsetSeconds) % 86_400)
    append(second / 3600, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(second / 60 % 60, to: &bytes)
    bytes.append(UInt8(ascii: ":"))
    append(second % 60, to: &bytes)
  }

  private func append(_ value: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value / 10))
    bytes.append(UInt8(ascii: "0") &+ UInt8(truncatingIfNeeded: value % 10))
  }

  /// A day whose offset changes is not kept, nor one before 1970.
  private mutating func turn(to instant: Instant) {
    let offset = Int64(timeZone.offsetSeconds(at: instant))
    let local = instant.seconds + offset
    guard local >= 0 else { return }
    let first = local / 86_400 * 86_400 - offset
    let last = first + 86_399
    let changes = timeZone.offsets.contains { (first...last).contains($0.since.seconds) }
    guard !changes else { return }
    day = first..<(last + 1)
    offsetSeconds = offset
    dayText = Array(timeZone.local(instant).text.utf8.dropLast(8))
  }
}
