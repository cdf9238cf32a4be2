import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct ReadingTests {
  @Test func aHitShowsTheWholeRecord() throws {
    var organisation = try Organisation.open()
    let reply = organisation.get("/crm/v2/Contacts/search?phone=%2B15550100100")
    #expect(reply.status == 200)
    let afterOwner = try #require(reply.text.split(separator: "\"Owner\":").last)
    let owner = String(afterOwner.prefix { $0 != "}" }) + "}"
    #expect(
      reply.text.hasPrefix(
        #"{"data":[{"id":"4000000000000123456","Owner":\#(owner),"Full_Name":"Bo Tester","#
          + #""First_Name":"Bo","Last_Name":"Tester","Account_Name":{"name":"Acme","id":"4000000000000200001"},"#
          + #""Email":null,"Phone":"+1 (555) 010-0100","Home_Phone":null,"Other_Phone":null,"Mobile":"555-0101","#
          + #""Asst_Phone":null,"Fax":"555-0109","Title":null,"Description":null,"Department":null,"#))
    #expect(
      reply.text.hasSuffix(
        #""Created_Time":"1970-01-01T00:00:00+00:00","Modified_Time":"1970-01-01T00:00:00+00:00","#
          + #""Created_By":\#(owner),"Modified_By":\#(owner),"Tag":[],"$editable":true,"$approved":true,"#
          + #""$currency_symbol":"$"}],"info":{"per_page":200,"count":1,"page":1,"more_records":false}}"#))
  }

  @Test func aMissIs204AndEmpty() throws {
    var organisation = try Organisation.open()
    let reply = organisation.get("/crm/v2/Contacts/search?phone=5559999")
    #expect(reply.status == 204 && reply.text.isEmpty)
  }

  @Test func aPlusThatIsNotEncodedFindsNobody() throws {
    var organisation = try Organisation.open()
    #expect(organisation.get("/crm/v2/Accounts/search?phone=+15550103").status == 204)
    #expect(organisation.get("/crm/v2/Accounts/search?phone=%2B15550103").status == 200)
  }

  @Test(arguments: [
    ("/crm/v2/Contacts/search?phone=555-0101", 200), ("/crm/v2/Contacts/search?phone=5550102", 200),
    ("/crm/v2/Contacts/search?phone=5550103", 204), ("/crm/v2/Contacts/search?phone=5550109", 204),
    ("/crm/v2/Leads/search?phone=493000000012", 200), ("/crm/v2/Leads/search?phone=Lead", 204),
    ("/crm/v2/Leads/search?phone=493000000012&page=2", 204), ("/crm/v2/Calls/search?phone=5550101", 204),
    ("/crm/v2/Contacts/4000000000000123456", 200), ("/crm/v2/Contacts/4000000000000123457", 204),
    ("/crm/v2/Leads/4000000000000123456", 204), ("/crm/v2/Calls", 204), ("/crm/v2/Contacts?page=2", 204),
  ])
  func recordsAreThereOrNot(path: String, status: Int) throws {
    var organisation = try Organisation.open()
    #expect(organisation.get(path).status == status)
  }

  @Test(arguments: [
    ("/crm/v2/Contacts/search", 400, "EXPECTED_PARAM_MISSING"),
    ("/crm/v2/Contacts/search?word=B", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?number=5550101", 400, "EXPECTED_PARAM_MISSING"),
    ("/crm/v2/Contacts/search?criteria=x&phone=5550101", 400, "INVALID_QUERY"),
    ("/crm/v2/Contacts/search?phone=", 400, "INVALID_DATA"), ("/crm/v2/Contacts/search?phone=5", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?phone=55*1", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?phone=%20%20%20", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?phone=5550101&page=0", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?phone=5550101&per_page=201", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?phone=5550101&page=x", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?phone=5550101&page=99999999999999999999", 400, "INVALID_DATA"),
    ("/crm/v2/Contacts/search?phone=5550101&page=11", 400, "LIMIT_REACHED"),
    ("/crm/v2/Contacts/x", 400, "INVALID_DATA"), ("/crm/v2/Contacts/12345678901234567890", 400, "INVALID_DATA"),
    ("/crm/v2/contacts", 400, "INVALID_MODULE"), ("/crm/v2/Nonsense/search?phone=5550101", 400, "INVALID_MODULE"),
    ("/crm/v2", 404, "INVALID_URL_PATTERN"), ("/crm/v1/Contacts", 404, "INVALID_URL_PATTERN"),
    ("/", 404, "INVALID_URL_PATTERN"), ("", 404, "INVALID_URL_PATTERN"), ("?", 404, "INVALID_URL_PATTERN"),
    ("/crm/v2/Contacts/1/Notes/2", 404, "INVALID_URL_PATTERN"),
  ])
  func aRequestThatCannotBeServedSaysWhy(path: String, status: Int, code: String) throws {
    var organisation = try Organisation.open()
    let reply = organisation.get(path)
    #expect(reply.status == status && reply.code == code)
    #expect(reply.text.hasPrefix(#"{"code":""#) && reply.text.hasSuffix(#""status":"error"}"#))
  }

  @Test(arguments: [
    (HTTPRequest.Method.post, "/crm/v2/Contacts/search?phone=5550101"), (.put, "/crm/v2/Contacts/search"),
    (.patch, "/crm/v2/Contacts"), (.post, "/crm/v2/users"), (.get, "/crm/v2/coql"), (.get, "/crm/v2/Contacts/upsert"),
    (.post, "/crm/v2/Contacts/4000000000000123456"),
  ])
  func aMethodNotServedIsRefused(method: HTTPRequest.Method, path: String) throws {
    var organisation = try Organisation.open()
    let authorization = "Zoho-oauthtoken " + organisation.token
    let reply = organisation.send(method, "www.zohoapis.com", path, authorization: authorization)
    #expect(reply.status == 400 && reply.code == "INVALID_REQUEST_METHOD")
  }

  @Test(
    arguments: [
      (nil, "AUTHENTICATION_FAILURE"), ("", "AUTHENTICATION_FAILURE"), ("TOKEN", "AUTHENTICATION_FAILURE"),
      ("Zoho-oauthtoken", "AUTHENTICATION_FAILURE"), ("Basic TOKEN", "AUTHENTICATION_FAILURE"),
      ("Zoho-oauthtoken 1000.0.0", "INVALID_TOKEN"), ("Zoho-oauthtoken TOKEN2", "INVALID_TOKEN"),
      ("Zoho-oauthtoken " + Organisation.refreshToken, "INVALID_TOKEN"),
    ] as [(String?, String)])
  func onlyALiveTokenInItsHeaderOpens(header: String?, code: String) throws {
    var organisation = try Organisation.open()
    let token = organisation.token
    let authorization = header.map { $0 == "TOKEN" || $0 == "Basic TOKEN" ? String($0.dropLast(5)) + token : $0 }
    let reply = organisation.send(.get, "www.zohoapis.com", "/crm/v2/Contacts", authorization: authorization)
    #expect(reply.status == 401 && reply.code == code)
  }

  @Test(arguments: [
    ("www.zohoapis.com", "Zoho-oauthtoken ", 200), ("crm.zohoapis.com", "Zoho-oauthtoken ", 200),
    ("www.zohoapis.com:8443", "Bearer ", 200), ("www.zohoapis.eu", "Zoho-oauthtoken ", 401),
    ("accounts.zoho.com", "Zoho-oauthtoken ", 404), ("crm.zohoapis.eu", "Zoho-oauthtoken ", 421),
  ])
  func theOrganisationIsServedUnderItsOwnHosts(host: String, scheme: String, status: Int) throws {
    var organisation = try Organisation.open()
    let authorization = scheme + organisation.token
    #expect(organisation.send(.get, host, "/crm/v2/Contacts", authorization: authorization).status == status)
  }

  @Test(arguments: [
    (ZohoCloudSettings.PhoneMatch.digitsContain, ["5550101", "0101", "555.0101", "(555) 0101"], ["15550101", "ab"]),
    (.exactText, ["555-0101"], ["5550101", "0101"]),
    (.lastDigits(4), ["0101", "99990101", "+1 555 0101"], ["101", "5550102999"]),
    (.digitsEqual, ["5550101", "555.0101", "+5550101"], ["0101", "15550101", "ab"]), (.lastDigits(0), [], ["5550101"]),
  ])
  func phoneNumbersCompareAsTheSwitchSays(
    match: ZohoCloudSettings.PhoneMatch, hits: [String], misses: [String]
  ) throws {
    var settings = ZohoCloudSettings()
    settings.phoneMatch = match
    var organisation = try Organisation.open(settings)
    for (numbers, status) in [(hits, 200), (misses, 204)] {
      for number in numbers {
        let encoded = number.map { $0 == "+" ? "%2B" : $0 == " " ? "%20" : String($0) }.joined()
        #expect(organisation.get("/crm/v2/Contacts/search?phone=" + encoded).status == status, "\(number)")
      }
    }
  }

  @Test func aFaxNumberIsFoundOnlyWhereTheSwitchSaysSo() throws {
    var settings = ZohoCloudSettings()
    settings.searchesFax = true
    var organisation = try Organisation.open(settings)
    #expect(organisation.get("/crm/v2/Contacts/search?phone=5550109").status == 200)
  }

  @Test func pagesAndFieldsCutTheList() throws {
    var organisation = try Organisation.open()
    let first = organisation.get("/crm/v2/Contacts?per_page=1&fields=Last_Name")
    #expect(
      first.text == #"{"data":[{"id":"4000000000000123456","Last_Name":"Tester"}],"#
        + #""info":{"per_page":1,"count":1,"page":1,"more_records":true}}"#)
    let second = organisation.get("/crm/v2/Contacts?per_page=1&page=2&fields=Last_Name")
    #expect(second.text.contains(#""Last_Name":"Solo""#) && second.text.contains(#""more_records":false"#))
  }

  @Test(
    arguments: [
      (Organisation.guideScopes, "Leads/search?phone=493000000012", 200),
      (Organisation.guideScopes, "Contacts/search?phone=5550101", 401),
      (Organisation.guideScopes, "Accounts/search?phone=5550103", 401),
      (["zohocrm.MODULES.contacts.read"], "Contacts/search?phone=5550101", 200),
      (["ZohoCRM.modules.contacts.CREATE"], "Contacts/search?phone=5550101", 401),
      (["ZohoCRM.modules.ALL,ZohoCRM.users.READ"], "Accounts/search?phone=5550103", 200),
      (["ZohoCRM.modules.READ"], "Leads", 200), (["ZohoCRM.users.ALL"], "Leads", 401), ([], "Leads", 401),
    ] as [([String], String, Int)])
  func scopesAreEnforcedPerModule(scopes: [String], path: String, status: Int) throws {
    var organisation = try Organisation.open(scopes: scopes)
    let reply = organisation.get("/crm/v2/" + path)
    #expect(reply.status == status)
    if status == 401 { #expect(reply.code == "OAUTH_SCOPE_MISMATCH") }
  }

  @Test(arguments: [
    (ZohoCloudSettings.ScopeEnforcement.lenient, ["ZohoCRM.users.ALL"], 200),
    (.strictWithSearchScope, ["ZohoCRM.modules.ALL"], 401),
    (.strictWithSearchScope, ["ZohoCRM.modules.ALL", "ZohoSearch.securesearch.READ"], 200),
  ])
  func enforcementIsASwitch(enforcement: ZohoCloudSettings.ScopeEnforcement, scopes: [String], status: Int) throws {
    var settings = ZohoCloudSettings()
    settings.scopeEnforcement = enforcement
    var organisation = try Organisation.open(scopes: scopes, settings)
    #expect(organisation.get("/crm/v2/Contacts/search?phone=5550101").status == status)
  }
}
