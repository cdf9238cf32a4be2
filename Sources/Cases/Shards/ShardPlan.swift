import JSON

/// Which cell of a suite is in which shard. Machines that share one run every cell once, or somebody is told.
public struct ShardPlan: Hashable, Sendable {
  /// How cells came to their shards.
  public enum Partition: String, Codable, Hashable, Sendable, CaseIterable {
    /// By their names alone: a cell stays in its shard whatever becomes of the others.
    case hash
    /// So that all shards take about as long as each other.
    case durations
  }

  /// A cell and its shard.
  public struct Cell: Codable, Hashable, Sendable {
    /// `CellID.text`; no two cells of a plan have the same.
    public var name: String
    /// The case's file.
    public var file: String
    /// A digest of all that the cell's result depends on, the program left out.
    public var key: String
    /// Its shard, from 1.
    public var shard: Int

    /// A cell in its shard.
    public init(name: String, file: String, key: String, shard: Int) {
      (self.name, self.file, self.key, self.shard) = (name, file, key, shard)
    }
  }

  /// What the suite was made of, as it was given.
  public struct Choice: Hashable, Sendable {
    /// Folders of cases.
    public var cases: [String] = []
    /// In place of the cases' own; empty for those.
    public var models: [String] = []
    /// In place of the cases' own; empty for those.
    public var firmwares: [String] = []
    /// Only cells like this; nil for all.
    public var filter: String?

    /// No cases.
    public init() {}
  }

  /// The program's version; others may come to other results.
  public var toolVersion: String
  /// How many shards there are, with or without cells.
  public var shardCount: Int
  /// How the cells came to their shards.
  public var partition: Partition
  /// What the suite was made of.
  public var choice: Choice
  /// Every cell of the suite, in the suite's order.
  public var cells: [Cell]

  /// Puts cells into shards by their names; what stands in `shard` is replaced.
  public init(cells: [Cell], shardCount: Int, choice: Choice, toolVersion: String) {
    (self.toolVersion, self.shardCount, self.choice) = (toolVersion, shardCount, choice)
    partition = .hash
    self.cells = cells.map { cell in
      var cell = cell
      cell.shard = Self.shard(of: cell.name, among: shardCount)
      return cell
    }
  }

  /// What tells it from every other plan.
  public var id: String { ContentDigest.text(of: json.bytes()) }

  /// The cells of a shard, in the suite's order.
  public func cells(of shard: Shard) -> [Cell] { cells.filter { $0.shard == shard.number } }

  /// Why nothing can be run by it; nil where it is sound.
  var problem: String? {
    guard (1...Shard.countMax).contains(shardCount) else {
      return "`shards` is \(shardCount); it takes 1 to \(Shard.countMax)"
    }
    if let cell = cells.first(where: { !(1...shardCount).contains($0.shard) }) {
      return "cell \(cell.name) is in shard \(cell.shard), but there are \(shardCount)"
    }
    return doubledCell.map { "cell \($0.name) is in it twice" }
  }

  /// The first cell with the name of one before it, and that one's file; nil where there is none.
  public var doubledCell: (name: String, files: [String])? {
    var files: [String: String] = [:]
    for cell in cells {
      if let other = files.updateValue(cell.file, forKey: cell.name) { return (cell.name, [other, cell.file]) }
    }
    return nil
  }

  /// In what two plans differ, in a few words; nil where they do not.
  public func difference(from other: ShardPlan) -> String? {
    if self == other { return nil }
    if toolVersion != other.toolVersion { return "ucmsim \(toolVersion), not \(other.toolVersion)" }
    if shardCount != other.shardCount { return "\(shardCount) shards, not \(other.shardCount)" }
    if choice != other.choice { return "other cases, models, firmware or filter" }
    let others = other.cells.reduce(into: [:]) { $0[$1.name] = $1 }
    for cell in cells {
      guard let twin = others[cell.name] else { return "cell \(cell.name) besides" }
      if twin.key != cell.key { return "cell \(cell.name) of other content" }
      if twin.shard != cell.shard { return "cell \(cell.name) in shard \(cell.shard), not \(twin.shard)" }
    }
    let own = Set(cells.map(\.name))
    return other.cells.first { !own.contains($0.name) }.map { "no cell \($0.name)" } ?? "another order of cells"
  }
}
