import ArgumentParser
import JSON
import PBXModel
import Reports
import SimulationRuntime

/// `ucmsim ladder`: one call's flow as a picture.
struct LadderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ladder",
    abstract: "Draw one call, all its legs in one picture, with the PBX in the middle.",
    discussion: """
      Choose the call with --call, --number, --call-id or --at; where the traces hold one call only, that is it. \
      Otherwise the calls are listed on standard error. Dotted arrows are retransmissions. The traces are read twice; \
      what comes through a pipe is kept in a temporary file meanwhile.

      Examples:
        ucmsim ladder morning.pcap --call 12
        ucmsim ladder morning.pcap --site office.yaml --number 1001 --format svg --out call.svg
        ucmsim ladder morning.pcap --at 4711 --ascii --width 100
      """)

  @OptionGroup var input: TraceOptions
  @OptionGroup var site: SiteOptions
  @OptionGroup var choice: CallChoice

  @Option(help: "text, svg or json.")
  var format = LadderFormat.text

  @Option(help: ArgumentHelp("Write to this file instead of standard output.", valueName: "file"))
  var out: String?

  @Option(help: ArgumentHelp("Columns of the text; otherwise the terminal's, or as many as it takes.", valueName: "n"))
  var width: Int?

  @Option(help: ArgumentHelp("Messages drawn at most.", valueName: "n"))
  var lines = 1000

  @Flag(help: "Draw the text with ASCII characters only.")
  var ascii = false

  static let widths = 72...100_000
  static let linesMax = 100_000

  mutating func validate() throws {
    if let width, !Self.widths.contains(width) {
      throw ValidationError("--width takes \(Self.widths.lowerBound) to \(Self.widths.upperBound) columns.")
    }
    guard (1...Self.linesMax).contains(lines) else {
      throw ValidationError("--lines takes 1 to \(Self.linesMax).")
    }
    if format != .text, width != nil || ascii {
      throw ValidationError("--width and --ascii are for --format text.")
    }
  }

  func run() throws {
    let reading = try TraceReading(input: input, site: site, readsTwice: true)
    let call = try choice.pick(from: reading)
    var collector = LadderCollector(call: call, messagesMax: lines)
    let outcome = try reading.scan.runForTerminal { captured in
      collector.receive(captured)
      return true
    }
    let ladder = Ladder(collector, isPBXKnown: !reading.pbx.addresses.isEmpty, timeZone: reading.site.timeZone)
    try write(ladder)
    if ladder.messagesLeftOut > 0 {
      StandardError.note("… \(ladder.messagesLeftOut) more messages of the call; see --lines")
    }
    if ladder.messagesOnOtherHops > 0 {
      StandardError.note(
        "\(ladder.messagesOnOtherHops) more under its Call-IDs between other addresses: past the PBX, or of other calls"
      )
    }
    try outcome.complain()
  }

  private func write(_ ladder: Ladder) throws {
    let text: String
    switch format {
    case .text:
      let isTerminal = out == nil
      text =
        LadderText(
          ladder, width: width ?? (isTerminal ? Terminal.width.map { max($0, Self.widths.lowerBound) } : nil),
          isASCII: ascii, isColoured: isTerminal && Terminal.takesColour
        ).text
    case .svg: text = LadderSVG(ladder).text
    case .json:
      var bytes: [UInt8] = []
      ladder.json.write(.indented, to: &bytes)
      text = String(decoding: bytes, as: UTF8.self) + "\n"
    }
    if let out { return try ResultFile.write(text, to: out) }
    StandardOutput.shared.append(text)
    try StandardOutput.shared.flush()
  }
}
