import Cases
import Primitives

/// Suites whose results are made by hand, and the shards of them.
struct SuiteSamples {
  /// In the suite's order.
  let results: [CellResult]
  static let version = "1.2.3"

  /// A case on four models, and so on, with every way a cell can end, pictures and numbers that are hard to write.
  init(cells count: Int) {
    results = (0..<count).map { index in
      let id = CellID(
        caseName: "cases/number \(index / 4)", model: "M\(index % 4)", firmware: index % 3 == 0 ? "1.0" : "",
        crm: "zoho")
      var result = CellResult(id: id, file: "cases/number \(index / 4)/case.yaml", claim: "a \"claim\" · \(index)")
      result.commands = ["ucmsim test 'cases/number \(index / 4)'"]
      result.ladders = ["<svg>\(index)</svg>"]
      result.load = [.init(seconds: 0.1 + Double(index) / 3, calls: index)]
      result.durationNanoseconds = Int64(index * index) * 1_000_003
      switch index % 5 {
      case 0: result.giveUp("`trace.pcap` cannot be found\nnor anything else")
      case 1: result.conclude([Self.failure(index)])
      case 2: result.verdict = .skipped
      default: result.conclude([])
      }
      return result
    }
  }

  private static func failure(_ index: Int) -> ExpectationResult {
    var failure = ExpectationResult(label: "cdr[0]", place: SourcePlace(line: index, column: 3), claim: "1 × row")
    failure.verdict = .failed
    failure.message = "0 of 7 rows fit\t\u{1}"
    failure.differences = ["- a", "+ b"]
    failure.frames = [1, 2, 3]
    failure.renewal = .init(line: index, column: 3, old: "1", new: "0")
    return failure
  }

  /// Who runs what, by the cells' names or by how long they take.
  func plan(shards: Int, isBalanced: Bool = false) -> ShardPlan {
    var choice = ShardPlan.Choice()
    choice.cases = ["cases"]
    let cells = results.map { result in
      ShardPlan.Cell(name: result.id.text, file: result.file, key: "key of \(result.id.text)", shard: 0)
    }
    var plan = ShardPlan(cells: cells, shardCount: shards, choice: choice, toolVersion: Self.version)
    if isBalanced {
      plan.balance(
        by: results.reduce(into: [:]) { $0[$1.id.text] = $1.durationNanoseconds })
    }
    return plan
  }

  /// What the machine with that shard writes.
  func shard(_ number: Int, of plan: ShardPlan) -> ShardResults {
    let own = Set(plan.cells.filter { $0.shard == number }.map(\.name))
    return ShardResults(
      results.filter { own.contains($0.id.text) }, of: [number], plan: plan, build: "b", hasPictures: true)
  }

  /// A file for each shard, in an order that follows from the seed.
  func parts(of plan: ShardPlan, seed: UInt64 = 1) throws -> [ShardMerge.Part] {
    var chance = SeededGenerator(seed: seed)
    return try (1...plan.shardCount).map { number in
      // As it comes back from a file.
      ShardMerge.Part(file: "\(number).json", results: try ShardResults(fileBytes: shard(number, of: plan).fileBytes()))
    }.shuffled(using: &chance)
  }
}
