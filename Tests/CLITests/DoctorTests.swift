import Foundation
import TestSupport
import Testing

/// `doctor`: a site's set-up before any call is replayed.
@Suite struct DoctorTests {
  private static let cloud = Program.root.appending(path: "fixtures/crm/loopback-office.yaml").path
  private static let guideCloud = Program.root.appending(path: "fixtures/set-ups/cloud-guide-scopes.yaml").path

  private static func golden(_ name: String) throws -> String {
    try String(contentsOf: Program.root.appending(path: "fixtures/set-ups/\(name)"), encoding: .utf8)
      .replacing("SITE", with: Program.site)
  }

  private static func crm(_ arguments: [String], site: String = Program.site) throws -> Program.Result {
    try Program.run(["doctor", "crm", site, "--at", "2026-11-20 09:00"] + arguments)
  }

  @Test func aSoundSetUpIsThatOfTheGolden() throws {
    let result = try Self.crm(["--crm-data", Self.cloud, "--user", "1000"])
    #expect(result.status == 0, "\(result.err)")
    #expect(result.err.isEmpty)
    #expect(result.out == (try Self.golden("sound.txt")))
  }

  @Test func theGuidesScopesAreThatOfTheGolden() throws {
    let result = try Self.crm(["--crm-data", Self.guideCloud, "--user", "1000"])
    #expect(result.status == 1)
    #expect(result.err.isEmpty)
    #expect(result.out == (try Self.golden("guide-scopes.txt")))
  }

  @Test func theSameInJSON() throws {
    let result = try Self.crm(["--crm-data", Self.guideCloud, "--user", "1000", "--format", "json"])
    #expect(result.status == 1)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(result.out.utf8)) as? [String: Any])
    let checks = try #require(json["checks"] as? [[String: Any]])
    let wrong = checks.filter { $0["status"] as? String == "wrong" }
    #expect(wrong.compactMap { $0["point"] as? String } == ["lookup.contacts", "lookup.accounts", "calls"])
    #expect(json["firstWrong"] as? Int == wrong.first?["number"] as? Int)
    #expect(json["wrong"] as? Int == 3)
  }

  @Test func aCassetteAnswersTheDoctorAsTheCRMDid() throws {
    let folder = try TemporaryDirectory()
    let cassette = ["--cassette", folder.path("c.jsonl"), "--user", "1000"]
    let recorded = try Self.crm(["--crm-data", Self.guideCloud, "--cassette-mode", "record"] + cassette)
    let played = try Self.crm(cassette)
    #expect(recorded.status == 1 && played.status == 1 && played.err.isEmpty, "\(played.err)")
    let golden = try Self.golden("guide-scopes.txt")
    #expect(played.out == recorded.out && played.out == golden)
    #expect(try !folder.text("c.jsonl").contains("loopback-secret"))
    // Another user asks what was not recorded.
    let other = try Self.crm(["--cassette", folder.path("c.jsonl"), "--user", "1000", "--user", "1001"])
    #expect(other.status == 1 && other.err.contains("was not recorded"), "\(other.err)")
  }

  @Test(arguments: [
    (["--cassette", "/nowhere.jsonl"], 3, "/nowhere.jsonl"),
    (["--cassette", "x", "--crm-data", "y"], 2, "A cassette that is replayed needs no CRM"),
    (["--cassette", "x", "--crm-url", "https://a"], 2, "A cassette that is replayed needs no CRM"),
    (["--cassette", "x", "--cassette-mode", "record"], 2, "A cassette is recorded from a CRM"),
  ])
  func aCassetteThatCannotBeUsedIsToldWithItsCode(arguments: [String], status: Int32, message: String) throws {
    let result = try Self.crm(arguments)
    #expect(result.status == status && result.err.contains(message), "\(result.err)")
  }

  @Test func everyExtensionIsExaminedUnlessOneIsAskedFor() throws {
    let result = try Self.crm(["--crm-data", Self.cloud])
    #expect(result.status == 0)
    #expect(result.out.contains("Extension 1000\n") && result.out.contains("Extension 1001\n"))
  }

  @Test func withoutACRMOnlyThePagesAreLookedAt() throws {
    let result = try Self.crm(["--user", "1000"])
    #expect(result.status == 0)
    #expect(result.out.contains("not checked Client and region: nobody was asked"))
  }

  @Test func theModelsCallsAreToldAgainstTheCRMsLimits() throws {
    let result = try Self.crm(["--crm-data", Self.cloud, "--user", "1000", "--model", "ucm6202"])
    #expect(result.status == 0)
    #expect(result.out.contains("the model carries 30 calls at once"))
  }

  @Test(arguments: [[], ["--format", "json"]])
  func noSecretIsPrinted(format: [String]) throws {
    for cloud in [Self.cloud, Self.guideCloud] {
      let result = try Self.crm(["--crm-data", cloud] + format)
      for secret in ["loopback-secret", "loopback.1000", "LOOPBACK", "oauthtoken"] {
        #expect(!result.out.contains(secret) && !result.err.contains(secret))
      }
    }
  }

  @Test(arguments: [
    ["--user", "4711"], ["--at", "yesterday"], ["--format", "xml"], ["--model", "ucm9999"],
    ["--crm-url", "http://127.0.0.1"], ["--crm-url", "https://127.0.0.1", "--crm-data", cloud],
    ["--crm-ca", "ca.pem"],
  ])
  func aCommandLineThatMakesNoSenseIsWrongUsage(arguments: [String]) throws {
    let result = try Self.crm(arguments)
    #expect(result.status == 2 && result.out.isEmpty && !result.err.isEmpty)
  }

  @Test func aSiteFileThatCannotBeUsedIsToldWithItsPlace() throws {
    let folder = try TemporaryDirectory()
    let site = try folder.write(Data("crm: {system: zoho-v2, contactLookups: [friends]}\n".utf8), to: "site.yaml")
    for verb in ["crm", "site"] {
      let result = try Program.run(["doctor", verb, site])
      #expect(result.status == 3 && result.out.isEmpty)
      #expect(result.err.contains("site.yaml:1:"))
    }
    let missing = try Program.run(["doctor", "site", folder.path("nowhere.yaml")])
    #expect(missing.status == 3 && missing.err.contains("cannot be read"))
  }

  @Test func aSiteWithoutACRMHasNothingToExamine() throws {
    let folder = try TemporaryDirectory()
    let site = try folder.write(Data("pbx: {addresses: [192.0.2.1]}\n".utf8), to: "site.yaml")
    let result = try Program.run(["doctor", "crm", site])
    #expect(result.status == 3)
    #expect(result.err.contains("site.yaml"))
  }

  @Test func aCloudFileThatCannotBeUsedIsToldWithItsPlace() throws {
    let folder = try TemporaryDirectory()
    let cloud = try folder.write(Data("settings: {era: 2018}\n".utf8), to: "cloud.yaml")
    let result = try Self.crm(["--crm-data", cloud])
    #expect(result.status == 3 && result.err.contains("cloud.yaml:1:17: settings.era"))
  }

  @Test(arguments: ["vtiger", "sugarcrm", "salesforce"])
  func aCloudFileWithoutTheSitesCRMIsToldWithTheSectionToWrite(system: String) throws {
    let site = Program.root.appending(path: "fixtures/configuration/good/\(system)-site.yaml").path
    let result = try Self.crm(["--crm-data", Self.cloud], site: site)
    #expect(result.status == 3 && result.out.isEmpty)
    #expect(result.err.contains("loopback-office.yaml: holds no \(system)"), "\(result.err)")
    #expect(result.err.contains("write a section `\(system)`"), "\(result.err)")
  }

  @Test func aServerThatIsNotThereIsTheFirstThingWrong() throws {
    let result = try Self.crm(["--crm-url", "https://127.0.0.1:1", "--user", "1000"])
    #expect(result.status == 1)
    #expect(result.out.contains("accounts.zoho.com gave no answer (connectionRefused)"))
  }

  @Test func aSoundSiteFileIsToldWithWhatItHolds() throws {
    let result = try Program.run(["doctor", "site", Program.site])
    #expect(result.status == 0 && result.err.isEmpty)
    #expect(result.out.hasPrefix("\(Program.site): sound; ") && result.out.hasSuffix(" CRM users\n"))
  }
}
