import ConfigurationFiles
import Foundation
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import SIPCapture
import Simulation
import SimulationRuntime
import TestSupport
import Testing

/// Every trace under `fixtures/traces` against what the PBX that was recorded wrote down itself.
struct FixtureTraceTests {
  @Test(arguments: RecordedTrace.all)
  func callsAreThoseTheRecordedPBXCarried(_ trace: RecordedTrace) throws {
    let expected = try trace.expectation()
    var ours: [String: Call] = [:]
    let running = try trace.read { event in
      if case .call(.ended(let call)) = event, let callID = call.legs.first?.leg.callID { ours[callID] = call }
    }
    #expect(running.isEmpty)
    #expect(ours.count == expected.calls.count)
    for theirs in expected.calls {
      let callID = try #require(theirs.legs.first?.call_id)
      let call = try #require(ours[callID], "no call for \(callID)")
      #expect(call.disposition.rawValue == theirs.disposition, "\(callID)")
      #expect(call.direction.rawValue.lowercased() == theirs.direction, "\(callID)")
      #expect(call.dialled == theirs.callee, "\(callID)")
      #expect(call.callerNumber == theirs.caller, "\(callID)")
      #expect(Set(call.legs.map(\.leg.callID)) == Set(theirs.legs.map(\.call_id)), "\(callID)")
      #expect(abs(seconds(call.start) - theirs.start) < 0.05, "\(callID)")
      #expect(near(call.answer, theirs.answer), "\(callID): answer")
      #expect(near(call.end, theirs.end), "\(callID): end")
    }
  }

  @Test(arguments: RecordedTrace.all)
  func bindingsAreThoseTheRecordedRegistrarKept(_ trace: RecordedTrace) throws {
    let expected = try trace.expectation()
    var appliance = Appliance(profile: .unlimited, site: try trace.site())
    var effects: [Effect] = []
    var last = Instant.epoch
    _ = try trace.read { event in
      if case .registration(let registration) = event {
        last = max(last, registration.time)
        appliance.receive(event, at: registration.time, effects: &effects)
      }
    }
    appliance.advance(to: Instant(nanoseconds: Int64(expected.end * 1e9)), effects: &effects)
    let ours = effects.compactMap(\.registrationChange).sorted()
    let theirs = expected.registrations.map { "\($0.extension) \($0.event) \($0.contact)" }.sorted()
    #expect(ours == theirs)
  }

  @Test func thereAreFixtures() {
    #expect(RecordedTrace.all.count >= 13)
  }

  private func seconds(_ instant: Instant) -> Double { Double(instant.nanoseconds) / 1e9 }

  private func near(_ instant: Instant?, _ expected: Double?) -> Bool {
    switch (instant, expected) {
    case (.none, .none): true
    case (.some(let instant), .some(let expected)): abs(seconds(instant) - expected) < 0.05
    case (.some, .none), (.none, .some): false
    }
  }
}

extension Effect {
  /// `1001 registered sip:…`, in the words of the recorded registrar; nil for other effects.
  fileprivate var registrationChange: String? {
    guard case .journal(let entry) = self else { return nil }
    return switch entry.event {
    case .registered(let number, let contact, _, let isRefresh):
      "\(number) \(isRefresh ? "refreshed" : "registered") \(contact)"
    case .unregistered(let number, let contact, let reason): "\(number) \(reason.rawValue) \(contact)"
    default: nil
    }
  }
}

extension Profile {
  /// A model without a limit that is known.
  static var unlimited: Profile {
    Profile(model: "Unlimited", family: Family(name: "none", displayName: "none"))
  }
}

/// A folder of `fixtures/traces`.
struct RecordedTrace: CustomTestStringConvertible, Sendable {
  let name: String

  static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static var all: [RecordedTrace] {
    let folder = root.appending(path: "fixtures/traces").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.filter { FileManager.default.fileExists(atPath: "\(folder)/\($0)/expected.json") }.sorted()
      .map { RecordedTrace(name: $0) }
  }

  var testDescription: String { name }
  var folder: String { Self.root.appending(path: "fixtures/traces/\(name)").path }

  struct Expectation: Decodable {
    struct Leg: Decodable { let call_id: String }
    struct Call: Decodable {
      let direction: String
      let caller: String
      let callee: String
      let start: Double
      let answer: Double?
      let end: Double
      let disposition: String
      let legs: [Leg]
    }
    struct Registration: Decodable {
      let time: Double
      let `extension`: String
      let event: String
      let contact: String
    }
    let calls: [Call]
    let registrations: [Registration]

    /// The last moment the recorder wrote down.
    var end: Double { max(registrations.map(\.time).max() ?? 0, calls.map(\.end).max() ?? 0) }
  }

  func expectation() throws -> Expectation {
    try JSONDecoder().decode(Expectation.self, from: Data(contentsOf: URL(filePath: folder + "/expected.json")))
  }

  func site() throws -> Site {
    let path = Self.root.appending(path: "fixtures/sites/loopback-office.yaml").path
    return try SiteFile.read(text: String(contentsOfFile: path, encoding: .utf8), path: path).site
  }

  /// Feeds the trace through the model; returns the calls still running at its end.
  func read(_ report: (TraceModel.Event) -> Void) throws -> [Call] { try readTimed { event, _ in report(event) } }

  /// The same, with the instant at which each event became clear.
  func readTimed(_ report: (TraceModel.Event, Instant) -> Void) throws -> [Call] {
    let site = try site()
    var model = TraceModel(site: site, pbx: PBXAddresses(site.pbxAddresses))
    let scan = TraceScan(sources: [.file(path: folder + "/trace.pcap")])
    let outcome = try scan.run { captured in
      model.receive(captured) { report($0, captured.time) }
      return true
    }
    #expect(outcome.failures.isEmpty)
    let end = outcome.last ?? .epoch
    model.finish(at: end) { report($0, end) }
    return model.calls.runningCalls
  }
}
