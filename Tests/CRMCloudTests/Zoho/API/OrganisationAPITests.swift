import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct OrganisationAPITests {
  /// An administrator, a disabled one, and three hundred with the standard profile.
  private func people(scopes: [String] = Organisation.allScopes, holder: String = "4000000000000001001") throws
    -> Organisation
  {
    var data = Organisation.data(scopes: scopes)
    data.organisations[0].users =
      [
        .init(id: "4000000000000001001", fullName: "Ann Owner", email: "ann@example.com"),
        .init(id: "4000000000000001002", fullName: "Cy Gone", isActive: false),
        .init(id: "4000000000000001003", fullName: "Dee Nye", profile: "No API Access"),
      ] + (0..<300).map { .init(fullName: "User \($0)", profile: "Standard") }
    data.clients[0].refreshTokens[0].userID = holder
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    return organisation
  }

  @Test(
    "Seed row 40: the connector lists users by state, page after page",
    arguments: [
      ("type=AllUsers", 200, 200, true), ("type=ActiveUsers&page=2", 200, 102, false),
      ("type=ActiveUsers&page=3", 204, 0, false),
      ("type=DeactiveUsers", 200, 1, false), ("type=ConfirmedUsers&page=2", 200, 103, false),
      ("type=NotConfirmedUsers", 204, 0, false),
      ("type=DeletedUsers", 204, 0, false), ("type=ActiveConfirmedUsers&per_page=10", 200, 10, true),
      ("type=AdminUsers", 200, 2, false),
      ("type=ActiveConfirmedAdmins", 200, 1, false), ("type=CurrentUser", 200, 1, false), ("", 200, 200, true),
      ("type=Nonsense", 400, 0, false), ("type=AllUsers&page=0", 400, 0, false),
    ])
  func usersAreListedByTheirState(query: String, status: Int, count: Int, hasMore: Bool) throws {
    var organisation = try people()
    let reply = organisation.api(.get, "v2/users?" + query)
    #expect(reply.status == status && (status != 200 || reply.text.contains("\"count\":\(count),")), "\(reply)")
    #expect(reply.text.contains(#""more_records":true"#) == hasMore)
  }

  @Test func aUserShowsWhoItIs() throws {
    var organisation = try people()
    let reply = organisation.api(.get, "v2/users/4000000000000001001")
    #expect(
      reply.status == 200
        && reply.text.contains(
          #""full_name":"Ann Owner","first_name":"Ann","last_name":"Owner","email":"ann@example.com","status":"active""#
        ))
    #expect(organisation.api(.get, "v2/users/1").status == 204 && organisation.api(.get, "v8/users/1").status == 400)
    #expect(organisation.api(.get, "v2/users/x").code == "INVALID_DATA")
    #expect(organisation.api(.get, "v2/users?type=CurrentUser").member("email") == "ann@example.com")
  }

  @Test(
    "Seed row 41: a profile without API access is refused, and so is a disabled user",
    arguments: [
      ("4000000000000001001", 200, nil), ("4000000000000001002", 401, nil),
      ("4000000000000001003", 403, "NO_PERMISSION"),
    ] as [(String, Int, String?)])
  func theProfileDecidesWhoMayUseTheAPI(holder: String, status: Int, code: String?) throws {
    var organisation = try people(holder: holder)
    let reply = organisation.api(.get, "v2/users?type=CurrentUser")
    #expect(reply.status == status && (code == nil || reply.code == code))
    if status == 403 { #expect(reply.text.contains(#"{"permissions":["Crm_Implied_Api_Access"]}"#)) }
  }

  @Test func aUserSwitchedOffLaterIsRefused() throws {
    var organisation = try people()
    #expect(organisation.api(.get, "v2/Contacts").status == 200)
    _ = organisation.cloud.carryOut(.setUser(id: "4000000000000001001", isEnabled: false), at: organisation.now)
    #expect(organisation.api(.get, "v2/Contacts").status == 401)
  }

  @Test(arguments: ["v2", "v8"])
  func metadataTellsModulesAndFields(version: String) throws {
    var organisation = try Organisation.whole()
    #expect(organisation.api(.get, version + "/org").text.hasPrefix(#"{"org":[{"id":"#))
    let modules = organisation.api(.get, version + "/settings/modules")
    for name in ["Contacts", "Leads", "Accounts", "Deals", "Calls", "Tasks", "Notes"] {
      #expect(modules.text.contains(#""api_name":"\#(name)""#))
    }
    let fields = organisation.api(.get, version + "/settings/fields?module=Contacts")
    #expect(
      fields.text.contains(
        #""api_name":"Phone","field_label":"Phone","display_label":"Phone","data_type":"phone","#
          + #""json_type":"string","length":30"#
      ))
    #expect(
      fields.text.contains(
        #""api_name":"Last_Name","field_label":"Last Name","display_label":"Last Name","data_type":"text","#
          + #""json_type":"string","length":80,"system_mandatory":true"#
      ))
    let id = try #require(fields.member("id"))
    #expect(organisation.api(.get, version + "/settings/fields/\(id)?module=Contacts").status == 200)
    #expect(organisation.api(.get, version + "/settings/profiles").text.contains("Crm_Implied_Api_Access"))
    #expect(organisation.api(.get, version + "/settings/roles").text.contains(#""name":"CEO""#))
    #expect(organisation.api(.get, version + "/settings/modules/Contacts").status == 200)
    #expect(
      organisation.api(.get, version + "/settings/related_lists?module=Contacts").text.contains(#""api_name":"Calls""#))
    #expect(organisation.api(.get, version + "/settings/layouts?module=Calls").status == 200)
  }

  @Test(arguments: [
    ("settings/fields", "REQUIRED_PARAM_MISSING"), ("settings/fields?module=Nonsense", "INVALID_MODULE"),
    ("settings/fields/1?module=Contacts", "INVALID_DATA"), ("settings/modules/Nonsense", "INVALID_MODULE"),
    ("settings/nonsense", "INVALID_URL_PATTERN"), ("settings", "INVALID_URL_PATTERN"), ("org/1", "INVALID_URL_PATTERN"),
    ("users/1/2", "INVALID_URL_PATTERN"), ("settings/a/b/c", "INVALID_URL_PATTERN"),
  ])
  func metadataThatIsNotThereSaysWhy(path: String, code: String) throws {
    var organisation = try Organisation.whole()
    #expect(organisation.api(.get, "v2/" + path).code == code)
  }

  /// Endpoint and the least scopes it takes.
  private static let endpoints: [(HTTPRequest.Method, String, [String])] = [
    (.get, "v2/Contacts", ["ZohoCRM.modules.contacts.READ"]),
    (.get, "v2/Contacts/search?word=Tester", ["ZohoCRM.modules.contacts.READ"]),
    (.get, "v2/Contacts/4000000000000123456", ["ZohoCRM.modules.contacts.READ"]),
    (.post, "v2/Contacts", ["ZohoCRM.modules.contacts.CREATE"]),
    (.put, "v2/Contacts", ["ZohoCRM.modules.contacts.UPDATE"]),
    (.put, "v2/Contacts/1", ["ZohoCRM.modules.contacts.WRITE"]),
    (.delete, "v2/Contacts/1", ["ZohoCRM.modules.contacts.DELETE"]),
    (.post, "v2/Contacts/upsert", ["ZohoCRM.modules.contacts.WRITE"]),
    (.get, "v2/Contacts/4000000000000123456/Notes", ["ZohoCRM.modules.notes.READ", "ZohoCRM.modules.contacts.READ"]),
    (.get, "v2/Contacts/4000000000000123456/Calls", ["ZohoCRM.modules.calls.READ", "ZohoCRM.modules.contacts.READ"]),
    (.post, "v2/Calls", ["ZohoCRM.modules.calls.CREATE"]), (.get, "v2/users", ["ZohoCRM.users.READ"]),
    (.get, "v2/users/1", ["ZohoCRM.users.ALL"]), (.get, "v2/org", ["ZohoCRM.org.READ"]),
    (.get, "v2/settings/modules", ["ZohoCRM.settings.modules.READ"]),
    (.get, "v2/settings/roles", ["ZohoCRM.settings.ALL"]),
    (.get, "v2/settings/fields?module=Calls", ["ZohoCRM.settings.fields.ALL"]),
  ]

  @Test(arguments: 0..<OrganisationAPITests.endpoints.count)
  func everyEndpointNeedsItsScope(index: Int) throws {
    let (method, path, needed) = Self.endpoints[index]
    var open = try Organisation.open(scopes: needed)
    #expect(open.api(method, path, #"{"data":[{}]}"#).code != "OAUTH_SCOPE_MISMATCH")
    for missing in needed {
      var closed = try Organisation.open(scopes: needed.filter { $0 != missing } + ["ZohoCRM.modules.solutions.ALL"])
      let reply = closed.api(method, path, #"{"data":[{}]}"#)
      #expect(reply.status == 401 && reply.code == "OAUTH_SCOPE_MISMATCH", "\(path) without \(missing): \(reply)")
    }
    var settings = ZohoCloudSettings()
    settings.scopeEnforcement = .lenient
    var lenient = try Organisation.open(scopes: [], settings)
    #expect(lenient.api(method, path, #"{"data":[{}]}"#).code != "OAUTH_SCOPE_MISMATCH")
  }

  @Test(
    "Seed row 20 and E3: with the guides' scopes the token is good and nothing but leads, deals and settings opens",
    arguments: [
      ("Leads", 200), ("Leads/search?word=Lead", 200), ("Deals", 204), ("settings/modules", 200), ("Contacts", 401),
      ("Contacts/search?phone=5550101", 401), ("Accounts", 401), ("Calls", 401), ("users?type=CurrentUser", 401),
      ("org", 401),
    ])
  func theGuidesScopesOpenLittle(path: String, status: Int) throws {
    var organisation = try Organisation.open(scopes: Organisation.guideScopes)
    #expect(organisation.token.hasPrefix("1000."))
    #expect(organisation.api(.get, "v2/" + path).status == status)
    if path == "Calls" {
      #expect(organisation.api(.post, "v2/Calls", #"{"data":[{}]}"#).code == "OAUTH_SCOPE_MISMATCH")
    }
  }

  @Test(arguments: [("v2", "Unauthorized"), ("v7", "invalid oauth scope to access this URL")])
  func theScopesMessageGoesByTheVersion(version: String, message: String) throws {
    var organisation = try Organisation.open(scopes: [])
    #expect(organisation.api(.get, version + "/Contacts").text.contains("\"message\":\"\(message)\""))
  }

  @Test func aRetiredVersionSaysSo() throws {
    var settings = ZohoCloudSettings()
    settings.retiredAPIVersions = ["v2"]
    var organisation = try Organisation.whole(settings)
    let reply = organisation.api(.get, "v2/Contacts")
    #expect(
      reply.status == 400 && reply.code == "API_NOT_SUPPORTED" && reply.text.contains(#""supported_version":"v8""#))
    #expect(organisation.api(.get, "v3/Contacts?fields=id").status == 200)
  }

  @Test(arguments: ["sandbox.zohoapis.com", "developer.zohoapis.com"])
  func aTokenOfProductionOpensNoOtherEnvironment(host: String) throws {
    var organisation = try Organisation.whole()
    let reply = Reply(organisation.call(.get, "v2/Contacts", host: host))
    #expect(reply.status == 401 && reply.code == "INVALID_TOKEN")
  }

  @Test func aTokenOpensItsOwnOrganisationOfSeveral() throws {
    var data = Organisation.data(scopes: Organisation.allScopes)
    data.organisations[0].users = [.init(id: "4000000000000001001", fullName: "Ann One")]
    var other = ZohoCloudData.Organisation(
      name: "Other", users: [.init(id: "4000000000000001002", fullName: "Bob Two")])
    other.contacts = [.init(lastName: "Theirs")]
    data.organisations.append(other)
    data.clients[0].refreshTokens[0].userID = "4000000000000001002"
    var organisation = try Organisation(data)
    organisation.token = organisation.refresh().member("access_token") ?? ""
    #expect(organisation.api(.get, "v2/Contacts").text.contains("Theirs"))
    #expect(organisation.api(.get, "v2/Contacts/4000000000000123456").status == 204)
    #expect(organisation.api(.get, "v2/org").text.contains(#""company_name":"Other""#))
  }
}
