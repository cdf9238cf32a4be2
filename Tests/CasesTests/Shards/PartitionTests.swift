import Cases
import Testing

@Suite struct PartitionTests {
  @Test(arguments: [1, 2, 3, 7, 8, 64, 200])
  func everyCellIsInExactlyOneShard(shards: Int) throws {
    for isBalanced in [false, true] {
      let plan = SuiteSamples(cells: 50).plan(shards: shards, isBalanced: isBalanced)
      let parts = try (1...shards).map { plan.cells(of: try #require(Shard(number: $0, count: shards))) }
      #expect(parts.map(\.count).reduce(0, +) == 50)
      #expect(Set(parts.joined().map(\.name)).count == 50)
    }
  }

  /// Written down: the shards of today's suites must be those of tomorrow's program.
  @Test func aCellStaysInItsShard() {
    let names = ["a/UCM6304/-/none", "a/UCM6202/-/none", "", "Ä/x/y/z"]
    #expect(names.map { ShardPlan.shard(of: $0, among: 1000) } == [223, 24, 521, 352])
    let few = SuiteSamples(cells: 8).plan(shards: 5).cells
    let many = SuiteSamples(cells: 80).plan(shards: 5).cells
    #expect(Array(many.prefix(8)) == few)
  }

  @Test func namesSpreadEvenly() {
    let plan = SuiteSamples(cells: 4000).plan(shards: 8)
    for number in 1...8 { #expect((400...600).contains(plan.cells.count { $0.shard == number })) }
  }

  @Test func balancedShardsTakeAboutAsLong() {
    let samples = SuiteSamples(cells: 100)
    let plan = samples.plan(shards: 4, isBalanced: true)
    var sums: [Int: Int64] = [:]
    for (cell, result) in zip(plan.cells, samples.results) {
      sums[cell.shard, default: 0] += result.durationNanoseconds ?? 0
    }
    let longest = samples.results.compactMap(\.durationNanoseconds).max() ?? 0
    #expect((sums.values.max() ?? 0) - (sums.values.min() ?? 0) <= longest / 4)
    #expect(plan.partition == .durations && plan.id != samples.plan(shards: 4).id)
  }

  @Test func durationsThatAreMissingNegativeOrEndlessStillGivePlans() {
    let names = ["d", "c", "b", "a"]
    let cells = names.map { ShardPlan.Cell(name: $0, file: "f", key: "", shard: 0) }
    func shards(_ durations: [String: Int64]) -> [Int] {
      var plan = ShardPlan(cells: cells, shardCount: 2, choice: .init(), toolVersion: "1")
      plan.balance(by: durations)
      return plan.cells.map(\.shard)
    }
    // Nobody knows anything: by name, in turn.
    #expect(shards([:]) == [2, 1, 2, 1])
    #expect(shards(["e": 7]) == [2, 1, 2, 1])
    #expect(shards(["a": .max, "b": .max, "c": .max, "d": .max]).count { $0 == 1 } == 2)
    #expect(shards(["a": .min, "b": 0, "c": -5, "d": 100]) == [1, 2, 2, 2])
    // The unknown `d` is taken for the average of 10 and 20 and 30.
    #expect(shards(["a": 30, "b": 20, "c": 10]) == [2, 1, 2, 1])
  }

  @Test(arguments: ["1/1", "3/8", "10000/10000", "01/2"])
  func shardsAreRead(text: String) { #expect(Shard(text) != nil) }

  @Test(arguments: [
    "", "/", "3", "3/", "/8", "0/8", "9/8", "3/0", "-1/8", "+1/8", "1/8/2", "1 /8", "1/10001", "a/b", "1/8\n",
    "99999999999999999999/8", "٣/٨",
  ])
  func whatIsNoShardIsNotRead(text: String) { #expect(Shard(text) == nil) }
}
