import ArgumentParser
import JSON
import PacketCapture
import Primitives
import Reports
import SimulationRuntime

/// `ucmsim compare`: the same traffic on many models.
struct CompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Replay traces through many models at once and show side by side what each refuses.",
    discussion: """
      The traces are read once, whatever the number of models. A limit that nobody knows refuses nothing and is shown \
      as ?. With a CRM every model has one of its own; with --firmware only those whose menu has the system.

      Examples:
        ucmsim compare morning.pcap --models all --site office.yaml
        ucmsim compare morning.pcap --models ucm6202,ucm6304 --pbx 192.0.2.10 --format json
        ucmsim compare monday.pcap --models all --site office.yaml --html monday.html
        ucmsim compare morning.pcap --models ucm6302 --site office.yaml --fail-on-refusal
        ucmsim compare morning.pcap --models all --site office.yaml --amplify 8
      """)

  @OptionGroup var input: TraceOptions
  @OptionGroup var site: SiteOptions
  @OptionGroup var fleet: FleetOptions
  @OptionGroup var overlay: OverlayOptions

  @Option(help: "text, json or csv.")
  var format = Format.text

  @Option(help: ArgumentHelp("Write a page that needs nothing else to this file, too.", valueName: "file"))
  var html: String?

  @Flag(help: "Exit with 1 when a model refuses a call or a registration.")
  var failOnRefusal = false

  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json, csv }

  func run() throws {
    let members = try fleet.members()
    try overlay.checkHandles(traces: input.traces.count)
    let reading = try TraceReading(input: input, site: site, readsTwice: overlay.amplify > 1)
    var options = try fleet.replayOptions(members, reading, input: input, site: site)
    options.overlay = overlay.overlay
    try reading.check()
    if let html { try ResultFile.checkWritable(html) }
    var replay = FleetReplay(options)
    var summary = try replay.runForTerminal()
    if overlay.amplify > 1 { summary.notices.insert("the traffic is laid over itself \(overlay.amplify) times", at: 0) }
    let isInterrupted = Interrupt.wasRequested
    if isInterrupted { summary.notices.append("interrupted: the part read until then is compared") }
    if let html { try ResultFile.write(summary.html, to: html) }
    try print(summary)
    for notice in summary.notices { StandardError.note(notice) }
    for failure in summary.failures { StandardError.note(failure) }
    if isInterrupted { throw Complaint("", .interrupted) }
    if !summary.failures.isEmpty { throw Complaint("", .unusableInput) }
    if failOnRefusal, summary.hasRefusals { throw Complaint("", .findings) }
  }

  private func print(_ summary: FleetSummary) throws {
    switch format {
    case .text: StandardOutput.shared.append(summary.text(width: Terminal.width))
    case .json:
      try StandardOutput.shared.append {
        summary.json.write(.indented, to: &$0)
        $0.append(UInt8(ascii: "\n"))
      }
    case .csv:
      try StandardOutput.shared.append {
        CSVText.appendRow(FleetSummary.columns, to: &$0)
        for result in summary.results { CSVText.appendRow(summary.texts(result), to: &$0) }
      }
    }
    try StandardOutput.shared.flush()
  }
}

extension FleetReplay {
  /// Runs with a progress bar, and complains of traces that could not be opened.
  fileprivate mutating func runForTerminal() throws -> FleetSummary {
    let bar = ProgressBar()
    defer { bar.finish() }
    do throws(TraceError) {
      return try run {
        bar.update($0)
        return !Interrupt.wasRequested
      }
    } catch {
      throw error.complaint
    }
  }
}
