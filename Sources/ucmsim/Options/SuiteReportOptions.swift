import ArgumentParser
import Cases
import JSON
import Reports

/// How the results of a suite are told; equal results give equal bytes.
struct SuiteReportOptions: ParsableArguments {
  /// How the results are printed.
  enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }
  /// Who reads the lines beside the case files.
  enum Annotations: String, CaseIterable, ExpressibleByArgument { case github, gitlab }

  @Option(help: "text or json.")
  var format = Format.text

  @Option(help: ArgumentHelp("Write JUnit's XML to this file.", valueName: "file"))
  var junit: String?

  @Option(help: ArgumentHelp("Write one page that needs nothing else to this file.", valueName: "file"))
  var html: String?

  @Option(
    help: "On standard output instead of the results: github (workflow commands) or gitlab (a code-quality report).")
  var annotations: Annotations?

  func validate() throws {
    guard annotations == nil || format == .text else {
      throw ValidationError("--annotations and --format json both print to standard output; give one of them.")
    }
  }

  /// Writes and prints every report that was asked for.
  func tell(_ results: [CellResult]) throws {
    if let junit { try ResultFile.write(SuiteJUnit.document(results), to: junit) }
    if let html { try ResultFile.write(SuiteHTML(results).text, to: html) }
    let output = StandardOutput.shared
    switch (annotations, format) {
    case (.github?, _): output.append(SuiteAnnotations.github(results))
    case (.gitlab?, _): try Self.print(SuiteJSON.codeQuality(results))
    case (nil, .json): try Self.print(SuiteJSON.document(results))
    case (nil, .text): output.append(SuiteText(results).text)
    }
    try output.flush()
  }

  static func print(_ value: JSONValue) throws {
    try StandardOutput.shared.append { bytes in
      value.write(.indented, to: &bytes)
      bytes.append(UInt8(ascii: "\n"))
    }
  }

  /// Ends the program with what the results come to.
  ///
  /// - Parameter isWhole: whether these are all cells, so that some of them have to have run.
  func conclude(_ results: [CellResult], isWhole: Bool = true) throws {
    let text = annotations == nil ? "" : SuiteText(results).counts
    if results.count(.unusable) > 0 { throw Complaint(text, .unusableInput) }
    if results.count(.failed) > 0 { throw Complaint(text, .findings) }
    if isWhole, results.count(.passed) == 0 {
      throw Complaint("no cell ran: every model lacks what its case needs, so nothing is proved", .usage)
    }
  }
}
