import CRMCloud
import CRMConnectors
import HTTPTypes
import Primitives
import Testing

struct SugarPagesTests {
  private let ann = PageVisitor(name: "ann", password: "ann's")

  private static func address(_ module: String, _ record: String, action: String = "DetailView") -> String {
    "https://crm.example.com/sugarcrm/index.php?module=\(module)&action=\(action)&record=\(record)"
  }

  @Test(arguments: [
    ("Contacts", SugarOffice.bo.id, "Bo Tester", "phone_work", "+1 (617) 555-0142"),
    ("Leads", SugarOffice.lea.id, "Lea Lead", "phone_work", "617.555.0143 ext 5"),
    ("Accounts", SugarOffice.acme.id, "Acme", "phone_office", "16175550144"),
  ])
  func theButtonLeadsToTheRecordsPage(module: String, record: String, title: String, field: String, text: String)
    throws
  {
    var office = try SugarOffice()
    let page = ann.open(Self.address(module, record), in: &office.cloud)
    #expect(page.status == 200 && page.title == title && page.text(id: field) == text)
    #expect(page.text(id: "id") == record && page.text(id: "created_by") == "Administrator")
    #expect(!page.html.contains(SugarOffice.password))
  }

  @Test func aContactLeadsToItsAccountAndShowsItsCalls() throws {
    var office = try SugarOffice()
    let session = office.session()
    _ = office.call(
      "set_entry",
      #"["\#(session)","Contacts",[{"name":"id","value":"\#(SugarOffice.bo.id)"},"#
        + #"{"name":"account_id","value":"\#(SugarOffice.acme.id)"}]]"#)
    #expect(office.logIn().isEmpty == false)
    #expect(office.log(.inbound, SugarOffice.bo) != nil)
    let page = ann.open(Self.address("Contacts", SugarOffice.bo.id), in: &office.cloud)
    let rows = page.rows("related-calls")
    #expect(rows.count == 1 && rows.first?[1] == "Inbound" && rows.first?[3] == "Held")
    let account = ann.open("https://crm.example.com" + (page.link("Acme") ?? ""), in: &office.cloud)
    #expect(account.status == 200 && account.text(id: "id") == SugarOffice.acme.id)
  }

  @Test func theAddressOfSugarSevenLeadsOnByAScriptOrAForm() throws {
    var office = try SugarOffice()
    let address = "https://crm.example.com/sugarcrm/#Contacts/\(SugarOffice.bo.id)"
    let answer = PageVisitor().send(address, to: &office.cloud)
    let page = WebPage(address: "", status: 200, html: String(decoding: answer.body, as: UTF8.self))
    #expect(answer.response.status.code == 200 && page.html.contains(#"<script src="/record.js" defer></script>"#))
    #expect(answer.response.headerFields[.contentSecurityPolicy]?.contains("script-src 'self'") == true)
    let script = PageVisitor().send("https://crm.example.com/record.js", to: &office.cloud)
    #expect(script.response.headerFields[.contentType] == "text/javascript;charset=UTF-8" && !script.body.isEmpty)
    var form = try #require(page.form("record-form"))
    form.set("module", "Leads")
    form.set("record", SugarOffice.lea.id)
    let target = "https://crm.example.com\(form.action)?" + PercentEncoding.form(form.values)
    #expect(!form.isPost && ann.open(target, in: &office.cloud).title == "Lea Lead")
  }

  @Test func namesAndFieldsAreTextOnly() throws {
    var data = SugarOffice.data
    data.leads = [.init(id: "9", fields: ["last_name": "<script>alert(1)</script>", "description": "\" onclick=\"x"])]
    var cloud = try SugarCloud(data: data, seed: 1)
    let page = ann.open(Self.address("Leads", "9"), in: &cloud)
    #expect(page.title == "<script>alert(1)</script>" && !page.html.contains("<script>"))
    #expect(!page.html.contains("\" onclick="))
  }

  @Test(arguments: [
    ("Contacts", "nobody"), ("Contacts", SugarOffice.lea.id), ("Leads", SugarOffice.bo.id), ("Users", "1"),
    ("Employees", "1"), ("Calls", SugarOffice.bo.id), ("contacts", SugarOffice.bo.id), ("", SugarOffice.bo.id),
    ("Contacts", ""), ("Contacts", "%00"), ("Contacts", "%3Cscript%3Ealert(1)%3C/script%3E"),
    ("Contacts", "'%20OR%201=1"), ("Contacts", "..%2F..%2Fetc%2Fpasswd"), ("Contacts", "%ff%fe"),
    ("%3Cscript%3E", "1"), ("Contacts", String(repeating: "1", count: 5000)),
  ])
  func whatIsNoRecordIsAPageThatSaysSo(module: String, record: String) throws {
    var office = try SugarOffice()
    let page = ann.open(Self.address(module, record), in: &office.cloud)
    #expect(page.status == 404 && page.notice?.hasPrefix("The record is not there") == true)
    #expect(!page.html.contains("<script>") && !page.html.contains("OR 1") && page.html.utf8.count < 5000)
  }

  @Test func aDeletedRecordAndAnotherActionAreNotFound() throws {
    var office = try SugarOffice()
    let session = office.session()
    _ = office.call(
      "set_entry",
      #"["\#(session)","Contacts",[{"name":"id","value":"\#(SugarOffice.bo.id)"},{"name":"deleted","value":"1"}]]"#)
    #expect(ann.open(Self.address("Contacts", SugarOffice.bo.id), in: &office.cloud).status == 404)
    #expect(ann.open(Self.address("Leads", SugarOffice.lea.id, action: "EditView"), in: &office.cloud).status == 404)
    #expect(ann.open("https://crm.example.com/sugarcrm/index.php", in: &office.cloud).status == 404)
    #expect(ann.open("https://crm.example.com/index.php", in: &office.cloud).status == 404)
  }

  @Test(arguments: [(nil, ""), ("ann", ""), ("ann", "wrong"), ("nobody", "ann's"), ("admin", "ann's"), ("", "")])
  func whoIsNoUserSeesNothing(name: String?, password: String) throws {
    var office = try SugarOffice()
    let visitor = PageVisitor(name: name, password: password)
    for record in [SugarOffice.bo.id, "nobody"] {
      let answer = visitor.send(Self.address("Contacts", record), to: &office.cloud)
      #expect(answer.response.status.code == 401 && !String(decoding: answer.body, as: UTF8.self).contains("Tester"))
      #expect(answer.response.headerFields[.wwwAuthenticate] == #"Basic realm="SugarCRM", charset="UTF-8""#)
    }
  }

  @Test func aPageIsReadOnlyAndHasItsStyle() throws {
    var office = try SugarOffice()
    let address = Self.address("Contacts", SugarOffice.bo.id)
    #expect(ann.open(address, .post, in: &office.cloud).status == 405)
    #expect(PageVisitor().open("https://crm.example.com/page.css", in: &office.cloud).status == 200)
  }
}
