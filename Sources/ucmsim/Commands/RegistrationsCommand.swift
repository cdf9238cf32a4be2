import ArgumentParser
import PBXModel
import Reports
import SimulationRuntime

/// `ucmsim registrations`: what the phones registered.
struct RegistrationsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "registrations",
    abstract: "List the REGISTER transactions of traces and what came of them.",
    discussion: """
      Examples:
        ucmsim registrations morning.pcap
        ucmsim registrations morning.pcap --format jsonl | jq 'select(.outcome == "refused")'
      """)

  @OptionGroup var input: TraceOptions
  @OptionGroup var site: SiteOptions

  @Option(help: "text, json, jsonl or csv.")
  var format = OutputFormat.text

  @OptionGroup var account: AccountOption

  func run() throws {
    if account.isWanted { return try input.printAccount(format) }
    let reading = try TraceReading(input: input, site: site)
    let widths = [8, 27, 10, 21, 10, 6, 50, 0]
    var printer = RecordPrinter(format, columns: Array(zip(RegistrationReport.columns, widths)))
    let (_, outcome) = try reading.run { event in
      switch event {
      case .registration(let registration):
        printer.print(json: RegistrationReport.json(registration), texts: RegistrationReport.texts(registration))
      case .call: true
      }
    }
    try printer.finish()
    try outcome.complain()
  }
}
