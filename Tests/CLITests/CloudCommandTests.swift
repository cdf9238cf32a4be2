import Foundation
import TestSupport
import Testing

/// `cloud`, and replays that reach it.
struct CloudCommandTests {
  private static let data = Program.root.appending(path: "fixtures/crm/loopback-office.yaml").path
  private static let good = Program.root.appending(path: "fixtures/configuration/good").path
  private static let files = ["cdr.csv", "cdr.json", "cdr.sqlite", "crm.jsonl", "events.jsonl", "summary.json"]

  private static func replay(
    _ more: [String], into folder: TemporaryDirectory, _ name: String, trace: String = "office-morning"
  ) throws -> Program.Result {
    try Program.run(
      [
        "replay", Program.fixture(trace), "--model", "UCM6304", "--site", Program.site, "--out", folder.path(name),
      ] + more)
  }

  private static func same(_ folder: TemporaryDirectory, _ one: String, _ other: String) throws {
    for file in files { #expect(try folder.data("\(one)/\(file)") == folder.data("\(other)/\(file)"), "\(file)") }
  }

  /// A cloud, and the URL it says it is reached at.
  private static func cloud(
    _ folder: TemporaryDirectory, _ more: [String] = []
  ) throws -> (running: Program.Running, url: String, admin: String) {
    let running = try Program.start(
      ["cloud", "--port", "0", "--admin-port", "0", "--ca-out", folder.path("ca.pem"), "--data", data] + more)
    let text = running.output { $0.contains("administrator") }
    let said = try running.folder.text("err")
    let url = try #require(text.firstMatch(of: /every host +(https:\S+)/), "\(said)")
    let admin = try #require(text.firstMatch(of: /administrator +(http:\S+)/))
    return (running, String(url.1), String(admin.1))
  }

  @Test func aRunIsTheSameInProcessOverHTTPSAndFromACassette() throws {
    let folder = try TemporaryDirectory()
    let (running, url, _) = try Self.cloud(folder, ["--clock", "requests", "--out", folder.path("journal")])
    let local = try Self.replay(["--crm-data", Self.data], into: folder, "local")
    #expect(local.status == 0)
    let cassette = ["--cassette", folder.path("c.jsonl")]
    let remote = try Self.replay(
      ["--crm-url", url, "--crm-ca", folder.path("ca.pem")] + cassette
        + ["--cassette-mode", "record", "--cassette-people", "keep"], into: folder, "remote")
    #expect(remote.status == 0 && remote.err.isEmpty, "\(remote.err)")
    try Self.same(folder, "local", "remote")
    #expect(running.stop() == 0)
    let played = try Self.replay(cassette, into: folder, "played")
    #expect(played.status == 0 && played.err.isEmpty, "\(played.err)")
    try Self.same(folder, "local", "played")
    #expect(try folder.text("local/crm.jsonl").split(separator: "\n").count > 50)
    for file in ["c.jsonl", "journal/cloud.jsonl"] {
      let text = try folder.text(file)
      #expect(!text.contains("loopback-secret") && !text.contains("1000.loopback."), "\(file)")
    }
  }

  @Test func withPseudonymsACassettePlaysTheSameTraffic() throws {
    let folder = try TemporaryDirectory()
    let cassette = ["--cassette", folder.path("c.jsonl")]
    let live = ["--crm-data", Self.data] + cassette
    #expect(try Self.replay(live + ["--cassette-mode", "record"], into: folder, "recorded").status == 0)
    let text = try folder.text("c.jsonl")
    #expect(!text.contains("Hansen") && !text.contains("49300000201"))
    let played = try Self.replay(cassette, into: folder, "played")
    #expect(played.status == 0 && played.err.isEmpty, "\(played.err)")
    for mode in ["diff", "spy"] {
      let again = try Self.replay(live + ["--cassette-mode", mode], into: folder, mode)
      #expect(again.status == 0 && again.err.isEmpty, "\(again.err)")
    }
    #expect(try folder.text("c.jsonl") == text)
    let other = try Self.replay(cassette, into: folder, "other", trace: "inbound-unknown-caller")
    #expect(other.status == 1 && other.err.contains("was not recorded; the closest is in line"), "\(other.err)")
  }

  private static let script = """
    faults:
      - {name: lost, match: {path: /crm/v2/Calls, method: POST, every: 3}, action: lose-answer}
      - {name: busy, match: {path: /crm/*, nth: 12}, action: status, status: 429, body: '{"code":"TOO_MANY_REQUESTS"}'}
      - {name: page, match: {path: /crm/*/search, every: 7}, action: page, status: 503}
      - {name: over, match: {path: /crm/*/search, nth: 15}, action: expire-token}
      - {name: chance, match: {host: www.zohoapis.com, probability: 0.1}, action: status, status: 500}
    """

  @Test func aFaultScriptDoesTheSameInProcessAsOverHTTPS() throws {
    let folder = try TemporaryDirectory()
    let faults = try folder.write(Array(Self.script.utf8), to: "faults.yaml")
    let (running, url, _) = try Self.cloud(folder, ["--clock", "requests", "--faults", faults])
    let remote = try Self.replay(["--crm-url", url, "--crm-ca", folder.path("ca.pem")], into: folder, "remote")
    #expect(remote.status == 0, "\(remote.err)")
    #expect(running.stop() == 0)
    for name in ["local", "again"] {
      let local = try Self.replay(["--crm-data", Self.data, "--crm-faults", faults], into: folder, name)
      #expect(local.status == 0 && local.err.isEmpty, "\(local.err)")
      try Self.same(folder, "remote", name)
    }
    let told = try folder.text("local/crm.jsonl")
    for sign in ["brokenOff", "429", "503"] { #expect(told.contains(sign), "\(sign)") }
  }

  @Test func aFaultScriptThatCannotBeUsedIsToldWithItsPlace() throws {
    let folder = try TemporaryDirectory()
    let faults = try folder.write(Array("faults:\n  - {name: x, action: explode}\n".utf8), to: "faults.yaml")
    let run = try Self.replay(["--crm-data", Self.data, "--crm-faults", faults], into: folder, "run", trace: "busy")
    #expect(run.status == 3 && run.err.contains("faults.yaml:2:"), "\(run.err)")
    let missing = try Self.replay(["--crm-faults", "/nowhere.yaml"], into: folder, "run", trace: "busy")
    #expect(missing.status == 3 && missing.err.contains("/nowhere.yaml: cannot be read"), "\(missing.err)")
  }

  @Test func aCloudThatIsStoppedGoesOnWhereItWas() throws {
    let folder = try TemporaryDirectory()
    let state = ["--state", folder.path("state"), "--clock", "requests"]
    let first = try Self.cloud(folder, state)
    let way = ["--crm-ca", folder.path("ca.pem")]
    #expect(try Self.replay(["--crm-url", first.url] + way, into: folder, "one").status == 0)
    let authority = try folder.data("ca.pem")
    #expect(first.running.stop(with: SIGINT) == 0)
    let second = try Self.cloud(folder, state)
    #expect(try folder.data("ca.pem") == authority)
    // Whoever was unknown in the first run is known in the second.
    #expect(try Self.replay(["--crm-url", second.url] + way, into: folder, "two").status == 0)
    #expect(try folder.text("one/crm.jsonl").contains(#""path":"/crm/v2/Leads""#))
    #expect(try !folder.text("two/crm.jsonl").contains(#""path":"/crm/v2/Leads""#))
    #expect(second.running.stop() == 0)
  }

  @Test func aCloudThatIsNotThereLeavesTheCallsAsTheyWere() throws {
    let folder = try TemporaryDirectory()
    let gone = try Self.replay(["--crm-url", "https://127.0.0.1:1"], into: folder, "gone")
    #expect(gone.status == 0 && gone.err.contains("nothing listens there"), "\(gone.err)")
    _ = try Self.replay(["--crm", "none"], into: folder, "none")
    let rows = { (name: String) in try folder.text(name + "/cdr.csv").split(separator: "\n").count }
    #expect(try rows("gone") == rows("none"))
    #expect(try folder.text("gone/crm.jsonl").contains(#""unreachable":"connectionRefused""#))
  }

  @Test func aCloudThatIsNotTrustedIsToldNothing() throws {
    let folder = try TemporaryDirectory()
    let (running, url, _) = try Self.cloud(folder)
    let run = try Self.replay(["--crm-url", url], into: folder, "run", trace: "inbound-known-caller")
    #expect(run.status == 0 && run.err.contains("no trusted TLS connection"), "\(run.err)")
    #expect(running.stop() == 0)
  }

  @Test func aSecondServerOfOneStateIsTurnedAway() throws {
    let folder = try TemporaryDirectory()
    let (running, _, _) = try Self.cloud(folder, ["--state", folder.path("state")])
    let second = try Program.run(["cloud", "--port", "0", "--state", folder.path("state")])
    #expect(second.status == 4 && second.err.contains("stop the other server"), "\(second.err)")
    #expect(running.stop() == 0)
  }

  @Test func aForeignStateIsUnusableInput() throws {
    let folder = try TemporaryDirectory()
    try folder.write(
      Array("not a database, but long enough to be one of another kind altogether".utf8), to: "cloud.sqlite")
    let run = try Program.run(["cloud", "--port", "0", "--state", folder.url.path])
    #expect(run.status == 3 && run.err.contains("cloud.sqlite: expected the state of a cloud"), "\(run.err)")
  }

  @Test(arguments: [
    (["replay", "t.pcap", "--model", "UCM6304", "--crm-url", "https://a", "--crm-data", "x"], 2, "--crm-data is for"),
    (["replay", "t.pcap", "--model", "UCM6304", "--crm-url", "https://a", "--crm-faults", "x"], 2, "--crm-faults is"),
    (["replay", "t.pcap", "--model", "UCM6304", "--cassette", "c", "--crm-faults", "x"], 2, "--crm-faults is for"),
    (["replay", "t.pcap", "--model", "UCM6304", "--crm-ca", "x"], 2, "--crm-ca is for"),
    (["replay", "t.pcap", "--model", "UCM6304", "--crm-timeout", "0"], 2, "--crm-timeout takes"),
    (
      [
        "replay", Program.fixture("office-morning"), "--model", "UCM6304", "--site", "\(good)/vtiger-site.yaml",
        "--crm-data", data,
      ], 3, "holds no vtiger, the system of the site file's CRM page; write a section `vtiger` in it"
    ),
    (["cloud", "--clock", "yesterday"], 2, "--clock takes"), (["cloud", "--port", "70000"], 2, "Ports go from"),
    (["cloud", "--insecure-http", "--ca-out", "x"], 2, "there is no --ca-out"),
    (["cloud", "--port", "0", "--data", "/nowhere.yaml"], 3, "/nowhere.yaml: cannot be read"),
    (["cloud", "--port", "0", "--faults", "/nowhere.yaml"], 3, "/nowhere.yaml: cannot be read"),
    (["cloud", "--port", "0", "--host", "192.0.2.77"], 2, "cannot listen on 192.0.2.77:0"),
  ])
  func whatCannotBeDoneIsToldWithItsCode(arguments: [String], status: Int32, message: String) throws {
    let run = try Program.run(arguments)
    #expect(run.status == status && run.err.contains(message), "\(run.status) \(run.err)")
  }

  @Test(arguments: [("http://127.0.0.1:1", 2, "is no address of a server"), ("https://a", 3, "holds no certificates")])
  func aWayThatCannotBeGoneIsTold(url: String, status: Int32, message: String) throws {
    let folder = try TemporaryDirectory()
    let run = try Self.replay(["--crm-url", url, "--crm-ca", "/nowhere.pem"], into: folder, "run", trace: "busy")
    #expect(run.status == status && run.err.contains(message), "\(run.err)")
  }

  @Test(arguments: [
    ("nonsense", "c.jsonl:1: expected the head"), ("{\"cassette\":1,\"people\":\"keep\"}\n{", "c.jsonl:2:"),
  ])
  func aBadCassetteIsUnusableInput(text: String, message: String) throws {
    let folder = try TemporaryDirectory()
    try folder.write(Array(text.utf8), to: "c.jsonl")
    let run = try Self.replay(["--cassette", folder.path("c.jsonl")], into: folder, "run", trace: "busy")
    #expect(run.status == 3 && run.err.contains(message), "\(run.err)")
  }
}
