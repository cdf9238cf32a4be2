public import PBXModel
public import Primitives
public import Simulation

/// Goes along with a replay: decides when it goes on, and sees the appliance after every step.
///
/// It changes nothing of what the run comes to. All calls come from the thread that runs the replay.
public protocol ReplayObserver: AnyObject {
  /// Returns when the replay may go on to `instant`; false ends it there.
  func mayProceed(to instant: Instant) -> Bool

  /// Whether it ends as soon as it can; asked while the replay waits for something else than the observer.
  var isOver: Bool { get }

  /// The trace showed something, and the appliance has taken it in; what it wants done comes after this.
  func didReceive(_ event: TraceModel.Event, at instant: Instant, _ appliance: borrowing Appliance)

  /// A step was carried out: its rows and journal are written.
  func didProceed(to instant: Instant, _ appliance: borrowing Appliance)
}

extension ReplayObserver {
  /// It goes on to its end, unless `mayProceed` says otherwise.
  public var isOver: Bool { false }
}
