import PBXModel
public import Primitives

extension Ladder {
  /// What stands above the picture.
  var headLines: [String] { heading.lines }
  /// Who called whom, and how it ended.
  public var title: String { heading.title }

  private var heading: CallHeading { CallHeading(call: call, timeZone: timeZone) }
}

extension SiteTimeZone {
  /// The wall clock to the millisecond: `09:57:50.123`.
  public func clock(_ instant: Instant) -> String {
    let milliseconds = String(instant.microsecondsOfSecond / 1000)
    return local(instant).text.suffix(8) + "." + String(repeating: "0", count: 3 - milliseconds.utf8.count)
      + milliseconds
  }
}

extension Instant.Span {
  /// `+0.000412`, from ten seconds on to the millisecond: `+12.345`.
  var signedSeconds: String {
    let microseconds = nanoseconds / 1000
    let magnitude = microseconds.magnitude
    let isShort = magnitude < 10_000_000
    let fraction = isShort ? magnitude % 1_000_000 : magnitude % 1_000_000 / 1000
    let digits = String(fraction)
    return (nanoseconds < 0 ? "-" : "+") + "\(magnitude / 1_000_000)."
      + String(repeating: "0", count: max(0, (isShort ? 6 : 3) - digits.utf8.count)) + digits
  }
}
