import Foundation
import TestSupport
import Testing

/// `ucmsim scrub` as a user has it.
struct ScrubTests {
  private static let crm = Program.root.appending(path: "fixtures/crm/loopback-office.yaml").path

  private func key(in folder: TemporaryDirectory) throws -> String {
    try folder.write((0..<32).map { $0 &* 41 &+ 3 }, to: "key")
  }

  @Test(arguments: ["registration-challenge", "inbound-known-caller", "tcp-call", "ipv6-call", "ring-group"])
  func aTraceIsWrittenAnewAndTheRunStaysEqual(_ name: String) throws {
    let folder = try TemporaryDirectory()
    let result = try Program.run([
      "scrub", Program.fixture(name), "--out", folder.path("case"), "--site", Program.site, "--crm-data", Self.crm,
      "--key-file", try key(in: folder),
    ])
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("are equal up to the names"))
    let made = try FileManager.default.contentsOfDirectory(atPath: folder.path("case")).sorted()
    #expect(made == ["crm-loopback-office.yaml", "loopback-office.yaml", "trace.pcap"])
    let files = made.map { folder.path("case") + "/" + $0 }
    let check = try Program.run(["scrub", "--check"] + files)
    #expect(check.status == 0, "\(check.out)")
  }

  @Test(arguments: ["vtiger", "sugarcrm", "salesforce"], ["office-morning", "inbound-unknown-caller"])
  func theRunStaysEqualWithTheDataOfEveryCRM(_ crm: String, _ name: String) throws {
    let folder = try TemporaryDirectory()
    let (sites, data) = (Program.root.appending(path: "fixtures/sites"), Program.root.appending(path: "fixtures/crm"))
    let file = "loopback-office-\(crm).yaml"
    let result = try Program.run([
      "scrub", Program.fixture(name), "--out", folder.path("case"), "--site", sites.appending(path: file).path,
      "--crm-data", data.appending(path: file).path, "--key-file", try key(in: folder),
    ])
    #expect(result.status == 0, "\(result.err)")
    #expect(result.out.contains("are equal up to the names"))
    let made = ["crm-\(file)", file].map { folder.path("case") + "/" + $0 }
    for path in made {
      let text = try String(contentsOfFile: path, encoding: .utf8)
      let originals = [
        "Hansen", "Feldmann", "Sommer", "493000002011", "loopback-key", "loopback-password", "LoopbackT",
      ]
      for original in originals {
        #expect(!text.contains(original), "\(path) still has \(original)")
      }
    }
    let check = try Program.run(["scrub", "--check", folder.path("case") + "/trace.pcap"] + made)
    #expect(check.status == 0, "\(check.out)")
  }

  @Test(arguments: ["vtiger", "sugarcrm", "salesforce"])
  func everythingThatACRMsDataCanSayIsReadAgain(_ crm: String) throws {
    let folder = try TemporaryDirectory()
    let good = Program.root.appending(path: "fixtures/configuration/good").path
    let result = try Program.run([
      "scrub", Program.fixture("inbound-known-caller"), "--out", folder.path("case"),
      "--site", good + "/\(crm)-site.yaml", "--crm-data", good + "/\(crm)-cloud.yaml", "--key-file",
      try key(in: folder),
    ])
    #expect(result.status == 0, "\(result.err)")
    let made = ["trace.pcap", "\(crm)-site.yaml", "\(crm)-cloud.yaml"].map { folder.path("case") + "/" + $0 }
    let check = try Program.run(["scrub", "--check"] + made)
    #expect(check.status == 0, "\(check.out)")
  }

  @Test func theSameKeyGivesTheSameBytesAndNoKeyOthers() throws {
    let folder = try TemporaryDirectory()
    let key = try key(in: folder)
    for (name, options) in [("a", ["--key-file", key]), ("b", ["--key-file", key]), ("c", [])] {
      let result = try Program.run(["scrub", Program.fixture("busy"), folder.path("\(name).pcap")] + options)
      #expect(result.status == 0, "\(result.err)")
    }
    #expect(try folder.data("a.pcap") == folder.data("b.pcap"))
    #expect(try folder.data("a.pcap") != folder.data("c.pcap"))
  }

  @Test func aFileThatIsThereIsKeptUnlessForced() throws {
    let folder = try TemporaryDirectory()
    let out = try folder.write(Array("mine".utf8), to: "out.pcap")
    let refused = try Program.run(["scrub", Program.fixture("busy"), out])
    #expect(refused.status == 2)
    #expect(refused.err.contains("--force"))
    #expect(try folder.text("out.pcap") == "mine")
    #expect(try Program.run(["scrub", Program.fixture("busy"), out, "--force"]).status == 0)
    #expect(try folder.names() == ["out.pcap"])
  }

  @Test func aTraceIsNotReplacedByItself() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(Data(contentsOf: URL(filePath: Program.fixture("busy"))), to: "a.pcap")
    let result = try Program.run(["scrub", path, folder.path("") + "/./a.pcap", "--force"])
    #expect(result.status == 2)
    #expect(result.err.contains("made of"))
  }

  static let misuse: [(arguments: [String], status: Int32)] = [
    (["scrub"], 2), (["scrub", "a.pcap"], 2), (["scrub", "a", "b", "c"], 2), (["scrub", "-", "out.pcap"], 2),
    (["scrub", "/nowhere/a.pcap", "/tmp/ucmsim-never.pcap"], 3),
    (["scrub", "a.pcap", "b.pcap", "--shift-weeks", "99999"], 2),
    (["scrub", "a.pcap", "b.pcap", "--crm-data", "x"], 2),
    (["scrub", "--check", "/nowhere/a.yaml"], 3), (["scrub", "--check", "a", "--force"], 2),
    (["scrub", "/etc/hostname", "/tmp/ucmsim-never.pcap"], 3),
    (["scrub", "/etc/hostname", "/proc/ucmsim-never/b.pcap", "--key-file", "/nowhere/key"], 3),
  ]

  @Test(arguments: misuse)
  func misuseIsSaidWithItsExitCode(_ arguments: [String], _ status: Int32) throws {
    let result = try Program.run(arguments)
    #expect(result.status == status, "\(result.err)")
    #expect(!result.err.isEmpty)
    #expect(!FileManager.default.fileExists(atPath: "/tmp/ucmsim-never.pcap"))
  }

  @Test(arguments: ["", "short", String(repeating: "a", count: 64)])
  func aWeakKeyIsRefused(_ key: String) throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(Array(key.utf8), to: "key")
    let result = try Program.run(["scrub", Program.fixture("busy"), folder.path("b.pcap"), "--key-file", path])
    #expect(result.status == 3)
    #expect(result.err.contains("is no key"))
    #expect(try folder.names() == ["key"])
  }

  @Test func aFolderThatCannotBeWrittenIsSaid() throws {
    let result = try Program.run(["scrub", Program.fixture("busy"), "--out", "/proc/ucmsim-never"])
    #expect(result.status == 2)
    #expect(result.err.contains("choose another folder"))
  }

  @Test func checkingFindsWhatIsSomebodysWithItsPlace() throws {
    let folder = try TemporaryDirectory()
    let path = try folder.write(Array("a: 1\nphone: \"+49 30 12345678\"\nhost: 8.8.8.8:53\n".utf8), to: "a.yaml")
    let result = try Program.run(["scrub", "--check", path])
    #expect(result.status == 1)
    #expect(result.lines.count == 2)
    #expect(result.lines.first?.hasPrefix("\(path):2:9: the number +493012345678") == true)
  }

  @Test func ourOwnFixturesMayBeCommitted() throws {
    let fixtures = Program.root.appending(path: "fixtures")
    let traces = try FileManager.default.contentsOfDirectory(atPath: fixtures.appending(path: "traces").path)
      .filter { $0 != "README.md" }.sorted().map { Program.fixture($0) }
    let files = try ["sites", "crm", "configuration/good"].flatMap { folder in
      try FileManager.default.contentsOfDirectory(atPath: fixtures.appending(path: folder).path)
        .filter { $0.hasSuffix(".yaml") }.sorted().map { fixtures.appending(path: folder).appending(path: $0).path }
    }
    let result = try Program.run(["scrub", "--check"] + traces + files)
    #expect(result.status == 0, "\(result.out)")
  }
}
