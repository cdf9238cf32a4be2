import Foundation
import TestSupport
import Testing

@Suite struct NewCaseTests {
  private static let data = Program.root.appending(path: "fixtures/crm/loopback-office.yaml").path

  @Test func aNewCasePassesAtOnce() throws {
    let folder = try TemporaryDirectory()
    let made = try Program.run([
      "new-case", Program.fixture("office-morning"), "--site", Program.site, "--crm-data", Self.data, "--model",
      "ucm6304",
      "--claim", "the \"morning\" & its calls", "--out", folder.path("morning"),
    ])
    #expect(made.status == 0, "\(made.err)")
    #expect(made.err.contains("credentials"))
    let text = try String(contentsOfFile: folder.path("morning/case.yaml"), encoding: .utf8)
    #expect(text.contains("system: \"zoho-v2\"") && text.contains("total: 44"))
    let readme = try String(contentsOfFile: folder.path("morning/README.md"), encoding: .utf8)
    #expect(readme.contains("## Claim") && readme.contains("## Origin"))
    let test = try Program.run(["test", folder.path("morning")])
    #expect(test.status == 0 && test.out == "1 passed, 0 failed\n")
    let smaller = try Program.run(["test", folder.path("morning"), "--models", "UCM6102"])
    #expect(smaller.status == 1)
  }

  @Test func theSameTraceGivesTheSameCase() throws {
    let folder = try TemporaryDirectory()
    var texts: [String] = []
    for name in ["one", "two"] {
      let made = try Program.run([
        "new-case", Program.fixture("ring-group"), "--site", Program.site, "--out", folder.path("\(name)/ring"),
      ])
      #expect(made.status == 0)
      texts.append(try String(contentsOfFile: folder.path("\(name)/ring/case.yaml"), encoding: .utf8))
    }
    #expect(texts[0] == texts[1])
  }

  @Test func thePBXIsInferredWhereNobodyNamesIt() throws {
    let folder = try TemporaryDirectory()
    let made = try Program.run(["new-case", Program.fixture("busy"), "--out", folder.path("busy")])
    #expect(made.status == 0, "\(made.err)")
    #expect(
      try String(contentsOfFile: folder.path("busy/case.yaml"), encoding: .utf8).contains("pbx: [\"127.0.40.2\"]"))
  }

  @Test func whatIsThereIsLeftAloneWithoutForce() throws {
    let folder = try TemporaryDirectory()
    let arguments = ["new-case", Program.fixture("busy"), "--site", Program.site, "--out", folder.path("busy")]
    #expect(try Program.run(arguments).status == 0)
    let again = try Program.run(arguments)
    #expect(again.status == 2 && again.err.contains("--force"))
    #expect(try Program.run(arguments + ["--force"]).status == 0)
  }

  @Test(
    arguments: [
      (["/nowhere.pcap"], 3, "cannot be read"), ([Program.root.path], 3, "cannot be read"),
      ([Program.site], 3, "is not a pcap"), (["-"], 2, "give a file instead of -"),
      ([Program.fixture("busy"), "--model", "UCM1"], 2, "unknown model"),
      ([Program.fixture("busy"), "--crm"], 2, "need --site"),
      ([Program.fixture("busy"), "--site", "/nowhere.yaml"], 3, "cannot be read"),
    ] as [([String], Int32, String)])
  func badInputIsTold(arguments: [String], status: Int32, says: String) throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run(["new-case"] + arguments + ["--out", folder.path("case")])
    #expect(result.status == status, "\(result.err)")
    #expect(result.err.contains(says), "\(result.err)")
  }
}
