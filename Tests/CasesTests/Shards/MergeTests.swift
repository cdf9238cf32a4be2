import Cases
import Testing

@Suite struct MergeTests {
  private let samples = SuiteSamples(cells: 37)

  @Test(arguments: [1, 2, 3, 5, 8, 13, 64])
  func anyNumberOfShardsInAnyOrderIsOneRun(shards: Int) throws {
    let whole = samples.results
    for isBalanced in [false, true] {
      let plan = samples.plan(shards: shards, isBalanced: isBalanced)
      for seed in UInt64(1)...5 {
        let parts = try samples.parts(of: plan, seed: seed)
        let merged = try ShardMerge.merged(
          parts, plan: seed.isMultiple(of: 2) ? ("plan.json", plan) : nil, toolVersion: SuiteSamples.version)
        let isWhole = merged.results(hasPictures: true, hasDurations: true) == whole
        #expect(isWhole && merged.shards == Array(1...shards))
      }
    }
  }

  @Test func whatWasMergedMergesAgainAndNotWithAShardOfItself() throws {
    let plan = samples.plan(shards: 4)
    let parts = try samples.parts(of: plan)
    let merged = try ShardMerge.merged(parts, toolVersion: SuiteSamples.version)
    let read = try ShardResults(fileBytes: merged.fileBytes())
    #expect(read == merged)
    let again = try ShardMerge.merged([.init(file: "all", results: read)], toolVersion: SuiteSamples.version)
    #expect(again == merged)
    #expect(problem([.init(file: "all", results: read), parts[0]]).contains("is in all and in "))
  }

  @Test func reportsNeverDependOnDurationsUnlessAsked() throws {
    var slow = try samples.parts(of: samples.plan(shards: 3))
    for index in slow.indices { slow[index].results.durations = [:] }
    let one = try ShardMerge.merged(
      try samples.parts(of: samples.plan(shards: 3)), toolVersion: SuiteSamples.version)
    let other = try ShardMerge.merged(slow, toolVersion: SuiteSamples.version)
    let isEqual =
      one.results(hasPictures: false, hasDurations: false) == other.results(hasPictures: false, hasDurations: false)
    #expect(isEqual)
    #expect(one.results(hasPictures: false, hasDurations: true).allSatisfy { $0.ladders == [] })
  }

  @Test func aShardThatIsEmptyMayBeLeftOut() throws {
    let few = SuiteSamples(cells: 1)
    let plan = few.plan(shards: 3)
    let parts = try few.parts(of: plan).filter { !$0.results.cells.isEmpty }
    #expect(try ShardMerge.merged(parts, toolVersion: SuiteSamples.version).cells.count == 1)
  }

  @Test func aShardTooMuchOrTooFewIsRefused() throws {
    let plan = samples.plan(shards: 8)
    let parts = try samples.parts(of: plan)
    for index in parts.indices {
      let shard = parts[index].results.shards[0]
      var less = parts
      less.remove(at: index)
      let missing = problem(less)
      for cell in parts[index].results.cells {
        #expect(missing.contains("cell \(cell.id.text) (\(cell.file)) is missing: no file is of shard \(shard)/8"))
      }
      let copy = ShardMerge.Part(file: "copy.json", results: parts[index].results)
      #expect(
        problem(parts + [copy])
          == "shard \(shard)/8 is in \(parts[index].file) and in copy.json; give each shard once")
    }
  }

  @Test func aCellTooMuchOrTooFewIsRefused() throws {
    let parts = try samples.parts(of: samples.plan(shards: 3))
    let (cell, other) = (parts[0].results.cells[0], parts[1].results.cells[0])
    var changed = parts
    changed[0].results.cells.removeFirst()
    #expect(
      problem(changed).contains("cell \(cell.id.text) (\(cell.file)) is missing: \(parts[0].file) should hold it"))
    changed = parts
    changed[0].results.cells.append(cell)
    #expect(problem(changed) == "cell \(cell.id.text) is there twice, in \(parts[0].file) and in \(parts[0].file)")
    changed = parts
    changed[0].results.cells.append(other)
    #expect(problem(changed).contains("cell \(other.id.text) is there twice, in "))
    changed = parts
    changed[0].results.cells[0].id.caseName = "another"
    #expect(problem(changed).hasPrefix("cell another/\(cell.id.model)"))
    #expect(problem(changed).contains("is not in the plan\ncell \(cell.id.text) ("))
  }

  @Test func aCellOfAnotherShardIsRefused() throws {
    var parts = try samples.parts(of: samples.plan(shards: 3))
    let stray = parts[1].results.cells.removeFirst()
    let shard = parts[1].results.shards[0]
    parts[0].results.cells.append(stray)
    parts.remove(at: 1)
    #expect(problem(parts).contains("cell \(stray.id.text) in \(parts[0].file) belongs to shard \(shard)/3"))
  }

  @Test func filesOfDifferentPlansAreRefused() throws {
    let plan = samples.plan(shards: 3)
    let parts = try samples.parts(of: plan)
    func refusal(_ change: (inout ShardPlan) -> Void) -> String {
      var other = plan
      change(&other)
      return problem(parts, plan: ("p.json", other))
    }
    #expect(refusal { $0.shardCount = 4 }.contains("3 shards, not 4"))
    #expect(refusal { $0.choice.filter = "x" }.contains("other cases, models, firmware or filter"))
    #expect(refusal { $0.cells[3].key = "" }.contains("cell \(plan.cells[3].name) of other content"))
    #expect(refusal { $0.cells[3].shard = 0 }.contains("cell \(plan.cells[3].name) in shard"))
    #expect(refusal { $0.cells.removeLast() }.contains("cell \(plan.cells[36].name) besides"))
    #expect(refusal { $0.cells.append(.init(name: "n", file: "", key: "", shard: 1)) }.contains("no cell n"))
    #expect(refusal { $0.cells.swapAt(0, 1) }.contains("another order of cells"))
    let others = try SuiteSamples(cells: 36).parts(of: SuiteSamples(cells: 36).plan(shards: 3))
    let mixed = problem([parts[0]] + others.dropFirst())
    #expect(
      mixed.contains("and \(parts[0].file) are of different plans, ") && mixed.contains(" and \(plan.id.prefix(12)):"))
  }

  @Test func filesOfDifferentVersionsAreRefused() throws {
    var parts = try samples.parts(of: samples.plan(shards: 3))
    parts[1].results.toolVersion = "0.9.0"
    #expect(problem(parts).hasPrefix("\(parts[1].file) is of ucmsim 0.9.0, this is 1.2.3;"))
  }

  @Test func nothingIsNoSuite() { #expect(problem([]) == "there are no results to merge") }

  @Test func manyProblemsAreCut() throws {
    let parts = try samples.parts(of: samples.plan(shards: 2))
    var empty = parts
    for index in empty.indices { empty[index].results.cells = [] }
    #expect(problem(empty).hasSuffix("… and 17 more"))
  }

  private func problem(_ parts: [ShardMerge.Part], plan: (file: String, plan: ShardPlan)? = nil) -> String {
    do throws(ShardMerge.Refusal) {
      _ = try ShardMerge.merged(parts, plan: plan, toolVersion: SuiteSamples.version)
      return ""
    } catch { return error.description }
  }
}
