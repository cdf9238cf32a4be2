import Foundation
import TestSupport
import Testing

@Suite struct DiffCommandTests {
  @Test func aRunAgreesWithItsOwnExport() throws {
    let folder = try officeRun()
    for file in [folder.path("run"), folder.path("run/cdr.sqlite")] {
      let result = try Program.run(["diff", "--cdr", file, folder.path("run/cdr.csv"), "--strict"])
      #expect(result.status == 0)
      #expect(result.err == "")
      #expect(result.lines.last == "53 of 53 rows agree")
    }
    let input = Data(try folder.data("run/cdr.csv"))
    #expect(try Program.run(["diff", "--cdr", folder.path("run"), "-"], input: input).status == 0)
  }

  @Test func whatDiffersIsAFinding() throws {
    let folder = try officeRun()
    let lines = try folder.text("run/cdr.csv").split(separator: "\n")
    // A row less, and another with a busy callee.
    var changed = lines.dropLast().joined(separator: "\n") + "\n"
    let busy = try #require(changed.range(of: ",ANSWERED,"))
    changed.replaceSubrange(busy, with: ",BUSY,")
    let file = try folder.write(Data(changed.utf8), to: "unit.csv")
    let result = try Program.run(["diff", "--cdr", folder.path("run"), file])
    #expect(result.status == 1)
    #expect(result.out.contains("UNEXPLAINED\n  1 row: "))
    #expect(result.out.contains("disposition differs"))
    #expect(result.out.contains("1 row: only in the run"))
    #expect(result.lines.last?.hasPrefix("51 of 53 rows agree") == true)
    let json = try Program.run(["diff", "--cdr", folder.path("run"), file, "--format", "json"])
    let object = try JSONSerialization.jsonObject(with: Data(json.out.utf8)) as? [String: Any]
    #expect(json.status == 1)
    #expect(object?["unexplained"] as? Int == 2)
    #expect(object?["agree"] as? Int == 51)
  }

  @Test func explainedDifferencesAreFindingsOnlyWhenStrict() throws {
    let folder = try officeRun()
    var lines = try folder.text("run/cdr.csv").split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    // Column accountcode of the first row.
    let comma = try #require(lines[1].firstIndex(of: ","))
    lines[1].insert(contentsOf: "17", at: lines[1].index(after: comma))
    let file = try folder.write(Data(lines.joined(separator: "\n").utf8), to: "unit.csv")
    let arguments = ["diff", "--cdr", folder.path("run"), file]
    #expect(try Program.run(arguments).status == 0)
    let strict = try Program.run(arguments + ["--strict", "--all"])
    #expect(strict.status == 1)
    #expect(strict.out.contains("run (empty), file '17'"))
  }

  @Test func anotherClockIsSaidAndTakenOutOnDemand() throws {
    let folder = try officeRun()
    let csv = try folder.text("run/cdr.csv").replacing("2026-11-21 09:", with: "2026-11-21 11:")
    let file = try folder.write(Data(csv.utf8), to: "unit.csv")
    let arguments = ["diff", "--cdr", folder.path("run"), file, "--clock", "site"]
    let result = try Program.run(arguments)
    #expect(result.status == 1)
    #expect(result.out.contains("The file's clock is 7200 s ahead of the run's; --offset auto or --offset=-7200"))
    #expect(try Program.run(arguments + ["--offset", "auto"]).status == 0)
    #expect(try Program.run(arguments + ["--offset=-7200"]).status == 0)
  }

  @Test(arguments: [
    (["--cdr", "--tolerance=-1"], "--tolerance"), (["--cdr", "--tolerance", "soon"], "--tolerance"),
    (["--cdr", "--offset", "1h"], "whole seconds"), (["--cdr", "--trunk", "provider1"], "provider1=trunk_1"),
    (["--cdr", "--trunk", "=x"], "provider1=trunk_1"), (["--cdr", "--clock", "local"], "--clock"),
    (["--cdr", "--trunk", "a=b", "--trunk", "a=c"], "twice"), (["--cdr", "--format", "csv"], "--format"),
  ])
  func aWrongValueIsAUsageError(arguments: [String], message: String) throws {
    let result = try Program.run(["diff", "run", "file.csv"] + arguments)
    #expect(result.status == 2)
    #expect(result.err.contains(message))
    #expect(result.out.isEmpty)
  }

  @Test(arguments: [
    ("", ":1:1: an empty file"), ("src,dst\n1,2\n", ":1:1: the header line has no column"),
    ("src,dst,start,disposition\n1,2,soon,BUSY\n", ":2:5: column start"), ("a\u{0}b", ":1:2: a NUL byte"),
    ("src,dst,start,disposition\n1,\"2,2026-11-20 22:00:00,BUSY\n", ":2:3: the quote opened here"),
  ])
  func aFileThatIsNoTableIsUnusableInputWithItsPlace(text: String, message: String) throws {
    let folder = try officeRun()
    let file = try folder.write(Data(text.utf8), to: "broken.csv")
    let result = try Program.run(["diff", "--cdr", folder.path("run"), file])
    #expect(result.status == 3)
    #expect(result.err.contains(file))
    #expect(result.err.contains(message))
    #expect(result.out.isEmpty)
  }

  @Test func whatIsNotThereIsUnusableInput() throws {
    let folder = try officeRun()
    let csv = folder.path("run/cdr.csv")
    let run = folder.path("run")
    for arguments in [
      [folder.path("none"), csv], [csv, csv], [run, folder.path("none.csv")], [run, folder.url.path],
    ] {
      let result = try Program.run(["diff", "--cdr"] + arguments)
      #expect(result.status == 3)
      #expect(!result.err.isEmpty)
      #expect(result.out.isEmpty)
    }
  }
}
