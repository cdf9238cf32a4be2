import Foundation
import TestSupport
import Testing

/// `messages`, `calls`, `registrations` and `models`: the names other programs read.
struct ListingTests {
  @Test func messagesAreCountedAsANumberAlone() throws {
    let result = try Program.run(["messages", Program.fixture("internal-call"), "--count"])
    #expect(result.status == 0)
    #expect(Int(result.out.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0 > 0)
    #expect(result.lines.count == 1)
    #expect(result.err.isEmpty)
  }

  @Test func messageLinesHoldTheFixedNamesInOrder() throws {
    let result = try Program.run(["messages", Program.fixture("internal-call"), "--format", "jsonl"])
    let first = try #require(result.lines.first)
    #expect(keys(of: first) == ["frame", "time", "transport", "src", "dst", "method", "status", "callID", "cseq"])
    let messages = try result.lines.map(object)
    #expect(messages.allSatisfy { ($0["method"] is NSNull) != ($0["status"] is NSNull) })
    #expect(messages.contains { $0["method"] as? String == "INVITE" && $0["cseq"] as? String == "2 INVITE" })
  }

  @Test func callLinesHoldTheFixedNames() throws {
    let result = try Program.run([
      "calls", Program.fixture("internal-call"), "--site", Program.site, "--format", "jsonl",
    ])
    #expect(result.status == 0)
    for line in result.lines {
      let fixed = [
        "id", "start", "answer", "end", "caller", "callee", "direction", "disposition", "duration", "billsec", "legs",
        "confidence",
      ]
      #expect(Array(keys(of: line).prefix(fixed.count)) == fixed)
      let legs = try #require(try object(line)["legs"] as? [[String: Any]])
      #expect(legs.allSatisfy { Set($0.keys).isSuperset(of: ["callID", "from", "to", "src", "dst"]) })
    }
  }

  @Test func thePBXCanBeNamedOrFound() throws {
    let trace = Program.fixture("internal-call")
    let named = try Program.run(["calls", trace, "--pbx", "127.0.40.2:5060", "--format", "jsonl"])
    let found = try Program.run(["calls", trace, "--format", "jsonl"])
    #expect(named.out == found.out)
    #expect(named.err.isEmpty)
    #expect(found.err.contains("127.0.40.2 (inferred"))
  }

  @Test func standardInputIsReadTwiceWhereThePBXHasToBeFound() throws {
    let trace = Program.fixture("internal-call")
    let data = try Data(contentsOf: URL(filePath: trace))
    let piped = try Program.run(["calls", "-", "--format", "jsonl"], input: data)
    #expect(piped.status == 0)
    #expect(piped.out == (try Program.run(["calls", trace, "--format", "jsonl"])).out)
  }

  @Test func aNamedPipeIsReadTwiceToo() throws {
    let folder = try TemporaryDirectory()
    let trace = Program.fixture("internal-call")
    let pipe = folder.path("pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    // The opening of each end waits for the other's; `dd` needs no shell.
    let writer = Process()
    writer.executableURL = URL(filePath: "/bin/dd")
    writer.arguments = ["if=" + trace, "of=" + pipe, "status=none"]
    try writer.run()
    let piped = try Program.run(["calls", pipe, "--format", "jsonl"])
    writer.waitUntilExit()
    #expect(piped.status == 0)
    #expect(piped.out == (try Program.run(["calls", trace, "--format", "jsonl"])).out)
  }

  @Test func aFilterLeavesOutWhatItSays() throws {
    let result = try Program.run(["messages", Program.fixture("internal-call"), "--filter", "tcp", "--count"])
    #expect(result.out == "0\n")
  }

  @Test func registrationsTellChallengesFromBindings() throws {
    let result = try Program.run([
      "registrations", Program.fixture("registration-challenge"), "--site", Program.site, "--format", "jsonl",
    ])
    let outcomes = Set(try result.lines.map { try object($0)["outcome"] as? String })
    #expect(outcomes.isSuperset(of: ["challenged", "accepted"]))
  }

  @Test(arguments: ["text", "json", "jsonl", "csv"])
  func everyFormatListsEveryModel(_ format: String) throws {
    let result = try Program.run(["models", "list", "--format", format])
    #expect(result.status == 0)
    let names = Set(result.out.matches(of: /UCM6\d{3}A?/).map(\.output))
    #expect(names.count == 16)
  }

  @Test func modelsAreAJSONArrayWithTheFixedNames() throws {
    let result = try Program.run(["models", "list", "--format", "json"])
    let models = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [[String: Any]])
    #expect(models.allSatisfy { Set($0.keys).isSuperset(of: ["model", "family", "users", "concurrentCalls"]) })
    #expect(models.first { $0["model"] as? String == "UCM6202" }?["concurrentCalls"] as? Int == 30)
  }

  @Test func modelsThatDifferAreAFinding() throws {
    #expect(try Program.run(["models", "diff", "ucm6202", "UCM6204"]).status == 1)
    #expect(try Program.run(["models", "diff", "UCM6202", "UCM6202"]).status == 0)
  }

  private func object(_ line: Substring) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
  }

  /// Names at the top level, in the order written.
  private func keys(of line: Substring) -> [String] {
    var depth = 0
    var result: [String] = []
    var rest = line[...]
    while let character = rest.popFirst() {
      switch character {
      case "{", "[": depth += 1
      case "}", "]": depth -= 1
      case "\"":
        let end = rest.firstIndex(of: "\"") ?? rest.endIndex
        let text = String(rest[..<end])
        rest = rest[end...].dropFirst()
        if depth == 1, rest.first == ":" { result.append(text) }
      default: break
      }
    }
    return result
  }
}
