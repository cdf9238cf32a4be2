import Cases
import HardwareProfiles

/// The cells of a suite that this run is about: all, or those of a shard.
struct SuitePart {
  /// In the suite's order.
  let entries: [CaseSuite.Entry]
  /// nil for the whole suite.
  let shard: Shard?
  /// The whole suite's; nil where nobody asks for it.
  let plan: ShardPlan?

  private static let linesMax = 20

  /// Every cell, or those that are in the shard by their names.
  init(_ suite: CaseSuite, shard: Shard?, plan: ShardPlan?) {
    (self.shard, self.plan) = (shard, plan)
    guard let shard else {
      entries = suite.entries
      return
    }
    entries = suite.entries.filter { ShardPlan.shard(of: $0.id.text, among: shard.count) == shard.number }
  }

  /// The cells that a plan has in the shard.
  ///
  /// Complains of what is no longer as it was planned: cells of the whole suite that came or went, and cells of this
  /// shard whose files have changed.
  init(_ suite: CaseSuite, shard: Shard, plan: ShardPlan, file: String, keys: CellKeys, jobs: Int) throws {
    let planned = plan.cells.reduce(into: [:]) { $0[$1.name] = $1 }
    var found: Set<String> = []
    var problems: [String] = []
    for entry in suite.entries {
      let name = entry.id.text
      if planned[name] == nil { problems.append("cell \(name) (\(entry.file)) is not in the plan") }
      if !found.insert(name).inserted { problems.append("cell \(name) (\(entry.file)) is there twice") }
    }
    for cell in plan.cells where !found.contains(cell.name) {
      problems.append("cell \(cell.name) (\(cell.file)) is no longer there")
    }
    let own = suite.entries.filter { planned[$0.id.text]?.shard == shard.number }
    for (entry, key) in zip(own, Self.keys(of: own, keys, jobs)) where planned[entry.id.text]?.key != key {
      problems.append(
        "cell \(entry.id.text) (\(entry.file)) is not what was planned: the case, or a file it names, has changed")
    }
    guard problems.isEmpty else {
      let rest = problems.count - Self.linesMax
      let lines = problems.prefix(Self.linesMax) + (rest > 0 ? ["… and \(rest) more"] : [])
      throw Complaint(
        lines.map { "\(file): \($0)" }.joined(separator: "\n")
          + "\nmake the plan anew, or take the files it was made of",
        .unusableInput)
    }
    (entries, self.shard, self.plan) = (own, shard, plan)
  }

  /// The keys of entries, in their order.
  static func keys(of entries: [CaseSuite.Entry], _ keys: CellKeys, _ jobs: Int) -> [String] {
    CellWorkers.run(count: entries.count, jobs: jobs, isLast: { (_: String) in false }) { keys.key(of: entries[$0]) }
  }
}

extension ShardPlan {
  /// Puts a whole suite into shards.
  init(of suite: CaseSuite, choice: Choice, shards: Int, keys: CellKeys, jobs: Int) throws {
    let entries = suite.entries
    let texts = SuitePart.keys(of: entries, keys, jobs)
    if Interrupt.wasRequested { throw Complaint("interrupted before the plan was made", .interrupted) }
    let cells = zip(entries, texts).map { Cell(name: $0.id.text, file: $0.file, key: $1, shard: 0) }
    self.init(cells: cells, shardCount: shards, choice: choice, toolVersion: UCMSim.version)
    if let doubled = doubledCell {
      throw Complaint(
        "two cells are called \(doubled.name), in \(doubled.files.joined(separator: " and ")); give one case another "
          + "`name`", .unusableInput)
    }
  }

  /// The plan in a file; complains of one that another version made.
  static func read(_ path: String) throws -> ShardPlan {
    let plan = try StoredFiles.read(ShardPlan.self, path)
    guard plan.toolVersion == UCMSim.version else {
      throw Complaint(
        "\(path): was made by ucmsim \(plan.toolVersion), this is \(UCMSim.version); make it anew", .unusableInput)
    }
    return plan
  }
}
