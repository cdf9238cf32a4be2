import Foundation
import TestSupport
import Testing

/// `explain`: why one call came to its rows.
struct ExplainTests {
  private static let cloud = Program.root.appending(path: "fixtures/crm/loopback-office.yaml").path

  private static func golden(_ name: String) throws -> String {
    try String(contentsOf: Program.root.appending(path: "fixtures/explanations/\(name)"), encoding: .utf8)
  }

  private static func run(
    _ trace: String, _ arguments: [String] = [], model: String = "ucm6202", input: Data? = nil
  ) throws -> Program.Result {
    try Program.run(
      ["explain", trace, "--site", Program.site, "--crm-data", cloud, "--model", model] + arguments, input: input)
  }

  @Test func aCallTheCRMKnewIsThatOfTheGolden() throws {
    let result = try Self.run(Program.fixture("inbound-known-caller"))
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.isEmpty)
    #expect(result.out == (try Self.golden("inbound-known-caller.txt")))
  }

  @Test func aCallOverTheLimitIsThatOfTheGolden() throws {
    let result = try Self.run(Program.fixture("overload"), ["--call", "33"])
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out == (try Self.golden("overload-refused.txt")))
  }

  @Test func theLargerModelFindsNothingOfTheLimit() throws {
    let result = try Self.run(Program.fixture("overload"), ["--call", "33"], model: "ucm6304")
    #expect(result.status == 0)
    #expect(!result.out.contains("places for calls were in use"))
  }

  @Test(arguments: [
    ("busy", 1, "busy"), ("cancelled", 2, "cancelledByCaller"), ("no-answer", 1, "noAnswer"),
    ("silent-phone", 1, "noReaction"), ("unknown-number", 1, "unknownNumber"), ("unknown-number", 3, "notRegistered"),
    ("carrier-refuses", 1, "refusedByCallee"), ("inbound-unknown-caller", 1, "lookupAdded"),
    ("office-morning", 21, "withheldNumber"), ("overload", 20, "noCRMUser"), ("overload", 33, "refusedByLimit"),
    ("internal-call", 1, nil), ("hold-reinvite", 1, nil), ("ring-group", 1, nil), ("two-contacts", 1, nil),
    ("tcp-call", 1, nil), ("ipv6-call", 1, nil),
  ])
  func theFirstCauseIsThatOfTheRecording(_ trace: String, _ call: Int, _ kind: String?) throws {
    let json = try Self.json(Self.run(Program.fixture(trace), ["--call", "\(call)", "--format", "json"]))
    #expect((json["cause"] as? [String: Any])?["kind"] as? String == kind)
  }

  @Test func theRequestsToTheCRMAreThoseOfTheRunWithoutCredentials() throws {
    let result = try Self.run(Program.fixture("inbound-unknown-caller"), ["--format", "json"])
    let exchanges = try #require(try Self.json(result)["crm"] as? [[String: Any]])
    #expect(exchanges.compactMap { $0["purpose"] as? String }.last == "logCall")
    #expect(exchanges.allSatisfy { $0["purpose"] as? String != "token" })
    #expect(!result.out.contains("loopback-secret"))
    #expect(!result.out.contains("oauthtoken"))
  }

  @Test func itsRowsAreThoseOfTheReplay() throws {
    let folder = try TemporaryDirectory()
    let trace = Program.fixture("office-morning")
    _ = try Program.run([
      "replay", trace, "--site", Program.site, "--crm-data", Self.cloud, "--model", "ucm6202", "--out",
      folder.path("run"),
    ])
    let written = try folder.text("run/cdr.csv")
    for call in ["6", "12", "21", "36"] {
      let json = try Self.json(Self.run(trace, ["--call", call, "--format", "json"]))
      for row in try #require(json["rows"] as? [[String: Any]]) {
        let fields = try #require(row["fields"] as? [[String: Any]])
        let values = fields.compactMap { $0["value"] as? String }
        let session = try #require(values.first { $0.contains("-") && $0.hasPrefix("179") })
        let line = written.split(separator: "\n").first { $0.contains(session) && $0.hasPrefix("\(values[0]),") }
        #expect(line != nil, "\(session)")
      }
    }
  }

  @Test(arguments: [
    (["--call", "77"], "no call 77; the traces hold 2 calls"), (["--number", "9"], "no call of number '9'"),
    (["--call-id", "none"], "no call with Call-ID 'none'"), (["--at", "999999"], "no call with a message in frame"),
    ([], "2 calls; choose one, as with --call 1"),
  ])
  func aChoiceThatFitsNoneOrSeveralIsAMatterOfUsage(_ choice: [String], _ message: String) throws {
    let result = try Self.run(Program.fixture("ring-group"), choice)
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.err.contains(message), "\(result.err)")
  }

  @Test func severalCallsAreListed() throws {
    #expect(try Self.run(Program.fixture("ring-group")).err.contains("ID  START"))
  }

  @Test(arguments: [
    ["--model", "ucm9999"], ["--format", "jsonl"], ["--call", "1", "--at", "2"], ["--crm", "nobody"],
    ["--site", "/nowhere.yaml"],
  ])
  func optionsThatMakeNoSenseAreRefused(_ arguments: [String]) throws {
    let given =
      ["explain", Program.fixture("busy")] + arguments + (arguments[0] == "--model" ? [] : ["--model", "ucm6202"])
    let result = try Program.run(given)
    #expect(result.status == 2 || result.status == 3, "\(result.err)")
    #expect(result.out.isEmpty)
  }

  @Test func aPipeIsReadTwice() throws {
    let data = try Data(contentsOf: URL(filePath: Program.fixture("inbound-known-caller")))
    let result = try Self.run("-", input: data)
    #expect(result.status == 0)
    #expect(result.out == (try Self.golden("inbound-known-caller.txt")))
  }

  @Test func aBrokenTraceIsExplainedAsFarAsItGoes() throws {
    let folder = try TemporaryDirectory()
    let whole = try Data(contentsOf: URL(filePath: Program.fixture("inbound-known-caller")))
    let path = try folder.write(whole.dropLast(7), to: "cut.pcap")
    let result = try Self.run(path)
    #expect(result.status == 3)
    #expect(result.err.contains("cut short"))
    #expect(result.out.contains("First cause of anything unusual"))
  }

  @Test func withoutASiteFileItSaysWhatItLeanedOn() throws {
    let result = try Program.run(["explain", Program.fixture("internal-call"), "--model", "ucm6304"])
    #expect(result.status == 0)
    #expect(result.out.contains("the PBX is the address that behaves most like one [assumed]"))
    #expect(result.out.contains("no site file was given"))
  }

  private static func json(_ result: Program.Result) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any], "\(result.err)")
  }
}
