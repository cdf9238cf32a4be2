/// Puts the results of shards together, so that what comes out is what one run over all cells would have given.
public enum ShardMerge {
  /// A file of results by its name.
  public struct Part: Sendable {
    /// As complaints call it.
    public var file: String
    /// What it holds.
    public var results: ShardResults

    /// A file as it was read.
    public init(file: String, results: ShardResults) {
      (self.file, self.results) = (file, results)
    }
  }

  /// Why files do not make a whole.
  public struct Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    /// One line each.
    public let problems: [String]

    /// The first of them, and how many more there are.
    public var description: String {
      let rest = problems.count - Self.linesMax
      return (problems.prefix(Self.linesMax) + (rest > 0 ? ["… and \(rest) more"] : [])).joined(separator: "\n")
    }

    private static let linesMax = 20
  }

  /// Every cell once, in the suite's order, in whatever order the parts come.
  ///
  /// - Parameters:
  ///   - plan: with its file's name, where all parts have to be of that one; nil for that of the first part.
  ///   - toolVersion: this program's. Others would not write the same reports.
  public static func merged(
    _ parts: [Part], plan: (file: String, plan: ShardPlan)? = nil, toolVersion: String
  ) throws(Refusal) -> ShardResults {
    guard let wanted = plan ?? parts.first.map({ (file: $0.file, plan: $0.results.plan) }) else {
      throw Refusal(problems: ["there are no results to merge"])
    }
    try refuse(foreign(parts, plan: wanted, toolVersion))
    try refuse(doubledShards(parts, among: wanted.plan.shardCount))
    let placed = try placed(parts, by: wanted.plan)
    var merged = ShardResults(
      placed, of: Set(parts.flatMap(\.results.shards)).sorted(), plan: wanted.plan, build: "",
      hasPictures: parts.allSatisfy(\.results.hasPictures))
    merged.builds = Set(parts.flatMap(\.results.builds)).sorted()
    for part in parts { merged.durations.merge(part.results.durations) { one, _ in one } }
    return merged
  }

  private static func refuse(_ problems: [String]) throws(Refusal) {
    if !problems.isEmpty { throw Refusal(problems: problems) }
  }

  /// Parts of another version or plan.
  private static func foreign(
    _ parts: [Part], plan: (file: String, plan: ShardPlan), _ toolVersion: String
  ) -> [String] {
    let id = plan.plan.id
    return parts.compactMap { part in
      let (results, own) = (part.results, part.results.plan)
      guard results.toolVersion == toolVersion else {
        return
          "\(part.file) is of ucmsim \(results.toolVersion), this is \(toolVersion); merge with the version that ran "
          + "the shards"
      }
      guard own.id != id else { return nil }
      return "\(part.file) and \(plan.file) are of different plans, \(own.id.prefix(12)) and \(id.prefix(12)): "
        + "\(part.file) has \(own.difference(from: plan.plan) ?? "the same content")"
    }
  }

  private static func doubledShards(_ parts: [Part], among count: Int) -> [String] {
    var files: [Int: String] = [:]
    return parts.flatMap { part in
      part.results.shards.compactMap { shard in
        files.updateValue(part.file, forKey: shard).map {
          "shard \(shard)/\(count) is in \($0) and in \(part.file); give each shard once"
        }
      }
    }
  }

  private static func placed(_ parts: [Part], by plan: ShardPlan) throws(Refusal) -> [CellResult] {
    let shards = plan.cells.reduce(into: [:]) { $0[$1.name] = $1.shard }
    var found: [String: (result: CellResult, file: String)] = [:]
    var problems: [String] = []
    for part in parts {
      for result in part.results.cells {
        let name = result.id.text
        guard let shard = shards[name] else {
          problems.append("cell \(name) in \(part.file) is not in the plan")
          continue
        }
        if !part.results.shards.contains(shard) {
          problems.append(
            "cell \(name) in \(part.file) belongs to shard \(shard)/\(plan.shardCount), which is not there")
        }
        if let other = found.updateValue((result, part.file), forKey: name) {
          problems.append("cell \(name) is there twice, in \(other.file) and in \(part.file)")
        }
      }
    }
    for cell in plan.cells where found[cell.name] == nil {
      let shard = "shard \(cell.shard)/\(plan.shardCount)"
      let holder = parts.first { $0.results.shards.contains(cell.shard) }?.file
      problems.append(
        "cell \(cell.name) (\(cell.file)) is missing: "
          + (holder.map { "\($0) should hold it, which is of \(shard)" } ?? "no file is of \(shard)"))
    }
    try refuse(problems)
    return plan.cells.compactMap { found[$0.name]?.result }
  }
}
