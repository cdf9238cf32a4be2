import ApplianceAPI
import ApplianceServer
import ApplianceWeb
import BuiltInProfiles
import ConfigurationFiles
import Foundation
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import Simulation
import SimulationRuntime
import TestSupport
import Testing

/// Two models that take the same trace at the same time.
@Suite struct SideBySideTests {
  private struct Run: @unchecked Sendable {
    let options: Replay.Options
    let live: LiveAppliance

    func run() {
      var replay = Replay(options, into: live, observer: live)
      _ = try? replay.run()
      live.finish()
    }
  }

  private func run(_ models: (String, String), _ trace: String) throws -> (LiveAppliance, LiveAppliance, RowPairing) {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let file = root.appending(path: "fixtures/sites/loopback-office.yaml")
    let site = try SiteFile.read(text: String(contentsOf: file, encoding: .utf8), path: file.path).site
    let catalog = try ProfileFiles.catalog(files: BuiltInProfiles.files.map { (path: $0.path, text: $0.text) })
    let scan = TraceScan(sources: [
      TraceSource(argument: root.appending(path: "fixtures/traces/\(trace)/trace.pcap").path)
    ])
    let pbx = try PBXResolution.resolve(given: [], site: site, scan: scan)
    let folder = try TemporaryDirectory()
    let pace = ReplayPace(speed: nil, waitsForClient: false, machine: { .epoch })
    let (tandem, rows) = (Tandem(), RowPairing())
    func run(_ model: String, _ side: Tandem.Side) throws -> Run {
      let profile = try #require(catalog[model])
      let live = try LiveAppliance(
        profile: profile, site: site, database: folder.path("\(side).sqlite"), pace: pace, seed: 1,
        pair: .init(tandem, rows, side))
      return Run(
        options: Replay.Options(
          scan: scan, inputNames: [trace], profile: profile, site: site, pbx: pbx, toolVersion: "0"), live: live)
    }
    let (one, other) = (try run(models.0, .leader), try run(models.1, .follower))
    let done = DispatchSemaphore(value: 0)
    let thread = Thread {
      other.run()
      done.signal()
    }
    thread.start()
    one.run()
    done.wait()
    return (one.live, other.live, rows)
  }

  @Test func twoOfAKindDifferInNothing() throws {
    let (one, other, rows) = try run(("UCM6304", "UCM6304"), "office-morning")
    let comparison = rows.comparison
    #expect(comparison.same > 30 && comparison.earliest == nil && comparison.latest.isEmpty)
    #expect(one.view.totals == other.view.totals)
    #expect(one.isFinished && other.isFinished)
  }

  @Test func aSmallerModelRefusesCallsAndTheRowsTell() throws {
    let (one, other, rows) = try run(("UCM6304", "UCM6202"), "overload")
    #expect(one.view.totals.refused < other.view.totals.refused)
    let comparison = rows.comparison
    #expect(comparison.different + comparison.onlyFirst > 0)
    let earliest = try #require(comparison.earliest)
    #expect(!earliest.text.isEmpty)
    #expect(comparison.latest.allSatisfy { $0.time >= earliest.time })
  }
}
