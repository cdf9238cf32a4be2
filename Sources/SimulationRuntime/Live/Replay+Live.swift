import PBXModel
public import PacketCapture
public import Primitives
public import Reports
import Simulation

extension Replay {
  /// Takes what happens on an interface through the appliance as it happens; its timers go on while nothing comes.
  ///
  /// Ends when the observer says so, or when nothing more can come, which is among the summary's failures then. The
  /// traces of the options do not count, and neither does their filter.
  ///
  /// - Parameters:
  ///   - clock: that of the frames' times.
  ///   - meter: told how listening goes.
  ///   - remark: told what whoever runs this should know at once.
  public mutating func follow(
    _ source: any LiveFrameSource, clock: @escaping () -> Instant, meter: CaptureMeter = CaptureMeter(),
    remark: (CaptureRemark) -> Void = { _ in }
  ) throws(Failure) -> RunSummary {
    goLive()
    let scan = LiveScan(options.scan, from: source, clock: clock)
    let outcome = scan.run(meter: meter, remark: remark, pass: { pass(to: $0) }) { captured in
      receive(captured)
      return failure == nil && !isStopped
    }
    return try end(outcome)
  }

  /// Time passes while no message comes; false once the run is to end.
  private mutating func pass(to now: Instant) -> Bool {
    guard proceed(to: now) else { return false }
    let observer = observer
    model.advance(to: now) { event in
      observer?.willReceive(event, appliance)
      appliance.receive(event, at: now, effects: &effects)
      observer?.didReceive(event, at: now, appliance)
    }
    appliance.advance(to: now, effects: &effects)
    carryOut(at: now)
    observer?.didProceed(to: now, appliance)
    return failure == nil
  }
}
