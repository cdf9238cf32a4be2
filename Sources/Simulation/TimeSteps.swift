public import Primitives

/// What comes next while time passes: an answer of the CRM, or something the appliance wants to do of its own accord.
///
/// Whoever drives an appliance takes each step at its own time, so that the order is that of the times.
public struct TimeSteps {
  /// One thing to be done.
  public enum Step: Hashable, Sendable {
    /// The answers due by then are to be delivered.
    case answers(Instant)
    /// The appliance is to be woken.
    case wakeUp(Instant)
  }

  private var lastWakeUp: Instant?

  /// No step taken yet.
  public init() {}

  /// The next step up to `now`; nil when nothing more is due by then. An answer comes before a timer of its time.
  ///
  /// - Parameters:
  ///   - answer: when the next answer is due; nil for none.
  ///   - wakeUp: as `Appliance.nextWakeUp` says.
  public mutating func next(until now: Instant, answer: Instant?, wakeUp: Instant?) -> Step? {
    // A timer that does not move on by being woken would never end.
    let wakeUp = wakeUp == lastWakeUp ? nil : wakeUp
    if let answer, answer <= now, answer <= wakeUp ?? .distantFuture { return .answers(answer) }
    guard let wakeUp, wakeUp <= now else { return nil }
    lastWakeUp = wakeUp
    return .wakeUp(wakeUp)
  }
}
