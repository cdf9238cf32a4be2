import Foundation
import TestSupport
import Testing

@Suite struct TestCommandTests {
  private static let passing = "expect:\n  cdr: [{where: {src: 1001, disposition: BUSY}, count: 1}]\n"
  private static let failing =
    "expect:\n  cdr:\n    - where: {src: 1001, dst: 1003, disposition: BUSY}\n      count: 1\n"

  @Test func whatPassesTakesOneLine() throws {
    let bench = try CaseBench()
    try bench.write("a", Self.passing)
    let result = try bench.run()
    #expect(result.status == 0 && result.err == "")
    #expect(result.out == "1 passed, 0 failed\n")
  }

  @Test func aFailureNamesRowFieldFramesAndCommands() throws {
    let bench = try CaseBench()
    try bench.write("a", Self.failing)
    let result = try bench.run()
    #expect(result.status == 1)
    #expect(result.out.contains("a/case.yaml:6:7: cdr[0]: 0 of 1 row fit, expected 1"))
    #expect(result.out.contains("nearest: row 1"))
    #expect(result.out.contains("✗ dst: '1002', wanted '1003'"))
    #expect(result.out.contains("frames: "))
    #expect(result.out.contains("ucmsim explain ") && result.out.contains("--model UCM6304"))
    let explain = result.lines.first { $0.contains("ucmsim explain ") }.map { $0.split(separator: " ").dropFirst() }
    let explained = try Program.run((explain ?? []).map { String($0) })
    #expect(explained.status == 0 && explained.out.contains("BUSY"))
  }

  @Test func reportsDoNotDependOnTheNumberOfThreads() throws {
    let bench = try CaseBench()
    for name in ["a", "b", "c", "d", "e"] { try bench.write(name, name == "c" ? Self.failing : Self.passing) }
    func reports(_ jobs: String) throws -> [String] {
      let result = try bench.run(
        "--jobs", jobs, "--format", "json", "--junit", bench.folder.path("j"), "--html", bench.folder.path("h"))
      #expect(result.status == 1)
      return [result.out, try bench.text("j"), try bench.text("h")]
    }
    let one = try reports("1")
    #expect(try reports("7") == one)
    #expect(one[2].contains("<svg") && one[1].contains("time=\"0.000\""))
    let fast = try bench.run("--fail-fast", "--jobs", "4")
    #expect(fast.lines.last == "2 passed, 1 failed")
  }

  @Test func cellsAreListedAndPicked() throws {
    let bench = try CaseBench()
    try bench.write(
      "m", "matrix: {models: [UCM6202, UCM6304], crms: [none, zoho-v2]}\n" + Self.passing,
      head: "traces: [../trace.pcap]\nsite: ../site.yaml\n")
    try bench.write("n", Self.passing)
    let list = try bench.run("--list")
    #expect(list.lines.count == 5 && list.lines.allSatisfy { $0.contains("/UCM6") })
    #expect(try bench.run("--list", "--filter", "*/UCM6202/-/*").lines.count == 2)
    #expect(try bench.run("--filter", "zoho").lines.last == "2 passed, 0 failed")
    #expect(try bench.run("--models", "UCM6510,ucm6102", "--filter", "n/").lines.last == "2 passed, 0 failed")
    let none = try bench.run("--filter", "nowhere")
    #expect(none.status == 2 && none.err.contains("--list"))
  }

  @Test func whatAModelLacksIsSkipped() throws {
    let bench = try CaseBench()
    try bench.write(
      "a", "capabilities: {concurrentCalls: \">= 100\"}\n" + Self.passing,
      head: "traces: [../trace.pcap]\nsite: ../site.yaml\n")
    #expect(try bench.run().lines.last == "1 passed, 0 failed")
    #expect(try bench.run("--models", "UCM6202,UCM6304").lines.last == "1 passed, 0 failed, 1 skipped")
    let none = try bench.run("--models", "UCM6202")
    #expect(none.status == 2 && none.err.contains("nothing is proved"))
  }

  @Test func updateRenewsGoldensAndNumbersAndSaysSo() throws {
    let bench = try CaseBench()
    let text = """
      expect:
        calls: {total: 3}
        cdr: [{where: {src: 1001}, count: 7}]
        golden: {format: 0, recordedBy: 0.0.1, files: [cdr.csv]}

      """
    try bench.write("a", text)
    let before = try bench.run()
    #expect(before.status == 1)
    #expect(
      before.out.contains("a/case.yaml:7:20: golden.cdr.csv: the golden is of format 0 (recorded by ucmsim 0.0.1)"))
    let update = try bench.run("--update")
    #expect(update.status == 1)
    #expect(update.out.contains("-   calls: {total: 3}\n+   calls: {total: 1}"))
    #expect(update.out.contains("golden/cdr.csv (new)"))
    #expect(try bench.text("a/case.yaml").contains("count: 1}]\n  golden: {format: 1, recordedBy: 0.1.0"))
    let after = try bench.run("--update")
    #expect(after.status == 0 && after.out == "1 passed, 0 failed\n")
    try Data("other\n".utf8).write(to: URL(filePath: bench.folder.path("a/golden/cdr.csv")))
    let changed = try bench.run()
    #expect(changed.status == 1 && changed.out.contains("golden/cdr.csv differs from line 1 on"))
    try FileManager.default.removeItem(atPath: bench.folder.path("a/golden"))
    #expect(try bench.run().out.contains("golden/cdr.csv is missing; record it with"))
  }

  @Test func annotationsAreForTheirReaders() throws {
    let bench = try CaseBench()
    try bench.write("a", Self.failing)
    let github = try bench.run("--annotations", "github")
    #expect(github.status == 1 && github.out.hasPrefix("::error file=") && github.out.contains(",line=6,col=7,"))
    let gitlab = try bench.run("--annotations", "gitlab")
    let findings = try JSONSerialization.jsonObject(with: Data(gitlab.out.utf8)) as? [[String: Any]]
    #expect(findings?.count == 1 && findings?.first?["severity"] as? String == "major")
  }

  @Test(arguments: [
    ("expekt: {}", "unknown key `expekt`; did you mean `expect`?"), ("expect: {}", "nothing is expected"),
    ("expect: {calls: [1", ".yaml:"), ("name: b\nexpect: {calls: {total: 1}}", "the case has the name of"),
  ])
  func aCaseThatCannotBeUsedIsToldOfAndTheOthersRun(text: String, says: String) throws {
    let bench = try CaseBench()
    try bench.write("a", "name: b\n" + Self.passing)
    try bench.write("z", text)
    let result = try bench.run()
    #expect(result.status == 3)
    #expect(result.out.contains("z/case.yaml:") && result.out.contains(says))
    #expect(result.lines.last == "1 passed, 0 failed, 1 unusable")
  }

  @Test(arguments: [
    ("traces: [../nowhere.pcap]\nmodel: UCM6304\n", "a/case.yaml:1:10: `../nowhere.pcap` cannot be found"),
    ("traces: [../../../../../../etc/hostname]\nmodel: UCM6304\n", "is outside of "),
    ("traces: [../site.yaml]\nmodel: UCM6304\n", "is not a pcap"),
    ("traces: [..]\nmodel: UCM6304\n", "a directory"),
    ("traces: [../trace.pcap]\nmodel: UCM6304\nsite: ../trace.pcap\n", "trace.pcap: is not UTF-8"),
    ("traces: [../trace.pcap]\nmodel: UCM6304\ncrm: zoho-v2\n", "needs a site file with a `crm` section"),
    (
      "traces: [../trace.pcap]\nsite: ../site.yaml\nmodel: UCM6304\ncrm: vtiger\n",
      "is to be vtiger, but the site file's is"
    ),
    ("traces: [../trace.pcap]\nmodel: UCM6305\n", "unknown model `UCM6305`"),
    ("traces: [../trace.pcap]\ncapabilities: {concurrentCalls: \"> 100000\"}\n", "no model has concurrentCalls"),
  ])
  func filesThatCannotBeUsedHaveTheirPlace(head: String, says: String) throws {
    let bench = try CaseBench()
    try bench.write("a", Self.passing, head: head)
    let result = try bench.run()
    #expect(result.status == 3)
    #expect(result.out.contains(says), "\(result.out)")
    #expect(result.out.contains("UNUSABLE"))
  }

  @Test func foldersThatGoInACircleAreSearchedOnce() throws {
    let bench = try CaseBench()
    try bench.write("a", Self.passing)
    try FileManager.default.createSymbolicLink(
      atPath: bench.folder.path("a/again"), withDestinationPath: bench.folder.path(""))
    #expect(try bench.run().out == "1 passed, 0 failed\n")
    let twice = try Program.run(["test", bench.folder.path(""), bench.folder.path("a/.")])
    #expect(twice.out == "1 passed, 0 failed\n")
  }

  @Test(arguments: [
    (["/nowhere/at/all"], "there is no such folder"), ([], "Missing expected argument"),
    ([".", "--jobs", "0"], "--jobs takes 1 to 256"), ([".", "--update", "--models", "all"], "leave --models"),
    ([".", "--annotations", "github", "--format", "json"], "give one of them"),
    ([Program.root.appending(path: "scripts").path], "holds no case.yaml"),
  ])
  func wrongUsageIsTold(arguments: [String], says: String) throws {
    let result = try Program.run(["test"] + arguments)
    #expect(result.status == 2 && result.err.contains(says))
  }

  @Test func theFixturesHoldWhatTheyClaim() throws {
    let result = try Program.run(["test", Program.root.appending(path: "fixtures").path])
    #expect(result.status == 0, "\(result.out)")
  }
}
