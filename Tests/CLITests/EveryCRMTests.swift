import Foundation
import TestSupport
import Testing

/// The office's morning with each CRM the appliance can have.
struct EveryCRMTests {
  private static let files = ["cdr.csv", "cdr.json", "cdr.sqlite", "crm.jsonl", "events.jsonl", "summary.json"]

  private static func fixture(_ path: String) -> String { Program.root.appending(path: "fixtures/" + path).path }

  private static func replay(
    _ crm: String, _ more: [String], into folder: TemporaryDirectory, _ name: String
  ) throws -> Program.Result {
    try Program.run(
      [
        "replay", Program.fixture("office-morning"), "--model", "UCM6304", "--site",
        fixture("sites/loopback-office-\(crm).yaml"), "--out", folder.path(name),
      ] + more)
  }

  @Test(arguments: ["vtiger", "sugarcrm", "salesforce"])
  func knowsTheSamePeopleAndLogsTheSameCalls(crm: String) throws {
    let folder = try TemporaryDirectory()
    let run = try Self.replay(
      crm, ["--crm-data", Self.fixture("crm/loopback-office-\(crm).yaml")], into: folder, "run")
    #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
    let told = "CRM       \(crm): 19 lookups hit, 3 missed, 5 added, 0 failed; 27 calls logged, 0 failed"
    #expect(run.out.contains(told), "\(run.out)")
    // Neither a password, an access key, a token nor a session.
    let journal = try folder.text("run/crm.jsonl")
    for secret in ["loopback-password", "loopback-key", "LoopbackToken"] {
      #expect(!journal.contains(secret), "\(crm)")
    }
  }

  @Test func aDescribedCRMLogsTheSameCalls() throws {
    let folder = try TemporaryDirectory()
    let run = try Self.replay("bitrix24", [], into: folder, "run")
    #expect(run.status == 0 && run.err.isEmpty, "\(run.err)")
    // Its cloud knows the people of its examples, so that everybody of the morning is new to it.
    #expect(run.out.contains("6 lookups hit, 7 missed, 14 added, 0 failed; 27 calls logged, 0 failed"), "\(run.out)")
    #expect(try !folder.text("run/crm.jsonl").contains("loopback-code"))
  }

  @Test(arguments: ["vtiger", "sugarcrm", "salesforce"])
  func isTheSameInProcessAndOverHTTPS(crm: String) throws {
    let folder = try TemporaryDirectory()
    let data = Self.fixture("crm/loopback-office-\(crm).yaml")
    let running = try Program.start(
      ["cloud", "--port", "0", "--ca-out", folder.path("ca.pem"), "--data", data, "--clock", "requests"])
    let text = running.output { $0.contains("every host") }
    let url = try #require(text.firstMatch(of: /every host +(https:\S+)/)).1
    let local = try Self.replay(crm, ["--crm-data", data], into: folder, "local")
    let remote = try Self.replay(
      crm, ["--crm-url", String(url), "--crm-ca", folder.path("ca.pem")], into: folder, "remote")
    #expect(local.status == 0 && remote.status == 0 && remote.err.isEmpty, "\(remote.err)")
    #expect(running.stop() == 0)
    for file in Self.files {
      #expect(try folder.data("local/\(file)") == folder.data("remote/\(file)"), "\(file)")
    }
  }

  @Test(arguments: ["vtiger", "sugarcrm", "salesforce", "bitrix24"])
  func playsFromACassetteWithoutSecretsAndPeople(crm: String) throws {
    let folder = try TemporaryDirectory()
    let data = crm == "bitrix24" ? [] : ["--crm-data", Self.fixture("crm/loopback-office-\(crm).yaml")]
    let cassette = ["--cassette", folder.path("c.jsonl")]
    let recorded = try Self.replay(crm, data + cassette + ["--cassette-mode", "record"], into: folder, "recorded")
    #expect(recorded.status == 0 && recorded.err.isEmpty, "\(recorded.err)")
    let text = try folder.text("c.jsonl")
    for word in ["loopback-password", "loopback-key", "LoopbackToken", "loopback-code", "Hansen", "49300000201"] {
      #expect(!text.contains(word), "\(word)")
    }
    let played = try Self.replay(crm, cassette, into: folder, "played")
    #expect(played.status == 0 && played.err.isEmpty, "\(played.err)")
    let lines = [recorded, played].map { $0.out.split(separator: "\n").first { $0.hasPrefix("CRM ") } }
    #expect(lines[0] != nil && lines[0] == lines[1], "\(lines)")
  }
}
