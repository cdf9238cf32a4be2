import JSON
import ArgumentParser
import ConfigurationFiles
import HardwareProfiles
import PBXModel
import PacketCapture
import Primitives
import Reports
import SimulationRuntime

/// `ucmsim replay`: the main job.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replay traces through a simulated appliance.",
    discussion: """
      Prints a summary; with --out the folder gets cdr.sqlite, cdr.csv, cdr.json, events.jsonl, crm.jsonl and \
      summary.json. The same traces, options and seed give the same bytes.

      Examples:
        ucmsim replay morning.pcap --model ucm6304 --site office.yaml --crm-data crm.yaml --out run
        ucmsim replay monday.pcap tuesday.pcap --model ucm6202 --pbx 192.0.2.10
        ucmsim replay - --model ucm6510 --crm none --format json < morning.pcap
      """)

  @OptionGroup var input: TraceOptions
  @OptionGroup var site: SiteOptions
  @OptionGroup var crm: CRMOptions

  @Option(help: ArgumentHelp("The model to simulate; see `ucmsim models`.", valueName: "model"))
  var model: String

  @Option(help: ArgumentHelp("Folder of profiles in place of the built-in one.", valueName: "folder"))
  var profiles: String?

  @Option(help: ArgumentHelp("Folder for the files of the run; made when missing.", valueName: "folder"))
  var out: String?

  @Option(help: "Number from which every invented identifier follows.")
  var seed: UInt64 = 1

  @Option(help: "How the summary is printed: text or json.")
  var format = SummaryFormat.text

  enum SummaryFormat: String, CaseIterable, ExpressibleByArgument { case text, json }

  func run() throws {
    let profile = try Profiles.model(model, in: try Profiles.catalog(directory: profiles))
    let reading = try TraceReading(input: input, site: site)
    var options = Replay.Options(
      scan: reading.scan, inputNames: input.traces, profile: profile, site: reading.site, pbx: reading.pbx,
      toolVersion: UCMSim.version)
    options.siteName = site.site
    options.seed = seed
    options.crmLatency = .milliseconds(Int64(crm.latencyMilliseconds))
    options.crm = try crm.setUp(file: reading.siteFile, seed: seed)
    try reading.check()
    let directory = try openDirectory(options)
    var replay = Replay(options, into: directory)
    let summary = try run(&replay)
    switch format {
    case .text: StandardOutput.shared.append(summary.text)
    case .json:
      try StandardOutput.shared.append {
        summary.json.write(.indented, to: &$0)
        $0.append(UInt8(ascii: "\n"))
      }
    }
    try StandardOutput.shared.flush()
    for notice in summary.notices { StandardError.note(notice) }
    for failure in summary.failures { StandardError.note(failure) }
    if Interrupt.wasRequested { throw Complaint("interrupted; the run holds the part read", .interrupted) }
    if !summary.failures.isEmpty { throw Complaint("", .unusableInput) }
  }

  private func openDirectory(_ options: Replay.Options) throws -> RunDirectory? {
    guard let out else { return nil }
    do throws(RunDirectory.Failure) {
      return try RunDirectory(
        path: out, layout: CDRLayout(options.profile.traits), timeZone: options.site.timeZone)
    } catch {
      throw Complaint(error.description, .usage)
    }
  }

  private func run(_ replay: inout Replay) throws -> RunSummary {
    let bar = ProgressBar()
    defer { bar.finish() }
    do throws(Replay.Failure) {
      return try replay.run {
        bar.update($0)
        return !Interrupt.wasRequested
      }
    } catch {
      switch error {
      case .trace(let trace): throw trace.complaint
      case .directory(let failure): throw Complaint(failure.description, .internalError)
      }
    }
  }
}
