import CRMCloud
import ConfigurationFiles
import Foundation
import Primitives
import Testing

struct SugarCloudDataTests {
  @Test func everyKeyOfTheSectionIsRead() throws {
    let text = try String(
      contentsOf: Fixtures.root.appendingPathComponent("fixtures/configuration/good/sugarcrm-cloud.yaml"),
      encoding: .utf8)
    let contents = try CloudDataFile.read(text: text, path: "cloud.yaml").contents
    let data = try #require(contents.sugar)
    #expect(data.address == "https://crm.example.com/sugarcrm" && data.createdAt == Instant(seconds: 1_767_596_400))
    #expect(data.users.map(\.userName) == ["admin", "ann"] && data.users.map(\.isActive) == [true, false])
    #expect(data.users[0].id == "1" && data.users[0].password == Secret("example password"))
    #expect(data.contacts.map(\.id) == ["b0b0b0b0-0000-4000-8000-000000000001"])
    #expect(data.contacts[0].fields["phone_work"] == "+1 (617) 555-0142")
    #expect(data.leads[0].fields["description"] == "met at the fair" && data.accounts[0].fields["name"] == "Acme")
    #expect(data.clients.map(\.grant) == [.clientCredentials])
    let settings = contents.sugarSettings
    #expect(settings.manner == .sloppy && settings.sessionIdleLife == .seconds(600) && settings.maximumSessions == 10)
    #expect(settings.accessTokenLife == .seconds(60) && settings.refreshTokenLife == .seconds(3600))
    #expect(settings.platforms == ["ucm", "base"] && settings.listLength == 50)
    #expect(settings.maximumRecordsPerModule == 1000 && !settings.isInMaintenance)
  }

  @Test func aFileWithoutTheSectionHasNoSuchCloud() throws {
    #expect(try CloudDataFile.read(text: "name: Example\n", path: "cloud.yaml").contents.sugar == nil)
  }

  @Test(arguments: ["sugarcrm: 7", "sugarcrm: []", "sugarcrm: {}", "sugarcrm: {address: 'https://a@b', users: [x]}"])
  func whatIsNoSectionIsRefusedWithoutASecret(text: String) {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try CloudDataFile.read(text: text + "\n", path: "cloud.yaml")
    }
    #expect(!(errors?.description.contains("a@b") ?? true))
  }

  @Test func aPasswordIsNeverRepeated() {
    let text = "sugarcrm: {address: 'https://b', users: [{userName: ann, password: hunter2, passwort: hunter3}]}\n"
    let errors = #expect(throws: ConfigurationErrors.self) { try CloudDataFile.read(text: text, path: "cloud.yaml") }
    #expect(!(errors?.description.contains("hunter") ?? true))
  }
}
