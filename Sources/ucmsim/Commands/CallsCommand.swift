import ArgumentParser
import PBXModel
import Reports
import SimulationRuntime

/// `ucmsim calls`: the calls the recorded PBX carried.
struct CallsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calls",
    abstract: "List the calls of traces, both legs of the PBX joined into one.",
    discussion: """
      Calls are printed as they end; those still running at the end of the trace come last. No model's limits are \
      applied: this is what the recorded PBX did.

      Examples:
        ucmsim calls morning.pcap --site office.yaml
        ucmsim calls morning.pcap --pbx 192.0.2.10 --format jsonl
      """)

  @OptionGroup var input: TraceOptions
  @OptionGroup var site: SiteOptions

  @Option(help: "text, json, jsonl or csv.")
  var format = OutputFormat.text

  @OptionGroup var account: AccountOption

  func run() throws {
    if account.isWanted { return try input.printAccount(format) }
    let reading = try TraceReading(input: input, site: site)
    let widths = [4, 27, 27, 27, 12, 12, 9, 11, 8, 7, 4, 10]
    var printer = RecordPrinter(format, columns: Array(zip(CallReport.columns, widths)))
    let print = { (call: Call) in printer.print(json: CallReport.json(call), texts: CallReport.texts(call)) }
    let (model, outcome) = try reading.run { event in
      switch event {
      // What became a part of another call is told with that.
      case .call(.ended(let call)): call.joinedInto != nil || print(call)
      case .call, .registration: true
      }
    }
    for call in model.calls.runningCalls where !print(call) { break }
    try printer.finish()
    try outcome.complain()
  }
}
