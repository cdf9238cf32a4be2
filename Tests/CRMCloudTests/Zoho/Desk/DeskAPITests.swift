import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct DeskAPITests {
  static let scopes = ["Desk.tickets.READ", "Desk.basic.READ", "Desk.contacts.READ"]

  /// Two portals, the first with a contact and 12 tickets.
  static func data(scopes: [String] = scopes) -> ZohoCloudData {
    var data = Organisation.data(scopes: scopes)
    data.organisations[0].deskPortals = [
      .init(
        companyName: "Example Help", portalName: "help",
        contacts: [.init(firstName: "Bo", lastName: "Tester", email: "bo@example.com", phone: "+1 555 0100")],
        tickets: (1...12).map {
          .init(
            subject: "Question \($0)", status: $0 == 3 ? "Closed" : "Open",
            contactEmail: $0 == 1 ? "BO@example.com" : nil)
        }),
      .init(companyName: "Empty Help", portalName: "empty"),
    ]
    return data
  }

  private var organisation: Organisation

  init() throws {
    organisation = try Organisation(Self.data())
    organisation.token = organisation.refresh().member("access_token") ?? ""
  }

  private mutating func desk(
    _ path: String, portal: String? = "650000001", method: HTTPRequest.Method = .get, authorization: String? = nil
  ) -> Reply {
    var request = HTTPRequest(method: method, scheme: "https", authority: "desk.zoho.com", path: "/api/v1" + path)
    request.headerFields[.authorization] = authorization ?? "Zoho-oauthtoken " + organisation.token
    if let name = HTTPField.Name("orgId") { request.headerFields[name] = portal }
    return Reply(organisation.cloud.respond(to: request, body: [], at: organisation.now))
  }

  @Test("Seed row 34: Desk lists organizations, tickets and contacts to a token of the seed's scopes")
  mutating func theSeedsScopesOpenOrganizationsTicketsAndContacts() {
    let organisations = desk("/organizations", portal: nil)
    #expect(organisations.status == 200)
    #expect(organisations.text.hasPrefix(#"{"data":[{"id":"650000001","companyName":"Example Help""#))
    #expect(organisations.text.contains(#""id":"650000002","companyName":"Empty Help""#))
    let tickets = desk("/tickets")
    #expect(tickets.status == 200 && tickets.text.contains(#""ticketNumber":"101","subject":"Question 1""#))
    let contacts = desk("/contacts")
    #expect(contacts.status == 200 && contacts.text.contains(#""firstName":"Bo","lastName":"Tester""#))
  }

  @Test mutating func oneEntryIsReadByItsId() throws {
    let ticket = try #require(desk("/tickets?limit=1").member("id"))
    #expect(desk("/tickets/" + ticket).member("subject") == "Question 1")
    let contact = try #require(desk("/contacts").member("id"))
    #expect(desk("/contacts/" + contact).member("email") == "bo@example.com")
    #expect(desk("/contacts/\(contact)/tickets").text.hasPrefix(#"{"data":[{"id":"\#(ticket)""#))
    #expect(desk("/organizations/650000002", portal: nil).member("portalName") == "empty")
  }

  @Test(arguments: [
    ("", (1...10).map { $0 }), ("?limit=2", [1, 2]), ("?from=1&limit=2", [1, 2]), ("?from=0&limit=1", [1]),
    ("?from=11", [11, 12]), ("?from=13", []), ("?status=Closed", [3]), ("?sortBy=-createdTime&limit=2", [12, 11]),
    ("?limit=100", (1...12).map { $0 }),
  ])
  mutating func listsComeInPages(query: String, expected: [Int]) {
    let reply = desk("/tickets" + query)
    #expect(reply.status == (expected.isEmpty ? 204 : 200))
    let subjects = reply.text.split(separator: #""subject":"Question "#).dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(subjects.compactMap { Int($0) } == expected)
  }

  @Test(arguments: [
    ("/nothing", "650000001", 404, "URL_NOT_FOUND"), ("", "650000001", 404, "URL_NOT_FOUND"),
    ("/tickets/1/threads", "650000001", 404, "URL_NOT_FOUND"), ("/tickets/77", "650000001", 404, "URL_NOT_FOUND"),
    ("/tickets", nil, 422, "UNPROCESSABLE_ENTITY"), ("/tickets", "", 422, "UNPROCESSABLE_ENTITY"),
    ("/tickets", "650000009", 403, "FORBIDDEN"), ("/organizations/650000009", nil, 403, "FORBIDDEN"),
    ("/tickets?limit=0", "650000001", 422, "UNPROCESSABLE_ENTITY"),
    ("/tickets?limit=101", "650000001", 422, "UNPROCESSABLE_ENTITY"),
    ("/tickets?from=-1", "650000001", 422, "UNPROCESSABLE_ENTITY"),
    ("/tickets?from=99999999999999999999", "650000001", 422, "UNPROCESSABLE_ENTITY"),
    ("/tickets?sortOrder=asc", "650000001", 422, "UNPROCESSABLE_ENTITY"),
    ("/contacts?sortBy=shoeSize", "650000001", 422, "UNPROCESSABLE_ENTITY"),
  ])
  mutating func whatIsWrongIsToldByCodeAndStatus(path: String, portal: String?, status: Int, code: String) {
    let reply = desk(path, portal: portal)
    #expect(reply.status == status && reply.member("errorCode") == code && reply.member("message") != nil)
  }

  @Test mutating func anExtraParameterIsNamed() {
    let message = "Extra query parameter 'sortOrder' is present in the input."
    #expect(
      desk("/tickets?sortOrder=asc").text == #"{"errorCode":"UNPROCESSABLE_ENTITY","message":"\#(message)"}"#)
  }

  @Test mutating func thePortalMayStandInTheQuery() {
    #expect(desk("/tickets?orgId=650000001", portal: nil).status == 200)
  }

  @Test mutating func onlyReadingIsServed() {
    #expect(desk("/tickets", method: .post).member("errorCode") == "METHOD_NOT_ALLOWED")
  }

  @Test(arguments: [("Zoho-oauthtoken 1000.x.y", "INVALID_OAUTH"), ("Basic abc", "UNAUTHORIZED"), ("", "UNAUTHORIZED")])
  mutating func withoutAGoodTokenNothingOpens(authorization: String, code: String) {
    let reply = desk("/organizations", portal: nil, authorization: authorization)
    #expect(reply.status == 401 && reply.member("errorCode") == code)
  }

  @Test mutating func aTokenOfAnHourAgoIsDead() {
    organisation.now = organisation.now + .seconds(3600)
    #expect(desk("/organizations", portal: nil).member("errorCode") == "INVALID_OAUTH")
  }

  @Test(arguments: [
    ("Desk.tickets.READ", "/contacts"), ("Desk.contacts.READ", "/tickets"), ("Desk.tickets.READ", "/organizations"),
    ("ZohoCRM.modules.ALL", "/tickets"), ("Desk.tickets.UPDATE", "/tickets"),
  ])
  mutating func aScopeOpensItsOwnGroupOnly(scope: String, path: String) throws {
    organisation = try Organisation(Self.data(scopes: [scope]))
    organisation.token = organisation.refresh().member("access_token") ?? ""
    let reply = desk(path)
    #expect(reply.status == 403 && reply.member("errorCode") == "SCOPE_MISMATCH")
  }

  @Test mutating func anotherDataCentreKnowsNeitherTokenNorPortal() {
    let reply = organisation.send(
      .get, "desk.zoho.eu", "/api/v1/organizations", authorization: "Zoho-oauthtoken " + organisation.token)
    #expect(reply.status == 401 && reply.member("errorCode") == "INVALID_OAUTH")
  }

  @Test func portalsHaveABound() {
    var data = Self.data()
    let portal = ZohoCloudData.DeskPortal(companyName: "One", portalName: "one")
    data.organisations[0].deskPortals = Array(repeating: portal, count: 101)
    #expect(throws: ZohoCloudDataError.tooMany(list: "deskPortals", count: 101, limit: 100)) {
      _ = try ZohoCloud(data: data, seed: 1)
    }
  }
}
