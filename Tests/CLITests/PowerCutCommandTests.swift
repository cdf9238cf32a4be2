import TestSupport
import Testing

@Suite struct PowerCutCommandTests {
  private func replay(_ options: [String], into folder: TemporaryDirectory, as name: String) throws -> Program.Result {
    try Program.run(
      [
        "replay", Program.fixture("office-morning"), "--model", "UCM6304", "--site", Program.site, "--crm", "none",
        "--out", folder.path(name),
      ] + options)
  }

  @Test func callsUpAtTheFailureHaveNoRowInAnyFile() throws {
    let folder = try officeRun()
    let cut = try replay(
      ["--power-cut-at", "2026-11-21 09:58:20", "--boot-seconds", "20"], into: folder, as: "cut")
    #expect(cut.status == 0)
    #expect(cut.out.contains("1 power failure: 4 calls cut off without a row"))
    let events = try folder.text("cut/events.jsonl")
    #expect(events.contains(#""event":"powerCut","calls":4,"extensions":12,"rows":0,"callLogs":0}"#))
    #expect(events.contains(#""event":"booted"}"#))
    #expect(events.contains(#""name":"System Reboot""#))
    let rows = try folder.text("cut/cdr.csv").split(separator: "\n").count - 1
    #expect(rows > 0 && rows < 53)
    let json = try Program.run(["cdr", folder.path("cut"), "--format", "csv"])
    #expect(json.lines.count == rows + 1)
    let difference = try Program.run(["diff", folder.path("run"), folder.path("cut"), "--only", "rows"])
    #expect(difference.status == 1)
    #expect(!difference.out.contains("row only after"))
  }

  @Test func theSameFailureGivesTheSameBytes() throws {
    let folder = try TemporaryDirectory()
    for name in ["one", "other"] {
      #expect(try replay(["--power-cut-at", "event:100"], into: folder, as: name).status == 0)
    }
    for file in ["cdr.csv", "cdr.json", "cdr.sqlite", "events.jsonl"] {
      #expect(try folder.data("one/\(file)") == folder.data("other/\(file)"))
    }
  }

  @Test(arguments: ["2026-11-22", "event:100000"])
  func aFailureThatNeverCameIsSaid(when: String) throws {
    let folder = try TemporaryDirectory()
    let result = try replay(["--power-cut-at", when], into: folder, as: "run")
    #expect(result.status == 0)
    #expect(result.err.contains("no power failure"))
    #expect(result.lines.contains { $0.contains("53 rows") })
  }

  @Test(arguments: [
    (["--power-cut-at", "event:0"], "event:120"), (["--power-cut-at", "event:"], "event:120"),
    (["--power-cut-at", "event:-1"], "event:120"), (["--power-cut-at", "event:99999999999999999999"], "event:120"),
    (["--power-cut-at", "soon"], "is no time"), (["--power-cut-at", ""], "is no time"),
    (["--power-cut-at", "2026-13-01"], "a month"), (["--boot-seconds", "-1"], "--boot-seconds"),
    (["--boot-seconds", "86401"], "--boot-seconds"), (["--boot-seconds", "soon"], "boot-seconds"),
  ])
  func aWrongTimeIsAUsageError(options: [String], message: String) throws {
    let result = try Program.run(["replay", "none.pcap", "--model", "UCM6304"] + options)
    #expect(result.status == 2)
    #expect(result.err.contains(message))
  }
}
