import HardwareProfiles
import JSON
import PBXModel
import Primitives
import Reports
import RunComparison
import Simulation
import SimulationRuntime

/// One side of a comparison: a model that replays traces in memory.
struct ReplayedSide {
  let profile: Profile
  let firmware: Firmware?
  let options: SidesOptions

  /// What it is called in reports.
  var name: String { profile.model + (firmware.map { " with firmware \($0.name)" } ?? "") }

  /// What came of a trace: the run's records, its files of lines, and what was wrong with the trace.
  struct Result {
    var run: RecordedRun
    let journal: RunLines.File
    let requests: RunLines.File
    let notices: [String]
    let failures: [String]
  }

  /// Replays what was opened.
  ///
  /// - Parameter input: the same traces, for their names.
  func replay(_ reading: TraceReading, input: TraceOptions) throws -> Result {
    let replayOptions = try Replay.Options(
      profile, reading, input: input, site: options.site, crm: options.crm, seed: options.seed)
    let layout = CDRLayout(profile.traits)
    let collector = RunCollector(layout: layout, timeZone: reading.site.timeZone, hasRowFiles: false)
    var replay = Replay(replayOptions, into: collector)
    let summary = try replay.runForTerminal()
    if Interrupt.wasRequested { throw Complaint("interrupted; nothing was compared", .interrupted) }
    guard collector.isWhole else {
      throw Complaint(
        "\(input.traces.joined(separator: ", ")): its run is longer than is kept in memory; replay it on each model "
          + "with --out and compare the two folders", .unusableInput)
    }
    var run = RecordedRun(name: name)
    run.read(summary: JSONValue(parsing: collector.summary) ?? .null)
    run.timeZone = reading.site.timeZone
    run.columns = collector.columns
    run.calls = collector.sessions
    return Result(
      run: run, journal: .init(path: "\(name): events", bytes: collector.events),
      requests: .init(path: "\(name): CRM requests", bytes: collector.exchanges), notices: summary.notices,
      failures: summary.failures + replay.crmTraffic.failures)
  }
}
