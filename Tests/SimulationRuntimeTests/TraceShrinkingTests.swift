import Cases
import ConfigurationFiles
import Foundation
import PBXModel
import PacketCapture
import Primitives
import Simulation
import SimulationRuntime
import TestSupport
import Testing

@Suite struct TraceShrinkingTests {
  private static let source = TraceSource.file(path: RecordedTrace(name: "office-morning").folder + "/trace.pcap")

  private func trial(_ matcher: String, _ count: CountCondition) throws -> ShrinkTrial {
    let path = RecordedTrace.root.appending(path: "fixtures/sites/loopback-office.yaml")
    let site = try SiteFile.read(text: try String(contentsOf: path, encoding: .utf8), path: "site").site
    let scan = TraceScan(sources: [Self.source])
    let options = Replay.Options(
      scan: scan, inputNames: ["trace.pcap"], profile: .unlimited, site: site,
      pbx: try .resolve(given: [], site: site, scan: scan), toolVersion: "0")
    let place = SourcePlace(line: 1, column: 1)
    var testCase = TestCase(file: "case.yaml", name: "office")
    let field = Cases.Expectation.Field(name: "disposition", matcher: Matcher(scalar: matcher), place: place)
    testCase.expectations = [
      .init(label: "cdr[0]", place: place, claim: .records(.cdr, fields: [field], count: count))
    ]
    return ShrinkTrial(testCase, options)
  }

  private func shrink(_ trial: ShrinkTrial, runsMax: Int = 1000) throws -> TraceShrinking.Outcome {
    try TraceShrinking(try RecordedFrames(reading: [Self.source]), trial, name: "trace.pcapng", runsMax: runsMax)
      .run { _ in true }
  }

  @Test func theOneCallThatFailsIsLeftAndNoneOfItsFramesCanGo() throws {
    let trial = try trial("BUSY", .exactly(0))
    let outcome = try shrink(trial)
    #expect(outcome.isMinimal && outcome.callsLeft == 1 && outcome.frames.count < 5)
    let recorded = try RecordedFrames(reading: [Self.source])
    let trace = try KeptTrace(name: "trace.pcapng")
    for left in outcome.frames {
      try trace.write(recorded.document(of: outcome.frames.filter { $0 != left }).bytes)
      #expect(trial.mark(on: trace.source)?.isPart(of: outcome.mark) != true)
    }
    try trace.write(recorded.document(of: outcome.frames).bytes)
    #expect(trial.mark(on: trace.source) == outcome.mark)
  }

  @Test func theSameIsLeftEveryTime() throws {
    let trial = try trial("BUSY", .exactly(0))
    #expect(try shrink(trial).frames == shrink(trial).frames)
  }

  @Test func aSearchThatIsToldToStopKeepsWhatFails() throws {
    let trial = try trial("BUSY", .exactly(0))
    let outcome = try shrink(trial, runsMax: 6)
    #expect(!outcome.isMinimal && outcome.runs == 6)
    let recorded = try RecordedFrames(reading: [Self.source])
    let trace = try KeptTrace(name: "trace.pcapng")
    try trace.write(recorded.document(of: outcome.frames).bytes)
    #expect(trial.mark(on: trace.source) == outcome.mark)
  }

  @Test(arguments: [3, 12])
  func aSearchThatIsInterruptedKeepsWhatFails(runs: Int) throws {
    let trial = try trial("BUSY", .exactly(0))
    let recorded = try RecordedFrames(reading: [Self.source])
    let outcome = try TraceShrinking(recorded, trial, name: "trace.pcapng", runsMax: 1000).run { $0.runs < runs }
    #expect(!outcome.isMinimal && outcome.frames.count > 2)
    let trace = try KeptTrace(name: "trace.pcapng")
    try trace.write(recorded.document(of: outcome.frames).bytes)
    #expect(trial.mark(on: trace.source) == outcome.mark)
  }

  @Test func aSearchThatIsInterruptedAtOnceHasNothing() throws {
    let trial = try trial("BUSY", .exactly(0))
    let recorded = try RecordedFrames(reading: [Self.source])
    let error = #expect(throws: TraceShrinking.Failure.self) {
      try TraceShrinking(recorded, trial, name: "trace.pcapng", runsMax: 1000).run { _ in false }
    }
    #expect(error?.description == "stopped before anything was found")
  }

  @Test func whatHoldsHasNothingToShrink() throws {
    let trial = try trial("BUSY", .exactly(3))
    #expect(throws: TraceShrinking.Failure.self) { try shrink(trial) }
  }

  @Test func moreBytesThanAreKeptAreRefused() throws {
    let error = #expect(throws: RecordedFrames.Failure.self) {
      try RecordedFrames(reading: [Self.source], bytesMax: 10_000)
    }
    #expect(error?.description.contains("more than 0 MiB") == true)
  }
}
