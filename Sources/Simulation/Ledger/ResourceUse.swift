public import HardwareProfiles
public import Primitives

/// Use of one resource over a run.
public struct ResourceUse: Hashable, Sendable {
  /// What the appliance has of it, with its source; nil where nobody knows, and then nothing is refused.
  public internal(set) var limit: Limit? { didSet { most = limit?.value ?? .max } }
  /// The limit's value, asked for at every call without a look at its texts.
  private var most: Int
  /// Taken and not given back, at this moment.
  public private(set) var inUse = 0
  /// The most that was in use at one moment of the run.
  public private(set) var peak = 0
  /// When the peak was first reached; nil while nothing was taken.
  public private(set) var peakAt: Instant?
  /// How often one more was asked for and refused.
  public private(set) var refusals = 0
  /// When that happened first; nil while it did not.
  public private(set) var firstRefusedAt: Instant?
  private var levels = LevelTimes()

  init(limit: Limit?) {
    self.limit = limit
    most = limit?.value ?? .max
  }

  /// Whether one more would be over the limit.
  public var isExhausted: Bool { inUse >= most }

  /// How long more than `percent` of `most` was in use, up to the last change.
  ///
  /// - Parameter most: 1 or more; of a resource of which there is none, no share can be in use.
  public func time(abovePercent percent: Int, of most: Int) -> Instant.Span {
    guard most > 0 else { return .zero }
    return levels.time { level in level.multipliedReportingOverflow(by: 100).partialValue > percent &* most }
  }

  mutating func take(at now: Instant) {
    levels.note(inUse, until: now)
    inUse += 1
    guard inUse > peak else { return }
    peak = inUse
    peakAt = now
  }

  mutating func giveBack(at now: Instant) {
    levels.note(inUse, until: now)
    inUse = max(0, inUse - 1)
  }

  mutating func clear(at now: Instant) {
    levels.note(inUse, until: now)
    inUse = 0
  }

  mutating func refuse(at now: Instant) {
    refusals += 1
    if firstRefusedAt == nil { firstRefusedAt = now }
  }

  /// The run is over: the time since the last change counts too.
  mutating func settle(at now: Instant) { levels.note(inUse, until: now) }
}
