import HeapModule

extension ShardPlan {
  /// The shard of a cell by its name alone: the same on every machine, in every version, for every suite.
  public static func shard(of name: String, among count: Int) -> Int {
    var digest = ContentDigest()
    digest.add("cell", name)
    return 1 + Int(digest.number % UInt64(max(1, count)))
  }

  /// Puts the cells into shards so that all take about as long: the longest cell first, each into the shard that has
  /// least to do so far. Among equals the first by name, and the first shard.
  ///
  /// - Parameter durations: nanoseconds by the cell's name. One that is not known is taken for as long as the others
  ///   are on average.
  public mutating func balance(by durations: [String: Int64]) {
    // However long they are said to take, their sum is a number.
    let longest = Int64.max / Int64(max(1, cells.count))
    let known = cells.map { cell in durations[cell.name].map { min(max(1, $0), longest) } }
    let sum = known.reduce(0) { $0 + ($1 ?? 0) }
    let average = max(1, sum / Int64(max(1, known.count { $0 != nil })))
    let lengths = known.map { $0 ?? average }
    let order = cells.indices.sorted { one, other in
      lengths[one] != lengths[other] ? lengths[one] > lengths[other] : cells[one].name < cells[other].name
    }
    var shards = Heap((1...max(1, shardCount)).map { Burden(nanoseconds: 0, shard: $0) })
    for index in order {
      guard let least = shards.popMin() else { break }
      cells[index].shard = least.shard
      shards.insert(Burden(nanoseconds: least.nanoseconds + lengths[index], shard: least.shard))
    }
    partition = .durations
  }

  /// What a shard has to do so far.
  private struct Burden: Comparable {
    var nanoseconds: Int64
    var shard: Int

    static func < (one: Burden, other: Burden) -> Bool {
      (one.nanoseconds, one.shard) < (other.nanoseconds, other.shard)
    }
  }
}
