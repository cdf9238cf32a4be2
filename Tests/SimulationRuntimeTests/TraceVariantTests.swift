import Foundation
import HardwareProfiles
import PBXModel
import PacketCapture
import PacketFormats
import Primitives
import Reports
import SimulationRuntime
import TestSupport
import Testing

/// A trace tells the same calls however its packets travelled and were recorded.
@Suite struct TraceVariantTests {
  @Test(arguments: RecordedTrace.all, TraceVariant.allCases)
  func theRowsAreThoseOfTheTraceItself(_ trace: RecordedTrace, _ variant: TraceVariant) throws {
    let path = trace.folder + "/trace.pcap"
    let (records, linkType) = try Self.records(of: path)
    let rows = try Self.rows(of: path, trace)
    for seed in UInt64(1)...3 {
      let other = variant.records(of: records, linkType, seed: seed)
      let folder = try TemporaryDirectory()
      try folder.write(TraceFiles.pcap(other, linkType: linkType, isNanoseconds: true), to: "variant.pcap")
      #expect(try Self.rows(of: folder.path("variant.pcap"), trace) == rows, "seed \(seed)")
    }
  }

  @Test(arguments: TraceVariant.allCases)
  func someTraceIsChangedByEachKind(_ variant: TraceVariant) throws {
    let changed = try RecordedTrace.all.filter { trace in
      let (records, linkType) = try Self.records(of: trace.folder + "/trace.pcap")
      return variant.records(of: records, linkType, seed: 1).count > records.count
    }
    #expect(!changed.isEmpty)
  }

  private static func records(of path: String) throws -> (records: [TraceFiles.Record], linkType: LinkType) {
    let reader = try TraceReader(.file(path: path))
    var records: [TraceFiles.Record] = []
    var linkType = LinkType.ethernet
    while let frame = try reader.next() {
      linkType = frame.linkType
      records.append(
        TraceFiles.Record(time: frame.time, bytes: Array(frame.bytes), originalLength: frame.originalLength))
    }
    return (records, linkType)
  }

  /// `cdr.csv` of a replay.
  private static func rows(of path: String, _ trace: RecordedTrace) throws -> [UInt8] {
    let site = try trace.site()
    let scan = TraceScan(sources: [.file(path: path)])
    let options = Replay.Options(
      scan: scan, inputNames: [], profile: .unlimited, site: site,
      pbx: try PBXResolution.resolve(given: [], site: site, scan: scan), toolVersion: "1.0.0")
    let collector = RunCollector(layout: CDRLayout(options.profile.traits), timeZone: site.timeZone)
    var replay = Replay(options, into: collector)
    _ = try replay.run()
    return collector.csv
  }
}
