import TestSupport
import Foundation
import Testing

/// `replay`: the main job, on our own recordings.
struct ReplayTests {
  static let files = ["cdr.csv", "cdr.json", "events.jsonl", "crm.jsonl", "summary.json"]

  private func replay(_ trace: String, _ model: String, into folder: TemporaryDirectory, _ name: String) throws
    -> Program.Result
  {
    try Program.run([
      "replay", Program.fixture(trace), "--model", model, "--site", Program.site, "--out", folder.path(name),
    ])
  }

  @Test(arguments: ["office-morning", "overload", "registration-challenge"])
  func theSameTraceGivesTheSameBytes(_ trace: String) throws {
    let folder = try TemporaryDirectory()
    #expect(try replay(trace, "UCM6304", into: folder, "one").status == 0)
    #expect(try replay(trace, "UCM6304", into: folder, "two").status == 0)
    for file in Self.files {
      #expect(try folder.data("one/" + file) == folder.data("two/" + file), "\(file)")
    }
    #expect(try folder.data("one/cdr.sqlite") == folder.data("two/cdr.sqlite"))
  }

  @Test func theSmallModelRefusesWhatTheLargeOneCarries() throws {
    let folder = try TemporaryDirectory()
    _ = try replay("overload", "UCM6202", into: folder, "small")
    _ = try replay("overload", "UCM6304", into: folder, "large")
    let small = try summary(folder, "small")
    let large = try summary(folder, "large")
    #expect(try refused(large) == 0)
    let expected = try #require((large["limits"] as? [String: [String: Any]])?["concurrentCalls"]?["peak"] as? Int)
    #expect(expected > 30)
    #expect(try refused(small) == expected - 30)
    let events = try folder.text("small/events.jsonl")
    #expect(events.matches(of: /"event":"callRefused".*"status":503,"cause":42/).count == expected - 30)
    #expect(events.contains("Maximum call limit of 30 calls exceeded by"))
    let rows = try folder.text("small/cdr.csv").split(separator: "\n")
    let congested = rows.filter { $0.contains(",Congestion,10,") }
    #expect(congested.count == expected - 30)
    #expect(congested.allSatisfy { $0.contains(",,,0,0,FAILED,") })
  }

  @Test func theSiteFileSettlesWhatNobodyHasDocumented() throws {
    let folder = try TemporaryDirectory()
    let text = try String(contentsOf: URL(filePath: Program.site), encoding: .utf8)
    let site = try folder.write(
      (text + "\nassumptions:\n  callLimitAnswer: {status: 486, cause: 17}\n").utf8, to: "site.yaml")
    let arguments = [Program.fixture("overload"), "--site", site, "--crm", "none"]
    let run = try Program.run(["replay", "--model", "UCM6202", "--out", folder.path("run")] + arguments)
    #expect(run.status == 0)
    #expect(run.out.contains("a call over it gets 503, cause 42; here callLimitAnswer is 486/17 ("))
    let refused = try folder.text("run/events.jsonl").split(separator: "\n").filter { $0.contains("callRefused") }
    #expect(!refused.isEmpty && refused.allSatisfy { $0.contains("\"status\":486,\"cause\":17") })
    for command in [["compare", "--models", "ucm6202"], ["explain", "--model", "UCM6202", "--call", "33"]] {
      #expect(try Program.run(command + arguments).out.contains("callLimitAnswer is 486/17"), "\(command)")
    }
  }

  @Test func theSummaryTellsOneInputFromAnotherWhateverTheOptions() throws {
    let prints = try [["busy"], ["busy", "--keep-duplicates"], ["cancelled"]].map { trace in
      let result = try Program.run(
        ["replay", Program.fixture(trace[0]), "--model", "UCM6304", "--format", "json"] + trace.dropFirst())
      let summary = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any]
      return try #require(summary?["fingerprint"] as? String)
    }
    #expect(prints[0].count == 16)
    #expect(prints[0] == prints[1])
    #expect(prints[0] != prints[2])
  }

  @Test func aCallByDIDGoesStraightToItsExtension() throws {
    let folder = try TemporaryDirectory()
    _ = try replay("inbound-known-caller", "UCM6304", into: folder, "run")
    let rows = try folder.text("run/cdr.csv").split(separator: "\n").dropFirst()
    #expect(rows.count == 1)
    #expect(rows.allSatisfy { $0.contains(",from-did-direct,") })
  }

  private func summary(_ folder: TemporaryDirectory, _ name: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: folder.data(name + "/summary.json")) as? [String: Any])
  }

  private func refused(_ summary: [String: Any]) throws -> Int {
    try #require((summary["calls"] as? [String: Any])?["refused"] as? Int)
  }
}
