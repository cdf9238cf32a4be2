import ConfigurationFiles
import HardwareProfiles
import JSON
import PBXModel
import PacketCapture
import Reports
import Simulation
import SimulationRuntime
import TestSupport
import Testing

/// A model is data: one that nobody sells is replayed like any other.
@Suite struct ImaginaryModelTests {
  private static func profile(calls: Int, firmware: String? = nil) throws -> Profile {
    let known = "source: \"R0: imagined\", certainty: assumed, confidence: low"
    let catalog = try ProfileFiles.catalog(files: [
      ("families/box.yaml", "family: box\ndisplayName: Box series\n"),
      (
        "models/ucm9999.yaml",
        "model: UCM9999\nfamily: box\nlimits:\n  concurrentCalls: {value: \(calls), unit: calls, \(known)}\n"
      ),
      (
        "firmware/old.yaml",
        "firmware: old\ndisplayName: Old\ntraits:\n  cdrSchema: {value: fields22, \(known)}\n"
          + "  channelTechnology: {value: SIP, \(known)}\n"
      ),
    ])
    let model = try #require(catalog["ucm9999"])
    guard let firmware else { return model }
    let found = try #require(catalog.firmware(named: firmware))
    return try #require(model.running(found))
  }

  private static func replay(_ profile: Profile) throws -> (summary: RunSummary, rows: [Substring]) {
    let trace = RecordedTrace(name: "internal-call")
    let scan = TraceScan(sources: [.file(path: trace.folder + "/trace.pcap")])
    let site = try trace.site()
    let options = Replay.Options(
      scan: scan, inputNames: ["trace.pcap"], profile: profile, site: site,
      pbx: try .resolve(given: [], site: site, scan: scan), toolVersion: "0")
    let folder = try TemporaryDirectory()
    var replay = Replay(
      options,
      into: try RunDirectory(
        path: folder.path("run"), layout: CDRLayout(profile.traits), timeZone: site.timeZone))
    let summary = try replay.run()
    return (summary, try folder.text("run/cdr.csv").split(separator: "\n"))
  }

  @Test(arguments: [(0, 1), (1, 0)])
  func itsLimitsAreKept(calls: Int, refused: Int) throws {
    let summary = try Self.replay(try Self.profile(calls: calls)).summary
    #expect(summary.tally.callsRefused == refused)
    #expect(summary.text.hasPrefix("Model     UCM9999 (box)\n"))
  }

  @Test func itsFirmwareDecidesTheColumnsOfItsRows() throws {
    let run = try Self.replay(try Self.profile(calls: 1, firmware: "old"))
    #expect(run.rows.first?.hasSuffix(",service") == true)
    #expect(run.rows.count > 1 && run.rows.dropFirst().allSatisfy { $0.contains(",SIP/") && !$0.contains("PJSIP/") })
    #expect(run.summary.text.hasPrefix("Model     UCM9999 (box) with firmware old\n"))
    #expect(run.summary.json["firmware"]?.string == "old")
    #expect(run.summary.json["cdrSchema"]?.string == "fields22")
  }

  @Test func withoutAFirmwareItsRowsAreThoseOfItsFamily() throws {
    let run = try Self.replay(try Self.profile(calls: 1))
    #expect(run.rows.first?.hasSuffix(",service") == false)
    #expect(run.rows.dropFirst().allSatisfy { $0.contains("PJSIP/") })
    #expect(run.summary.json["firmware"] == .null)
  }
}
