import TestSupport
import Foundation
import Testing

/// What a user gets for input that cannot be used: a message with the place and the remedy, and the right exit code.
struct BadInputTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    var contents: Data?
    var arguments: [String] = []
    let status: Int32
    let says: [String]
    var testDescription: String { name }
  }

  static let pcapHeader = Data([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0])

  @Test(arguments: [
    Case(name: "missing file", status: 3, says: ["No such file"]),
    Case(name: "empty file", contents: Data(), status: 3, says: ["is empty"]),
    Case(name: "text file", contents: Data("INVITE sip:1000@x SIP/2.0\r\n".utf8), status: 3, says: ["not a pcap"]),
    Case(
      name: "record longer than the file",
      contents: pcapHeader + Data([0, 0, 0, 0, 0, 0, 0, 0, 99, 0, 0, 0, 99, 0, 0, 0]),
      status: 3, says: ["cut short", "byte 24"]),
    Case(
      name: "unknown link type", contents: pcapHeader.prefix(20) + Data([147, 0, 0, 0]), status: 3,
      says: ["147", "not supported"]),
    Case(
      name: "bad filter", contents: pcapHeader, arguments: ["--filter", "no such word"], status: 2,
      says: ["no such word", "pcap-filter"]),
  ])
  func aTraceThatCannotBeReadIsNamedWithTheRemedy(_ bad: Case) throws {
    let folder = try TemporaryDirectory()
    let path = try bad.contents.map { try folder.write($0, to: "bad.pcap") } ?? folder.path("bad.pcap")
    for verb in [["messages"], ["calls"], ["registrations"], ["ladder"], ["replay", "--model", "UCM6304"]] {
      let result = try Program.run(verb + [path] + bad.arguments)
      #expect(result.status == bad.status, "\(verb): \(result.err)")
      #expect(result.err.contains("bad.pcap") || bad.name == "bad filter", "\(verb): \(result.err)")
      for word in bad.says { #expect(result.err.contains(word), "\(verb): \(result.err)") }
    }
  }

  @Test func whatStandsBeforeACutIsKept() throws {
    let folder = try TemporaryDirectory()
    let whole = try Data(contentsOf: URL(filePath: Program.fixture("internal-call")))
    let path = try folder.write(whole.dropLast(7), to: "cut.pcap")
    let result = try Program.run(["messages", path, "--format", "jsonl"])
    let all = try Program.run(["messages", Program.fixture("internal-call"), "--format", "jsonl"])
    #expect(result.status == 3)
    #expect(result.err.contains("cut short"))
    #expect(result.lines == all.lines.dropLast())
    let run = try Program.run(["replay", path, "--model", "UCM6304", "--out", folder.path("run")])
    #expect(run.status == 3)
    #expect(try folder.text("run/summary.json").contains("cut short"))
    #expect(try folder.text("run/cdr.csv").split(separator: "\n").count > 1)
  }

  @Test func aTraceThatCannotBeReadLeavesAnEarlierRunAsItWas() throws {
    let folder = try TemporaryDirectory()
    let run = ["--model", "UCM6304", "--pbx", "127.0.40.2", "--out", folder.path("run")]
    #expect(try Program.run(["replay", Program.fixture("busy")] + run).status == 0)
    let before = try ["cdr.csv", "summary.json"].map { try folder.data("run/" + $0) }
    #expect(try Program.run(["replay", folder.path("missing.pcap")] + run).status == 3)
    #expect(try ["cdr.csv", "summary.json"].map { try folder.data("run/" + $0) } == before)
  }

  @Test func noSummaryOfAnEarlierRunVouchesForOneThatBroke() throws {
    let folder = try TemporaryDirectory()
    let run = ["-", "--model", "UCM6304", "--pbx", "127.0.40.2", "--out", folder.path("run")]
    let whole = try Data(contentsOf: URL(filePath: Program.fixture("busy")))
    #expect(try Program.run(["replay"] + run, input: whole).status == 0)
    #expect(FileManager.default.fileExists(atPath: folder.path("run/summary.json")))
    #expect(try Program.run(["replay"] + run, input: Data("no capture".utf8)).status == 3)
    #expect(!FileManager.default.fileExists(atPath: folder.path("run/summary.json")))
  }

  @Test func anUnknownModelComesWithTheNearestName() throws {
    let result = try Program.run(["replay", Program.fixture("busy"), "--model", "UCM6305"])
    #expect(result.status == 2)
    #expect(result.err.contains("UCM6305"))
    #expect(result.err.contains("did you mean UCM630"))
  }

  @Test func aWrongKeyInASiteFileIsNamedWithItsLine() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write("pbx:\n  addresses: [192.0.2.1]\ntimezone: UTC\n".utf8, to: "site.yaml")
    let result = try Program.run(["replay", Program.fixture("busy"), "--model", "UCM6304", "--site", path])
    #expect(result.status == 3)
    #expect(result.err.contains("site.yaml:3"))
    #expect(result.err.contains("timeZone"))
  }

  @Test func anOutputFolderThatCannotBeMadeIsAMatterOfUsage() throws {
    let folder = try TemporaryDirectory()
    let file = try folder.write([], to: "file")
    let result = try Program.run(["replay", Program.fixture("busy"), "--model", "UCM6304", "--out", file + "/run"])
    #expect(result.status == 2)
    #expect(result.err.contains("file/run"))
  }

  @Test(arguments: [
    [], ["fly"], ["messages"], ["messages", "-", "-"], ["replay", "x.pcap"],
    ["calls", "x.pcap", "--pbx", "example.com"],
    ["messages", "x.pcap", "--format", "xml"], ["replay", "x.pcap", "--model", "UCM6304", "--crm-latency", "-1"],
    ["replay", "x.pcap", "--model", "UCM6304", "--crm-drain", "-1"],
  ])
  func aCommandLineThatCannotBeUnderstoodEndsWithTwo(_ arguments: [String]) throws {
    let result = try Program.run(arguments)
    if arguments.isEmpty {
      #expect(result.status == 0)
      #expect(result.out.contains("SUBCOMMANDS"))
    } else {
      #expect(result.status == 2, "\(result.err)")
      #expect(result.out.isEmpty)
      #expect(!result.err.isEmpty)
    }
  }
}
