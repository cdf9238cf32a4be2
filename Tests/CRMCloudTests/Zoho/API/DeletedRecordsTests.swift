import CRMCloud
import Foundation
import HTTPTypes
import Primitives
import Testing

/// `GET /{Module}/deleted`.
struct DeletedRecordsTests {
  @Test func whatWasDeletedIsListedNewestFirst() throws {
    var organisation = try Organisation.whole()
    #expect(organisation.api(.get, "v2/Contacts/deleted").status == 204)
    let other = organisation.add("Contacts", #"{"Last_Name":"Later"}"#)
    _ = organisation.api(.delete, "v2/Contacts/4000000000000123456")
    organisation.now = organisation.now + .seconds(10)
    _ = organisation.api(.delete, "v2/Contacts?ids=\(other)")
    let reply = organisation.api(.get, "v2/Contacts/deleted")
    #expect(reply.status == 200 && reply.member("display_name") == "Later" && reply.member("type") == "recycle")
    #expect(reply.text.contains(#""id":"4000000000000123456","display_name":"Bo Tester""#))
    #expect(reply.text.contains(#""deleted_time":"2027-01-15T08:00:10+00:00""#), "\(reply)")
    #expect(reply.text.hasSuffix(#""info":{"per_page":200,"count":2,"page":1,"more_records":false}}"#))
    let page = organisation.api(.get, "v2/Contacts/deleted?page=2&per_page=1")
    #expect(page.text.contains("Bo Tester") && !page.text.contains("Later"))
    #expect(organisation.api(.get, "v2/Leads/deleted").status == 204)
  }

  @Test func afterSixtyDaysARecordIsGoneForGood() throws {
    var organisation = try Organisation.whole()
    _ = organisation.api(.delete, "v2/Contacts/4000000000000123456")
    organisation.now = organisation.now + .seconds(60 * 86_400)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    #expect(organisation.api(.get, "v2/Contacts/deleted?type=recycle").status == 204)
    #expect(organisation.api(.get, "v2/Contacts/deleted?type=permanent").member("type") == "permanent")
    #expect(organisation.api(.get, "v2/Contacts/deleted?type=all").status == 200)
  }

  @Test func onlyWhatWasDeletedSinceIsToldWhereSomebodyAsks() throws {
    var organisation = try Organisation.whole()
    _ = organisation.api(.delete, "v2/Contacts/4000000000000123456")
    #expect(organisation.api(.get, "v2/Contacts/deleted", since: "2020-01-01T00:00:00Z").status == 200)
    #expect(organisation.api(.get, "v2/Contacts/deleted", since: "2030-01-01T00:00:00Z").status == 304)
  }

  @Test func theListSurvivesARestart() throws {
    var organisation = try Organisation.whole()
    _ = organisation.api(.delete, "v2/Contacts/4000000000000123456")
    let before = organisation.api(.get, "v2/Contacts/deleted").text
    organisation.cloud = try JSONDecoder().decode(ZohoCloud.self, from: try JSONEncoder().encode(organisation.cloud))
    #expect(organisation.api(.get, "v2/Contacts/deleted").text == before)
  }

  @Test(arguments: [
    ("v2/Contacts/deleted?type=some", "INVALID_DATA"), ("v2/Contacts/deleted?page=0", "INVALID_DATA"),
    ("v2/Nonsense/deleted", "INVALID_MODULE"),
  ])
  func whatCannotBeListedIsRefused(path: String, code: String) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(.get, path)
    #expect(reply.status == 400 && reply.code == code)
    #expect(organisation.api(.post, "v2/Contacts/deleted").code == "INVALID_REQUEST_METHOD")
    var narrow = try Organisation.open(scopes: ["ZohoCRM.modules.leads.ALL"])
    #expect(narrow.api(.get, "v2/Contacts/deleted").code == "OAUTH_SCOPE_MISMATCH")
  }
}
