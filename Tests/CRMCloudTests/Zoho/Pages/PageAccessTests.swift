import CRMCloud
import HTTPTypes
import Testing

struct PageAccessTests {
  private let world: ZohoWorld

  init() throws { world = try CRMOffice.world() }

  /// Every page of the organisation, below its address.
  private static let pages = [
    "/tab/Home", "/tab/Contacts", "/tab/Leads", "/tab/Accounts", "/tab/Deals", "/tab/Calls", "/tab/Tasks",
    "/tab/Contacts/create", "/tab/Contacts/\(CRMOffice.contact)", "/tab/Contacts/\(CRMOffice.contact)/edit",
    "/tab/Reports", "/tab/Reports/activity", "/tab/Reports/activity/todays-calls",
    "/tab/Reports/activity/yesterdays-calls", "/tab/Reports/activity/this-weeks-calls", "/live-calls", "/settings",
    "/settings/users", "/settings/users/1002", "/settings/channels/telephony", "/settings/channels/telephony/asterisk",
    "/settings/developer-space/api", "/settings/developer-space/api/phonebridge-token",
  ]

  @Test(arguments: pages)
  func aPageOpensForWhoWorksThereAndForNobodyElse(path: String) {
    let ann = CRMOffice.browser(world)
    #expect(ann.open(CRMOffice.home + path).status == 200, "\(path)")
    #expect(ann.page.html.contains("<h1>") && !ann.page.title.isEmpty)
    let eve = CRMOffice.browser(world, CRMOffice.eve)
    #expect(eve.open(CRMOffice.home + path).status == 404)
    let nobody = Browser(world)
    #expect(nobody.open(CRMOffice.home + path).address.hasPrefix("https://accounts.zoho.com/signin?serviceurl="))
  }

  @Test func signingInLeadsBackToThePageAskedFor() {
    let browser = Browser(world)
    browser.open("https://crm.zoho.com/crm/tab/Contacts/\(CRMOffice.contact)?x=1")
    browser.submit("signin", ["email": CRMOffice.ann, "password": CRMOffice.password])
    #expect(browser.page.title == "Bo Tester")
    #expect(browser.page.address == "https://crm.zoho.com/crm/tab/Contacts/\(CRMOffice.contact)?x=1")
  }

  @Test func theNavigationHasTheTabsAndSaysWhichIsShown() {
    let browser = CRMOffice.browser(world)
    browser.open("https://crm.zoho.com/")
    #expect(browser.page.title == "Welcome, Ann Owner")
    for tab in ["Contacts", "Leads", "Accounts", "Deals", "Calls", "Reports", "Setup", "Home"] {
      browser.follow(tab)
      #expect(browser.page.status == 200)
      #expect(browser.page.html.ranges(of: "aria-current=\"page\">\(tab)</a>").count == 1, "\(tab)")
    }
  }

  @Test func whoWorksInTwoOrganizationsGoesFromOneToTheOther() {
    let browser = CRMOffice.browser(world)
    browser.open("https://crm.zoho.com/crm/organizations")
    #expect(browser.page.rows("organizations").map(\.first) == ["First Ltd", "Second Ltd"])
    browser.follow("Second Ltd")
    browser.follow("Contacts")
    #expect(browser.page.rows("records").map(\.first) == ["Second"])
    // A record's page without an organisation is found where the record is.
    #expect(browser.open("https://crm.zoho.com/crm/tab/Contacts/4888888888888888888").title == "Second")
    #expect(browser.open("https://crm.zoho.com/crm/tab/Contacts/\(CRMOffice.contact)").title == "Bo Tester")
  }

  @Test(arguments: [
    "/crm/org600000003/tab/Home", "/crm/org1/tab/Home", "/crm/org600000001/tab/Contacts/\(CRMOffice.stranger)",
    "/crm/tab/Contacts/\(CRMOffice.stranger)", "/crm/org600000001/tab/Contacts/4888888888888888888",
    "/crm/org600000001/tab/Leads/\(CRMOffice.contact)", "/crm/org600000001/tab/Contacts/x",
    "/crm/org600000001/tab/Contacts/\(CRMOffice.contact)/nothing", "/crm/org600000001/tab/Nothing",
    "/crm/org600000001/nothing", "/crm/org600000001/settings/nothing", "/crm/org600000001/settings/users/9",
    "/crm/org600000001/settings/users/3001", "/crm/org600000001/tab/Reports/nothing", "/other", "/crm/orgx/tab/Home",
    "/crm/org600000001/tab/Reports/activity/nothing", "/crm/org600000001/settings/channels/telephony/nothing",
    "/crm/org600000001/settings/developer-space/nothing", "/crm/org600000001/live-calls/1",
  ])
  func whatIsNotThereOrNotOursIs404(path: String) {
    let browser = CRMOffice.browser(world)
    let page = browser.open("https://crm.zoho.com" + path)
    #expect(page.status == 404 && page.notice != nil, "\(path)")
    #expect(!page.html.contains("Stranger"))
  }

  @Test func theOtherDataCentreKnowsNobodyHere() {
    let browser = CRMOffice.browser(world)
    let address = browser.open("https://crm.zoho.eu/crm/org600000001/tab/Home").address
    #expect(address.hasPrefix("https://accounts.zoho.eu/signin"))
  }

  @Test(arguments: [
    "/tab/Contacts/create", "/tab/Contacts/\(CRMOffice.contact)/edit", "/tab/Contacts/\(CRMOffice.contact)/delete",
    "/settings/users/1002/status", "/settings/users/1002/profile", "/settings/channels/telephony/asterisk",
    "/settings/developer-space/api/phonebridge-token",
  ])
  func aFormOfAnotherSiteChangesNothing(path: String) {
    let browser = CRMOffice.browser(world)
    for proof in [nil, "", "0123456789abcdef0123456789abcdef"] {
      let page = browser.post(
        CRMOffice.home + path,
        [("Last_Name", "Forged"), ("to", "deactivate"), ("profile", "Standard")] + (proof.map { [("csrf", $0)] } ?? []))
      #expect(page.status == 403 && page.notice?.contains("form") == true)
    }
    #expect(world.cloud.records(in: .contacts).allSatisfy { $0.text("Last_Name") != "Forged" })
    #expect(browser.open(CRMOffice.home + "/settings/users/1002").text(id: "user-status") == "Active")
  }

  @Test(arguments: [HTTPRequest.Method.put, .delete, .patch])
  func pagesTakeNoOtherMethods(method: HTTPRequest.Method) {
    #expect(world.reply(method, CRMOffice.home + "/tab/Home").status == 405)
  }

  @Test(arguments: ["/tab/Contacts", "/tab/Contacts/\(CRMOffice.contact)", "/settings", "/live-calls", "/tab/Home"])
  func whatIsOnlyToLookAtTakesNoForms(path: String) {
    let browser = CRMOffice.browser(world)
    browser.open(CRMOffice.home + "/tab/Contacts/create")
    let proof = browser.page.form("record")?["csrf"] ?? ""
    #expect(browser.post(CRMOffice.home + path, [("csrf", proof)]).status == 405)
  }
}
