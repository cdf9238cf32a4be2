import Foundation
import TestSupport
import Testing

/// `serve --state`: what a restart keeps.
struct ServeStateTests {
  private static func replayOnce(_ state: String, _ more: [String] = []) throws {
    let served = try ServeCommandTests.serve(["--state", state] + more)
    try ServeCommandTests.waitForEnd(served)
    #expect(served.running.stop() == 0)
  }

  private static func acctIDs(_ folder: TemporaryDirectory) throws -> [Int] {
    let out = try Program.run(["cdr", folder.path("state/cdr.sqlite"), "--format", "json", "--schema", "43"]).out
    return out.matches(of: /"AcctId":\s*"?([0-9]+)/).compactMap { Int($0.1) }
  }

  @Test func rowsGoOnBehindThoseOfTheRunBefore() throws {
    let folder = try TemporaryDirectory()
    let state = folder.path("state")
    try Self.replayOnce(state)
    let once = try Self.acctIDs(folder)
    #expect(once.count > 20 && once.sorted() == Array(1...once.count))
    let certificate = try folder.text("state/ca.pem")
    try Self.replayOnce(state)
    #expect(try Self.acctIDs(folder).sorted() == Array(1...(2 * once.count)))
    try Self.replayOnce(state, ["--factory-reset"])
    #expect(try Self.acctIDs(folder).sorted() == once.sorted())
    #expect(try folder.text("state/ca.pem") == certificate)
  }

  @Test func aFolderIsForOneAtATime() throws {
    let folder = try TemporaryDirectory()
    let served = try ServeCommandTests.serve(["--state", folder.path("state")])
    let second = try Program.run([
      "serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, "--port", "0", "--no-cdr-api",
      "--state", folder.path("state"),
    ])
    #expect(second.status == 2 && second.err.contains("another `ucmsim serve` keeps its state there"), "\(second.err)")
    #expect(served.running.stop() == 0)
  }

  @Test(arguments: [
    ("not JSON", "is no state of an appliance"),
    ("{\"kind\":\"ucmsim appliance state\",\"version\":9,\"systemEvents\":[]}", "written by a later version"),
    ("{\"kind\":\"ucmsim appliance state\",\"version\":1}", "is damaged at systemEvents"),
  ])
  func aStateThatCannotBeUsedIsNamedAndStays(text: String, says: String) throws {
    let folder = try TemporaryDirectory()
    try FileManager.default.createDirectory(atPath: folder.path("state"), withIntermediateDirectories: false)
    try folder.write(Array(text.utf8), to: "state/state.json")
    let run = try Program.run([
      "serve", Program.fixture("busy"), "--model", "UCM6304", "--site", Program.site, "--port", "0", "--no-cdr-api",
      "--state", folder.path("state"),
    ])
    #expect(run.status == 3 && run.err.contains("state.json") && run.err.contains(says), "\(run.err)")
    #expect(try folder.text("state/state.json") == text)
  }

  @Test func aReceiverThatWasAwayIsToldAfterARestart() throws {
    let folder = try TemporaryDirectory()
    let state = folder.path("state")
    // Nobody is there.
    try Self.replayOnce(state, ["--real-time", "tcp://127.0.0.1:1"])
    #expect(try folder.text("state/state.json").contains("\"toldCalls\":0"))
    let calls = try Self.acctIDs(folder).count
    let lines = try ServeCommandTests.receive(ServeCommandTests.overTCP, 2) {
      try ServeCommandTests.serve(["--state", state, "--real-time", "tcp://127.0.0.1:\($0)", "--speed", "0.01"])
    }
    // The replay has hardly begun: these are the run's before.
    #expect(lines.count == 2 && calls > 2)
    #expect(
      lines.first?.contains("\"AcctId\":\"1\"") == true || lines.first?.contains("\"AcctId\": \"1\"") == true,
      "\(lines)")
  }
}
