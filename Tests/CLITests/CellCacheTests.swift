import Foundation
import TestSupport
import Testing

@Suite struct CellCacheTests {
  private let bench: ShardBench
  private let cache: String

  init() throws {
    bench = try ShardBench()
    cache = bench.path("cache")
  }

  private func run(_ more: String...) throws -> Program.Result {
    try Program.run(["test", bench.path(""), "--cache", cache] + more)
  }

  private func hits(_ result: Program.Result) -> Int? {
    let line = result.err.split(separator: "\n").last { $0.contains(" cells came from the cache ") }
    return line?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
  }

  private var entries: [String] {
    (FileManager.default.enumerator(atPath: cache)?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".json") }
      .sorted()
  }

  private func append(_ text: String, to name: String) throws {
    let path = bench.path(name)
    try Data((try String(contentsOfFile: path, encoding: .utf8) + text).utf8).write(to: URL(filePath: path))
  }

  @Test func whatHasNotChangedIsNotRunAndReportsAreEqual() throws {
    let whole = try bench.reports(["test", bench.path("")])
    let first = try run()
    let cells = try bench.bench.run("--list").lines.count
    #expect(hits(first) == 0)
    let count = entries.count
    #expect(count > 0 && count < cells)
    let second = try run()
    #expect(hits(second) == count && second.out == first.out && second.status == 1)
    #expect(second.err.contains("\(count) of \(cells) cells came from the cache \(cache)"))
    for _ in 1...2 {
      let isEqual = try bench.reports(["test", bench.path(""), "--cache", cache]) == whole
      #expect(isEqual)
    }
  }

  @Test func onlyWhatChangedRuns() throws {
    _ = try run()
    let count = entries.count
    try append("# other\n", to: "n/case.yaml")
    #expect(hits(try run()) == count - 1)
    try append("# other\n", to: "site.yaml")
    #expect(hits(try run()) == 0)
    #expect(hits(try run()) == count)
    try bench.bench.copy(Program.fixture("no-answer"), to: "trace.pcap")
    let other = try run()
    #expect(try hits(other) == 0 && other.out == bench.bench.run().out)
  }

  @Test func goldensAreOfTheContent() throws {
    try bench.bench.write(
      "g", "expect:\n  golden: {format: 1, recordedBy: 0.1.0, files: [cdr.csv]}\n")
    _ = try bench.bench.run("--update", "--filter", "g/")
    #expect(try run("--filter", "g/").status == 0)
    #expect(hits(try run("--filter", "g/")) == 1)
    try append("other\n", to: "g/golden/cdr.csv")
    let changed = try run("--filter", "g/")
    #expect(hits(changed) == 0 && changed.status == 1)
    let renewed = try run("--filter", "g/", "--update")
    #expect(renewed.status == 1 && hits(renewed) == nil)
    #expect(try run("--filter", "g/").status == 0)
  }

  @Test func picturesThatAreNotThereAreDrawn() throws {
    _ = try run()
    let page = try run("--html", bench.path("html"))
    #expect(try hits(page) == 0 && bench.bench.text("html").contains("<svg"))
    #expect(hits(try run("--html", bench.path("html"))) == entries.count)
    #expect(hits(try run()) == entries.count)
  }

  @Test func shardsTakeFromTheCacheAndGiveWhatTheyWouldHave() throws {
    let whole = try bench.reports(["test", bench.path("")])
    for _ in 1...2 {
      let files = try bench.run(shards: 2, of: [bench.path("")], more: ["--cache", cache])
      let isEqual = try bench.reports(["merge"] + files) == whole
      #expect(isEqual)
    }
  }

  @Test(arguments: ["", "{", "{\"kind\":\"ucmsim plan\",\"format\":1}", "other", "broken"])
  func aDamagedEntryIsRunAgainAndRepaired(text: String) throws {
    let first = try run()
    let names = entries
    let path = cache + "/" + names[0]
    switch text {
    case "other": try Data(contentsOf: URL(filePath: cache + "/" + names[1])).write(to: URL(filePath: path))
    case "broken":
      let whole = try String(contentsOfFile: path, encoding: .utf8)
      try Data(whole.replacingOccurrences(of: "\"calls\":1", with: "\"calls\":2").utf8).write(to: URL(filePath: path))
    default: try Data(text.utf8).write(to: URL(filePath: path))
    }
    let second = try run()
    #expect(second.out == first.out && second.status == first.status)
    #expect(second.err.contains(path) && second.err.contains(" runs again"), "\(second.err)")
    #expect(hits(second) == names.count - 1)
    #expect(hits(try run()) == names.count)
  }

  @Test func whatCannotBeUsedIsNotKept() throws {
    try FileManager.default.removeItem(atPath: bench.path("trace.pcap"))
    let without = try run()
    #expect(without.status == 3 && entries.isEmpty)
    try bench.bench.copy(Program.fixture("busy"), to: "trace.pcap")
    #expect(try run().status == 1)
  }
}
