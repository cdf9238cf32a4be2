import Foundation
import TestSupport
import Testing

@Suite struct ShardTests {
  @Test(arguments: [(1, true), (3, false), (8, true)])
  func shardsInAnyOrderAreOneRun(shards: Int, isUsable: Bool) throws {
    let bench = try ShardBench(isUsable: isUsable)
    let whole = try bench.reports(["test", bench.path("")])
    #expect(whole[1] == (isUsable ? "1" : "3"))
    let files = try bench.run(shards: shards, of: [bench.path("")])
    for order in shards == 3 ? [files, Array(files.dropFirst() + files.prefix(1))] : [files.reversed()] {
      let merged = try bench.reports(["merge"] + order)
      #expect(zip(merged, whole).map { $0 == $1 } == whole.map { _ in true })
    }
  }

  @Test func aPlansShardsAreOneRun() throws {
    let bench = try ShardBench()
    let whole = try bench.reports(["test", bench.path(""), "--filter", "UCM6304"])
    let all = bench.path("all.json")
    #expect(try Program.run(["test", bench.path(""), "--results", all]).status == 1)
    let (plan, merged) = (bench.path("plan.json"), bench.path("merged.json"))
    let planned = try Program.run([
      "plan", bench.path(""), "--filter", "UCM6304", "--shards", "3", "--durations", all, "--out", plan,
    ])
    #expect(planned.status == 0 && planned.out == "" && planned.err == "")
    let text = try bench.bench.text("plan.json")
    #expect(text.contains("\"partition\": \"durations\"") && text.contains("\"toolVersion\": \"0.1.0\""))
    let files = try bench.run(shards: 3, of: ["--plan", plan])
    let isWhole = try bench.reports(["merge", "--plan", plan] + files) == whole
    #expect(isWhole)
    #expect(try Program.run(["merge"] + files + ["--results", merged]).status == 1)
    let again = try Program.run(["merge", merged])
    #expect(again.out == whole[6] && again.status == 1)
    let next = try Program.run(["plan", bench.path(""), "--shards", "2", "--durations", merged])
    #expect(next.status == 0 && next.out.contains("\"partition\": \"durations\""))
  }

  @Test func aPlanIsTheSameEachTimeAndThatOfShardsWithoutOne() throws {
    let bench = try ShardBench()
    let plan = try Program.run(["plan", bench.path(""), "--shards", "4"])
    #expect(plan.status == 0)
    #expect(try Program.run(["plan", bench.path(""), "--shards", "4"]).out == plan.out)
    try Data(plan.out.utf8).write(to: URL(filePath: bench.path("plan.json")))
    let files = try bench.run(shards: 4, of: [bench.path("")])
    #expect(try Program.run(["merge", "--plan", bench.path("plan.json")] + files).status == 1)
    var listed: [Substring] = []
    for number in 1...4 { listed += try bench.bench.run("--list", "--shard", "\(number)/4").lines }
    #expect(listed.sorted() == (try bench.bench.run("--list").lines.sorted()))
  }

  @Test func aShardTwiceOrMissingIsRefused() throws {
    let bench = try ShardBench()
    let files = try bench.run(shards: 2, of: [bench.path("")])
    let twice = try Program.run(["merge"] + files + [files[0]])
    #expect(twice.status == 3 && twice.out == "")
    #expect(twice.err.contains("shard 1/2 is in \(files[0]) and in \(files[0]); give each shard once"))
    let one = try Program.run(["merge", files[0], "--junit", bench.path("junit")])
    #expect(one.status == 3 && one.err.contains("is missing: no file is of shard 2/2"))
    #expect(!FileManager.default.fileExists(atPath: bench.path("junit")))
  }

  @Test func resultsOfDifferentPlansAreRefused() throws {
    let bench = try ShardBench()
    let files = try bench.run(shards: 2, of: [bench.path("")])
    let others = try bench.run(shards: 3, of: [bench.path("")])
    let mixed = try Program.run(["merge", files[0], others[1]])
    #expect(mixed.status == 3 && mixed.err.contains("are of different plans") && mixed.err.contains("3 shards, not 2"))
    try Data((CaseBench.head + "claim: other\n" + ShardBench.passing).utf8)
      .write(to: URL(filePath: bench.path("s/case.yaml")))
    _ = try Program.run(["test", bench.path(""), "--shard", "2/2", "--results", files[1]])
    let changed = try Program.run(["merge"] + files)
    #expect(changed.status == 3 && changed.err.contains(files[1]) && changed.err.contains("are of different plans"))
  }

  @Test func aShardWithoutCellsIsNoMistake() throws {
    let bench = try CaseBench()
    try bench.write("a", ShardBench.passing)
    let whole = try bench.run()
    let files = (1...3).map { bench.folder.path("\($0).json") }
    for (index, file) in files.enumerated() {
      #expect(try bench.run("--shard", "\(index + 1)/3", "--results", file).status == 0)
    }
    let merged = try Program.run(["merge"] + files)
    #expect(merged.out == whole.out && merged.status == 0)
  }

  @Test func nothingIsProvedByShardsOfWhichNoneRan() throws {
    let bench = try ShardBench()
    let file = bench.path("k.json")
    let only = ["--filter", "k/UCM6202"]
    #expect(try Program.run(["test", bench.path("")] + only).status == 2)
    #expect(try Program.run(["test", bench.path(""), "--shard", "1/1", "--results", file] + only).status == 0)
    let merged = try Program.run(["merge", file])
    #expect(merged.status == 2 && merged.err.contains("nothing is proved"))
  }

  @Test func pagesNeedPictures() throws {
    let bench = try ShardBench()
    let files = try bench.run(shards: 1, of: [bench.path("")], more: ["--no-pictures"])
    #expect(try Program.run(["merge"] + files).out == (try bench.bench.run().out))
    let page = try Program.run(["merge"] + files + ["--html", bench.path("html")])
    #expect(page.status == 3 && page.err.contains("\(files[0]): has no pictures of calls"))
  }

  @Test func durationsAreToldWhenAsked() throws {
    let bench = try ShardBench()
    let files = try bench.run(shards: 1, of: [bench.path("")])
    let text = try Program.run(["merge", files[0], "--durations", "--format", "json"]).out
    #expect(text.contains("\"durationNanoseconds\": "))
    #expect(try !Program.run(["merge", files[0], "--format", "json"]).out.contains("durationNanoseconds"))
  }

  @Test func aModelNamedTwiceIsOneCell() throws {
    let bench = try CaseBench()
    try bench.write("a", ShardBench.passing)
    #expect(try bench.run("--list", "--models", "UCM6202,ucm6202").lines.count == 1)
  }

  @Test func everyCellOfTheFixturesIsInOneShard() throws {
    let list = ["test", Program.root.appending(path: "fixtures").path, "--list"]
    let all = try Program.run(list).lines
    let shards = try (1...5).map { try Program.run(list + ["--shard", "\($0)/5"]).lines }
    #expect(all.count > 30 && shards.joined().sorted() == all.sorted())
    // Whatever else there is, a cell stays where it is.
    let few = try Program.run(list + ["--filter", "overload", "--shard", "2/5"]).lines
    #expect(few == shards[1].filter { $0.contains("overload") })
  }
}
