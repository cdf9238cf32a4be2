import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// A set-up broken in one place, and what the doctor says first.
struct BrokenSetUp: Sendable, CustomTestStringConvertible {
  let name: String
  let point: SetUpPoint
  /// Stands in the finding.
  let finding: String
  /// Stands in one of the remedies or its place.
  let remedy: String
  let breakIt: @Sendable (inout Office) -> Void

  init(
    _ name: String, _ point: SetUpPoint, _ finding: String, _ remedy: String,
    _ breakIt: @escaping @Sendable (inout Office) -> Void
  ) {
    self.name = name
    self.point = point
    self.finding = finding
    self.remedy = remedy
    self.breakIt = breakIt
  }

  var testDescription: String { name }

  static let all =
    address + pages + credentials + [
      BrokenSetUp("profile without API access", .apiAccess, "NO_PERMISSION", "Zoho CRM API Access") {
        $0.data.organisations[0].users[0].profile = "No API Access"
      },
      BrokenSetUp("no credits left", .apiAccess, "TOO_MANY_REQUESTS", "wait") { $0.cloudSettings.apiCredits = 0 },
      BrokenSetUp("credits used up by asking", .credits, "0 of 4 requests left", "larger edition") {
        $0.cloudSettings.apiCredits = 4
      },
      BrokenSetUp("nothing may be created", .creating, "`ZohoCRM.modules.calls.CREATE`", "Generate Code") {
        $0.cloudSettings.tokenReplyHasScope = true
        $0.data.clients[0].refreshTokens[0].scopes.removeAll { $0.hasSuffix("CREATE") }
      },
      BrokenSetUp("version 2 retired", .lookup(.contacts), "API_NOT_SUPPORTED", "look up") {
        $0.cloudSettings.retiredAPIVersions = ["v2"]
      },
      BrokenSetUp("the guides' scopes", .lookup(.contacts), "`ZohoCRM.modules.contacts.READ`", Office.scopeText) {
        $0.data.clients[0].refreshTokens[0].scopes = [
          "ZohoCRM.modules.leads.ALL", "ZohoCRM.modules.deals.ALL", "ZohoCRM.settings.ALL",
        ]
      },
      BrokenSetUp("no scope for calls", .calls, "`ZohoCRM.modules.calls.CREATE`", "Self Client > Generate Code") {
        $0.data.clients[0].refreshTokens[0].scopes.removeAll { $0.contains("calls") }
      },
      BrokenSetUp(
        "no scope for searches", .lookup(.contacts), "may read Contacts, but not search", "ZohoSearch.securesearch.READ"
      ) {
        $0.cloudSettings.scopeEnforcement = .strictWithSearchScope
        $0.data.clients[0].refreshTokens[0].scopes.removeAll { $0.contains("Search") }
      },
    ]

  private static let address = [
    BrokenSetUp("http", .serverAddress, "does not begin with https://", "Web GUI > Value-Added Features > CRM") {
      $0.settings.serverAddress = "http://www.zohoapis.com"
    },
    BrokenSetUp("the CRM's own host", .serverAddress, "is no server of Zoho's for zoho-v2", "region") {
      $0.settings.serverAddress = "https://crm.zoho.com"
    },
    BrokenSetUp("added where nobody looks", .contactLookups, "never looked up", "add Accounts to Contact Lookups") {
      $0.settings.contactLookups = [.contacts]
      $0.settings.addUnknownNumber = .accounts
    },
    BrokenSetUp("no lookups", .contactLookups, "no table is looked up", "at least one") {
      $0.settings.contactLookups = []
      $0.settings.addUnknownNumber = nil
    },
    BrokenSetUp("a lookup twice", .contactLookups, "twice", "once") { $0.settings.contactLookups += [.contacts] },
    BrokenSetUp("nobody enabled", .users, "no extension has CRM enabled", "CRM User Settings") {
      $0.pages["1000"]?.isEnabled = false
    },
    BrokenSetUp("no pages", .users, "no extension has CRM enabled", "CRM User Settings") { $0.pages = [:] },
  ]

  private static let pages = [
    BrokenSetUp("space in the secret", .userPage, "Client Secret has a space", "paste") { office in
      office.enter { $0.clientSecret = Secret(Office.secret.value + " ") }
    },
    BrokenSetUp("a whole line pasted", .userPage, "Refresh Token holds more than the value", "paste") { office in
      office.enter { $0.refreshToken = Secret("refresh_token=" + Office.token.value) }
    },
    BrokenSetUp("id and secret swapped", .userPage, "Client Secret holds a client id", "paste") { office in
      office.enter {
        $0.clientSecret = Secret(Office.clientID)
        $0.clientID = Office.secret.value
      }
    },
    BrokenSetUp("the token in two fields", .userPage, "two of the three fields", "paste") { office in
      office.enter { $0.clientSecret = Office.token }
    },
  ]

  private static let credentials = [
    BrokenSetUp("wrong region", .client, "`eu` does", "https://www.zohoapis.eu") {
      $0.data.organisations[0].dataCentre = "eu"
    },
    BrokenSetUp("unknown client", .client, "no region of Zoho's knows this client", "Client ID") {
      $0.data.clients = []
    },
    BrokenSetUp("wrong secret", .clientSecret, "not the client's secret in `us`", "Client Secret") {
      $0.data.clients[0].secret = Secret("another")
    },
    BrokenSetUp("revoked token", .refreshToken, "invalid_code", "Connected Apps") {
      $0.before = { _ = $0.revokeRefreshToken(Office.token) }
    },
    BrokenSetUp("token of another client", .refreshToken, "invalid_code", "server-based client") {
      $0.data.clients[0].refreshTokens = []
      $0.data.clients.append(
        .init(id: "1000.SELF", secret: Secret("x"), refreshTokens: [.init(token: Office.token, scopes: Office.scopes)]))
    },
    BrokenSetUp("errors as status 400", .refreshToken, "invalid_code", "20 refresh tokens") {
      $0.cloudSettings.tokenErrorStatus = 400
      $0.data.clients[0].refreshTokens = []
    },
    BrokenSetUp("token of another region", .refreshToken, "alive in `eu`, not in `us`", "https://www.zohoapis.eu") {
      $0.data.organisations.append($0.data.organisations[0])
      $0.data.organisations[1].dataCentre = "eu"
      $0.data.organisations[1].users[0].id = "12"
      $0.data.clients[0].otherDataCentres = ["eu": Office.secret]
      $0.data.clients[0].refreshTokens[0].userID = "12"
    },
    BrokenSetUp("throttled", .client, "too many access tokens", "wait ten minutes") {
      $0.before = { cloud in
        for _ in 0..<10 { _ = cloud.refresh() }
      }
    },
    BrokenSetUp("user closed", .refreshToken, "invalid_code", "closed or removed") {
      $0.data.organisations[0].users[0].isActive = false
    },
  ]
}

extension Office {
  static let scopeText = scopes.joined(separator: ",")
}

extension ZohoCloud {
  /// What the extension's own client does.
  fileprivate mutating func refresh() -> CloudResponse {
    var doctor = SetUpDoctor(
      settings: Office().settings, users: SetUpUser.grouped(Office().pages), options: SetUpDoctor.Options())
    guard let request = doctor.next() else { return CloudResponse(response: .init(status: .ok), body: []) }
    return respond(to: request.request, body: request.body, at: Office.now)
  }
}

@Suite struct SetUpDoctorTests {
  @Test func nothingIsWrongWithASoundSetUp() throws {
    let checks = try Office().examine()
    #expect(checks.wrong.isEmpty)
    #expect(checks.filter { $0.status == .notChecked }.map(\.point) == [.creating, .redirectURI, .indexDelay])
    #expect(checks[.credits]?.finding.contains(" requests left in the day") == true)
    #expect(checks[.loginStatus]?.finding.hasPrefix("Logged In") == true)
  }

  @Test(arguments: BrokenSetUp.all)
  func whatIsWrongIsNamedFirstWithItsMending(setUp: BrokenSetUp) throws {
    let checks = try Office(setUp.breakIt).examine()
    let first = try #require(checks.wrong.first)
    #expect(first.point == setUp.point, "\(checks.wrong.map(\.text))")
    #expect(first.finding.contains(setUp.finding), "\(first.finding)")
    let remedies = first.remedies.map { $0.text + " " + ($0.place ?? "") }
    #expect(remedies.contains { $0.contains(setUp.remedy) }, "\(remedies)")
    #expect(first.remedies.allSatisfy { !$0.text.isEmpty })
  }

  @Test(arguments: BrokenSetUp.all)
  func noSecretIsToldWhateverIsWrong(setUp: BrokenSetUp) throws {
    let office = Office(setUp.breakIt)
    let text = try office.examine().map(\.text).joined(separator: "\n")
    for page in office.pages.values {
      for part in page.entered.split(whereSeparator: { ". ".contains($0) }) where part.count > 6 {
        #expect(!text.contains(part))
      }
    }
    #expect(!text.contains("Ann"))
  }

  @Test func aClientOfAnotherRegionIsExaminedToTheEndThere() throws {
    let checks = try Office { $0.data.organisations[0].dataCentre = "eu" }.examine()
    #expect(checks[.clientSecret]?.status == .ok && checks[.refreshToken]?.status == .ok)
    #expect(checks[.lookup(.contacts)]?.status == .ok)
    #expect(checks[.lookup(.contacts)]?.asked == ["GET www.zohoapis.eu/crm/v2/Contacts/search: 204"])
    #expect(checks[.apiDomain]?.status == .wrong)
    let finding = checks[.loginStatus]?.finding ?? ""
    #expect(finding == "Logged Out: \(LogoutReason.clientUnknown.words) (invalid_client)")
  }

  @Test func theSecretGoesToNoRegionThatDoesNotKnowTheClient() throws {
    let office = Office { $0.data.clients = [] }
    var cloud = try ZohoCloud(data: office.data, seed: 1)
    var doctor = SetUpDoctor(settings: office.settings, users: SetUpUser.grouped(office.pages))
    var hosts: [String] = []
    while let request = doctor.next() {
      let body = String(decoding: request.body, as: UTF8.self)
      if body.contains(Office.secret.value) || body.contains(Office.token.value) {
        hosts.append(request.request.authority ?? "")
      }
      let answer = cloud.respond(to: request.request, body: request.body, at: Office.now)
      doctor.receive(.response(answer.response, body: answer.body))
    }
    #expect(hosts == ["accounts.zoho.com"])
  }

  @Test func otherRegionsAreLeftAloneWhereThatIsNotAllowed() throws {
    let checks = try Office {
      $0.data.organisations[0].dataCentre = "eu"
      $0.options.asksOtherRegions = false
    }.examine()
    #expect(checks[.client]?.asked == ["POST accounts.zoho.com/oauth/v2/token: 200 invalid_client"])
    #expect(checks[.client]?.finding.contains("the other regions were not asked") == true)
  }

  @Test func theGuidesScopesOpenLeadsAndNothingElse() throws {
    let checks = try Office {
      $0.data.clients[0].refreshTokens[0].scopes = [
        "ZohoCRM.modules.leads.ALL", "ZohoCRM.modules.deals.ALL", "ZohoCRM.settings.ALL",
      ]
    }.examine()
    #expect(checks.wrong.map(\.point) == [.lookup(.contacts), .lookup(.accounts), .calls])
    #expect(checks[.lookup(.leads)]?.status == .ok && checks[.loginStatus]?.status == .ok)
  }

  @Test func theScopeTheDoctorPrescribesMakesTheSetUpSound() throws {
    let sick = try Office { $0.data.clients[0].refreshTokens[0].scopes = ["ZohoCRM.settings.ALL"] }.examine()
    let remedy = try #require(sick[.calls]?.remedies.first?.text)
    let scopes = remedy.split(separator: "`")[1].split(separator: ",").map(String.init)
    let checks = try Office {
      $0.cloudSettings.scopeEnforcement = .strictWithSearchScope
      $0.data.clients[0].refreshTokens[0].scopes = scopes
    }.examine()
    #expect(checks.wrong.isEmpty)
  }

  @Test func theReplysScopeTellsWhatMayBeCreated() throws {
    let checks = try Office { $0.cloudSettings.tokenReplyHasScope = true }.examine()
    #expect(checks[.creating]?.status == .ok)
    #expect(checks[.creating]?.finding.contains("Leads and Calls may be added") == true)
  }

  @Test func theGuidesServerAddressIsTakenForTheDocumentedOne() throws {
    let checks = try Office { $0.settings.serverAddress = "https://crm.zohoapis.com" }.examine()
    #expect(checks.wrong.isEmpty && checks[.apiDomain]?.status == .ok)
    #expect(checks[.serverAddress]?.finding.contains("Zoho documents only www.zohoapis.com") == true)
  }

  @Test func extensionsThatShareATokenAreExaminedOnceAndToldOfTheRisk() throws {
    let checks = try Office { office in
      for number in 1001...1011 { office.pages[String(number)] = office.pages["1000"] }
    }.examine()
    #expect(checks.filter { $0.point == .client }.count == 1)
    #expect(checks[.client]?.extensions.count == 12)
    #expect(checks[.users]?.finding.contains("1000, 1001, 1002, 1003, 1004, 1005 and 6 more share one token") == true)
  }

  @Test func moreThanTwentyTokensOfOneClientAreARisk() throws {
    let checks = try Office { office in
      for number in 2000..<2021 {
        office.pages[String(number)] = CRMUserSettings(
          isEnabled: true,
          credentials: .zohoV2(
            .init(
              clientID: Office.clientID, clientSecret: Office.secret, refreshToken: Secret("token \(number)"))))
      }
    }.examine()
    #expect(checks[.users]?.finding.contains("let at least 2 users make them") == true)
  }

  @Test func aDisabledPageIsNotAskedFor() throws {
    let checks = try Office {
      $0.pages["1001"] = CRMUserSettings(
        isEnabled: false,
        credentials: .zohoV2(.init(clientID: "x", clientSecret: Secret("y"), refreshToken: Secret("z"))))
    }.examine()
    #expect(checks.wrong.isEmpty)
    #expect(checks.filter { $0.extensions == ["1001"] }.map(\.status) == [.notChecked])
  }

  @Test func nobodyIsAskedWhereNobodyMayBe() throws {
    let checks = try Office { $0.options.asksCRM = false }.examine()
    #expect(checks.wrong.isEmpty && checks[.client]?.status == .notChecked)
  }
}
