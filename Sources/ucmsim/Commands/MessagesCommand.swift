import ArgumentParser
import Reports
import SIPCapture
import SimulationRuntime

/// `ucmsim messages`: the SIP messages of a trace.
struct MessagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages",
    abstract: "List the SIP messages of traces, on whatever port they are.",
    discussion: """
      Examples:
        ucmsim messages morning.pcap
        ucmsim messages morning.pcap --format jsonl | jq -r .callID | sort -u
        ucmsim messages morning.pcap --account
        ucmsim messages wan.pcapng lan.pcapng --filter 'host 192.0.2.7' --count
      """)

  @OptionGroup var input: TraceOptions

  @Option(help: "text, json, jsonl or csv.")
  var format = OutputFormat.text

  @Flag(help: "Print the number of messages and nothing else.")
  var count = false

  @OptionGroup var account: AccountOption

  mutating func validate() throws {
    if count, account.isWanted { throw ValidationError("Give either --count or --account.") }
  }

  func run() throws {
    if account.isWanted { return try input.printAccount(format) }
    let outcome: TraceScan.Outcome
    if count {
      outcome = try input.scan().runForTerminal { _ in true }
      StandardOutput.shared.append("\(outcome.account.messages)\n")
      try StandardOutput.shared.flush()
    } else {
      let widths = [8, 27, 9, 21, 21, 9, 6, 40, 0]
      var printer = RecordPrinter(format, columns: Array(zip(MessageReport.columns, widths)))
      outcome = try input.scan().runForTerminal { captured in
        printer.print(
          writeJSON: { MessageReport.appendJSON(captured, to: &$0) }, texts: MessageReport.texts(captured))
      }
      try printer.finish()
    }
    try outcome.complain(of: input.traces)
  }
}
