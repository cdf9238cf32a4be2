import ArgumentParser
import Cases

/// `ucmsim merge`: the reports of one run, from the results of many.
struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: "Make the reports of one run from the results of its shards.",
    discussion: """
      Takes what `ucmsim test --results` wrote, in any order. Reports and exit code are those of one `ucmsim test` \
      over all cells, byte for byte. Nothing is merged where a cell is missing or there twice, a shard is there twice, \
      or the files are of different plans or versions.

      Exit codes: as `ucmsim test`, and 3 for files that make no whole.

      Examples:
        ucmsim merge shard-*.json --junit results.xml --html results.html
        ucmsim merge --plan plan.json shard-*.json --results merged.json
      """)

  @Argument(help: ArgumentHelp("Results of every shard.", valueName: "results"))
  var files: [String]

  @Option(
    help: ArgumentHelp("The plan that all results have to be of; otherwise they have it in them.", valueName: "file"))
  var plan: String?

  @Option(
    help: ArgumentHelp("Write all results to this file, to merge them again or to plan by.", valueName: "file"))
  var results: String?

  @Flag(help: "Say how long each cell took, in JSON and JUnit.")
  var durations = false

  @OptionGroup
  var reports: SuiteReportOptions

  func run() throws {
    if let results { try ResultFile.checkWritable(results) }
    let planned = try plan.map { (file: $0, plan: try StoredFiles.read(ShardPlan.self, $0)) }
    let parts = try files.map { ShardMerge.Part(file: $0, results: try StoredFiles.read(ShardResults.self, $0)) }
    let merged: ShardResults
    do throws(ShardMerge.Refusal) {
      merged = try ShardMerge.merged(parts, plan: planned, toolVersion: UCMSim.version)
    } catch {
      throw Complaint(error.description, .unusableInput)
    }
    if reports.html != nil, let part = parts.first(where: { !$0.results.hasPictures }) {
      throw Complaint(
        "\(part.file): has no pictures of calls, which --html shows; run the shards without --no-pictures",
        .unusableInput)
    }
    if merged.builds.count > 1 {
      StandardError.note(
        "the shards were run by \(merged.builds.count) builds of ucmsim \(UCMSim.version), which may come to other "
          + "results")
    }
    if let results { try ResultFile.write(merged.fileBytes(), to: results) }
    let told = merged.results(hasPictures: reports.html != nil, hasDurations: durations)
    try reports.tell(told)
    try reports.conclude(told)
  }
}
