import CRMCloud
import HTTPTypes
import JSON
import Primitives
import Testing

struct SalesforceAdministrationTests {
  private let now = Instant(seconds: 1_795_900_000)

  private func clouds() throws -> CRMClouds {
    var contents = CloudContents()
    contents.salesforce = SalesforceOrg.data()
    return try CRMClouds(contents, seed: 1)
  }

  @Test func theHostTellsWhichCloudIsMeant() throws {
    var clouds = try clouds()
    let hosts = clouds.hosts.map(\.name)
    for host in ["accounts.zoho.com", "login.salesforce.com", "test.salesforce.com", SalesforceOrg.host] {
      #expect(hosts.contains(host))
    }
    let versions = HTTPRequest(
      method: .get, scheme: "https", authority: SalesforceOrg.host + ":8443", path: "/services/data")
    #expect(clouds.respond(to: versions, body: [], at: now).response.status == 200)
    var zohoAlone = try CRMClouds(CloudContents(), seed: 1)
    #expect(zohoAlone.respond(to: versions, body: [], at: now).response.status == 421)
  }

  @Test func recordsAreDumpedByKindAndWithoutSecrets() throws {
    let clouds = try clouds()
    #expect(
      clouds.dumpKinds.suffix(5).elementsEqual(
        ["accounts", "contacts", "leads", "tasks", "users"].map { "salesforce." + $0 }))
    #expect(clouds.dump("salesforce.contacts")?.count == 3)
    #expect(clouds.dump("salesforce.nothing") == nil)
    let users = clouds.dump("salesforce.users").map { String(describing: $0) } ?? ""
    #expect(users.contains("ann@example.com") && !users.contains("TOKEN"))
    #expect(!"\(clouds.salesforce.map(String.init(reflecting:)) ?? "")".contains("ann"))
  }

  @Test func moreRecordsAreAddedAndThoseThatCannotBeChangeNothing() throws {
    var clouds = try clouds()
    var more = CloudContents()
    more.salesforce = SalesforceCloudData()
    more.salesforce?.records = ["Contact": [["LastName": "More"]]]
    #expect(clouds.carryOut(.load(more), at: now) == .done(1))
    more.salesforce?.records = ["Contact": [["LastName": "Fine"], ["Phone": "1"]]]
    #expect(
      clouds.carryOut(.load(more), at: now)
        == .refused("salesforce.contacts[1].LastName: REQUIRED_FIELD_MISSING; write it"))
    #expect(clouds.dump("salesforce.contacts")?.count == 4)
  }

  @Test func whatCannotBeDoneIsSaid() throws {
    var clouds = try clouds()
    #expect(clouds.carryOut(.setUser(id: "005000000000009", isEnabled: false), at: now) == .notFound)
    #expect(clouds.carryOut(.expireToken(Secret("x")), at: now) == .notFound)
    #expect(clouds.carryOut(.endSessions, at: now) == .done(0))
  }

  private struct Mistake: Sendable {
    let place: String
    let make: @Sendable (inout SalesforceCloudData) -> Void
  }

  private static let mistakes: [Mistake] = [
    Mistake(place: "salesforce.contacts[0].Nope") { $0.records = ["Contact": [["LastName": "x", "Nope": "1"]]] },
    Mistake(place: "salesforce.contacts[0].Id") { $0.records = ["Contact": [["LastName": "x", "Id": "003"]]] },
    Mistake(place: "salesforce.contacts[0].Id") {
      $0.records = ["Contact": [["LastName": "x", "Id": "001000000000001"]]]
    },
    Mistake(place: "salesforce.leads[0].Company") { $0.records = ["Lead": [["LastName": "x"]]] },
    Mistake(place: "salesforce.accounts[0].Phone") {
      $0.records = ["Account": [["Name": "x", "Phone": String(repeating: "1", count: 41)]]]
    },
    Mistake(place: "salesforce.users[1].userName") { $0.users.append($0.users[0]) },
    Mistake(place: "salesforce.clients[1].id") { $0.clients.append($0.clients[0]) },
    Mistake(place: "salesforce.clients[0].runsAs") { $0.clients[0].runsAs = "nobody" },
    Mistake(place: "salesforce.clients[0].refreshTokens[0].userName") {
      $0.clients[0].refreshTokens[0].userName = "nobody"
    },
  ]

  @Test(arguments: mistakes.indices)
  func contentsThatCannotBeAreRefusedWithTheirPlace(index: Int) {
    let mistake = Self.mistakes[index]
    do throws(CloudContentsError) {
      _ = try SalesforceCloud(SalesforceOrg.data(mistake.make), seed: 1)
      Issue.record("taken")
    } catch {
      #expect(error.description.hasPrefix(mistake.place + ":"))
    }
  }
}
