import ArgumentParser
import HardwareProfiles
import JSON
import PBXModel
import PacketCapture
import Primitives
import Reports
import Simulation
import SimulationRuntime

/// `ucmsim size`: which model and plan carry a site's traffic.
struct SizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "size",
    abstract: "Find the smallest model and plan that carry the traffic of traces.",
    discussion: """
      The traffic is laid on an appliance that has enough of everything; its peaks are held against every model's \
      limits. Models are ordered by calls, then users: no price is known. A limit that nobody knows is never taken for \
      enough, and where sources give two values the verdict under both is told.

      Channels of trunks follow from the busiest hour (the hour that slides, ITU-T E.600) by Erlang's loss formula: \
      calls come at random and who finds no channel gives up. What the trace carried is taken for what was offered.

      Examples:
        ucmsim size morning.pcap --site office.yaml
        ucmsim size monday.pcap tuesday.pcap --site office.yaml --growth 25% --blocking 0.5%
        ucmsim size morning.pcap --site office.yaml --models ucm6301,ucm6302 --svg use.svg
        ucmsim size morning.pcap --site office.yaml --find-breaking-point 64
      """)

  @OptionGroup var input: TraceOptions
  @OptionGroup var site: SiteOptions
  @OptionGroup var choice: ModelsOption
  @OptionGroup var overlay: OverlayOptions

  @Option(
    help: ArgumentHelp("Growth on top of every peak and of the trunks' traffic, as 25%.", valueName: "percent"),
    transform: SizeCommand.growth)
  var growth = Share(basisPoints: 0)

  @Option(
    help: ArgumentHelp("Calls that may find all channels of a trunk taken in its busy hour.", valueName: "percent"),
    transform: SizeCommand.blocking)
  var blocking = Share(basisPoints: 100)

  @Option(
    help: ArgumentHelp(
      "Tell for each model how often the traffic can be laid over itself, up to n, before it refuses something (1 to "
        + "\(TrafficOverlay.copiesMax)).", valueName: "n"))
  var findBreakingPoint: Int?

  @Option(help: "text or json.")
  var format = ReplayCommand.SummaryFormat.text

  @Option(help: ArgumentHelp("Draw use over time against each model's line into this file.", valueName: "file"))
  var svg: String?

  static func growth(_ text: String) throws -> Share {
    guard let share = Share(text), share <= Sizing.Options.growthMax else {
      throw ValidationError("'\(text)' is no growth; write 25% or 2.5%, up to \(Sizing.Options.growthMax).")
    }
    return share
  }

  static func blocking(_ text: String) throws -> Share {
    guard let share = Share(text), share.basisPoints > 0, share.basisPoints < 10_000 else {
      throw ValidationError("'\(text)' is no blocking; write 1% or 0.5%, above 0 and below 100.")
    }
    return share
  }

  mutating func validate() throws {
    if let findBreakingPoint, !(1...TrafficOverlay.copiesMax).contains(findBreakingPoint) {
      throw ValidationError("--find-breaking-point takes 1 to \(TrafficOverlay.copiesMax).")
    }
  }

  func run() throws {
    let (profiles, catalog) = try choice.chosen()
    let reading = try TraceReading(input: input, site: site)
    var measurement = TrafficMeasurement(scan: reading.scan, site: reading.site, pbx: reading.pbx)
    measurement.hasSiteFile = site.site != nil
    measurement.overlay = overlay.overlay
    measurement.copiesSearched = findBreakingPoint ?? 0
    let measured = try measurement.runForTerminal()
    let sizing = Sizing(
      measured.use, site: reading.site, profiles: profiles, plans: catalog.plans,
      options: Sizing.Options(growth: growth, blocking: blocking))
    var report = SizingReport(
      toolVersion: UCMSim.version, inputs: input.traces, siteName: site.site, pbx: reading.pbx.text,
      timeZone: reading.site.timeZone, sizing: sizing, assumptions: measured.assumptions)
    report.settings = reading.site.assumptions
    if let svg { try ResultFile.write(SizingSVG(report).text, to: svg) }
    switch format {
    case .text: StandardOutput.shared.append(report.text(width: Terminal.width))
    case .json:
      try StandardOutput.shared.append {
        report.json.write(.indented, to: &$0)
        $0.append(UInt8(ascii: "\n"))
      }
    }
    try StandardOutput.shared.flush()
    try measured.outcome.complain()
  }
}

extension TrafficMeasurement {
  /// Runs with a progress bar, and complains of what could not be begun.
  func runForTerminal() throws -> Result {
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
