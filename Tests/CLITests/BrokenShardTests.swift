import Cases
import Foundation
import TestSupport
import Testing

/// Plans and results that are not what they should be.
@Suite struct BrokenShardTests {
  /// What is done to the cases after they were planned, and what is said of it.
  enum Change: CaseIterable { case trace, site, caseFile, comment, goneCase, newCase }

  @Test(arguments: Change.allCases)
  func whatChangedSinceThePlanIsNamed(change: Change) throws {
    let bench = try CaseBench()
    try bench.write("a", ShardBench.passing)
    let plan = bench.folder.path("plan.json")
    #expect(try Program.run(["plan", bench.folder.path(""), "--shards", "1", "--out", plan]).status == 0)
    let arguments = ["test", "--plan", plan, "--shard", "1/1"]
    #expect(try Program.run(arguments).status == 0)
    var says = "a/case.yaml) is not what was planned: the case, or a file it names, has changed"
    switch change {
    case .trace: try bench.copy(Program.fixture("no-answer"), to: "trace.pcap")
    case .site: try append("# other\n", to: bench.folder.path("site.yaml"))
    case .caseFile: try bench.write("a", ShardBench.failing)
    case .comment: try append("# other\n", to: bench.folder.path("a/case.yaml"))
    case .newCase:
      try bench.write("b", ShardBench.passing)
      says = "b/case.yaml) is not in the plan"
    case .goneCase:
      try FileManager.default.moveItem(atPath: bench.folder.path("a"), toPath: bench.folder.path("c"))
      says = "a/case.yaml) is no longer there"
    }
    let result = try Program.run(arguments)
    #expect(result.status == 3 && result.out == "")
    #expect(result.err.contains("ucmsim: \(plan): cell ") && result.err.contains(says), "\(result.err)")
  }

  private func append(_ text: String, to path: String) throws {
    try Data((try String(contentsOfFile: path, encoding: .utf8) + text).utf8).write(to: URL(filePath: path))
  }

  @Test func aShardLooksAtItsOwnFilesOnly() throws {
    let bench = try ShardBench()
    let plan = bench.path("plan.json")
    #expect(try Program.run(["plan", bench.path(""), "--shards", "8", "--out", plan]).status == 0)
    try append("# other\n", to: bench.path("n/case.yaml"))
    let codes = try (1...8).map { try Program.run(["test", "--plan", plan, "--shard", "\($0)/8"]).status }
    #expect(codes.count { $0 == 3 } == 1)
  }

  @Test func otherFilesThanResultsAreRefused() throws {
    let bench = try ShardBench()
    let file = try bench.run(shards: 1, of: [bench.path("")])[0]
    let bytes = try Data(contentsOf: URL(filePath: file))
    let plan = try Program.run(["plan", bench.path(""), "--shards", "1"]).out
    func changed(_ old: String, _ new: String) -> Data {
      Data(String(decoding: bytes, as: UTF8.self).replacingOccurrences(of: old, with: new).utf8)
    }
    let files: [(Data, String)] = [
      (Data(), "is empty"), (bytes.prefix(bytes.count / 2), "breaks off after \(bytes.count / 2) bytes"),
      (bytes.prefix(bytes.count - 2), "breaks off after"), (Data("PK\u{3}\u{4}".utf8), "is not JSON"),
      (Data(plan.utf8), "is a file of `ucmsim plan`; it should be one of `ucmsim results`"),
      (changed("\"format\":1", "\"format\":9"), "has the format 9, this ucmsim reads 1"),
      (changed("\"verdict\":\"failed\"", "\"verdict\":\"passed\""), "holds something else than was written"),
      (changed("\"verdict\":\"failed\"", "\"verdict\":\"good\""), "or has them with other values"),
      (changed("\"shards\":[1]", "\"shards\":\"1\""), "lacks members"),
    ]
    for (content, says) in files {
      try content.write(to: URL(filePath: file))
      for arguments in [["merge", file], ["plan", bench.path(""), "--shards", "2", "--durations", file]] {
        let result = try Program.run(arguments)
        #expect(result.status == 3 && result.out == "" && result.err.contains("ucmsim: \(file): "), "\(says)")
        #expect(result.err.contains(says), "\(result.err)")
      }
    }
    let asPlan = try Program.run(["test", "--plan", file, "--shard", "1/1"])
    #expect(
      asPlan.status == 3 && asPlan.err.contains("is a file of `ucmsim results`; it should be one of `ucmsim plan`"))
    let nowhere = try Program.run(["merge", bench.path("nowhere.json")])
    #expect(nowhere.status == 3 && nowhere.err.contains("nowhere.json: cannot be read"))
  }

  @Test func whatAnotherVersionWroteIsRefused() throws {
    let bench = try ShardBench()
    let file = bench.path("plan.json")
    var plan = try ShardPlan(
      fileBytes: Array(try Program.run(["plan", bench.path(""), "--shards", "2"]).out.utf8))
    plan.toolVersion = "0.0.9"
    try Data(plan.fileBytes()).write(to: URL(filePath: file))
    let result = try Program.run(["test", "--plan", file, "--shard", "1/2"])
    #expect(result.status == 3 && result.err.contains("\(file): was made by ucmsim 0.0.9, this is 0.1.0"))
    let files = try bench.run(shards: 2, of: [bench.path("")])
    try change(files[1]) { $0.toolVersion = "0.0.9" }
    let merged = try Program.run(["merge"] + files)
    #expect(merged.status == 3 && merged.err.contains("\(files[1]) is of ucmsim 0.0.9, this is 0.1.0"))
  }

  @Test func anotherBuildIsTold() throws {
    let bench = try ShardBench()
    let files = try bench.run(shards: 2, of: [bench.path("")])
    try change(files[1]) { $0.builds = ["another"] }
    let merged = try Program.run(["merge"] + files)
    #expect(merged.status == 1 && merged.err.contains("the shards were run by 2 builds of ucmsim 0.1.0"))
  }

  @Test func aCellTwiceIsRefused() throws {
    let bench = try ShardBench()
    let file = try bench.run(shards: 1, of: [bench.path("")])[0]
    var name = ""
    try change(file) { results in
      name = results.cells[0].id.text
      results.cells.append(results.cells[0])
    }
    let merged = try Program.run(["merge", file])
    #expect(merged.status == 3 && merged.out == "")
    #expect(merged.err.contains("cell \(name) is there twice, in \(file) and in \(file)"))
  }

  private func change(_ file: String, _ change: (inout ShardResults) -> Void) throws {
    var results = try ShardResults(fileBytes: Array(try Data(contentsOf: URL(filePath: file))))
    change(&results)
    try Data(results.fileBytes()).write(to: URL(filePath: file))
  }

  @Test func aPlanWhoseCasesAreElsewhereIsRefused() throws {
    let bench = try ShardBench()
    let file = bench.path("plan.json")
    #expect(try Program.run(["plan", bench.path("m"), "--shards", "1", "--out", file]).status == 0)
    try FileManager.default.removeItem(atPath: bench.path("m"))
    let result = try Program.run(["test", "--plan", file, "--shard", "1/1"])
    #expect(result.status == 3 && result.err.contains("\(file): ") && result.err.contains("there is no such folder"))
  }

  @Test func twoCellsOfOneNameCannotBePlanned() throws {
    let bench = try CaseBench()
    for name in ["a", "b", "c"] { try bench.write(name, "name: x\n" + ShardBench.passing) }
    // Each is refused for the name of the first, and is called after its folder.
    #expect(try Program.run(["plan", bench.folder.path(""), "--shards", "2"]).status == 0)
    let elsewhere = try CaseBench()
    try elsewhere.write("b", "name: x\n" + ShardBench.passing)
    let both = try Program.run(["plan", bench.folder.path(""), elsewhere.folder.path(""), "--shards", "2"])
    #expect(both.status == 3 && both.out == "" && both.err.contains("two cells are called b/-/-/-, in "))
  }

  @Test(arguments: [
    (["test", ".", "--shard", "0/8"], "--shard"), (["test", ".", "--shard", "9/8"], "--shard"),
    (["test", ".", "--shard", "x"], "--shard"), (["test", "--plan", "p"], "--plan needs --shard"),
    (["test", ".", "--plan", "p", "--shard", "1/2"], "leave cases"),
    (["test", "--plan", "p", "--shard", "1/2", "--filter", "x"], "leave cases"),
    (["test", ".", "--shard", "1/2", "--update"], "leave --shard out"),
    (["test", ".", "--results", "r", "--fail-fast"], "leave --fail-fast"),
    (["test", ".", "--no-pictures"], "--no-pictures is for --results"),
    (["test", ".", "--results", "/nowhere/r"], "cannot create /nowhere/r"),
    (
      ["test", Program.root.appending(path: "fixtures/cases/pbx-inferred").path, "--cache", "/proc/nowhere"],
      "--cache: "
    ),
    (["plan", "."], "--shards"), (["plan", ".", "--shards", "0"], "--shards takes 1 to 10000"),
    (["plan", ".", "--shards", "10001"], "--shards takes 1 to 10000"), (["plan", "--shards", "1"], "Missing"),
    (["plan", "/nowhere/at/all", "--shards", "1"], "there is no such folder"), (["merge"], "Missing"),
    (["merge", "x", "--annotations", "github", "--format", "json"], "give one of them"),
  ])
  func wrongUsageIsTold(arguments: [String], says: String) throws {
    let result = try Program.run(arguments)
    #expect(result.status == 2 && result.out == "" && result.err.contains(says), "\(result.err)")
  }

  @Test func aPlanHasItsOwnNumberOfShards() throws {
    let bench = try ShardBench()
    let plan = bench.path("plan.json")
    #expect(try Program.run(["plan", bench.path(""), "--shards", "2", "--out", plan]).status == 0)
    let result = try Program.run(["test", "--plan", plan, "--shard", "1/3"])
    #expect(result.status == 2 && result.err.contains("--shard 1/3: \(plan) has 2 shards"))
  }
}
