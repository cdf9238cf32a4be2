import Foundation
import TestSupport
import Testing

/// `models` and `--profiles`: what is known of each model, and models of one's own.
struct ModelsTests {
  private static let known = "source: \"R0: imagined\", certainty: assumed, confidence: low"

  /// A folder of profiles with one file in it.
  private func folder(_ path: String, _ text: String) throws -> TemporaryDirectory {
    let folder = try TemporaryDirectory()
    let url = folder.url.appending(path: path)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
    return folder
  }

  private func imaginaryModel() throws -> TemporaryDirectory {
    try folder(
      "models/ucm9999.yaml",
      "model: UCM9999\nfamily: ucm63xx\nlimits:\n"
        + "  concurrentCalls: {value: 9, unit: calls, \(Self.known)}\n")
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
  }

  @Test func whatNobodyHasDocumentedIsListedWithItsSettings() throws {
    let rows = try objects(try Program.run(["models", "assumptions", "--format", "json"]).out)
    let retry = try #require(rows.first { $0["setting"] as? String == "retrySeconds" })
    #expect(retry["assumption"] as? String == "sameNumbersAreRetry")
    #expect(retry["default"] as? String == "60")
    #expect(rows.allSatisfy { ($0["statement"] as? String)?.isEmpty == false })
    let settings = rows.compactMap { $0["setting"] as? String }
    #expect(Set(settings).count == settings.count)
    #expect(try Program.run(["models", "assumptions", "--format", "yaml"]).status == 2)
  }

  @Test func aModelOfOnesOwnIsListedBesideTheOthers() throws {
    let folder = try imaginaryModel()
    let models = try objects(
      try Program.run(["models", "list", "--profiles", folder.url.path, "--format", "json"]).out)
    #expect(models.count == 17)
    #expect(models.first { $0["model"] as? String == "UCM9999" }?["concurrentCalls"] as? Int == 9)
  }

  @Test func aModelOfOnesOwnIsShownComparedAndReplayed() throws {
    let folder = try imaginaryModel()
    let profiles = ["--profiles", folder.url.path]
    let shown = try Program.run(["models", "show", "ucm9999"] + profiles)
    #expect(shown.status == 0)
    #expect(shown.out.contains("R0: imagined") && shown.out.contains("unknown"))
    let difference = try Program.run(["models", "diff", "ucm9999", "ucm6304", "--format", "jsonl"] + profiles)
    #expect(difference.status == 1)
    #expect(difference.out.contains(#"{"what":"concurrentCalls","UCM9999":9,"UCM6304":300}"#))
    let run = try Program.run(
      ["replay", Program.fixture("internal-call"), "--model", "ucm9999", "--site", Program.site, "--crm", "none"]
        + profiles)
    #expect(run.status == 0, "\(run.err)")
    #expect(run.out.hasPrefix("Model     UCM9999 (ucm63xx)\n"))
  }

  @Test func aLinkToAFolderIsReadLikeTheFolder() throws {
    let (folder, other) = (try imaginaryModel(), try TemporaryDirectory())
    try FileManager.default.createSymbolicLink(
      at: other.url.appending(path: "link"), withDestinationURL: folder.url)
    #expect(try Program.run(["models", "show", "ucm9999", "--profiles", other.path("link")]).status == 0)
  }

  @Test(arguments: [
    ("models/a.yaml", "model: UCM6304\nfamily: ucm63xx\n", "1:8", "`models/ucm6304.yaml` describes it too"),
    ("models/a.yaml", "model: A\nfamily: ucm63x\n", "2:9", "did you mean `ucm63xx`?"),
    ("families/a.yaml", "family: a\ndisplayName: A\nbasedOn: a\n", "3:10", "in a circle: `a` → `a`"),
    ("models/a.yaml", "model: A\nfamily: ucm63xx\nlimits:\n  users: {value: 5}\n", "4:10", "write `unit: users`"),
    ("plans/a.yaml", "", "1:1", "the file is empty"),
    ("a.yaml", "model: A\nfamily: ucm63xx\n", "1:1", "outside of `families/`"),
  ])
  func aBrokenFileOfOnesOwnIsToldByItsPath(path: String, text: String, place: String, words: String) throws {
    let folder = try folder(path, text)
    let result = try Program.run(["models", "list", "--profiles", folder.url.path])
    #expect(result.status == 3)
    #expect(result.out.isEmpty)
    #expect(result.err.contains("\(folder.path(path)):\(place): ") && result.err.contains(words), "\(result.err)")
  }

  @Test func aFolderWithoutProfilesIsNotTakenForOne() throws {
    let folder = try TemporaryDirectory()
    for path in [folder.url.path, folder.path("nowhere")] {
      let result = try Program.run(["models", "list", "--profiles", path])
      #expect(result.status == 3 && result.out.isEmpty && result.err.contains(path), "\(result.err)")
    }
  }

  @Test func everythingThatIsKnownAndWhatIsNotIsShownWithTypes() throws {
    let facts = try objects(try Program.run(["models", "show", "ucm6304", "--format", "json"]).out)
    func fact(_ name: String) throws -> [String: Any] { try #require(facts.first { $0["name"] as? String == name }) }
    #expect(try fact("users")["value"] as? Int == 2000)
    #expect((try fact("users")["alternatives"] as? [[String: Any]])?.first?["value"] as? Int == 2500)
    #expect(try fact("conferenceRooms")["source"] as? String == "D20: vendor's meeting guide, table of models")
    #expect(try fact("storage")["value"] is NSNull)
    #expect(try fact("extensionRanges.conferences")["value"] as? String == "6300-6399")
    #expect(try fact("apiDoors.httpsAPI")["value"] as? String == "port 8089, path /api")
  }

  @Test(arguments: ["text", "json", "jsonl", "csv"])
  func everyFormatListsEveryPlan(_ format: String) throws {
    let result = try Program.run(["models", "plans", "--format", format])
    #expect(result.status == 0)
    for plan in ["soho", "plus", "pro", "business", "enterprise", "users-400", "calls-20", "calls-100"] {
      #expect(result.out.contains(plan), "\(plan)")
    }
  }

  @Test func theRowsOfAModelOfOnesOwnAreAskedForWithoutItsProfile() throws {
    let folder = try imaginaryModel()
    let run = try Program.run([
      "replay", Program.fixture("internal-call"), "--model", "ucm9999", "--profiles", folder.url.path, "--site",
      Program.site, "--crm", "none", "--out", folder.path("run"),
    ])
    #expect(run.status == 0, "\(run.err)")
    let asked = try Program.run(["cdr", folder.path("run"), "--format", "csv"])
    #expect(asked.out.split(separator: "\n").first?.contains(",device_info,") == true, "\(asked.out)")
  }

  @Test func aFirmwareOfAnotherFamilyIsWrongUsage() throws {
    for command in [
      ["models", "show", "ucm6304"], ["replay", Program.fixture("internal-call"), "--model", "ucm6304"],
    ] {
      let result = try Program.run(command + ["--firmware", "2013"])
      #expect(result.status == 2)
      #expect(result.err.contains("there never was firmware 2013 for the UCM6304"), "\(result.err)")
      #expect(result.err.contains("ucm61xx, ucm6510"), "\(result.err)")
    }
  }

  @Test func theFirmwareOfARunDecidesItsColumnsAndThoseItIsAskedForLater() throws {
    let folder = try TemporaryDirectory()
    let run = try Program.run([
      "replay", Program.fixture("internal-call"), "--model", "ucm6510", "--firmware", "2013", "--site", Program.site,
      "--crm", "none", "--out", folder.path("run"),
    ])
    #expect(run.status == 0, "\(run.err)")
    #expect(try folder.text("run/summary.json").contains(#""firmware": "2013""#))
    let written = try folder.text("run/cdr.csv")
    #expect(written.split(separator: "\n").first?.hasSuffix(",service") == true)
    let asked = try Program.run(["cdr", folder.path("run"), "--format", "csv"])
    #expect(asked.out.split(separator: "\n").first?.hasSuffix(",service") == true, "\(asked.out)")
  }
}
