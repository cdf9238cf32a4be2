import Foundation
import TestSupport

/// Cases that end in every way, and what one run makes of them.
struct ShardBench {
  let bench: CaseBench

  static let passing = "expect:\n  cdr: [{where: {src: 1001, disposition: BUSY}, count: 1}]\n"
  static let failing =
    "expect:\n  cdr:\n    - where: {src: 1001, dst: 1003, disposition: BUSY}\n      count: 1\n"
  private static let anyModel = "traces: [../trace.pcap]\nsite: ../site.yaml\n"

  init(isUsable: Bool = true) throws {
    bench = try CaseBench()
    try bench.write(
      "m", "matrix: {models: [UCM6202, UCM6304], crms: [none, zoho-v2]}\n" + Self.passing, head: Self.anyModel)
    try bench.write("n", Self.failing)
    try bench.write("s", "name: 'a < b'\n" + Self.passing)
    try bench.write(
      "k",
      "capabilities: {concurrentCalls: \">= 400\"}\nmatrix: {models: [UCM6202, UCM6308]}\n"
        + Self.passing, head: Self.anyModel)
    if !isUsable { try bench.write("u", "expect: {}") }
  }

  func path(_ name: String) -> String { bench.folder.path(name) }

  /// Every report that there is, and the exit code.
  func reports(_ arguments: [String]) throws -> [String] {
    let (junit, html) = (path("junit"), path("html"))
    var reports: [String] = []
    for more in [["--format", "json"], ["--annotations", "github"], ["--annotations", "gitlab", "--html", html]] {
      let result = try Program.run(arguments + more)
      reports += [result.out, String(result.status)]
    }
    let result = try Program.run(arguments + ["--junit", junit])
    return reports + [result.out, String(result.status), try bench.text("junit"), try bench.text("html")]
  }

  /// Runs every shard; the files of their results.
  func run(shards: Int, of arguments: [String], more: [String] = []) throws -> [String] {
    try (1...shards).map { number in
      let file = path("\(number)-of-\(shards).json")
      let result = try Program.run(
        ["test"] + arguments + ["--shard", "\(number)/\(shards)", "--results", file] + more)
      guard FileManager.default.fileExists(atPath: file) else { throw Failure(text: result.err) }
      return file
    }
  }

  struct Failure: Error { let text: String }
}
