import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct ListTests {
  private static let bo = "4000000000000123456"

  @Test(arguments: [
    ("v2/Contacts?ids=4000000000000123456,1", 200, 1), ("v2/Contacts?ids=1", 204, 0), ("v2/Contacts?ids=x", 400, 0),
    ("v2/Contacts?ids=", 400, 0), ("v2/Contacts?page=-1", 400, 0), ("v2/Contacts?per_page=0", 400, 0),
    ("v2/Contacts?sort_by=Last_Name&sort_order=asc", 200, 2), ("v2/Contacts?sort_by=Nonsense", 400, 0),
    ("v2/Contacts?sort_by=id&sort_order=up", 400, 0), ("v2/Contacts?sort_order=asc", 400, 0),
    ("v3/Contacts", 400, 0), ("v3/Contacts?fields=", 400, 0), ("v3/Contacts?fields=Last_Name", 200, 2),
    ("v8/Contacts?fields=Last_Name&sort_by=id", 200, 2), ("v8/Contacts?fields=Last_Name&sort_by=Last_Name", 400, 0),
    ("v8/Contacts?fields=Last_Name&page=11", 400, 0), ("v2/Contacts?page=11", 204, 0),
    ("v8/Contacts?fields=Last_Name&page_token=x", 400, 0), ("v3/Contacts/4000000000000123456", 200, 1),
    ("v3/Contacts/4000000000000123457", 400, 0), ("v2/Contacts/4000000000000123457", 204, 0),
  ])
  func listsAreAsTheVersionSays(path: String, status: Int, count: Int) throws {
    var organisation = try Organisation.whole()
    let reply = organisation.api(.get, path)
    #expect(reply.status == status && reply.count == count, "\(reply)")
    #expect(status != 400 || reply.text.hasSuffix(#""status":"error"}"#))
  }

  @Test func moreThanFiftyFieldsAreTooManyFromV3On() throws {
    var organisation = try Organisation.whole()
    let names = (0..<51).map { "F\($0)" }.joined(separator: ",")
    #expect(organisation.api(.get, "v3/Contacts?fields=" + names).code == "LIMIT_EXCEEDED")
    #expect(organisation.api(.get, "v2/Contacts?fields=" + names).status == 200)
  }

  @Test(arguments: [
    ("2027-01-15T07:59:59+00:00", 200), ("2027-01-15T08:00:00+00:00", 304), ("2027-01-15T09:00:00+01:00", 304),
    ("2030-01-01T00:00:00Z", 304), ("yesterday", 400), ("", 400),
  ])
  func onlyWhatIsNewerThanAskedForIsShown(since: String, status: Int) throws {
    var organisation = try Organisation.whole()
    let id = organisation.add("Contacts", #"{"Last_Name":"New"}"#)
    let list = organisation.api(.get, "v2/Contacts", since: since)
    #expect(list.status == status && (status != 200 || list.count == 1), "\(list)")
    #expect(organisation.api(.get, "v2/Contacts/\(id)", since: since).status == status)
  }

  @Test func sortedListsAreSorted() throws {
    var organisation = try Organisation.whole()
    _ = organisation.add("Contacts", #"{"Last_Name":"anna"}"#)
    let descending = organisation.api(.get, "v2/Contacts?sort_by=Last_Name&fields=Last_Name")
    let place = { (name: String) in descending.text.firstRange(of: name)?.lowerBound ?? descending.text.startIndex }
    #expect(place("Tester") < place("Solo") && place("Solo") < place("anna"))
  }

  @Test func pagesBeyondTwoThousandTakeAToken() throws {
    var data = Organisation.data(scopes: Organisation.allScopes)
    data.organisations[0].contacts = (0..<2100).map { .init(lastName: "n\($0)") }
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    var seen = 0
    var token: String?
    for _ in 0..<11 {
      let reply = organisation.api(.get, "v8/Contacts?fields=Last_Name" + (token.map { "&page_token=" + $0 } ?? ""))
      #expect(reply.status == 200)
      seen += reply.count
      token = reply.member("next_page_token")
    }
    #expect(seen == 2100 && token == nil)
    let last = organisation.api(.get, "v8/Contacts?fields=Last_Name&page=10")
    token = last.member("next_page_token")
    #expect(organisation.api(.get, "v8/Contacts?fields=Last_Name&page=11").code == "DISCRETE_PAGINATION_LIMIT_EXCEEDED")
    #expect(organisation.api(.get, "v8/Leads?fields=Last_Name&page_token=" + (token ?? "")).code == "INVALID_DATA")
    #expect(organisation.api(.get, "v2/Contacts?page=11").count == 100)
    organisation.now = organisation.now + .seconds(86_400)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    #expect(organisation.api(.get, "v8/Contacts?fields=Last_Name&page_token=" + (token ?? "")).code == "INVALID_DATA")
  }

  @Test func notesBelongToTheirParents() throws {
    var organisation = try Organisation.whole()
    let path = "v2/Contacts/\(Self.bo)/Notes"
    #expect(organisation.api(.get, path).status == 204)
    #expect(organisation.api(.post, path, #"{"data":[{"Note_Title":"t","Note_Content":"c"}]}"#).status == 201)
    let direct = #"{"data":[{"Note_Content":"d","Parent_Id":"\#(Self.bo)","se_module":"Contacts"}]}"#
    #expect(organisation.api(.post, "v2/Notes", direct).status == 201)
    let newer = #"{"data":[{"Note_Content":"e","Parent_Id":{"id":"\#(Self.bo)","module":{"api_name":"Contacts"}}}]}"#
    #expect(organisation.api(.post, "v8/Notes", newer).status == 201)
    #expect(organisation.api(.get, path).text.contains(#""Parent_Id":{"name":"Bo Tester","id":"\#(Self.bo)"}"#))
    #expect(organisation.cloud.records(in: .notes).count == 3)
    for wrong in [
      #"{"data":[{"Note_Content":"d"}]}"#, #"{"data":[{"Note_Content":"d","Parent_Id":"\#(Self.bo)"}]}"#,
      #"{"data":[{"Note_Content":"d","Parent_Id":"1","se_module":"Contacts"}]}"#,
      #"{"data":[{"Parent_Id":"\#(Self.bo)","se_module":"Contacts"}]}"#,
    ] { #expect(organisation.api(.post, "v2/Notes", wrong).status == 202, "\(wrong)") }
    #expect(organisation.api(.post, "v2/Contacts/1/Notes", #"{"data":[{"Note_Content":"c"}]}"#).code == "INVALID_DATA")
    #expect(organisation.api(.get, "v2/Contacts/\(Self.bo)/Nonsense").code == "INVALID_DATA")
    #expect(organisation.api(.post, "v2/Contacts/\(Self.bo)/Calls", direct).code == "INVALID_REQUEST_METHOD")
  }
}
