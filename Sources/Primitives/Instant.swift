/// A moment on the trace's clock: nanoseconds since 1970-01-01T00:00:00Z.
///
/// Time enters the simulator only through captured frames; nothing below the command line reads a clock.
/// Arithmetic saturates, because a capture file can claim any time it likes.
public struct Instant: Hashable, Comparable, Sendable {
  /// Nanoseconds since 1970-01-01T00:00:00Z, negative before it; reaches from the year 1677 to 2262.
  public var nanoseconds: Int64

  /// The moment so many nanoseconds after 1970-01-01T00:00:00Z.
  public init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  /// Seconds and nanoseconds as capture files store them; out-of-range values saturate.
  public init(seconds: Int64, nanoseconds: Int64 = 0) {
    let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else {
      self.nanoseconds = seconds < 0 ? .min : .max
      return
    }
    self.nanoseconds = product.addingSaturating(nanoseconds)
  }

  /// 1970-01-01T00:00:00Z.
  public static let epoch = Instant(nanoseconds: 0)
  /// The latest instant there is (in the year 2262): later than whatever a trace shows.
  public static let distantFuture = Instant(nanoseconds: .max)

  /// Whole seconds since 1970, rounded down.
  public var seconds: Int64 {
    let quotient = nanoseconds / 1_000_000_000
    return nanoseconds % 1_000_000_000 < 0 ? quotient - 1 : quotient
  }

  /// Microseconds within the second, 0 ... 999,999.
  public var microsecondsOfSecond: Int {
    let remainder = nanoseconds % 1_000_000_000
    return Int((remainder < 0 ? remainder + 1_000_000_000 : remainder) / 1000)
  }

  /// Whether `left` comes before `right` on the trace's clock.
  public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

  /// The instant `right` after `left`; at either end of the range it stays there.
  public static func + (left: Instant, right: Span) -> Instant {
    Instant(nanoseconds: left.nanoseconds.addingSaturating(right.nanoseconds))
  }

  /// The time from `right` to `left`; negative when `left` is earlier.
  public static func - (left: Instant, right: Instant) -> Span {
    let (difference, overflow) = left.nanoseconds.subtractingReportingOverflow(right.nanoseconds)
    return Span(nanoseconds: overflow ? (left < right ? .min : .max) : difference)
  }

  /// The moment a clock shows that follows a capture's: `instant`, but not earlier than it showed before.
  ///
  /// Frames of one capture may stand a little out of order, which is no step of the clock. One that is more than ten
  /// seconds earlier is: the capturing machine's clock was put back, or captures were appended in the wrong order. It
  /// is followed, because what begins then would otherwise seem to last until the old time has come again.
  public func followed(by instant: Instant) -> Instant {
    instant < self && self - instant <= .seconds(10) ? self : instant
  }

  /// A length of time in nanoseconds.
  public struct Span: Hashable, Comparable, Sendable {
    /// The length; negative for a span backwards.
    public var nanoseconds: Int64

    /// A span of so many nanoseconds, which may be negative.
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// No time at all.
    public static let zero = Span(nanoseconds: 0)
    /// A span of whole seconds; one too long for 64 bits of nanoseconds (292 years) saturates.
    public static func seconds(_ seconds: Int64) -> Span {
      let (product, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
      return Span(nanoseconds: overflow ? (seconds < 0 ? .min : .max) : product)
    }
    /// A span of whole milliseconds; one too long for 64 bits of nanoseconds (292 years) saturates.
    public static func milliseconds(_ milliseconds: Int64) -> Span {
      let (product, overflow) = milliseconds.multipliedReportingOverflow(by: 1_000_000)
      return Span(nanoseconds: overflow ? (milliseconds < 0 ? .min : .max) : product)
    }

    /// Whole seconds, cut towards zero, as Asterisk cuts `duration` and `billsec`.
    public var wholeSeconds: Int64 { nanoseconds / 1_000_000_000 }
    /// Both together; at either end of the range it stays there.
    public static func + (left: Span, right: Span) -> Span {
      Span(nanoseconds: left.nanoseconds.addingSaturating(right.nanoseconds))
    }
    /// Whether `left` is shorter than `right`; a negative span is shorter than none.
    public static func < (left: Span, right: Span) -> Bool { left.nanoseconds < right.nanoseconds }
  }
}

extension Int64 {
  func addingSaturating(_ other: Int64) -> Int64 {
    let (sum, overflow) = addingReportingOverflow(other)
    return overflow ? (other < 0 ? .min : .max) : sum
  }

  func subtractingSaturating(_ other: Int64) -> Int64 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    return overflow ? (other < 0 ? .max : .min) : difference
  }
}
