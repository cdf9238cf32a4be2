public import CRMConnectors
public import PBXModel
public import Primitives
public import SIPCapture
public import Simulation

/// Goes along with a replay: decides when it goes on, and sees the appliance after every step.
///
/// It changes nothing of what the run comes to. All calls come from the thread that runs the replay.
public protocol ReplayObserver: AnyObject {
  /// Returns when the replay may go on to `instant`, or something was ordered; false ends it there.
  func mayProceed(to instant: Instant) -> Bool

  /// The same for what comes between two messages of the trace, as an answer of the CRM.
  func mayPass(to instant: Instant) -> Bool

  /// What was ordered and not taken yet, and when on the trace's clock; nil for nothing. Asked after `mayProceed`,
  /// which is asked again behind each order.
  func takeOrder() -> (order: ReplayOrder, at: Instant)?

  /// A request to the CRM and its answer were written down.
  func didAsk(_ request: CRMRequest)

  /// A message of the trace is to be taken in.
  func willReceive(_ captured: CapturedMessage)

  /// Whether it ends as soon as it can; asked while the replay waits for something else than the observer.
  var isOver: Bool { get }

  /// The replay is about to wait for something else than the observer, as the CRM; nothing changes before `didWait`.
  func willWait()

  /// What it waited for has come, or is given up.
  func didWait()

  /// The trace showed something, and the appliance is to take it in.
  func willReceive(_ event: TraceModel.Event, _ appliance: borrowing Appliance)

  /// The trace showed something, and the appliance has taken it in; what it wants done comes after this.
  func didReceive(_ event: TraceModel.Event, at instant: Instant, _ appliance: borrowing Appliance)

  /// The appliance wanted this, and it was done.
  func didCarryOut(_ effect: Effect)

  /// The CRM answered, and the appliance is to take the answer in.
  func willDeliver(to envelope: CRMEnvelope, _ appliance: borrowing Appliance)

  /// The CRM answered, and the appliance has taken the answer in.
  func didDeliver(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, sent: Instant, answered: Instant, _ appliance: borrowing Appliance)

  /// The traces are at their end; calls that still run are brought to theirs.
  func willFinish(at instant: Instant)

  /// A step was carried out: its rows and journal are written.
  func didProceed(to instant: Instant, _ appliance: borrowing Appliance)
}

extension ReplayObserver {
  /// As for a message.
  public func mayPass(to instant: Instant) -> Bool { mayProceed(to: instant) }

  /// Nothing is ever ordered.
  public func takeOrder() -> (order: ReplayOrder, at: Instant)? { nil }

  /// Nobody wants to know.
  public func didAsk(_ request: CRMRequest) {}
  /// Nothing is done of it.
  public func willReceive(_ captured: CapturedMessage) {}
  /// Nothing is done of it.
  public func didCarryOut(_ effect: Effect) {}
  /// Nothing is done of it.
  public func willReceive(_ event: TraceModel.Event, _ appliance: borrowing Appliance) {}
  /// Nothing is done of it.
  public func willDeliver(to envelope: CRMEnvelope, _ appliance: borrowing Appliance) {}
  /// Nothing is done of it.
  public func didDeliver(
    _ answer: CRMAnswer, to envelope: CRMEnvelope, sent: Instant, answered: Instant, _ appliance: borrowing Appliance
  ) {}
  /// Nothing is done of it.
  public func willFinish(at instant: Instant) {}
  /// Nothing is done of it.
  public func willWait() {}
  /// Nothing is done of it.
  public func didWait() {}
  /// It goes on to its end, unless `mayProceed` says otherwise.
  public var isOver: Bool { false }
}
