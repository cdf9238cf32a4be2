import ArgumentParser
import HardwareProfiles
import PBXModel
import Primitives
import Reports
import Scrubbing
import SimulationRuntime

/// The two runs, before and after, made as `ucmsim replay` makes them.
struct ScrubProof {
  private let command: ScrubCommand

  init(_ command: ScrubCommand) { self.command = command }

  /// The model both runs are made on: the one asked for, or the first of all.
  func model() throws -> String {
    if let model = command.model {
      _ = try Profiles.model(model, directory: nil)
      return model
    }
    guard let first = try Profiles.catalog(directory: nil).models.first?.model else {
      throw Complaint("there is no model to replay on", .internalError)
    }
    return first
  }

  static func traceOptions(_ paths: [String], keylog: String?) throws -> TraceOptions {
    try parsed(TraceOptions.self, (keylog.map { ["--keylog", $0] } ?? []) + ["--"] + paths)
  }

  /// What was proved.
  struct Result {
    /// Lines compared.
    let lines: Int
    /// Where the PBX is in the new trace, if only a command line says so.
    let pbx: [String]
  }

  /// - Parameter made: the new files, in the order of `ScrubFiles.new`.
  func run(
    files: ScrubFiles, made: [String], sitePath: String?, scrubbing: TraceScrubbing, model: String, in folder: String
  ) throws -> Result {
    var renaming = scrubbing.scrubber.renaming
    let count = files.traces.count
    let crmData = files.crmData == nil ? nil : made.last
    let (before, after) = (folder + "/before", folder + "/after")
    let pbx = try replay(
      files.traces.map(\.given), site: command.site, crmData: command.crmData, pbx: command.pbx, keylog: command.keylog,
      shift: scrubbing.shift, model, into: before)
    // Named to the second run where the first had to infer it: of two that behave alike, the address decides.
    let isNamed = pbx.origin != .site && pbx.origin != .unknown
    let renamed = (isNamed ? pbx.addresses.endpoints : []).map { endpoint -> String in
      let new = renaming.endpoint(endpoint)
      return new.port == 0 ? new.address.description : new.description
    }
    _ = try replay(
      Array(made.prefix(count)), site: sitePath, crmData: crmData, pbx: renamed, keylog: nil, shift: .zero, model,
      into: after)
    var proof = RunProof(renaming)
    do throws(RunProof.Difference) {
      try proof.compare(before, after)
    } catch {
      throw Complaint("nothing was written: \(error.description)", .findings)
    }
    return Result(lines: proof.lines, pbx: renamed)
  }

  private func replay(
    _ traces: [String], site: String?, crmData: String?, pbx: [String], keylog: String?, shift: Instant.Span,
    _ model: String, into folder: String
  ) throws -> PBXResolution {
    let input = try Self.traceOptions(traces, keylog: keylog)
    let siteOptions = try Self.parsed(
      SiteOptions.self, (site.map { ["--site", $0] } ?? []) + pbx.flatMap { ["--pbx", $0] })
    let simulation = try Self.parsed(
      SimulationOptions.self, ["--model", model] + (crmData.map { ["--crm-data", $0] } ?? []))
    let profile = try simulation.profile()
    let reading = try TraceReading(input: input, site: siteOptions)
    var options = try simulation.replayOptions(profile, reading, input: input, site: siteOptions)
    options.scan.timeShift = shift
    do throws(RunDirectory.Failure) {
      let directory = try RunDirectory(
        path: folder, layout: CDRLayout(profile.traits), timeZone: reading.site.timeZone)
      var replay = Replay(options, into: directory)
      _ = try replay.runQuietly()
    } catch { throw Complaint(error.description, .internalError) }
    return reading.pbx
  }

  private static func parsed<Options: ParsableArguments>(_ type: Options.Type, _ words: [String]) throws -> Options {
    do { return try type.parse(words) } catch { throw Complaint(type.message(for: error), .usage) }
  }
}

extension Replay {
  fileprivate mutating func runQuietly() throws(RunDirectory.Failure) {
    do throws(Replay.Failure) { _ = try run { _ in !Interrupt.wasRequested } } catch {
      switch error {
      case .trace: return
      case .directory(let failure): throw failure
      }
    }
  }
}
