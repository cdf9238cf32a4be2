import CRMCloud
import CRMConnectors
import ConfigurationFiles
import Primitives
import Testing

@Suite struct CloudDataFileTests {
  private static func file(_ name: String) throws -> CloudDataFile {
    let file = Fixtures.files(in: "fixtures/configuration/good", ending: name)
    return try CloudDataFile.read(text: try #require(file.first).text, path: name)
  }

  private static func full() throws -> ZohoCloudData { try file("full-cloud.yaml").data }

  @Test func usersAndClients() throws {
    let data = try Self.full()
    #expect(data.organisations[0].dataCentre == "eu" && data.organisations[0].timeZone.name == "Europe/Berlin")
    #expect(data.organisations[0].users.map(\.fullName) == ["Ann Owner", "Bo Seller"])
    #expect(data.organisations[0].users.map(\.id) == ["4000000000000100001", nil])
    let owner = data.organisations[0].users[0]
    #expect(owner.email == "ann@example.com" && owner.password == Secret("example password") && owner.usesTwoFactor)
    #expect(owner.applicationPasswords == [Secret("examplepassword")] && owner.authTokens.count == 1)
    #expect(data.organisations[0].users.map(\.profile) == ["Administrator", "No API Access"])
    #expect(data.organisations[0].users.map(\.isActive) == [true, false])
    #expect(data.organisations[0].name == "Example Office" && data.organisations[0].edition == .professional)
    let client = try #require(data.clients.first)
    #expect(client.name == "Office telephones" && client.kind == .serverBased && client.dataCentre == "eu")
    #expect(client.redirectURIs == ["https://192.0.2.1:8089/", "http://pbx.example.com/oauth2callback"])
    #expect(
      client.otherDataCentres == ["us": Secret("example-secret-there"), "cn": Secret("another-secret-there")])
    #expect(client.id == "1000.EXAMPLE" && client.secret == Secret("example-secret"))
    #expect(client.refreshTokens.map(\.token) == [Secret("1000.example.refresh"), Secret("1000.example.refresh.2")])
    #expect(client.refreshTokens.map(\.userID) == ["4000000000000100001", nil])
    #expect(client.refreshTokens[0].scopes == ["ZohoCRM.modules.ALL", "ZohoCRM.users.READ"])
  }

  @Test(
    arguments: [
      (.vtiger, "vtiger-cloud.yaml", nil), (.sugarCRM, "sugarcrm-cloud.yaml", nil),
      (.salesforce, "salesforce-cloud.yaml", nil), (.zohoV1, "full-cloud.yaml", nil),
      (.zohoV2, "vtiger-cloud.yaml", nil),
      (.described, "full-cloud.yaml", nil), (.vtiger, "full-cloud.yaml", "vtiger"),
      (.vtiger, "sugarcrm-cloud.yaml", "vtiger"), (.sugarCRM, "full-cloud.yaml", "sugarcrm"),
      (.salesforce, "vtiger-cloud.yaml", "salesforce"),
    ] as [(CRMSystem, String, String?)])
  func aSectionThatASystemNeedsIsNamedWhereItIsMissing(system: CRMSystem, name: String, section: String?) throws {
    #expect(try Self.file(name).missingSection(for: system) == section)
  }

  @Test func recordsOfEveryModule() throws {
    let data = try Self.full()
    #expect(
      data.organisations[0].contacts == [
        .init(
          id: "4000000000000123456", firstName: "Cleo", lastName: "Tester", phone: "+49 30 000055-01",
          homePhone: "+49 30 000055-02", otherPhone: "+49 30 000055-03", mobile: "+49 30 000055-04",
          assistantPhone: "+49 30 000055-05", fax: "+49 30 000055-06", email: "cleo@example.com",
          accountName: "Example Ltd"),
        .init(lastName: "Only"),
      ])
    #expect(
      data.organisations[0].leads == [
        .init(
          firstName: "Dan", lastName: "Maybe", company: "Example Ltd", phone: "5550101", mobile: "5550102",
          fax: "5550103", email: "dan@example.com")
      ])
    #expect(
      data.organisations[0].accounts == [.init(name: "Example Ltd", phone: "+493000005507", fax: "+493000005508")])
  }

  @Test func helpDesksWithTheirContactsAndTickets() throws {
    let portal = try #require(Self.full().organisations[0].deskPortals.first)
    #expect(portal.companyName == "Example Help" && portal.portalName == "example-help")
    #expect(
      portal.contacts == [
        .init(
          firstName: "Cleo", lastName: "Tester", email: "cleo@example.com", phone: "+49 30 000055-01", mobile: "5550102"
        ),
        .init(lastName: "Only"),
      ])
    #expect(
      portal.tickets == [
        .init(subject: "No dial tone", status: "Closed", contactEmail: "cleo@example.com"),
        .init(subject: "Everything is fine"),
      ])
  }

  @Test(arguments: [
    ("2026-01-31T08:00:00Z", 1_769_846_400), ("1970-01-01T00:00:00Z", 0), ("2024-02-29T23:59:59Z", 1_709_251_199),
  ])
  func theTimeOfCreationIsInUTC(written: String, seconds: Int64) throws {
    let data = try CloudDataFile.read(text: "createdAt: \(written)", path: "cloud.yaml").data
    #expect(data.organisations[0].createdAt == Instant(seconds: seconds))
  }

  @Test(arguments: [
    "2026-02-29T08:00:00Z", "2026-13-01T08:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31 08:00:00", "2026-01-31",
    "2026-01-31T08:00:00+01:00", "2026-1-31T08:00:00Z", "9999-99-99T99:99:99Z", "-T:Z", "1769846400",
  ])
  func aTimeOfAnotherFormIsRefused(written: String) {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try CloudDataFile.read(text: "createdAt: \(written)", path: "cloud.yaml")
    }
    #expect(errors?.first.message.contains("is not a time") == true)
  }

  @Test func aCloudOpensWithWhatWasRead() throws {
    #expect(throws: Never.self) { try ZohoCloud(data: Self.full(), seed: 1) }
  }

  @Test func severalOrganisationsEachWithItsOwnPeopleAndRecords() throws {
    let file = try Self.file("cloud-of-two-organisations.yaml")
    #expect(file.data.organisations.map(\.name) == ["Example Berlin", "Example Boston", "Example Boston Archive"])
    #expect(file.data.organisations.map(\.dataCentre) == ["eu", "us", "us"])
    #expect(file.data.organisations.map(\.edition) == [.enterprise, .free, .enterprise])
    #expect(file.data.organisations[0].contacts.map(\.id) == file.data.organisations[1].leads.map(\.id))
    #expect(file.data.clients[0].refreshTokens.map(\.userID) == ["11", "21"])
    #expect(file.settings.phoneMatch == .digitsEqual && file.settings.tokenThrottle == 5)
  }

  /// The full file sets every switch to another value than its default: a switch that has no key stays behind.
  @Test func everySwitchOfTheCloudCanBeSet() throws {
    let written = try Self.file("full-cloud.yaml").settings
    let defaults = Mirror(reflecting: ZohoCloudSettings())
    #expect(defaults.children.count > 10)
    for (left, right) in zip(defaults.children, Mirror(reflecting: written).children) {
      #expect("\(left.value)" != "\(right.value)", "\(left.label ?? "?") has no key, or keeps its default")
    }
  }

  @Test(arguments: [
    ("digitsContain", ZohoCloudSettings.PhoneMatch.digitsContain), ("digitsEqual", .digitsEqual),
    ("exactText", .exactText), ("{lastDigits: 7}", .lastDigits(7)),
  ])
  func howNumbersCompareCanBeSaidInEveryWay(written: String, match: ZohoCloudSettings.PhoneMatch) throws {
    let file = try CloudDataFile.read(text: "settings: {phoneMatch: \(written)}", path: "cloud.yaml")
    #expect(file.settings.phoneMatch == match)
  }

  @Test func aSwitchInItsUnitIsASpan() throws {
    let settings = try Self.file("full-cloud.yaml").settings
    #expect(settings.indexDelay == .milliseconds(5000) && settings.accessTokenLife == .seconds(60))
    #expect(settings.tokenThrottle == nil)
  }

  @Test(arguments: [
    "settings: []", "settings: {lenient: true}", "settings: {accessTokenLifeSeconds: 0}",
    "settings: {accessTokenLifeSeconds: 1h}", "settings: {indexDelayMilliseconds: -1}",
    "settings: {indexDelayMilliseconds: 99999999999999999999}", "settings: {tokenThrottle: \"10\"}",
    "settings: {phoneMatch: {lastDigits: 0}}", "settings: {phoneMatch: {}}", "settings: {phoneMatch: [lastDigits, 9]}",
    "settings: {searchesFax: yes}", "organisations: {name: One}", "organisations: [One]",
    "clients: [{id: a, secret: b, otherDataCentres: [eu]}]", "clients: [{id: a, secret: b, otherDataCentres: {eu: }}]",
    "clients: [{id: a, secret: b, redirectURIs: https://example.com/}]",
    "users: [{fullName: Ann, twoFactor: 1}]", "users: [{fullName: Ann, applicationPasswords: abc}]",
    "users: [{fullName: Ann, email: \"ann@example.com>\"}]",
  ])
  func aValueOfAnotherKindIsRefusedWithItsPlace(text: String) {
    let errors = #expect(throws: ConfigurationErrors.self) { try CloudDataFile.read(text: text, path: "cloud.yaml") }
    #expect(errors?.first.description.hasPrefix("cloud.yaml:1:") == true)
  }

  @Test func whatOnlyTheCloudCanJudgeIsToldWithItsPlaceToo() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try CloudDataFile.read(
        text: """
          organisations:
            - users: [{fullName: Ann Owner}]
            - leads:
                - {lastName: Maybe, company: Example Ltd}
                - {lastName: Maybe, company: Example Ltd, phone: "no number [at] all"}
          """, path: "cloud.yaml")
    }
    let told = try #require(errors?.description)
    #expect(
      told.hasPrefix("cloud.yaml:5:56: organisations[1].leads[1].Phone: Zoho refuses it with INVALID_DATA; a phone"))
  }

  @Test func whatIsLeftOutKeepsItsDefault() throws {
    let file = try CloudDataFile.read(text: "contacts:\nsettings:", path: "cloud.yaml")
    #expect(file == CloudDataFile())
  }

  @Test func aSecretIsNeverTold() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try CloudDataFile.read(
        text: """
          clients:
            - {id: hunter2, secret: [hunter2], refreshTokens: [{token: {hunter2: 1}, scopes: [A.B]}]}
            - {id: hunter2, secret: "", refreshTokens: [{token: hunter2, scopes: [A.B]}]}
            - {id: a, secret: b, otherDataCentres: {eu: [hunter2]}, redirectURIs: ["ftp://user:hunter2@example.com"]}
          users:
            - {fullName: Ann, password: [hunter2], applicationPasswords: [hunter2 hunter2], authTokens: [hunter2]}
          """, path: "cloud.yaml")
    }
    #expect(errors?.all.count == 10)
    #expect(errors?.description.contains("hunter2") == false)
  }
}
