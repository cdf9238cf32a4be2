import PBXModel
import PacketCapture
import Primitives
import SIPCapture
import SimulationRuntime
import TestSupport
import Testing

/// Frames as they come, and the time between them, from an interface that a test has written.
@Suite struct LiveScanTests {
  private typealias Step = ScriptedInterface.Step

  /// What a scan came to.
  private struct Seen {
    var passed: [Instant] = []
    /// `pass` and `message` in their order, by what they were told.
    var order: [String] = []
    var remarks: [CaptureRemark] = []
    var outcome: TraceScan.Outcome?
    let meter = CaptureMeter()
  }

  private static func frame(at seconds: Double) -> KeptFrame {
    let phone = Registering("101@192.0.2.20", at: "192.0.2.10", callID: "reg-\(seconds)")
      .register(at: seconds, expires: 60)
    return KeptFrame(phone.messages[0])
  }

  private func scan(
    _ steps: [ScriptedInterface.Step], goingOnWhile isWanted: (Seen) -> Bool = { _ in true }
  ) -> Seen {
    let interface = ScriptedInterface(startingAt: moment(0), steps)
    var seen = Seen()
    let meter = seen.meter
    seen.outcome = LiveScan(TraceScan(sources: []), from: interface, clock: { interface.clock }).run(
      meter: meter, remark: { seen.remarks.append($0) },
      pass: { now in
        seen.passed.append(now)
        seen.order.append("pass")
        return isWanted(seen)
      },
      message: { captured in
        seen.order.append("message \(captured.frame)")
        return isWanted(seen)
      })
    return seen
  }

  @Test func timePassesWhileNothingComes() {
    let seen = scan((1...5).map { Step(clock: moment(Double($0))) })
    // The clock is looked at before each reading, and what came within the settling time may still be on its way.
    #expect(seen.passed == [-0.1, 0.9, 1.9, 2.9, 3.9].map { moment($0) })
  }

  @Test func timeDoesNotPassAMessageThatCameBefore() {
    let seen = scan([
      Step(clock: moment(10), frames: [Self.frame(at: 9.95)]), Step(clock: moment(10.2), frames: []),
      Step(clock: moment(10.4), frames: [Self.frame(at: 10.15)]), Step(clock: moment(10.6)),
    ])
    #expect(seen.order == ["message 1", "pass", "pass", "message 2", "pass", "pass"])
    #expect(seen.passed == [9.95, 9.95, 10.15, 10.3].map { moment($0) })
  }

  @Test func trafficWithoutAPauseLetsTimePassNoFurtherThanItsLastFrame() {
    let seen = scan([
      Step(clock: moment(100), frames: [Self.frame(at: 1)], isDrained: false),
      Step(clock: moment(101), frames: [Self.frame(at: 2)], isDrained: false),
      Step(clock: moment(102), frames: [Self.frame(at: 3)]),
    ])
    #expect(seen.passed == [1, 2, 100.9].map { moment($0) })
  }

  @Test func aClockThatIsPutBackIsFollowed() {
    let seen = scan([
      Step(clock: moment(3600)), Step(clock: moment(3601)), Step(clock: moment(60)), Step(clock: moment(61)),
    ])
    #expect(seen.passed == [-0.1, 3599.9, 3600.9, 59.9].map { moment($0) })
    let little = scan([
      Step(clock: moment(100)), Step(clock: moment(101)), Step(clock: moment(99)), Step(clock: moment(99.5)),
    ])
    #expect(little.passed == [-0.1, 99.9, 100.9, 100.9].map { moment($0) })
  }

  @Test func itEndsWhereSomebodySaysSo() {
    let silent = scan((1...9).map { Step(clock: moment(Double($0))) }, goingOnWhile: { $0.passed.count < 3 })
    #expect(silent.passed.count == 3)
    #expect(silent.outcome?.failures.isEmpty == true)
    let busy = scan(
      [Step(clock: moment(9), frames: (1...5).map { Self.frame(at: Double($0)) })],
      goingOnWhile: { $0.order.count < 2 })
    #expect(busy.order == ["message 1", "message 2"])
  }

  @Test func anInterfaceThatGoesAwayEndsItAndWhatCameBeforeCounts() {
    let seen = scan([Step(clock: moment(2), frames: [Self.frame(at: 1)])])
    #expect(seen.outcome?.account.messages == 1)
    #expect(seen.outcome?.captureNames == ["scripted0"])
    #expect(seen.outcome?.first == moment(1) && seen.outcome?.last == moment(1))
    #expect(
      seen.outcome?.failures.map(\.description) == [
        "scripted0 after frame 1: cannot be listened on: The interface disappeared; what came before is usable; "
          + "look at it with `ip link` and try `tcpdump -i scripted0`"
      ])
  }

  @Test func lossesAreToldOnceAndCounted() {
    func losing(_ clock: Double, _ buffer: Int, _ interface: Int = 0) -> Step {
      var losses = CaptureLosses()
      (losses.byBuffer, losses.byInterface) = (buffer, interface)
      return Step(clock: moment(clock), losses: losses)
    }
    let seen = scan([losing(1, 0), losing(2, 7), losing(3, 9), losing(4, 9, 2), losing(90, 9, 2), losing(91, 10, 2)])
    #expect(seen.remarks.count == 2)
    #expect(
      seen.remarks.first?.description.hasPrefix("7 packets were dropped so far because the buffer was full") == true)
    #expect(seen.meter.figures.droppedByBuffer == 10 && seen.meter.figures.droppedByInterface == 2)
    #expect(seen.outcome?.account.diagnostics[.notCaptured]?.count == 12)
  }

  @Test func anInterfaceThatIsDownIsWaitedFor() {
    let seen = scan([
      Step(clock: moment(1)), Step(clock: moment(2), isUp: false), Step(clock: moment(3), isUp: false),
      Step(clock: moment(4), frames: [Self.frame(at: 3.9)]),
    ])
    #expect(seen.remarks == [.down, .up])
    #expect(seen.meter.figures.isUp && seen.meter.figures.messages == 1)
  }
}
