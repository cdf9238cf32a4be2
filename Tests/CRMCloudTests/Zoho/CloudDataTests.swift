import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct CloudDataTests {
  private func error(_ change: (inout ZohoCloudData) -> Void) -> ZohoCloudDataError? {
    var data = Organisation.data()
    change(&data)
    return #expect(throws: ZohoCloudDataError.self) { try ZohoCloud(data: data, seed: 1) }
  }

  @Test func dataThatCannotBeIsRefusedWithItsPlace() {
    #expect(error { $0.organisations[0].dataCentre = "mars" } == .unknownDataCentre)
    #expect(error { $0.organisations[0].users = [] } == .noUsers)
    #expect(error { $0.organisations[0].contacts[1].id = "x" } == .malformedID(list: "contacts", index: 1))
    #expect(error { $0.organisations[0].contacts[1].id = "" } == .malformedID(list: "contacts", index: 1))
    #expect(error { $0.organisations[0].leads[0].id = "4000000000000123456" } == .duplicateID(list: "leads", index: 0))
    #expect(
      error { $0.organisations[0].contacts[1].lastName = "" }
        == .invalidField(list: "contacts", index: 1, field: "Last_Name", code: "MANDATORY_NOT_FOUND"))
    #expect(
      error { $0.organisations[0].accounts[0].phone = "a*b" }
        == .invalidField(list: "accounts", index: 0, field: "Phone", code: "INVALID_DATA"))
    #expect(error { $0.clients.append($0.clients[0]) } == .duplicateCredential(client: 1))
    #expect(
      error { $0.clients[0].refreshTokens.append($0.clients[0].refreshTokens[0]) }
        == .duplicateCredential(client: 0))
    #expect(error { $0.clients[0].refreshTokens[0].userID = "1" } == .unknownUser(client: 0, refreshToken: 0))
    #expect(
      error { $0.organisations[0].users = Array(repeating: .init(fullName: "x"), count: 10_001) }
        == .tooMany(list: "users", count: 10_001, limit: 10_000))
  }

  @Test func theErrorSaysWhereAndWhatWouldBeRight() {
    #expect(
      ZohoCloudDataError.malformedID(list: "contacts", index: 3).description
        == "contacts[3].id: write 1 to 19 decimal digits, or leave it out")
    #expect(ZohoCloudDataError.unknownDataCentre.description.contains("us, eu, in, cn, au, jp, ca, sa, uk"))
  }

  @Test func whoGrantedTheTokenOwnsWhatItCreates() throws {
    var data = Organisation.data()
    data.organisations[0].users = [.init(id: "1", fullName: "First"), .init(id: "2", fullName: "Second")]
    data.clients[0].refreshTokens[0].userID = "2"
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    let reply = organisation.post("Contacts", #"{"data":[{"Last_Name":"x"}]}"#)
    #expect(reply.text.contains(#""Created_By":{"name":"Second","id":"2"}"#))
  }

  @Test func timestampsShowTheOrganisationsClock() throws {
    var data = Organisation.data()
    data.organisations[0].timeZone = SiteTimeZone(name: "x", offsets: [.init(since: .epoch, offsetSeconds: 28_800)])
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    let reply = organisation.post("Contacts", #"{"data":[{"Last_Name":"x"}]}"#)
    #expect(reply.member("Created_Time") == "2027-01-15T16:00:00+08:00")
  }

  @Test func noPrintingShowsASecretOrAToken() throws {
    var organisation = try Organisation.open()
    let answer = organisation.cloud.respond(
      to: .init(method: .post, scheme: "https", authority: "accounts.zoho.com", path: "/oauth/v2/token"),
      body: Array(Organisation.form().utf8), at: organisation.now)
    let token = try #require(Reply(answer).member("access_token"))
    var text = ""
    for value in [organisation.cloud, answer, Organisation.data()] as [Any] {
      text += String(describing: value) + String(reflecting: value)
      dump(value, to: &text)
    }
    for secret in [token, organisation.token, Organisation.secret, Organisation.refreshToken] {
      #expect(!text.contains(secret))
    }
  }
}
