public import Primitives

/// How much of something was in use: the most, when, over time, and in the busiest hour.
public struct UseGauge: Hashable, Sendable {
  /// In use at this moment.
  public private(set) var level = 0
  /// The most in use at one moment.
  public private(set) var peak = 0
  /// When that was first so; nil while nothing was used.
  public private(set) var peakAt: Instant?
  /// How often one was taken.
  public private(set) var seizures = 0
  /// When the most was in use for an hour.
  public private(set) var busyHours: BusyHours
  /// The highest level over time.
  public private(set) var series = LevelSeries()
  private var since: Instant?

  init(timeZone: SiteTimeZone) { busyHours = BusyHours(timeZone: timeZone) }

  /// So many more are in use, or, below 0, fewer.
  mutating func step(by delta: Int, at now: Instant) {
    settle(at: now)
    level = max(0, level + delta)
    seizures += max(0, delta)
    series.note(level, from: now, to: now)
    guard level > peak else { return }
    peak = level
    peakAt = now
  }

  /// Time passed until `now`.
  mutating func settle(at now: Instant) {
    defer { since = now }
    guard let since, since < now else { return }
    busyHours.add(level, from: since, to: now)
    series.note(level, from: since, to: now)
  }

  /// Nothing more comes after `end`.
  mutating func finish(at end: Instant) {
    settle(at: end)
    busyHours.settle()
  }
}
