public import Primitives

/// The highest level of each stretch of time, in a bounded number of stretches.
///
/// All are of one length, which doubles when there would be too many, so that a second and a year both fit. They lie at
/// multiples of their length since 1970, so that time may also go on before the first.
public struct LevelSeries: Hashable, Sendable {
  /// Stretches at most.
  public static let bucketsMax = 2000
  /// Doubled so often, one stretch is longer than all the time there is.
  private static let lengthMax = Int64.max / 4

  /// The length of each stretch.
  public private(set) var length = Instant.Span.seconds(1)
  /// The highest level in each, without a gap.
  public private(set) var maxima: [Int] = []
  private var firstIndex: Int64 = 0

  /// A series that has seen nothing.
  public init() {}

  /// When the first stretch begins; only of a series that has seen something.
  public var start: Instant {
    let (start, isTooFar) = firstIndex.multipliedReportingOverflow(by: length.nanoseconds)
    return Instant(nanoseconds: isTooFar ? (firstIndex < 0 ? .min : .max) : start)
  }

  /// The level was `level` from one instant to another, both included; of two in the wrong order it is one at the
  /// later.
  mutating func note(_ level: Int, from: Instant, to: Instant) {
    let (from, to) = (min(from, to), to)
    var (low, high) = (index(of: from), index(of: to))
    while max(high, lastIndex ?? high) - min(low, maxima.isEmpty ? low : firstIndex) >= Int64(Self.bucketsMax) {
      coarsen()
      (low, high) = (index(of: from), index(of: to))
    }
    if maxima.isEmpty { firstIndex = low }
    if low < firstIndex {
      maxima.insert(contentsOf: repeatElement(0, count: Int(firstIndex - low)), at: 0)
      firstIndex = low
    }
    let places = Int(low - firstIndex)...Int(high - firstIndex)
    if maxima.count <= places.upperBound {
      maxima += repeatElement(0, count: places.upperBound + 1 - maxima.count)
    }
    for place in places { maxima[place] = max(maxima[place], level) }
  }

  private var lastIndex: Int64? { maxima.isEmpty ? nil : firstIndex + Int64(maxima.count) - 1 }

  private func index(of instant: Instant) -> Int64 {
    let (quotient, rest) = instant.nanoseconds.quotientAndRemainder(dividingBy: length.nanoseconds)
    return rest < 0 ? quotient - 1 : quotient
  }

  private mutating func coarsen() {
    guard length.nanoseconds <= Self.lengthMax else { return }
    let newFirst = firstIndex >> 1
    var merged: [Int] = []
    for (offset, level) in maxima.enumerated() {
      let place = Int(((firstIndex + Int64(offset)) >> 1) - newFirst)
      if place < merged.count { merged[place] = max(merged[place], level) } else { merged.append(level) }
    }
    (maxima, firstIndex) = (merged, newFirst)
    length = Instant.Span(nanoseconds: length.nanoseconds * 2)
  }
}
