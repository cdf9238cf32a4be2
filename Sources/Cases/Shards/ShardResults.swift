/// What became of the cells of some shards, with the plan they are of: enough to make every report.
public struct ShardResults: Hashable, Sendable {
  /// The program's version.
  public var toolVersion: String
  /// The programs that ran the cells, each once; more than one only after a merge.
  public var builds: [String]
  /// Every cell of the suite, those of other shards too.
  public var plan: ShardPlan
  /// The shards whose cells these are, from 1.
  public var shards: [Int]
  /// Whether calls were drawn, as a page needs it.
  public var hasPictures: Bool
  /// Without their durations.
  public var cells: [CellResult]
  /// Nanoseconds by the cell's name. Nothing else depends on them: no two runs take as long.
  public var durations: [String: Int64]

  /// Results of one run; their durations are put apart.
  public init(
    _ results: [CellResult], of shards: [Int], plan: ShardPlan, build: String, hasPictures: Bool
  ) {
    (toolVersion, builds, self.plan, self.shards) = (plan.toolVersion, [build], plan, shards)
    self.hasPictures = hasPictures
    durations = [:]
    for result in results { durations[result.id.text] = result.durationNanoseconds }
    cells = results.map { result in
      var result = result
      result.durationNanoseconds = nil
      return result
    }
  }

  /// The results as a run would have given them that drew calls, or timed cells, or neither.
  public func results(hasPictures: Bool, hasDurations: Bool) -> [CellResult] {
    cells.map { cell in
      var cell = cell
      if !hasPictures { cell.ladders = [] }
      if hasDurations { cell.durationNanoseconds = durations[cell.id.text] }
      return cell
    }
  }
}
