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

  /// Makes of the kept rows so many, without the indexes that pages take, as an earlier version left them.
  private static func age(_ database: String, rows: Int) throws {
    let script = """
      import sqlite3, sys
      db = sqlite3.connect(sys.argv[1])
      rows = lambda sql: db.execute(sql).fetchall()
      for name, in rows("SELECT name FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'cdr'"):
        db.execute(f"DROP INDEX {name}")
      own = ("id", "session_number")
      names = ", ".join(f'"{row[1]}"' for row in rows("PRAGMA table_info(cdr)") if row[1] not in own)
      number = "SELECT max(id) + 1 FROM cdr UNION ALL SELECT n + 1 FROM number WHERE n < " + sys.argv[2]
      db.execute(f"WITH RECURSIVE number(n) AS ({number}) INSERT INTO cdr (session_number, {names}) "
        f"SELECT n, {names} FROM number, cdr WHERE id = 1")
      db.commit()
      """
    let made = try ServeCommandTests.python(["-c", script, database, String(rows)])
    #expect(made.status == 0, "\(made.out)")
  }

  @Test(arguments: [(99_000, false), (120_000, true)])
  func whoWaitsForManyKeptRowsIsToldWhy(rows: Int, isTold: Bool) throws {
    let folder = try TemporaryDirectory()
    let state = folder.path("state")
    try Self.replayOnce(state)
    try Self.age(folder.path("state/cdr.sqlite"), rows: rows)
    let said = try (0..<2).map { _ in
      let served = try ServeCommandTests.serve(["--state", state, "--speed", "0.01"])
      #expect(served.running.stop() == 0)
      return try served.running.folder.text("err")
    }
    let begun = "ucmsim: preparing \(rows) kept rows, once; serving begins after that\n"
    #expect(said[0].contains(begun + "ucmsim: the kept rows are prepared\n") == isTold, "\(said[0])")
    #expect(said[0].contains("kept rows") == isTold && !said[1].contains("kept rows"), "\(said[1])")
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
