import Foundation
import TestSupport
import Testing

/// `ladder`: which call is drawn, and where the picture goes.
struct LadderTests {
  private static func golden(_ name: String) throws -> String {
    try String(contentsOf: Program.root.appending(path: "fixtures/ladders/\(name)"), encoding: .utf8)
  }

  private static func run(_ trace: String, _ arguments: String..., input: Data? = nil) throws -> Program.Result {
    try Program.run(["ladder", trace, "--site", Program.site] + arguments, input: input)
  }

  @Test func theTextIsThatOfTheGolden() throws {
    let result = try Self.run(Program.fixture("hold-reinvite"), "--width", "150")
    #expect(result.status == 0)
    #expect(result.err.isEmpty)
    #expect(result.out == (try Self.golden("hold-reinvite.txt")))
  }

  @Test func theDocumentIsThatOfTheGolden() throws {
    let result = try Self.run(Program.fixture("ring-group"), "--call", "1", "--format", "svg")
    #expect(result.status == 0)
    #expect(result.out == (try Self.golden("ring-group.svg")))
  }

  @Test func severalCallsAreListedWhereNoneIsChosen() throws {
    let result = try Self.run(Program.fixture("ring-group"))
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.err.contains("ID  START"))
    #expect(result.err.contains("2 calls; choose one, as with --call 1"))
  }

  @Test(arguments: [
    (["--call", "2"], 2), (["--number", "1001"], 1), (["--number", "+493000002011"], 2), (["--at", "13"], 1),
  ])
  func aChoiceThatFitsOneCallDrawsIt(_ choice: [String], _ wanted: Int) throws {
    let result = try Program.run(["ladder", Program.fixture("cancelled"), "--site", Program.site] + choice)
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.hasPrefix("Call \(wanted):"))
  }

  @Test func theCallIDOfAnyLegFindsTheCall() throws {
    let trace = Program.fixture("cancelled")
    let listed = try Program.run(["calls", trace, "--site", Program.site, "--format", "json"])
    let calls = try #require(try JSONSerialization.jsonObject(with: Data(listed.out.utf8)) as? [[String: Any]])
    for call in calls {
      for leg in try #require(call["legs"] as? [[String: Any]]) {
        let callID = try #require(leg["callID"] as? String)
        let id = try #require(call["id"] as? Int)
        #expect(try Self.run(trace, "--call-id", callID).out.hasPrefix("Call \(id):"))
      }
    }
  }

  @Test(arguments: [
    (["--call", "77"], "no call 77; the traces hold 2 calls"), (["--number", "9"], "no call of number '9'"),
    (["--call-id", "none"], "no call with Call-ID 'none'"), (["--at", "1"], "no call with a message in frame 1"),
    (["--at", "999999"], "no call with a message in frame 999999"),
    (["--number", "+493000006400"], "2 calls fit; choose one"),
  ])
  func aChoiceThatFitsNoneOrSeveralIsAMatterOfUsage(_ choice: [String], _ message: String) throws {
    let result = try Program.run(["ladder", Program.fixture("ring-group"), "--site", Program.site] + choice)
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
    #expect(result.err.contains(message), "\(result.err)")
  }

  @Test func aTraceWithoutCallsSaysSo() throws {
    let result = try Self.run(Program.fixture("registration-challenge"))
    #expect(result.status == 2)
    #expect(result.err.contains("the traces hold no call"))
  }

  @Test func aPipeIsReadTwice() throws {
    let data = try Data(contentsOf: URL(filePath: Program.fixture("hold-reinvite")))
    let result = try Self.run("-", "--width", "150", input: data)
    #expect(result.status == 0)
    #expect(result.out == (try Self.golden("hold-reinvite.txt")))
  }

  @Test func aFileTakesTheResultWhole() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(Array(repeating: 0x78, count: 200_000), to: "call.svg")
    let result = try Self.run(Program.fixture("ring-group"), "--call", "1", "--format", "svg", "--out", path)
    #expect(result.status == 0)
    #expect(result.out.isEmpty)
    #expect(try folder.text("call.svg") == Self.golden("ring-group.svg"))
  }

  @Test func aFileThatCannotBeMadeIsAMatterOfUsage() throws {
    let folder = try TemporaryDirectory()
    let result = try Self.run(Program.fixture("hold-reinvite"), "--out", folder.path("none/call.txt"))
    #expect(result.status == 2)
    #expect(result.err.contains("none/call.txt"))
  }

  @Test func longCallsAreBoundedAndItIsSaid() throws {
    let result = try Self.run(Program.fixture("hold-reinvite"), "--lines", "3")
    #expect(result.status == 0)
    #expect(result.out.contains("\n… 21 more"))
    #expect(result.err.contains("… 21 more messages of the call; see --lines"))
  }

  @Test func theJSONIsOneObject() throws {
    let result = try Self.run(Program.fixture("hold-reinvite"), "--format", "json")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    #expect((json["messages"] as? [Any])?.count == 24)
    #expect((json["call"] as? [String: Any])?["id"] as? Int == 1)
  }

  @Test func asciiIsNothingElse() throws {
    let result = try Self.run(Program.fixture("hold-reinvite"), "--ascii")
    #expect(result.status == 0)
    #expect(result.out.utf8.allSatisfy { $0 < 0x80 })
  }

  @Test(arguments: [
    ["--width", "71"], ["--width", "100001"], ["--lines", "0"], ["--lines", "100001"], ["--call", "1", "--at", "2"],
    ["--call", "x"], ["--format", "svg", "--ascii"], ["--format", "json", "--width", "100"], ["--format", "png"],
  ])
  func optionsThatMakeNoSenseAreRefused(_ arguments: [String]) throws {
    let result = try Program.run(["ladder", Program.fixture("hold-reinvite"), "--site", Program.site] + arguments)
    #expect(result.status == 2)
    #expect(result.out.isEmpty)
  }

  @Test func aBrokenTraceGivesThePictureOfWhatThereIs() throws {
    let folder = try TemporaryDirectory()
    let whole = try Data(contentsOf: URL(filePath: Program.fixture("hold-reinvite")))
    let path = try folder.write(whole.dropLast(7), to: "cut.pcap")
    let result = try Self.run(path, "--width", "150")
    #expect(result.status == 3)
    #expect(result.err.contains("cut short"))
    #expect(result.out.contains("re-INVITE sdp hold"))
  }
}
