import Foundation
import PBXModel
import PacketCapture
import Primitives
import SIPCapture
import Simulation
import SimulationRuntime
import TestSupport
import Testing

/// Traces read several times at once are the traffic of so many offices.
struct AmplifiedScanTests {
  private static let traces = ["office-morning", "overload", "ring-group", "two-contacts", "registration-challenge"]

  private func trace(_ name: String) throws -> RecordedTrace {
    try #require(RecordedTrace.all.first { $0.name == name })
  }

  private func scan(_ trace: RecordedTrace) -> TraceScan {
    TraceScan(sources: [.file(path: trace.folder + "/trace.pcap")])
  }

  /// An appliance with enough of everything that carried all copies, and what it heard.
  private func carry(_ name: String, _ overlay: TrafficOverlay) throws -> (
    appliance: Appliance, calls: [Call.ID], numbers: Set<String>, times: [Instant], outcome: TraceScan.Outcome
  ) {
    let trace = try trace(name)
    let site = try trace.site()
    var amplified = AmplifiedScan(scan(trace), site: site, pbx: PBXAddresses(site.pbxAddresses), overlay: overlay)
    var appliance = Appliance(profile: .unlimited, site: site.amplified(by: overlay.copies), isRecorded: false)
    var effects: [Effect] = []
    var calls: [Call.ID] = []
    var numbers: Set<String> = []
    var times: [Instant] = []
    let outcome = try amplified.run { event, _, now in
      times.append(now)
      switch event {
      case .call(.started(let call)): calls.append(call.id)
      case .registration(let registration): numbers.insert(registration.number)
      case .call: break
      }
      appliance.receive(event, at: now, effects: &effects)
    }
    return (appliance, calls, numbers, times, outcome)
  }

  private func measure(_ name: String, _ overlay: TrafficOverlay) throws -> TrafficUse {
    let trace = try trace(name)
    let site = try trace.site()
    let pbx = try PBXResolution.resolve(given: [], site: site, scan: scan(trace))
    var measurement = TrafficMeasurement(scan: scan(trace), site: site, pbx: pbx)
    measurement.overlay = overlay
    return try measurement.run().use
  }

  @Test(arguments: traces, [1, 2, 5])
  func soManyCopiesAreSoManyTimesTheCallsAndExtensions(name: String, copies: Int) throws {
    let one = try carry(name, TrafficOverlay())
    let many = try carry(name, TrafficOverlay(copies: copies))
    #expect(many.calls.count == copies * one.calls.count)
    #expect(Set(many.calls).count == many.calls.count)
    #expect(many.numbers.count == copies * one.numbers.count)
    #expect(many.appliance.tally.calls == copies * one.appliance.tally.calls)
    #expect(many.appliance.tally.bindingsAdded == copies * one.appliance.tally.bindingsAdded)
    #expect(many.outcome.account.messages == one.outcome.account.messages)
    #expect(zip(many.times, many.times.dropFirst()).allSatisfy { $0 <= $1 })
  }

  @Test(arguments: traces, [1, 3])
  func withoutShiftThePeakIsThatManyTimesTheOne(name: String, copies: Int) throws {
    let one = try carry(name, TrafficOverlay())
    let many = try carry(name, TrafficOverlay(copies: copies, shift: .zero))
    for resource in Resource.allCases {
      #expect(many.appliance.ledger[resource].peak == copies * one.appliance.ledger[resource].peak, "\(resource)")
    }
  }

  /// Reading once and counting every change again for each copy comes to the same as reading so many times.
  @Test(arguments: traces, [0, 1, 37, 400])
  func theMeasurementComesToTheSame(name: String, shiftSeconds: Int64) throws {
    let overlay = TrafficOverlay(copies: 4, shift: .seconds(shiftSeconds))
    let carried = try carry(name, overlay)
    let use = try measure(name, overlay)
    #expect(use[.calls].peak == carried.appliance.ledger.calls.peak)
    #expect(use[.calls].peakAt == carried.appliance.ledger.calls.peakAt)
    // A capture that ends is no office that closes: what is registered then stays so in the measurement, and runs out
    // on an appliance that goes on with the later copies.
    if shiftSeconds < 100 {
      #expect(use[.users].peak == carried.appliance.ledger.users.peak)
    } else {
      #expect(use[.users].peak >= carried.appliance.ledger.users.peak)
    }
    #expect(use.calls == carried.appliance.tally.calls)
    #expect(use.last == carried.outcome.last)
  }

  @Test func oneCopyIsTheTraceAsItIs() throws {
    let site = try trace("office-morning").site()
    #expect(site.amplified(by: 1) == site)
    #expect(site.amplified(by: 0) == site)
    #expect(site.amplified(by: 3).extensions.count == 3 * site.extensions.count)
    #expect(try carry("office-morning", TrafficOverlay()).calls.map(\.rawValue).max() == 44)
  }

  @Test func aTraceThatIsNotThereIsAnErrorBeforeAnythingIsHeard() throws {
    let scan = TraceScan(sources: [.file(path: "/nowhere/trace.pcap")])
    var amplified = AmplifiedScan(
      scan, site: Site(), pbx: PBXAddresses([]), overlay: TrafficOverlay(copies: 3))
    #expect(throws: TraceError.self) { try amplified.run { _, _, _ in Issue.record("an event") } }
  }

  @Test func aTraceThatBreaksOffIsToldOnceForAllCopies() throws {
    let folder = try TemporaryDirectory()
    let data = try Data(contentsOf: URL(filePath: try trace("overload").folder + "/trace.pcap"))
    let cut = try folder.write(data.prefix(data.count - 7), to: "cut.pcap")
    var amplified = AmplifiedScan(
      TraceScan(sources: [.file(path: cut)]), site: Site(), pbx: PBXAddresses([]), overlay: TrafficOverlay(copies: 3))
    #expect(try amplified.run { _, _, _ in }.failures.count == 1)
  }

  @Test(arguments: [(0, 512), (1, 512), (2, 256), (32, 16), (10_000, 16)])
  func soManyCopiesCanBeOpenAtOnce(traces: Int, copies: Int) {
    #expect(AmplifiedScan.copiesMax(traces: traces) == copies)
  }
}
