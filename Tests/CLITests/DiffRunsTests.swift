import Foundation
import TestSupport
import Testing

@Suite struct DiffRunsTests {
  private func overload(_ model: String, into folder: TemporaryDirectory, as name: String) throws {
    let run = try Program.run([
      "replay", Program.fixture("overload"), "--model", model, "--out", folder.path(name),
    ])
    #expect(run.status == 0)
  }

  @Test func aRunDoesNotDifferFromItself() throws {
    let folder = try officeRun()
    let result = try Program.run(["diff", folder.path("run"), folder.path("run")])
    #expect(result.status == 0 && result.err == "")
    #expect(result.lines.last == "Nothing differs: 44 calls.")
  }

  @Test func callsASmallerModelRefusesAreNamedWithTheRule() throws {
    let folder = try TemporaryDirectory()
    try overload("UCM6304", into: folder, as: "one")
    try overload("UCM6202", into: folder, as: "other")
    let arguments = ["diff", folder.path("one"), folder.path("other")]
    let text = try Program.run(arguments)
    #expect(text.status == 1)
    #expect(text.out.contains("model 'UCM6304' → 'UCM6202'"))
    #expect(text.out.contains("10 calls: only after: callRefused ("))
    #expect(text.out.contains("disposition 'ANSWERED' → 'FAILED'"))
    #expect(text.out.contains("disposition: refused by the PBX, or by congestion (upstream)"))
    #expect(text.lines.last?.hasPrefix("10 of 40 calls would be logged otherwise") == true)
    let json = try Program.run(arguments + ["--format", "json", "--only", "rows"])
    let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    #expect(json.status == 1)
    #expect(object?["callsLoggedOtherwise"] as? Int == 10)
    #expect((object?["journal"] as? [Any])?.isEmpty == true)
  }

  @Test func archivesAreComparedRunByRun() throws {
    let folder = try TemporaryDirectory()
    for (model, archive) in [("UCM6304", "before"), ("UCM6202", "after")] {
      try overload(model, into: folder, as: "\(archive)/monday")
      try overload("UCM6304", into: folder, as: "\(archive)/tuesday")
    }
    try overload("UCM6304", into: folder, as: "after/wednesday")
    let result = try Program.run(["diff", folder.path("before"), folder.path("after")])
    #expect(result.status == 1)
    #expect(result.lines.first == "monday")
    #expect(result.out.contains("Runs only after: wednesday"))
    #expect(result.lines.last == "10 of 80 calls would be logged otherwise, in 1 of 2 runs.")
  }

  @Test func aFolderWithoutARunIsSaidToBeOne() throws {
    let folder = try officeRun()
    for pair in [(folder.path("run"), folder.path("")), (folder.path("nothing"), folder.path("run"))] {
      let result = try Program.run(["diff", pair.0, pair.1])
      #expect(result.status == 3)
      #expect(result.err.contains("has no summary.json, so no run ended here"))
    }
  }

  @Test func aFileInsteadOfARunPointsToItsOption() throws {
    let folder = try officeRun()
    let result = try Program.run(["diff", folder.path("run"), folder.path("run/cdr.csv")])
    #expect(result.status == 3)
    #expect(result.err.contains("--cdr"))
  }

  @Test(arguments: ["events.jsonl", "crm.jsonl"])
  func aLineThatIsNoneIsNamedByItsPlace(file: String) throws {
    let (folder, other) = (try officeRun(), try officeRun())
    _ = try other.write(try folder.data("run/\(file)") + Data("{\"cut\":\n".utf8), to: "run/\(file)")
    let lines = try folder.text("run/\(file)").split(separator: "\n").count
    let result = try Program.run(["diff", folder.path("run"), other.path("run")])
    #expect(result.status == 3)
    #expect(result.err.contains("\(file):\(lines + 1): is no line of"))
  }

  @Test(arguments: [
    ["--trunk", "a=b"], ["--strict"], ["--offset", "5"], ["--clock", "utc"], ["--only", "colours"],
    ["--cdr", "--only", "rows"],
  ])
  func whatDoesNotGoTogetherIsRefused(options: [String]) throws {
    let result = try Program.run(["diff", "one", "other"] + options)
    #expect(result.status == 2)
    #expect(result.out == "")
  }
}
