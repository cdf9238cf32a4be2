import ArgumentParser
import Cases
import JSON

/// `ucmsim plan`: which cell is run by whom.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Share the cells of regression cases among machines.",
    discussion: """
      Writes a plan: every cell of the cases with the digest of all it depends on, and the shard that runs it. \
      `ucmsim test --plan` runs one shard and refuses cells whose files are no longer those of the plan; \
      `ucmsim merge --plan` refuses results in which a cell is missing or there twice.

      Without --durations a cell's shard follows from its name alone, as with `ucmsim test --shard` without a plan. \
      With results of an earlier run all shards take about as long; a cell that was not among them is taken for an \
      average one.

      Exit codes: 0 done, 2 wrong usage, 3 a file cannot be used.

      Examples:
        ucmsim plan fixtures --shards 8 --out plan.json
        ucmsim plan cases --models all --shards 64 --durations merged.json --out plan.json
      """)

  @Argument(help: ArgumentHelp("Folders that hold case.yaml, or folders of such.", valueName: "case"))
  var cases: [String]

  @OptionGroup
  var chosen: CaseOptions

  @Option(help: ArgumentHelp("How many shards.", valueName: "n"))
  var shards: Int

  @Option(
    help: ArgumentHelp("Results of `ucmsim test` or `merge`, to know how long cells take.", valueName: "file"))
  var durations: String?

  @Option(help: ArgumentHelp("Write the plan to this file instead of standard output.", valueName: "file"))
  var out: String?

  func validate() throws {
    guard (1...Shard.countMax).contains(shards) else {
      throw ValidationError("--shards takes 1 to \(Shard.countMax).")
    }
  }

  func run() throws {
    if let out { try ResultFile.checkWritable(out) }
    let known = try durations.map { try StoredFiles.read(ShardResults.self, $0).durations }
    let choice = chosen.choice(of: cases)
    let suite = try CaseSuite(choice, catalog: try Profiles.catalog(directory: nil))
    var plan = try ShardPlan(
      of: suite, choice: choice, shards: shards, keys: CellKeys(), jobs: SuiteRun.processors)
    if let known { plan.balance(by: known) }
    let bytes = plan.fileBytes(.indented)
    if let out { return try ResultFile.write(bytes, to: out) }
    try StandardOutput.shared.append { $0 += bytes }
    try StandardOutput.shared.flush()
  }
}
