import BuiltInProfiles
import ConfigurationFiles
import Foundation
import PBXModel
import Testing

/// Documents that both the program and the JSON Schemas judge (`scripts/check-schemas` has the other half).
@Suite struct SharedDocumentTests {
  private static func read(_ file: Fixtures.File, kind: String) throws(ConfigurationErrors) {
    switch kind {
    case "site":
      _ = try SiteFile.read(text: file.text, path: file.name) { named in
        Fixtures.files(in: "fixtures/configuration/good", ending: ".yaml").first { $0.name == named }
          .map { ($0.name, $0.text) }
      }
    case "cloud": _ = try CloudDataFile.read(text: file.text, path: file.name)
    case "connector": _ = try ConnectorFile.read(text: file.text, path: file.name)
    case "faults": _ = try FaultScriptFile.read(text: file.text, path: file.name)
    case "family": try readProfile(file, in: "families/")
    case "model": try readProfile(file, in: "models/")
    case "firmware": try readProfile(file, in: "firmware/")
    case "plan": try readProfile(file, in: "plans/")
    default: Issue.record("\(file.name): nobody reads files of the kind \(kind)")
    }
  }

  private static func readProfile(_ file: Fixtures.File, in folder: String) throws(ConfigurationErrors) {
    _ = try ProfileFiles.catalog(files: BuiltInProfiles.files + [(folder + file.name, file.text)])
  }

  @Test(arguments: Fixtures.files(in: "fixtures/configuration/good", ending: ".yaml"))
  func aGoodDocumentIsAccepted(file: Fixtures.File) throws {
    try Self.read(file, kind: file.comment("kind") ?? "site")
  }

  @Test(arguments: Fixtures.files(in: "fixtures/configuration/bad", ending: ".yaml"))
  func aBadDocumentIsRefusedWithThePlaceAndTheRemedy(file: Fixtures.File) throws {
    let kind = try #require(file.comment("kind"))
    let expected = try #require(file.comment("error"))
    let errors = #expect(throws: ConfigurationErrors.self) { try Self.read(file, kind: kind) }
    let told = try #require(errors?.description)
    #expect(told.contains("\(file.name):\(expected)"), "\(told)")
  }

  @Test func bothFoldersHaveDocuments() {
    #expect(Fixtures.files(in: "fixtures/configuration/good", ending: ".yaml").count >= 3)
    #expect(Fixtures.files(in: "fixtures/configuration/bad", ending: ".yaml").count >= 30)
  }
}

/// The sites of recorded Asterisk traces, where the checkout has them beside it.
@Suite struct RecordedSiteTests {
  private static let folder = "../shared/traces/asterisk"
  private static let sites = Fixtures.files(in: folder, ending: ".site.json")

  @Test(.enabled(if: !sites.isEmpty, "no recorded traces beside this checkout (../shared/traces)"))
  func everyRecordedSiteIsAccepted() throws {
    for site in Self.sites {
      let process = Process()
      let output = Pipe()
      process.executableURL = Fixtures.root.appendingPathComponent("scripts/site-from-asterisk-json")
      process.arguments = [Fixtures.root.appendingPathComponent("\(Self.folder)/\(site.name)").path]
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0, "\(site.name)")
      let file = try SiteFile.read(text: String(decoding: data, as: UTF8.self), path: site.name)
      #expect(file.site.extensions.count == 20, "\(site.name)")
      #expect(file.site.trunks.count == 2 && file.site.ringGroups.count == 4 && file.site.queues.count == 2)
      #expect(file.site.inboundRoutes.count == 9 && file.site.outboundRoutes.count == 3)
    }
  }
}
