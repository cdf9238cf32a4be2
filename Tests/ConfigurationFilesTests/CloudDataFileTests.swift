import CRMCloud
import ConfigurationFiles
import Primitives
import Testing

@Suite struct CloudDataFileTests {
  private static func full() throws -> ZohoCloudData {
    let file = Fixtures.files(in: "fixtures/configuration/good", ending: "full-cloud.yaml")
    return try CloudDataFile.read(text: try #require(file.first).text, path: "full-cloud.yaml")
  }

  @Test func usersAndClients() throws {
    let data = try Self.full()
    #expect(data.organisations[0].dataCentre == "eu" && data.organisations[0].timeZone.name == "Europe/Berlin")
    #expect(data.organisations[0].users.map(\.fullName) == ["Ann Owner", "Bo Seller"])
    #expect(data.organisations[0].users.map(\.id) == ["4000000000000100001", nil])
    let client = try #require(data.clients.first)
    #expect(client.id == "1000.EXAMPLE" && client.secret == Secret("example-secret"))
    #expect(client.refreshTokens.map(\.token) == [Secret("1000.example.refresh"), Secret("1000.example.refresh.2")])
    #expect(client.refreshTokens.map(\.userID) == ["4000000000000100001", nil])
    #expect(client.refreshTokens[0].scopes == ["ZohoCRM.modules.ALL", "ZohoCRM.users.READ"])
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

  @Test(arguments: [
    ("2026-01-31T08:00:00Z", 1_769_846_400), ("1970-01-01T00:00:00Z", 0), ("2024-02-29T23:59:59Z", 1_709_251_199),
  ])
  func theTimeOfCreationIsInUTC(written: String, seconds: Int64) throws {
    let data = try CloudDataFile.read(text: "createdAt: \(written)", path: "cloud.yaml")
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

  @Test func whatIsLeftOutKeepsItsDefault() throws {
    #expect(try CloudDataFile.read(text: "contacts:", path: "cloud.yaml") == ZohoCloudData())
  }

  @Test func aSecretIsNeverTold() throws {
    let errors = #expect(throws: ConfigurationErrors.self) {
      try CloudDataFile.read(
        text: """
          clients:
            - {id: hunter2, secret: [hunter2], refreshTokens: [{token: {hunter2: 1}, scopes: [A.B]}]}
            - {id: hunter2, secret: "", refreshTokens: [{token: hunter2, scopes: [A.B]}]}
          """, path: "cloud.yaml")
    }
    #expect(errors?.all.count == 5)
    #expect(errors?.description.contains("hunter2") == false)
  }
}
