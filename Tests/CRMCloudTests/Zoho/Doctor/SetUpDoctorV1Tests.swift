import CRMCloud
import CRMConnectors
import Primitives
import Testing

/// Version 1, as its chapter of the guide sets it up.
@Suite struct SetUpDoctorV1Tests {
  static let broken = [
    BrokenSetUp("address of version 2", .serverAddress, "none of Zoho's for version 1", "https://crm.zoho.eu") {
      $0.settings.serverAddress = "https://www.zohoapis.eu"
    },
    BrokenSetUp("an application's password as shown", .userPage, "has spaces", "AUTHTOKEN=") {
      $0.users = [page("abcd efgh ijkl")]
    },
    BrokenSetUp("an application's password", .userPage, "letters only", "without its spaces") {
      $0.users = [page("abcdefghijkl")]
    },
    BrokenSetUp("a token of version 2", .userPage, "a token of version 2", "apiauthtoken") {
      $0.users = [page(Office.token.value)]
    },
    BrokenSetUp("a whole line pasted", .userPage, "more than the value", "AUTHTOKEN=") {
      $0.users = [page("AUTHTOKEN=" + Office.securityToken.value)]
    },
    BrokenSetUp("a token that was removed", .securityToken, "4834", "Active Authtokens") {
      $0.data.organisations[0].users[0].authTokens = []
    },
    BrokenSetUp("another region", .securityToken, "4834", "another region") {
      $0.settings.serverAddress = "https://crm.zoho.eu"
    },
    BrokenSetUp("version 1 has ended", .apiVersion, "ended on 2019-12-31", "https://www.zohoapis.com") {
      $0.options.time = Instant(seconds: 1_600_000_000)
    },
    BrokenSetUp("a table twice", .contactLookups, "twice", "once") { $0.settings.contactLookups += [.leads] },
  ]

  private static func page(_ token: String) -> SetUpUser {
    SetUpUser(extensions: ["1000"], isEnabled: true, credentials: .zohoV1(.init(securityToken: Secret(token))))
  }

  @Test func nothingIsWrongWithASoundSetUp() throws {
    let checks = try Office.of2018().examine()
    #expect(checks.wrong.isEmpty, "\(checks.wrong.map(\.text))")
    #expect(checks[.securityToken]?.asked == ["POST crm.zoho.com/crm/private/json/Info/getModules: 200"])
    #expect(checks[.lookup(.contacts)]?.status == .ok && checks[.calls]?.status == .ok)
  }

  @Test(arguments: broken)
  func whatIsWrongIsNamedFirstWithItsMending(setUp: BrokenSetUp) throws {
    let office = Office.of2018(setUp.breakIt)
    let checks = try office.examine()
    let first = try #require(checks.wrong.first)
    #expect(first.point == setUp.point && first.finding.contains(setUp.finding), "\(checks.wrong.map(\.text))")
    #expect(first.remedies.contains { ($0.text + ($0.place ?? "")).contains(setUp.remedy) }, "\(first.text)")
    let text = checks.map(\.text).joined()
    #expect(!text.contains(Office.securityToken.value) && !text.contains("abcdefghijkl"))
  }

  @Test func aServerThatStillServesVersion1AfterItsEndIsToldSo() throws {
    let checks = try Office.of2018 {
      $0.options.time = Instant(seconds: 1_600_000_000)
      $0.cloudSettings.era = .y2018
    }.examine()
    #expect(checks.wrong.isEmpty)
    #expect(checks[.apiVersion]?.finding.contains("still answers") == true)
  }

  @Test func aDisabledPageIsNotAskedFor() throws {
    let checks = try Office.of2018 {
      $0.users = [
        .init(extensions: ["1000"], isEnabled: false, credentials: .zohoV1(.init(securityToken: Office.securityToken)))
      ]
    }.examine()
    #expect(checks.wrong.map(\.point) == [.users])
    #expect(checks[.userPage]?.status == .notChecked && checks.allSatisfy { $0.asked.isEmpty })
  }
}
