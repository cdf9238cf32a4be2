import ArgumentParser
import Primitives

/// A moment on the command line: a date, perhaps with a time of day, perhaps with its offset from UTC; or epoch
/// seconds.
///
/// `2026-11-20`, `2026-11-20 09:30`, `2026-11-20T09:30:15.5+01:00`, `1795166400`. Without an offset it is on the wall
/// clock of the site, as the rows are. What is not written is a span: a date is a day, a time without seconds a minute.
struct TimeText: ExpressibleByArgument {
  /// On the clock of `offsetSeconds`, or of the site; as if that clock were UTC.
  private var localSeconds: Int64 = 0
  private var nanoseconds: Int64 = 0
  private var offsetSeconds: Int64?
  /// 0 where the moment is written to a part of a second.
  private var spanSeconds: Int64 = 1

  /// What was wrong with a text: bytes before the place, and what should have stood there.
  struct SyntaxError: Error {
    var byteOffset: Int
    var expected: String
  }

  init?(argument: String) { try? self.init(argument) }

  /// For `transform:`, so that the message names the place.
  static func option(_ text: String) throws -> TimeText {
    do throws(SyntaxError) { return try TimeText(text) } catch {
      throw ValidationError("'\(text)' is no time: after \(error.byteOffset) bytes expected \(error.expected).")
    }
  }

  init(_ text: String) throws(SyntaxError) {
    var reader = Reader(bytes: Array(text.utf8))
    if (9...11).contains(reader.bytes.count), reader.bytes.allSatisfy({ (48...57).contains($0) }) {
      localSeconds = Int64(text) ?? 0
      offsetSeconds = 0
      return
    }
    try readDate(&reader)
    guard !reader.isAtEnd else {
      spanSeconds = 86_400
      return
    }
    guard reader.take(" ") || reader.take("T") else { throw reader.expected("a time of day after the date") }
    try readTime(&reader)
    try readOffset(&reader)
    guard reader.isAtEnd else { throw reader.expected("the end of the time") }
  }

  private mutating func readDate(_ reader: inout Reader) throws(SyntaxError) {
    let year = try reader.number(4, 1...9999, "a date as 2026-11-20")
    try reader.need("-", "- and the month")
    let month = try reader.number(2, 1...12, "a month, 01 to 12")
    try reader.need("-", "- and the day")
    let start = reader.position
    let day = try reader.number(2, 1...31, "a day, 01 to 31")
    localSeconds = CivilTime.daysSince1970(year: year, month: month, day: day) * 86_400
    guard CivilTime(secondsSince1970: localSeconds).day == day else {
      throw SyntaxError(byteOffset: start, expected: "a day that the month has")
    }
  }

  private mutating func readTime(_ reader: inout Reader) throws(SyntaxError) {
    let hour = try reader.number(2, 0...23, "an hour, 00 to 23")
    try reader.need(":", ": and the minutes")
    let minute = try reader.number(2, 0...59, "minutes, 00 to 59")
    localSeconds += Int64(hour * 3600 + minute * 60)
    spanSeconds = 60
    guard reader.take(":") else { return }
    localSeconds += Int64(try reader.number(2, 0...59, "seconds, 00 to 59"))
    spanSeconds = 1
    guard reader.take(".") else { return }
    spanSeconds = 0
    var unit: Int64 = 100_000_000
    repeat {
      nanoseconds += Int64(try reader.number(1, 0...9, "a digit")) * unit
      unit /= 10
    } while reader.isAtDigit
  }

  private mutating func readOffset(_ reader: inout Reader) throws(SyntaxError) {
    guard !reader.isAtEnd else { return }
    if reader.take("Z") {
      offsetSeconds = 0
      return
    }
    let isWest = reader.take("-")
    guard isWest || reader.take("+") else { throw reader.expected("Z, an offset as +01:00, or the end") }
    let hours = try reader.number(2, 0...18, "hours, 00 to 18")
    try reader.need(":", ": and the minutes of the offset")
    let minutes = try reader.number(2, 0...59, "minutes, 00 to 59")
    offsetSeconds = Int64(hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }

  /// The first moment of what is written; where the site's clock shows it twice, of the first time.
  func first(in zone: SiteTimeZone) -> Instant {
    Instant(seconds: instants(of: localSeconds, in: zone).lowerBound, nanoseconds: nanoseconds)
  }

  /// The first moment after what is written; where the site's clock shows it twice, after the second time.
  func end(in zone: SiteTimeZone) -> Instant {
    guard spanSeconds > 0 else {
      return Instant(seconds: instants(of: localSeconds, in: zone).upperBound, nanoseconds: nanoseconds + 1)
    }
    return Instant(seconds: instants(of: localSeconds + spanSeconds - 1, in: zone).upperBound + 1)
  }

  private func instants(of local: Int64, in zone: SiteTimeZone) -> ClosedRange<Int64> {
    guard let offsetSeconds else { return zone.seconds(showing: local) }
    return (local - offsetSeconds)...(local - offsetSeconds)
  }

  private struct Reader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position >= bytes.count }
    var isAtDigit: Bool { !isAtEnd && (48...57).contains(bytes[position]) }

    func expected(_ what: String) -> SyntaxError { SyntaxError(byteOffset: position, expected: what) }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard !isAtEnd, bytes[position] == UInt8(ascii: character) else { return false }
      position += 1
      return true
    }

    mutating func need(_ character: Unicode.Scalar, _ what: String) throws(SyntaxError) {
      guard take(character) else { throw expected(what) }
    }

    mutating func number(_ digits: Int, _ range: ClosedRange<Int>, _ what: String) throws(SyntaxError) -> Int {
      let start = position
      var value = 0
      while isAtDigit, position - start < digits {
        value = value * 10 + Int(bytes[position] - 48)
        position += 1
      }
      guard position - start == digits, range.contains(value) else {
        throw SyntaxError(byteOffset: start, expected: what)
      }
      return value
    }
  }
}
