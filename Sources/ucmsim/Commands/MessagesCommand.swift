import ArgumentParser
import Reports
import SIP
import SIPCapture
import SimulationRuntime

/// `ucmsim messages`: the SIP messages of a trace.
struct MessagesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "messages",
    abstract: "List the SIP messages of traces, on whatever port they are.",
    discussion: """
      With --check, prints in place of the messages what RFC 3261 and its companions do not allow in them, a line a \
      problem with its section and its byte in the message, and exits with 1 where there is any.

      Examples:
        ucmsim messages morning.pcap
        ucmsim messages morning.pcap --format jsonl | jq -r .callID | sort -u
        ucmsim messages morning.pcap --account
        ucmsim messages wan.pcapng lan.pcapng --filter 'host 192.0.2.7' --count
        ucmsim messages trunk.pcap --check --format csv
      """)

  @OptionGroup var input: TraceOptions

  @Option(help: "text, json, jsonl or csv.")
  var format = OutputFormat.text

  @Flag(help: "Print the number of messages and nothing else.")
  var count = false

  @Flag(help: "Print the problems of messages; with --count, how many there are.")
  var check = false

  @OptionGroup var account: AccountOption

  mutating func validate() throws {
    if account.isWanted, count || check {
      throw ValidationError("Give --account without --count and --check.")
    }
  }

  func run() throws {
    if account.isWanted { return try input.printAccount(format) }
    if check { return try runCheck() }
    let outcome: TraceScan.Outcome
    if count {
      outcome = try input.scan().runForTerminal(readsHeadersAhead: false) { _ in true }
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
    try outcome.complain()
  }

  private func runCheck() throws {
    var findings = 0
    let widths = [8, 27, 21, 21, 9, 40, 8, 24, 16, 6, 26, 0]
    var printer = RecordPrinter(format, columns: Array(zip(ProblemReport.columns, widths)))
    let outcome = try input.scan().runForTerminal { captured in
      for problem in captured.message.problems(isInStream: captured.transport.isStream) {
        findings += 1
        guard !count else { continue }
        let isWanted = printer.print(
          json: ProblemReport.json(problem, of: captured), texts: ProblemReport.texts(problem, of: captured))
        guard isWanted else { return false }
      }
      return true
    }
    for refusal in ProblemReport.Refusal.all(in: outcome.account) {
      findings += refusal.count
      if !count { printer.print(json: ProblemReport.json(refusal), texts: ProblemReport.texts(refusal)) }
    }
    if count {
      StandardOutput.shared.append("\(findings)\n")
      try StandardOutput.shared.flush()
    } else {
      try printer.finish()
    }
    try outcome.complain()
    if findings > 0 { throw Complaint("", .findings) }
  }
}
