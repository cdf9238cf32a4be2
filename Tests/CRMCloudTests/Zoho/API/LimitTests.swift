import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct LimitTests {
  @Test("E3: fails on some editions: the day's credits run out, and come back a day later")
  func creditsRunOutAndComeBack() throws {
    var settings = ZohoCloudSettings()
    settings.apiCredits = 5
    settings.accessTokenLife = .seconds(1_000_000)
    var organisation = try Organisation.whole(settings)
    for _ in 0..<5 { #expect(organisation.api(.get, "v2/Contacts").status == 200) }
    let reply = organisation.api(.get, "v2/Contacts")
    #expect(reply.status == 429 && reply.code == "TOO_MANY_REQUESTS")
    organisation.now = organisation.now + .seconds(86_399)
    #expect(organisation.api(.get, "v2/Contacts").status == 429)
    organisation.now = organisation.now + .seconds(601)
    #expect(organisation.api(.get, "v2/Contacts").status == 200)
  }

  @Test func answersSayWhatIsLeft() throws {
    var settings = ZohoCloudSettings()
    settings.apiCredits = 4
    var organisation = try Organisation.whole(settings)
    let field = { (response: CloudResponse, name: String) in
      HTTPField.Name(name).flatMap { response.response.headerFields[$0] }
    }
    let first = organisation.call(.get, "v2/Contacts")
    #expect(field(first, "X-RATELIMIT-DAY-LIMIT") == "4" && field(first, "X-RATELIMIT-DAY-REMAINING") == "3")
    #expect(field(organisation.call(.get, "v8/org"), "X-API-CREDITS-REMAINING") == "2")
    #expect(field(first, "X-API-CREDITS-REMAINING") == nil)
    // A query for more rows costs more.
    let query = #"{"select_query":"select id from Contacts where id = 1 limit 2000"}"#
    #expect(organisation.call(.post, "v4/coql", query).response.status == 204)
    #expect(organisation.call(.get, "v2/Contacts").response.status.code == 429)
  }

  @Test(arguments: [
    (ZohoCloudData.Edition.free, 5000), (.standard, 50_250), (.professional, 50_500), (.enterprise, 51_000),
    (.ultimate, 52_000),
  ])
  func theEditionDecidesTheCredits(edition: ZohoCloudData.Edition, credits: Int) throws {
    var data = Organisation.data(scopes: Organisation.allScopes)
    data.organisations[0].edition = edition
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    let name = try #require(HTTPField.Name("X-RATELIMIT-DAY-LIMIT"))
    #expect(organisation.call(.get, "v2/org").response.headerFields[name] == String(credits))
  }

  @Test func callsAtTheSameTimeAreBounded() throws {
    var settings = ZohoCloudSettings()
    settings.apiLatency = .milliseconds(500)
    settings.apiConcurrency = 12
    var organisation = try Organisation.whole(settings)
    for _ in 0..<10 { #expect(organisation.api(.get, "v2/Contacts/search?word=Tester").status == 200) }
    // Ten heavy ones are the sub-limit; others still have room.
    #expect(organisation.api(.get, "v2/Contacts/search?word=Tester").status == 429)
    for _ in 0..<2 { #expect(organisation.api(.get, "v2/Contacts").status == 200) }
    #expect(organisation.api(.get, "v2/Contacts").status == 429)
    organisation.now = organisation.now + .milliseconds(500)
    #expect(organisation.api(.get, "v2/Contacts").status == 200)
  }

  @Test func noLimitHoldsWhereTheSwitchSaysSo() throws {
    var settings = ZohoCloudSettings()
    settings.apiCredits = 0
    settings.enforcesAPILimits = false
    var organisation = try Organisation.whole(settings)
    #expect(organisation.api(.get, "v2/Contacts").status == 200)
  }
}
