public import Primitives

/// How many were in use over time: the most in each of a bounded number of equal steps.
///
/// The steps begin with a second and double whenever there would be too many of them.
public struct UseCurve: Hashable, Sendable {
  /// Steps at most.
  public static let stepsMax = 1024
  /// Begin of the first step; nil while nothing was noted.
  public private(set) var start: Instant?
  /// Length of a step.
  public private(set) var step = Instant.Span.seconds(1)
  /// The most in use in each step.
  public private(set) var most: [Int] = []
  private var level = 0

  /// Nothing noted.
  public init() {}

  /// `level` is in use from `now` on. Of a clock that was put back to before the first step nothing is drawn.
  public mutating func note(_ level: Int, at now: Instant) {
    reach(now)
    self.level = level
    if let place = place(of: now), most.indices.contains(place) { most[place] = max(most[place], level) }
  }

  /// The level lasts up to `end`.
  public mutating func finish(at end: Instant) {
    if start != nil { reach(end) }
  }

  private mutating func reach(_ now: Instant) {
    guard start != nil else {
      start = now
      most = [level]
      return
    }
    while let place = place(of: now), place >= Self.stepsMax { coarsen() }
    guard let place = place(of: now), place >= most.count else { return }
    most += repeatElement(level, count: place + 1 - most.count)
  }

  private func place(of now: Instant) -> Int? {
    guard let start, now >= start, step.nanoseconds > 0 else { return nil }
    return Int((now - start).nanoseconds / step.nanoseconds)
  }

  private mutating func coarsen() {
    step = step + step
    most = stride(from: 0, to: most.count, by: 2).map { max(most[$0], $0 + 1 < most.count ? most[$0 + 1] : 0) }
  }
}
