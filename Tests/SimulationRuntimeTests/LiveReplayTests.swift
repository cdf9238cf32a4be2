import HardwareProfiles
import PBXModel
import PacketCapture
import PacketFormats
import Primitives
import Reports
import Simulation
import SimulationRuntime
import TestSupport
import Testing

/// An appliance that hears of calls as they happen.
@Suite struct LiveReplayTests {
  private static let pbx = "192.0.2.10"

  private func options(_ scan: TraceScan = TraceScan(sources: [])) throws -> Replay.Options {
    let profile = Profile(model: "M", family: Family(name: "f", displayName: "F"))
    let pbx = try PBXResolution.resolve(given: [try #require(IPEndpoint(Self.pbx))], site: Site(), scan: scan)
    return Replay.Options(
      scan: scan, inputNames: ["scripted0"], profile: profile, site: Site(), pbx: pbx, toolVersion: "1.0.0")
  }

  private func collector(_ options: Replay.Options) -> RunCollector {
    RunCollector(layout: CDRLayout(options.profile.traits), timeZone: options.site.timeZone)
  }

  /// Notes when the number of registered extensions changed, and may end the run.
  private final class Watcher: ReplayObserver {
    private(set) var changes: [(at: Instant, registered: Int)] = []
    private(set) var instants = 0
    let endsAfter: Int

    init(endsAfter: Int = .max) { self.endsAfter = endsAfter }

    func mayProceed(to instant: Instant) -> Bool {
      instants += 1
      return instants <= endsAfter
    }

    func didReceive(_ event: TraceModel.Event, at instant: Instant, _ appliance: borrowing Appliance) {}

    func didProceed(to instant: Instant, _ appliance: borrowing Appliance) {
      let registered = appliance.registry.registeredExtensions
      if changes.last?.registered != registered { changes.append((instant, registered)) }
    }
  }

  @Test func aBindingRunsOutWhileNothingComes() throws {
    let phone = Registering("101@192.0.2.20", at: Self.pbx).register(at: 1, expires: 60)
      .reply(200, at: 1.01, headers: ["Contact: <sip:101@192.0.2.20>;expires=60"])
    let steps =
      [ScriptedInterface.Step(clock: moment(2), frames: phone.messages.map { KeptFrame($0) })]
      + (3...70).map { ScriptedInterface.Step(clock: moment(Double($0))) }
    let interface = ScriptedInterface(startingAt: moment(0), steps)
    let watcher = Watcher()
    var replay = Replay(try options(), into: nil, observer: watcher)
    _ = try replay.follow(interface, clock: { interface.clock })
    #expect(watcher.changes.map(\.registered) == [0, 1, 0])
    let gone = try #require(watcher.changes.last?.at)
    #expect(gone >= moment(61.01) && gone <= moment(62.1))
  }

  @Test func callsOnTheWireHaveTheRowsOfTheirTrace() throws {
    let call = Dialogue(from: "101@192.0.2.20", to: "102@192.0.2.10", callID: "a").invite(at: 1).trying(at: 1.1)
      .ringing(at: 1.5).ok(at: 3).bye(at: 9)
    let other = Dialogue(from: "101@192.0.2.10", to: "102@192.0.2.21", callID: "b").invite(at: 1.2).ringing(at: 1.4)
      .ok(at: 2.9).bye(at: 9.1)
    let messages = (call.messages + other.messages).enumerated()
      .sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }.map(\.element)
    let frames = messages.map { KeptFrame($0) }

    let folder = try TemporaryDirectory()
    let path = folder.path("calls.pcap")
    let writer = try TraceWriter(path: path, linkType: .rawIP)
    for frame in frames { try writer.append(frame.bytes, at: frame.time) }
    try writer.close()
    let replayed = try options(TraceScan(sources: [.file(path: path)]))
    let fromFile = collector(replayed)
    var replay = Replay(replayed, into: fromFile)
    _ = try replay.run()

    let interface = ScriptedInterface(
      startingAt: moment(0), frames.map { .init(clock: $0.time + .milliseconds(20), frames: [$0]) })
    let live = collector(replayed)
    var following = Replay(try options(), into: live)
    let summary = try following.follow(interface, clock: { interface.clock })
    #expect(live.rows.count == 1)
    #expect(live.rows == fromFile.rows)
    #expect(summary.failures.count == 1)
  }

  @Test func theObserverEndsItWhileNothingComes() throws {
    let interface = ScriptedInterface(
      startingAt: moment(0), (1...50).map { .init(clock: moment(Double($0))) })
    let watcher = Watcher(endsAfter: 5)
    var replay = Replay(try options(), into: nil, observer: watcher)
    let summary = try replay.follow(interface, clock: { interface.clock })
    #expect(watcher.instants == 6)
    #expect(summary.failures.isEmpty)
  }
}
