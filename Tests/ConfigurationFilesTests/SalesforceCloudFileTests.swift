import CRMCloud
import ConfigurationFiles
import Primitives
import Testing

@Suite struct SalesforceCloudFileTests {
  private static func full() throws -> SalesforceCloudData {
    let file = try #require(
      Fixtures.files(in: "fixtures/configuration/good", ending: ".yaml").first { $0.name == "salesforce-cloud.yaml" })
    return try #require(try CloudDataFile.read(text: file.text, path: file.name).contents.salesforce)
  }

  @Test func theWholeSectionIsRead() throws {
    let data = try Self.full()
    #expect(data.host == "example.my.salesforce.com" && data.createdAt == Instant(seconds: 1_706_688_000))
    #expect(data.users.map(\.userName) == ["ann@example.com", "bea@example.com"])
    #expect(data.users[0].securityToken == Secret("ExampleToken") && data.users[1].password == nil)
    #expect(data.clients[0].refreshTokens == [.init(token: Secret("example-refresh"), userName: "bea@example.com")])
    #expect(data.records["Contact"]?[0]["Phone"] == "(617) 555-0142")
    #expect(data.records["Lead"]?[0] == ["LastName": "Lead", "Company": "Lead Ltd", "Phone": "6175550111"])
    #expect(data.records["Task"]?.count == 1)
  }

  @Test func noSwitchOfTheFullFileIsAtItsDefault() throws {
    let (written, standard) = (try Self.full().settings, SalesforceCloudSettings())
    #expect(written.manner != standard.manner && written.soapLogin != standard.soapLogin)
    #expect(written.needsSecurityToken != standard.needsSecurityToken)
    #expect(written.rotatesRefreshTokens != standard.rotatesRefreshTokens)
    #expect(written.blocksPasswordGrant != standard.blocksPasswordGrant)
    #expect(written.wrongPasswordsMax != standard.wrongPasswordsMax && written.lockout != standard.lockout)
    #expect(written.sessionLife != standard.sessionLife && written.dailyRequests != standard.dailyRequests)
    #expect(written.indexDelay != standard.indexDelay && written.phoneIndex != standard.phoneIndex)
    #expect(written.refusesDuplicates != standard.refusesDuplicates && written.ruleWants != standard.ruleWants)
    #expect(written.queryPage != standard.queryPage && written.recordsMax != standard.recordsMax)
    #expect(written.soapLoginEndsAt != standard.soapLoginEndsAt)
    #expect(written.soapLoginOffFrom != standard.soapLoginOffFrom)
    #expect(written.lastLoginVersion != standard.lastLoginVersion && written.newestVersion != standard.newestVersion)
    #expect(written.oldestVersion != standard.oldestVersion)
  }

  @Test func withoutTheSectionThereIsNoOrganisationAndWithAnEmptyOneTheDefault() throws {
    #expect(try CloudDataFile.read(text: "contacts:", path: "cloud.yaml").contents.salesforce == nil)
    let empty = try CloudDataFile.read(text: "salesforce: {name: Example}", path: "cloud.yaml").contents.salesforce
    #expect(empty?.users.count == 1 && empty?.records.values.allSatisfy(\.isEmpty) == true)
  }

  @Test(arguments: [
    "salesforce: 7", "salesforce: []", "salesforce: {users: []}", "salesforce: {users: [7]}",
    "salesforce: {users: [{fullName: x}]}", "salesforce: {contacts: [x]}", "salesforce: {contacts: [{LastName: {}}]}",
    "salesforce: {clients: [{id: x}]}", "salesforce: {address: 'https://a b'}", "salesforce: {address: 'https://'}",
    "salesforce: {settings: {dailyRequests: -1}}", "salesforce: {settings: {ruleWants: [Lead.Nope]}}",
    "salesforce: {settings: {ruleWants: [Nope]}}", "salesforce: {createdAt: yesterday}",
    "salesforce: {contacts: [{LastName: x, Phone: '12345678901234567890123456789012345678901'}]}",
  ])
  func aMistakeIsToldWithItsPlace(text: String) throws {
    let errors = #expect(throws: ConfigurationErrors.self) { try CloudDataFile.read(text: text, path: "cloud.yaml") }
    #expect(errors?.first.description.hasPrefix("cloud.yaml:1:") == true)
  }

  @Test func noSecretIsRepeated() throws {
    let text = "salesforce: {users: [{userName: a, password: {hunter2: x}}, {userName: a, securityToken: hunter2}]}"
    let errors = #expect(throws: ConfigurationErrors.self) { try CloudDataFile.read(text: text, path: "cloud.yaml") }
    #expect(errors.map { !$0.description.contains("hunter2") } ?? false)
  }
}
