import Foundation
import TestSupport
import Testing

/// A run of the office's morning: 44 calls, whose clock shows Berlin's time.
private func officeRun() throws -> TemporaryDirectory {
  let folder = try TemporaryDirectory()
  let run = try Program.run([
    "replay", Program.fixture("office-morning"), "--model", "UCM6304", "--site", Program.site, "--crm", "none", "--out",
    folder.path("run"),
  ])
  #expect(run.status == 0)
  return folder
}

@Suite struct CDRCommandTests {
  @Test func theExportOfARunIsWhatTheRunWrote() throws {
    let folder = try officeRun()
    let csv = try Program.run(["cdr", folder.path("run"), "--format", "csv"])
    let ofRun = try folder.text("run/cdr.csv").split(separator: "\n")
    #expect(csv.status == 0)
    #expect(csv.lines.first == ofRun.first)
    #expect(csv.lines.sorted() == ofRun.sorted())
    let json = try Program.run(["cdr", folder.path("run/cdr.sqlite"), "--format", "json"])
    let entries = { (text: String) in
      try (JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: [[String: Any]]])?["cdr_root"] ?? []
    }
    let (found, written) = (try entries(json.out), try entries(folder.text("run/cdr.json")))
    #expect(found.count == 44)
    #expect(Set(found.compactMap { $0["cdr"] as? String }) == Set(written.compactMap { $0["cdr"] as? String }))
  }

  @Test(arguments: [
    (["--status", "busy,failed"], 8), (["--status", "BUSY", "--status", "Failed"], 8), (["--type", "inbound"], 21),
    (["--type", "Internal,external"], 14), (["--caller", "1000"], 3), (["--caller", "1xxx", "--callee", "10xx"], 13),
    (["--caller", "1000-1003,0-0"], 29), (["--callee", "+49."], 2), (["--trunk", "Nordnetz"], 30),
    (["--trunk", "trunk_1", "--type", "outbound"], 9), (["--destination-trunk", "Nordnetz"], 9),
    (["--source-trunk", "Nordnetz", "--status", "failed"], 2), (["--account", "17"], 0),
    (["--from", "2026-11-21 09:58:54", "--to", "2026-11-21 09:58:59"], 3),
    (["--from", "2026-11-21", "--to", "2026-11-21"], 44), (["--from", "2026-11-22"], 0), (["--to", "2026-11-20"], 0),
    (["--limit", "5"], 5), (["--limit", "5", "--offset", "42"], 2), (["--limit", "0"], 0), ([], 44),
  ])
  func conditionsNarrowTheCalls(arguments: [String], calls: Int) throws {
    let folder = try officeRun()
    let result = try Program.run(["cdr", folder.path("run"), "--format", "json"] + arguments)
    #expect(result.status == 0)
    #expect(result.err == "")
    let root = try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: [Any]]
    #expect(root?["cdr_root"]?.count == calls)
  }

  @Test func theTableHasALineForEachRowAsOnTheAppliancesPage() throws {
    let folder = try officeRun()
    let table = try Program.run(["cdr", folder.path("run"), "--status", "failed", "--order", "newest", "--limit", "2"])
    #expect(table.lines.count == 3)
    #expect(table.lines.first?.hasPrefix("START") == true)
    #expect(table.out.contains("FAILED     \"+493000002021\" +493000002021 [Trunk: Nordnetz]"))
    #expect(table.out.contains("0:00:00   Inbound"))
  }

  @Test(arguments: [
    (["--caller", "5300,,5303"], "after 5 bytes"), (["--callee", "5304-5302"], "after 5 bytes"),
    (["--caller", ""], "after 0 bytes"), (["--caller", "1-2-3"], "after 4 bytes"),
    (["--from", "2026-02-30"], "after 8 bytes"),
    (["--from", "yesterday"], "after 0 bytes"), (["--to", "2026-11-20T25:00"], "after 11 bytes"),
    (["--to", "2026-11-20 10:00+1"], "after 17 bytes"), (["--to", "2026-11-20 10:00:00."], "after 20 bytes"),
    (["--status", "answered,lost"], "after 9 bytes"), (["--type", "inward"], "internal, inbound, outbound, external"),
    (["--limit", "many"], "--limit"), (["--offset=-1"], "--offset is 0 or more"), (["--order", "random"], "oldest"),
    (["--min-duration", "1.5"], "--min-duration"), (["--caler", "1"], "--caler"),
  ])
  func aWrongValueIsAUsageErrorThatNamesItsPlace(arguments: [String], message: String) throws {
    let result = try Program.run(["cdr", "run"] + arguments)
    #expect(result.status == 2)
    #expect(result.err.contains(message))
    #expect(result.out.isEmpty)
  }

  @Test func whatIsNoDatabaseIsUnusableInput() throws {
    let folder = try TemporaryDirectory()
    let text = try folder.write(Data("AcctId,src\n".utf8), to: "cdr.csv")
    for (path, message) in [
      (folder.path("none"), "there is no CDR database"), (folder.url.path, "there is no CDR database"),
      (text, "a file of another kind"),
    ] {
      let result = try Program.run(["cdr", path])
      #expect(result.status == 3)
      #expect(result.err.contains(message))
      #expect(result.out.isEmpty)
    }
  }

  @Test func aRunWithoutItsSummaryIsReadAndSaidToBeUnfinished() throws {
    let folder = try officeRun()
    try FileManager.default.removeItem(atPath: folder.path("run/summary.json"))
    let result = try Program.run(["cdr", folder.path("run"), "--limit", "1"])
    #expect(result.status == 0)
    #expect(result.lines.count == 2)
    #expect(result.err.contains("has no summary.json"))
  }
}
