import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct RecordPagesTests {
  private let world: ZohoWorld
  private let browser: Browser

  init() throws {
    world = try CRMOffice.world()
    browser = CRMOffice.browser(world)
  }

  private func open(_ path: String) -> WebPage { browser.open(CRMOffice.home + path) }

  @Test("Seed row 30: the contact's page that a phone's button opens")
  func aContactsPageShowsItsFieldsAndItsCalls() throws {
    let token = world.annsToken()
    world.postCall("2027-01-15T08:00:00+01:00", token, #","Who_Id":{"id":"\#(CRMOffice.contact)"}"#)
    let page = browser.open("https://crm.zoho.com/crm/tab/Contacts/\(CRMOffice.contact)")
    #expect(page.title == "Bo Tester" && page.text(id: "Phone") == "+1 (555) 010-0100")
    #expect(page.text(id: "id") == CRMOffice.contact && page.link("Acme")?.hasSuffix(CRMOffice.account) == true)
    #expect(
      page.rows("related-calls") == [["Call at 2027-01-15T08:00:00+01:00", "Inbound", "2027-01-15 08:00", "1:30"]])
    browser.follow("Call at 2027-01-15T08:00:00+01:00")
    #expect(browser.page.text(id: "Call_Type") == "Inbound" && browser.page.link("Bo Tester") != nil)
  }

  @Test("Seed row 31: the new contact is in the list, and its edit reaches the lookups")
  func anEditReachesTheAPIAfterTheIndexDelay() throws {
    var settings = ZohoCloudSettings()
    settings.indexDelay = .seconds(60)
    let world = try CRMOffice.world(settings)
    let browser = CRMOffice.browser(world)
    let token = world.annsToken()
    _ = world.reply(
      .post, "https://www.zohoapis.com/crm/v2/Contacts", [.authorization: "Zoho-oauthtoken " + token],
      body: #"{"data":[{"Last_Name":"+4930123","Phone":"+4930123"}]}"#)
    browser.open(CRMOffice.home + "/tab/Contacts")
    #expect(browser.page.rows("records").first?.first == "+4930123")
    world.wait(100)
    browser.follow("+4930123")
    let id = browser.page.text(id: "id") ?? ""
    browser.follow("Edit")
    browser.submit("record", ["First_Name": "Nia", "Last_Name": "New", "Phone": "+49 30 777"])
    #expect(browser.page.title == "Nia New" && browser.page.notice == "The record was saved.")
    let lookup = { (number: String) in
      world.api("/crm/v2/Contacts/search?phone=" + number, token)
    }
    #expect(lookup("4930777").status == 204 && lookup("4930123").status == 200)
    world.wait(60)
    #expect(lookup("4930777").member("Full_Name") == "Nia New" && lookup("4930123").status == 204)
    let read = world.api("/crm/v2/Contacts/" + id, token)
    #expect(read.member("Modified_Time") == "2027-01-15T09:01:40+01:00")
    #expect(read.member("Created_Time") == "2027-01-15T09:00:00+01:00")
  }

  @Test func savingAnUnchangedFormKeepsEveryField() {
    let before = world.cloud.records(in: .contacts)[0]
    let fields = ["First_Name", "Last_Name", "Phone", "Mobile", "Fax", "Account_Name"]
    _ = open("/tab/Contacts/\(CRMOffice.contact)/edit")
    browser.submit("record")
    #expect(browser.page.notice == "The record was saved.")
    let after = world.cloud.records(in: .contacts)[0]
    #expect(fields.map { after.text($0) } == fields.map { before.text($0) })
  }

  @Test(arguments: [
    (["Last_Name": ""], "Last Name"), (["Phone": "call me!"], "Phone"), (["Email": "nobody"], "Email"),
    (["Last_Name": String(repeating: "x", count: 81)], "Last Name"), (["Account_Name": "Nobody"], "Account Name"),
    (["Phone": String(repeating: "1", count: 31)], "Phone"), (["Date_of_Birth": "tomorrow"], "Date of Birth"),
    (["Owner": "1003"], "Contact Owner"), (["Owner": "3001"], "Contact Owner"),
    (["Website": "x", "Description": String(repeating: "x", count: 32_001)], "Description"),
  ])
  func whatTheAPIWouldRefuseTheFormRefuses(values: [String: String], label: String) {
    _ = open("/tab/Contacts/\(CRMOffice.contact)/edit")
    browser.submit("record", values)
    #expect(browser.page.status == 400 && browser.page.notice?.hasPrefix(label + ": ") == true, "\(values)")
    #expect(browser.page.fieldErrors.count == 1)
    #expect(browser.page.form("record")?["First_Name"] == "Bo")
    #expect(world.cloud.records(in: .contacts)[0].text("Last_Name") == "Tester")
  }

  @Test func aRecordIsCreatedWithWhatWasEntered() {
    _ = open("/tab/Leads/create")
    browser.submit(
      "record",
      [
        "Last_Name": " Smith ", "Company": "S Ltd", "No_of_Employees": "12", "Annual_Revenue": "1000.5",
        "Owner": "1002",
      ])
    #expect(browser.page.title == "Smith" && browser.page.text(id: "Owner") == "Bob Two")
    #expect(browser.page.text(id: "No_of_Employees") == "12" && browser.page.text(id: "Annual_Revenue") == "1000.5")
    #expect(browser.page.notice == "The record was created.")
    browser.follow("Edit")
    browser.submit("record", ["No_of_Employees": "many"])
    #expect(browser.page.status == 400)
    browser.submit("record", ["No_of_Employees": "-", "Email_Opt_Out": "on"])
    #expect(browser.page.status == 400)
    browser.submit("record", ["No_of_Employees": "", "Email_Opt_Out": "on"])
    #expect(browser.page.text(id: "No_of_Employees") == nil && browser.page.text(id: "Email_Opt_Out") == "Yes")
    browser.follow("Edit")
    browser.submit("record", ["Email_Opt_Out": nil])
    #expect(browser.page.text(id: "Email_Opt_Out") == "No")
  }

  @Test func aCallIsPlannedOnTheOrganizationsClockAndRelatedByName() {
    _ = open("/tab/Calls/create")
    let call = [
      "Subject": "Planned", "Call_Type": "Outbound", "Call_Start_Time": "2027-07-01T09:30", "Call_Duration": "3:05",
      "Who_Id": "bo tester", "$se_module": "Accounts", "What_Id": "Acme",
    ]
    browser.submit("record", call)
    #expect(browser.page.title == "Planned" && browser.page.text(id: "Call_Start_Time") == "2027-07-01 09:30")
    let kept = world.cloud.callsLogged[0]
    #expect(kept.text("Call_Start_Time") == "2027-07-01T09:30:00+02:00" && kept.text("Who_Id") == CRMOffice.contact)
    #expect(kept.text("What_Id") == CRMOffice.account && kept.text("Call_Duration_in_seconds") == "185")
    #expect(browser.page.link("Bo Tester") != nil && browser.page.link("Acme") != nil)
    browser.follow("Edit")
    browser.submit("record", ["Call_Type": "Inbound"])
    #expect(browser.page.status == 400 && browser.page.notice?.hasPrefix("Call Type: ") == true)
  }

  @Test(arguments: [
    ["Call_Duration": "90"], ["Call_Start_Time": ""], ["Call_Start_Time": "now"], ["Call_Duration": ""],
    ["What_Id": "Acme", "$se_module": ""], ["What_Id": "Acme", "$se_module": "Nothing"], ["Who_Id": CRMOffice.stranger],
    ["Call_Type": "Sideways"], ["Subject": "  "],
  ])
  func aCallThatCannotBeIsNotKept(change: [String: String]) {
    _ = open("/tab/Calls/create")
    var call = [
      "Subject": "Call", "Call_Type": "Inbound", "Call_Start_Time": "2027-07-01T09:30:00", "Call_Duration": "3:05",
    ]
    call.merge(change) { $1 }
    browser.submit("record", call)
    #expect(browser.page.status == 400 && world.cloud.callsLogged.isEmpty)
  }

  @Test func aDeletedRecordIsGone() {
    _ = open("/tab/Contacts/\(CRMOffice.contact)")
    browser.submit("delete")
    #expect(browser.page.notice == "The record was deleted." && browser.page.title == "Contacts")
    #expect(open("/tab/Contacts/\(CRMOffice.contact)").status == 404)
    #expect(world.api("/crm/v2/Contacts/search?phone=5550101", world.annsToken()).status == 204)
  }

  @Test func anOrganizationWithoutRoomSaysSo() throws {
    var settings = ZohoCloudSettings()
    settings.maximumRecordsPerModule = 0
    let browser = CRMOffice.browser(try CRMOffice.world(settings))
    browser.open(CRMOffice.home + "/tab/Accounts/create")
    browser.submit("record", ["Account_Name": "One more"])
    #expect(browser.page.status == 400 && browser.page.notice?.contains("no room") == true)
  }

  /// Names come from calls: what a caller calls themselves is text on every page.
  @Test func markupInANameIsInert() throws {
    let bad = #"<script>alert(1)</script>"><img src=x onerror=alert(2)>"#
    _ = open("/tab/Contacts/\(CRMOffice.contact)/edit")
    browser.submit("record", ["Last_Name": bad, "Description": "</textarea>" + bad, "Title": "' onfocus=x '"])
    let token = world.annsToken()
    world.notify("type=received&state=ringing&id=\(PercentEncoding.encode(bad))&from=5550101&to=1001", token)
    world.notify(
      "type=received&state=missed&id=b\(PercentEncoding.encode(bad))&from=5550101&to=1001"
        + "&start_time=2027-01-15%2007:00:00", token)
    let call = world.cloud.callsLogged[0].id
    for path in [
      "/tab/Contacts", "/tab/Contacts/\(CRMOffice.contact)", "/tab/Contacts/\(CRMOffice.contact)/edit", "/live-calls",
      "/tab/Home", "/tab/Calls", "/tab/Calls/\(call)", "/tab/Calls/\(call)/edit", "/tab/Reports/activity/todays-calls",
      "/tab/Contacts?search=" + PercentEncoding.encode(bad), "/tab/Contacts?page=" + PercentEncoding.encode(bad),
      "/tab/Home?done=" + PercentEncoding.encode(bad),
    ] {
      let page = open(path)
      #expect(page.status == 200, "\(path)")
      #expect(!page.html.contains("<script") && !page.html.contains("<img") && !page.html.contains("' onfocus"))
    }
  }

  @Test func aLinkInARecordLeadsToTheWebOnly() {
    for (typed, isLink) in [
      ("https://example.com/a", true), ("javascript:alert(1)", false), ("data:text/html,x", false),
    ] {
      _ = open("/tab/Accounts/\(CRMOffice.account)/edit")
      browser.submit("record", ["Website": typed])
      #expect(browser.page.html.contains("href=\"\(typed)\"") == isLink)
    }
  }
}
