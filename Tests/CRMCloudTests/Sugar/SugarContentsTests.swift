import CRMCloud
import Foundation
import HTTPTypes
import Primitives
import Testing

/// What an installation is made of, kept, and shown to its owner.
struct SugarContentsTests {
  private static let user = SugarCloudData.User(userName: "ann", password: Secret("s"), lastName: "Agent")

  @Test(
    arguments: [
      (SugarCloudData(address: "crm.example.com", users: [user]), "sugarcrm.address:"),
      (SugarCloudData(address: "https://a@b", users: [user]), "sugarcrm.address:"),
      (SugarCloudData(address: "https://b", users: []), "sugarcrm.users: empty"),
      (SugarCloudData(address: "https://b", users: [user, user]), "sugarcrm.users[1].userName: an earlier entry"),
      (
        SugarCloudData(address: "https://b", users: [user], contacts: [.init(fields: ["phone": "1"])]),
        "sugarcrm.contacts[0].phone: no field of Contacts's"
      ),
      (
        SugarCloudData(address: "https://b", users: [user], leads: [.init(id: "a b", fields: [:])]),
        "sugarcrm.leads[0].id:"
      ),
      (
        SugarCloudData(
          address: "https://b", users: [user], leads: [.init(id: "a", fields: [:]), .init(id: "a", fields: [:])]),
        "sugarcrm.leads[1].id: an earlier entry"
      ),
    ] as [(SugarCloudData, String)])
  func whatNoInstallationCouldHoldIsRefusedWithItsPlace(data: SugarCloudData, text: String) {
    do {
      _ = try SugarCloud(data: data, seed: 1)
      Issue.record("taken")
    } catch { #expect(error.description.hasPrefix(text)) }
  }

  @Test func theSameSeedGivesTheSameIdsAndAStateReadsBack() throws {
    let (left, right) = (try SugarOffice(), try SugarOffice())
    #expect(left.cloud.records(in: "Contacts").map(\.id) == right.cloud.records(in: "Contacts").map(\.id))
    var office = left
    let session = office.session()
    let state = try JSONEncoder().encode(office.cloud)
    office.cloud = try JSONDecoder().decode(SugarCloud.self, from: state)
    #expect(office.call("get_user_id", #"["\#(session)"]"#).text == #""1""#)
    #expect(office.cloud.records(in: "Contacts").count == 3)
  }

  @Test func severalCloudsStandOnOneMachine() throws {
    var contents = CloudContents()
    contents.sugar = SugarOffice.data
    var clouds = try CRMClouds(contents, seed: 1)
    let request = HTTPRequest(
      method: .get, scheme: "https", authority: "crm.example.com",
      path: "/sugarcrm/service/v4_1/rest.php?method=get_server_info")
    let answer = clouds.respond(to: request, body: [], at: .epoch)
    #expect(String(decoding: answer.body, as: UTF8.self).contains("suitecrm_version"))
    #expect(
      clouds.hosts.contains { $0.name == "crm.example.com" } && clouds.hosts.contains { $0.name == "crm.zoho.eu" })
    #expect(clouds.dump("sugarcrm.contacts")?.count == 3 && clouds.dump("contacts")?.isEmpty ?? false)
    #expect(clouds.dumpKinds.contains("sugarcrm.calls"))
    #expect(clouds.carryOut(.setUser(id: "ann", isEnabled: false), at: .epoch) == .done(1))
    #expect(clouds.carryOut(.setUser(id: "nobody", isEnabled: false), at: .epoch) == .notFound)
    #expect(clouds.carryOut(.revokeToken(Secret("nobody's")), at: .epoch) == .notFound)
    contents = CloudContents()
    contents.sugar = SugarCloudData(address: "https://b", users: [], leads: [.init(fields: ["last_name": "New"])])
    #expect(clouds.carryOut(.load(contents), at: .epoch) == .done(1))
    #expect(clouds.dump("sugarcrm.leads")?.count == 2)
    contents.sugar?.leads = [.init(fields: ["nonsense": "x"])]
    guard case .refused = clouds.carryOut(.load(contents), at: .epoch) else {
      Issue.record("taken")
      return
    }
    #expect(clouds.dump("sugarcrm.leads")?.count == 2)
  }

  @Test func noPasswordOrTokenIsShown() throws {
    var office = try SugarOffice()
    let session = office.session()
    let shown = office.cloud.dumpKinds.compactMap { office.cloud.dump($0).map { "\($0)" } }.joined()
    for text in [shown, "\(office.cloud)", String(reflecting: office.cloud)] {
      #expect(!text.contains(session) && !text.contains(SugarOffice.password) && !text.contains("ann's"))
    }
  }
}
