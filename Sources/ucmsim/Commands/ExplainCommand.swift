import ArgumentParser
import HardwareProfiles
import JSON
import PBXModel
import Reports
import Simulation
import SimulationRuntime

/// `ucmsim explain`: why one call came to what it came to.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say why one call came to the rows and the CRM record it has.",
    discussion: """
      Replays the traces and listens to one call: its messages, its dialogs, why they were joined, the route, the \
      place it took, what the CRM was asked, its rows column by column and its record in the CRM, each with the rule \
      applied, where the rule comes from and how sure it is. At the end stands the first thing that made it differ \
      from a plain answered call.

      The call is chosen as for `ucmsim ladder`, all other options are those of `ucmsim replay`. The traces are read \
      twice; what comes through a pipe is kept in a temporary file meanwhile.

      Examples:
        ucmsim explain morning.pcap --model ucm6304 --site office.yaml --call 12
        ucmsim explain morning.pcap --model ucm6202 --site office.yaml --crm-data crm.yaml --number +493000002011
        ucmsim explain morning.pcap --model ucm6510 --at 4711 --format json
      """)

  @OptionGroup var input: TraceOptions
  @OptionGroup var site: SiteOptions
  @OptionGroup var simulation: SimulationOptions
  @OptionGroup var choice: CallChoice

  @Option(help: "text or json.")
  var format = ReplayCommand.SummaryFormat.text

  func run() throws {
    let profile = try simulation.profile()
    let reading = try TraceReading(input: input, site: site, readsTwice: true)
    let options = try simulation.replayOptions(profile, reading, input: input, site: site)
    let listener = CallListener(to: try choice.pick(from: reading))
    var replay = Replay(options, into: nil, listener: listener)
    let summary = try replay.runForTerminal()
    var setting = Explanation.Setting(
      site: options.site, hasSiteFile: site.site != nil, pbx: options.pbx.text, model: profile.model,
      crmExtensions: options.crm.map { Set($0.configuration.clients.flatMap(\.extensions)) })
    setting.schema = options.profile.traits.cdrSchema?.value ?? .fields32
    setting = setting.leaning(on: summary.tally.leanings, isAsked: !listener.observations.exchanges.isEmpty)
    try write(Explanation(listener.messages, listener.observations, setting))
    for notice in summary.notices { StandardError.note(notice) }
    for failure in summary.failures { StandardError.note(failure) }
    replay.crmTraffic.tell()
    if Interrupt.wasRequested { throw Complaint("interrupted; the result above is of the part read", .interrupted) }
    if !summary.failures.isEmpty { throw Complaint("", .unusableInput) }
    try replay.crmTraffic.complain()
  }

  private func write(_ explanation: Explanation) throws {
    switch format {
    case .text: StandardOutput.shared.append(ExplanationText(explanation).text)
    case .json:
      try StandardOutput.shared.append {
        explanation.json.write(.indented, to: &$0)
        $0.append(UInt8(ascii: "\n"))
      }
    }
    try StandardOutput.shared.flush()
  }
}
