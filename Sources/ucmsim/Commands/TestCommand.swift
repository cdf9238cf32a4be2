import ArgumentParser
import Cases
import HardwareProfiles
import JSON

/// `ucmsim test`: regression cases.
struct TestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Run regression cases: traces with what must come out of them.",
    discussion: """
      A case is a folder with a case.yaml; the folders given are searched for them. Each case runs on every model, \
      firmware and CRM it names: a cell. Nothing is tried twice, an expectation that cannot be evaluated has failed, \
      and equal runs give equal reports whatever --jobs says.

      With --shard k/n only the k-th of n parts runs: cells by a hash of their names, or those that `ucmsim plan` put \
      there. --results keeps what came of them for `ucmsim merge`, which makes the reports of one run of them. --cache \
      runs only cells of which anything has changed; delete its folder to empty it.

      Exit codes: 0 all passed, 1 something failed or --update changed something, 2 wrong usage, 3 a case, trace or \
      plan cannot be used.

      Examples:
        ucmsim test fixtures
        ucmsim test fixtures --models all --filter 'overload' --jobs 4
        ucmsim test cases --junit results.xml --html results.html --annotations github
        ucmsim test cases/monday --update
        ucmsim test cases --cache ~/.cache/ucmsim
        ucmsim test cases --shard 3/8 --results shard-3.json
        ucmsim test --plan plan.json --shard 3/8 --results shard-3.json
      """)

  @Argument(help: ArgumentHelp("Folders that hold case.yaml, or folders of such.", valueName: "case"))
  var cases: [String] = []

  @OptionGroup
  var chosen: CaseOptions

  @Option(help: ArgumentHelp("Cells that run at the same time; otherwise one for each processor.", valueName: "n"))
  var jobs: Int?

  @Flag(help: "Print the ids of the cells and run none.")
  var list = false

  @Flag(help: "Stop after the first cell that fails.")
  var failFast = false

  @Flag(help: "Write goldens and expected numbers anew, show what changed, and exit with 1 if anything did.")
  var update = false

  @Flag(help: "Say how long each cell took, in JSON and JUnit; such reports differ from run to run.")
  var durations = false

  @Option(
    help: ArgumentHelp("Only the cells of this part of the suite, as 3/8.", valueName: "k/n"),
    transform: ShardOption.read)
  var shard: Shard?

  @Option(
    help: ArgumentHelp("Cells and their shards as `ucmsim plan` wrote them, in place of cases.", valueName: "file"))
  var plan: String?

  @Option(help: ArgumentHelp("Write what came of each cell to this file, for `ucmsim merge`.", valueName: "file"))
  var results: String?

  @Flag(help: "Draw no calls for --results: quicker, and no page can be made of them.")
  var noPictures = false

  @Option(
    help: ArgumentHelp(
      "Take results of unchanged cells from this folder and keep those of others there; --update runs all.",
      valueName: "folder"))
  var cache: String?

  @OptionGroup
  var reports: SuiteReportOptions

  static let jobsMax = 256

  mutating func validate() throws {
    guard !cases.isEmpty || plan != nil else {
      throw ValidationError("Missing expected argument '<case> ...': give folders of cases, or --plan.")
    }
    guard (1...Self.jobsMax).contains(jobs ?? 1) else { throw ValidationError("--jobs takes 1 to \(Self.jobsMax).") }
    guard !update || chosen.models == nil && chosen.firmwares == nil else {
      throw ValidationError("--update renews what the cases themselves say: leave --models and --firmwares out.")
    }
    guard !update || !list else { throw ValidationError("--list runs nothing, so --update has nothing to renew.") }
    try validateShards()
  }

  private func validateShards() throws {
    guard plan == nil || cases.isEmpty && chosen.areAbsent else {
      throw ValidationError("--plan says which cells there are: leave cases, --models, --firmwares and --filter out.")
    }
    guard plan == nil || shard != nil else { throw ValidationError("--plan needs --shard k/n: which part to run.") }
    guard !update || shard == nil else {
      throw ValidationError("--update renews whole cases, and a shard has parts of some: leave --shard out.")
    }
    guard results == nil || !failFast && !list else {
      throw ValidationError("--results has every cell of the part: leave --fail-fast and --list out.")
    }
    guard !noPictures || results != nil && reports.html == nil else {
      throw ValidationError("--no-pictures is for --results without --html, for a page shows the pictures.")
    }
  }

  private var threads: Int { jobs ?? SuiteRun.processors }

  func run() throws {
    if let results { try ResultFile.checkWritable(results) }
    let catalog = try Profiles.catalog(directory: nil)
    let keys = CellKeys()
    let part = try part(catalog, keys)
    if list { return try tell(part) }
    var run = SuiteRun(entries: part.entries, jobs: jobs)
    run.wantsPictures = reports.html != nil || results != nil && !noPictures
    run.keepsFiles = update
    run.isFailFast = failFast
    let build = results != nil || cache != nil ? try BuildIdentity.text() : ""
    if let cache, !update { run.cache = try CellCache(folder: cache, build: build, keys: keys) }
    var outcomes = try run.outcomes()
    var hasChanged = false
    if update {
      hasChanged = try renew(part.entries, outcomes)
      // What is told is what holds now.
      if hasChanged {
        run.entries = try self.part(catalog, keys).entries
        outcomes = try run.outcomes()
      }
    }
    tell(run.cache, part)
    try write(outcomes, part, keys, build)
    try conclude(outcomes)
    if hasChanged { throw Complaint("", .findings) }
  }

  private func conclude(_ outcomes: [CellOutcome]) throws {
    let told = outcomes.map { outcome in
      var result = outcome.result
      if !durations { result.durationNanoseconds = nil }
      // Drawn for a page that is made of the results later.
      if reports.html == nil { result.ladders = [] }
      return result
    }
    try reports.tell(told)
    try reports.conclude(told, isWhole: shard == nil)
  }

  // MARK: Cells

  private func part(_ catalog: ProfileCatalog, _ keys: CellKeys) throws -> SuitePart {
    if let plan, let shard {
      let read = try ShardPlan.read(plan)
      guard read.shardCount == shard.count else {
        throw Complaint("--shard \(shard.text): \(plan) has \(read.shardCount) shards", .usage)
      }
      let suite: CaseSuite
      do { suite = try CaseSuite(read.choice, catalog: catalog) } catch let complaint as Complaint {
        throw Complaint("\(plan): \(complaint.message)", .unusableInput)
      }
      return try SuitePart(suite, shard: shard, plan: read, file: plan, keys: keys, jobs: threads)
    }
    let choice = chosen.choice(of: cases)
    let suite = try CaseSuite(choice, catalog: catalog)
    let plan =
      results == nil
      ? nil : try ShardPlan(of: suite, choice: choice, shards: shard?.count ?? 1, keys: keys, jobs: threads)
    return SuitePart(suite, shard: shard, plan: plan)
  }

  private func tell(_ part: SuitePart) throws {
    let names = part.entries.map(\.id.text)
    switch reports.format {
    case .text: for name in names { StandardOutput.shared.append(name + "\n") }
    case .json: try SuiteReportOptions.print(.array(names.map { .string($0) }))
    }
    try StandardOutput.shared.flush()
  }

  private func tell(_ cache: CellCache?, _ part: SuitePart) {
    guard let cache, let folder = self.cache else { return }
    cache.trim()
    StandardError.note("\(cache.hitCount) of \(part.entries.count) cells came from the cache \(folder)")
  }

  // MARK: What is kept

  private func write(_ outcomes: [CellOutcome], _ part: SuitePart, _ keys: CellKeys, _ build: String) throws {
    guard let results, let plan = part.plan else { return }
    for entry in part.entries {
      guard case .cell(let cell) = entry, !keys.isUnchanged(cell) else { continue }
      throw Complaint(
        "\(cell.folder.file): a file of \(cell.id.text) changed while the cells ran; run them again", .unusableInput)
    }
    let kept = ShardResults(
      outcomes.map(\.result), of: [shard?.number ?? 1], plan: plan, build: build, hasPictures: !noPictures)
    try ResultFile.write(kept.fileBytes(), to: results)
  }

  /// - Returns: whether anything was written.
  private func renew(_ entries: [CaseSuite.Entry], _ outcomes: [CellOutcome]) throws -> Bool {
    var renewal = CaseRenewal()
    for (entry, outcome) in zip(entries, outcomes) {
      guard case .cell(let cell) = entry, let files = outcome.files else { continue }
      try renewal.add(cell, outcome.result, files)
    }
    try renewal.finish()
    StandardOutput.shared.append(renewal.changes)
    try StandardOutput.shared.flush()
    for refusal in renewal.refusals { StandardError.note(refusal) }
    return !renewal.changes.isEmpty
  }
}
