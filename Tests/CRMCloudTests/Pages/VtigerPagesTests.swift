import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct VtigerPagesTests {
  private let admin = PageVisitor(name: "admin", password: VtigerOffice.key)

  private static func address(_ module: String, _ record: String, view: String = "Detail") -> String {
    "https://crm.example.com/vtigercrm/index.php?module=\(module)&view=\(view)&record=\(record)"
  }

  @Test(arguments: [
    ("Contacts", "2", "Bo Tester", "phone", "+1 (617) 555-0142"), ("Leads", "40", "Lead", "company", "Lead Ltd"),
    ("Accounts", "5", "Acme", "phone", "617.555.0199"),
  ])
  func theButtonLeadsToTheRecordsPage(module: String, record: String, title: String, field: String, text: String)
    throws
  {
    var office = try VtigerOffice()
    let page = admin.open(Self.address(module, record), in: &office.cloud)
    #expect(page.status == 200 && page.title == title && page.text(id: field) == text)
    #expect(page.text(id: "assigned_user_id") == "Administrator" && !page.html.contains(VtigerOffice.key))
  }

  @Test func aContactLeadsToItsOrganizationAndShowsItsCalls() throws {
    var office = try VtigerOffice()
    let session = office.session()
    _ = office.create(
      "Contacts", #"{"lastname":"Acmes","account_id":"11x5","assigned_user_id":"19x1"}"#, session)
    for number in 1...11 {
      _ = office.create(
        "Events",
        #"{"subject":"Call \#(number)","contact_id":"12x6","date_start":"2027-01-15","time_start":"08:00:00","#
          + #""due_date":"2027-01-15","time_end":"08:05:00","duration_hours":"0","eventstatus":"Held","#
          + #""activitytype":"Call","assigned_user_id":"19x1"}"#, session)
    }
    let page = admin.open(Self.address("Contacts", "6"), in: &office.cloud)
    let rows = page.rows("related-calls")
    #expect(rows.count == 10 && rows.first == ["Call 11", "2027-01-15", "08:00:00", "Held"])
    #expect(page.html.contains("The last 10 of 11"))
    let account = admin.open("https://crm.example.com" + (page.link("Acme") ?? ""), in: &office.cloud)
    #expect(account.status == 200 && account.text(id: "id") == "11x5")
  }

  @Test func namesAndFieldsAreTextOnly() throws {
    var office = try VtigerOffice {
      $0.contacts[0].values["lastname"] = "<script>alert(1)</script>"
      $0.contacts[0].values["description"] = "\" onclick=\"x\u{202E}"
    }
    let page = admin.open(Self.address("Contacts", "2"), in: &office.cloud)
    #expect(page.title == "Bo <script>alert(1)</script>" && !page.html.contains("<script>"))
    #expect(!page.html.contains("\" onclick=") && !page.html.contains("\u{202E}"))
  }

  @Test(arguments: [
    ("Contacts", "3999"), ("Contacts", "40"), ("Leads", "2"), ("Accounts", "2"), ("Users", "1"), ("HelpDesk", "2"),
    ("contacts", "2"), ("Nothing", "2"), ("", "2"), ("Contacts", ""), ("Contacts", "12x2"), ("Contacts", "-2"),
    ("Contacts", "%2B2"), ("Contacts", "2%00"), ("Contacts", "99999999999999999999"),
    ("Contacts", "%3Cscript%3Ealert(1)%3C/script%3E"), ("Contacts", "2'%20OR%201=1"), ("..%2F..%2Fetc", "2"),
    ("Contacts", "%D9%A2"), ("Contacts", "%ff"),
  ])
  func whatIsNoRecordIsAPageThatSaysSo(module: String, record: String) throws {
    var office = try VtigerOffice()
    let page = admin.open(Self.address(module, record), in: &office.cloud)
    #expect(page.status == 404 && page.notice?.hasPrefix("The record is not there") == true)
    #expect(!page.html.contains("<script>") && !page.html.contains("OR 1"))
  }

  @Test(arguments: ["", "?", "?module=Contacts", "?module=Contacts&view=List", "?view=Detail&record=2"])
  func anAddressThatNamesNoRecordIsNotFound(query: String) throws {
    var office = try VtigerOffice()
    #expect(admin.open("https://crm.example.com/vtigercrm/index.php" + query, in: &office.cloud).status == 404)
    #expect(admin.open("https://crm.example.com/index.php" + query, in: &office.cloud).status == 404)
  }

  @Test(arguments: [
    (nil, ""), ("admin", ""), ("admin", "wrong"), ("nobody", VtigerOffice.key), ("ann", VtigerOffice.key), ("", ""),
    ("gone", "GonesKey00000000"),
  ])
  func whoIsNoUserSeesNothing(name: String?, key: String) throws {
    var office = try VtigerOffice {
      var gone = VtigerCloudData.User(userName: "gone", accessKey: Secret("GonesKey00000000"))
      gone.isActive = false
      $0.users.append(gone)
    }
    let visitor = PageVisitor(name: name, password: key)
    let answer = visitor.send(Self.address("Contacts", "2"), to: &office.cloud)
    #expect(answer.response.status.code == 401 && !String(decoding: answer.body, as: UTF8.self).contains("Tester"))
    #expect(answer.response.headerFields[.wwwAuthenticate] == #"Basic realm="vTiger", charset="UTF-8""#)
    // Nobody learns whether there is a record.
    #expect(visitor.open(Self.address("Contacts", "3999"), in: &office.cloud).status == 401)
  }

  @Test func aPageIsReadOnlyAndHasItsStyle() throws {
    var office = try VtigerOffice()
    #expect(admin.open(Self.address("Contacts", "2"), .post, in: &office.cloud).status == 405)
    #expect(admin.open(Self.address("Contacts", "2"), .delete, in: &office.cloud).status == 405)
    let style = PageVisitor().open("https://crm.example.com/page.css", in: &office.cloud)
    #expect(style.status == 200 && style.html.contains("--ink"))
    #expect(office.dump("contacts").count == 3)
  }
}
