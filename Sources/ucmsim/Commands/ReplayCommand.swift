import ArgumentParser
import HardwareProfiles
import JSON
import PBXModel
import Reports
import Simulation
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
  @OptionGroup var simulation: SimulationOptions

  @Option(help: ArgumentHelp("Folder for the files of the run; made when missing.", valueName: "folder"))
  var out: String?

  @Option(
    help: ArgumentHelp(
      "When the appliance loses its power: a time in the forms of cdr --from, or event:N. Repeatable.",
      valueName: "when"),
    transform: PowerCutOption.init(_:))
  var powerCutAt: [PowerCutOption] = []

  @Option(
    help: ArgumentHelp(
      "From a power failure until it answers again; otherwise the site file's, otherwise "
        + "\(ApplianceSettings().bootSeconds).", valueName: "seconds"))
  var bootSeconds: Int?

  static let bootRange = 0...86_400

  @Option(help: "How the summary is printed: text or json.")
  var format = SummaryFormat.text

  enum SummaryFormat: String, CaseIterable, ExpressibleByArgument { case text, json }

  mutating func validate() throws {
    guard bootSeconds.map(Self.bootRange.contains) ?? true else {
      throw ValidationError("--boot-seconds takes 0 to \(Self.bootRange.upperBound) seconds.")
    }
  }

  func run() throws {
    let profile = try simulation.profile()
    let reading = try TraceReading(input: input, site: site)
    var options = try simulation.replayOptions(profile, reading, input: input, site: site)
    options.powerCuts = powerCutAt.map { $0.powerCut(in: options.site.timeZone) }
    if let bootSeconds { options.appliance.bootSeconds = bootSeconds }
    try reading.check()
    let directory = try openDirectory(options)
    var replay = Replay(options, into: directory)
    let summary = try replay.runForTerminal()
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
    replay.crmTraffic.tell()
    if Interrupt.wasRequested { throw Complaint("interrupted; the run holds the part read", .interrupted) }
    if !summary.failures.isEmpty { throw Complaint("", .unusableInput) }
    try replay.crmTraffic.complain()
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
}
