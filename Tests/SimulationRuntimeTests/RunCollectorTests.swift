import Foundation
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import Reports
import SimulationRuntime
import TestSupport
import Testing

@Suite struct RunCollectorTests {
  private static let trace = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "fixtures/traces/ring-group/trace.pcap").path

  private func options() throws -> Replay.Options {
    let scan = TraceScan(sources: [.file(path: Self.trace)])
    let profile = Profile(model: "M", family: Family(name: "f", displayName: "F"))
    let pbx = try PBXResolution.resolve(given: [], site: Site(), scan: scan)
    return Replay.Options(
      scan: scan, inputNames: ["trace.pcap"], profile: profile, site: Site(), pbx: pbx, toolVersion: "1.0.0")
  }

  private func layout(_ options: Replay.Options) -> CDRLayout { CDRLayout(options.profile.traits) }

  @Test func memoryHoldsWhatTheFilesWouldHold() throws {
    let options = try options()
    let folder = try TemporaryDirectory()
    let directory = try RunDirectory(
      path: folder.path("run"), layout: layout(options), timeZone: options.site.timeZone)
    var replay = Replay(options, into: directory)
    _ = try replay.run()
    let collector = RunCollector(layout: layout(options), timeZone: options.site.timeZone)
    var again = Replay(options, into: collector)
    _ = try again.run()
    let pairs = [
      ("cdr.csv", collector.csv), ("cdr.json", collector.json), ("events.jsonl", collector.events),
      ("crm.jsonl", collector.exchanges), ("summary.json", collector.summary),
    ]
    for (name, bytes) in pairs { #expect(try Array(folder.data("run/" + name)) == bytes, "\(name)") }
    #expect(collector.isWhole && !collector.rows.isEmpty && !collector.events.isEmpty)
  }

  @Test func whatDoesNotFitIsNotKeptAndSaysSo() throws {
    let options = try options()
    let collector = RunCollector(layout: layout(options), timeZone: options.site.timeZone, bytesMax: 1000)
    var replay = Replay(options, into: collector)
    _ = try replay.run()
    #expect(!collector.isWhole)
    #expect(collector.csv.count + collector.json.count + collector.events.count < 10_000)
  }

  @Test func aTraceThatCannotBeOpenedLeavesNoSummary() throws {
    var options = try options()
    options.scan = TraceScan(sources: [.file(path: "/nowhere.pcap")])
    let collector = RunCollector(layout: layout(options), timeZone: options.site.timeZone)
    var replay = Replay(options, into: collector)
    #expect(throws: Replay.Failure.self) { try replay.run() }
    #expect(collector.summary.isEmpty && collector.rows.isEmpty)
  }
}
