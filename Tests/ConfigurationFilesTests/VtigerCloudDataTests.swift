import CRMCloud
import ConfigurationFiles
import Primitives
import Testing

@Suite struct VtigerCloudDataTests {
  private static func full() throws -> VtigerCloudData {
    let files = Fixtures.files(in: "fixtures/configuration/good", ending: "vtiger-cloud.yaml")
    let file = try #require(files.first)
    let contents = try CloudDataFile.read(text: file.text, path: file.name).contents
    return try #require(contents.vtiger)
  }

  @Test func aServerHasItsAddressUsersAndSecret() throws {
    let data = try Self.full()
    #expect(data.address == "https://crm.example.com/vtigercrm")
    #expect(data.users.map(\.userName) == ["admin", "bo"] && data.users.map(\.lastName) == ["Owner", "bo"])
    #expect(data.users[0].accessKey == Secret("exampleKey000001") && data.users[0].phoneExtension == "1000")
    #expect(data.callbackSecret == Secret("example-secret"))
  }

  @Test func recordsHaveTheAPIsFieldNames() throws {
    let data = try Self.full()
    #expect(data.contacts.map(\.id) == ["12x5", nil])
    #expect(data.contacts[0].values["phone"] == "+1 (617) 555-0142" && data.contacts[0].values.count == 13)
    #expect(Set(data.contacts[0].values.keys) == Set(VtigerCloudData.contactFields))
    #expect(data.leads[0].values["company"] == "Lead Ltd" && data.accounts[0].values["accountname"] == "Acme")
  }

  @Test func everySwitchIsRead() throws {
    let settings = try Self.full().settings
    #expect(settings.manner == .sloppy && settings.hasOneTokenPerUser == true && settings.acceptsDuplicateAccounts)
    #expect(settings.escapesTexts)
    #expect(settings.tokenLife == .seconds(600) && settings.sessionLife == .seconds(43_200))
    #expect(settings.sessionIdleLife == .seconds(900) && settings.maximumRecordsPerModule == 5000)
  }

  @Test func withoutTheSectionThereIsNoServer() throws {
    #expect(try CloudDataFile.read(text: "name: Office\n", path: "x").contents.vtiger == nil)
  }

  @Test func aKeyIsNeverRepeatedInAnError() throws {
    let text = """
      vtiger:
        address: https://crm.example.com
        users: [{userName: [x], accessKey: example-access-key}]
      """
    let errors = #expect(throws: ConfigurationErrors.self) { try CloudDataFile.read(text: text, path: "x") }
    #expect(errors?.description.contains("example-access-key") == false)
    #expect(errors?.description.contains("vtiger.users[0].userName") == true)
  }
}
