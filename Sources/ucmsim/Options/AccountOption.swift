import ArgumentParser
import JSON
import Reports
import SimulationRuntime

/// Whether the account of the frames is printed in place of a listing.
struct AccountOption: ParsableArguments {
  @Flag(
    name: .customLong("account"),
    help: "Print what became of every frame, reason by reason, and nothing else.")
  var isWanted = false
}

extension TraceOptions {
  /// Reads the traces and prints what became of their frames.
  func printAccount(_ format: OutputFormat) throws {
    let outcome = try scan().runForTerminal(readsHeadersAhead: false) { _ in true }
    let report = AccountReport(outcome.account, traces: outcome.captureNames)
    switch format {
    case .text: StandardOutput.shared.append(report.text)
    case .json:
      try StandardOutput.shared.append {
        report.json.write(.indented, to: &$0)
        $0.append(UInt8(ascii: "\n"))
      }
    case .jsonl, .csv:
      var printer = RecordPrinter(format, columns: AccountReport.columns.map { ($0, 0) })
      for line in report.lines { printer.print(json: report.json(line), texts: report.texts(line)) }
      try printer.finish()
    }
    try StandardOutput.shared.flush()
    try outcome.complain()
  }
}
