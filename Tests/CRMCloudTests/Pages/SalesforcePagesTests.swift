import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct SalesforcePagesTests {
  // No security token: that is what programs are asked for.
  private let ann = PageVisitor(name: "ann@example.com", password: "pass")

  private static func address(_ id: String, at host: String = SalesforceOrg.host) -> String { "https://\(host)/\(id)" }

  private static func id(_ object: String, _ org: inout SalesforceOrg) -> String {
    org.query("SELECT Id FROM \(object)").member("Id") ?? ""
  }

  @Test(arguments: [
    ("Contact", "Bo Tester", "Phone", "(617) 555-0142"), ("Lead", "Lead", "Company", "Lead Ltd"),
    ("Account", "Acme", "Phone", "617.555.0199 ext 5"),
  ])
  func theButtonLeadsToTheRecordsPage(object: String, title: String, field: String, text: String) throws {
    var org = try SalesforceOrg.open()
    let id = Self.id(object, &org)
    // A record has two ids, and the login host leads on.
    for address in [
      Self.address(id), Self.address(String(id.prefix(15))), Self.address(id, at: "login.salesforce.com"),
    ] {
      let page = ann.open(address, in: &org.cloud)
      #expect(page.status == 200 && page.title == title && page.text(id: field) == text, "\(address)")
      #expect(page.text(id: "Id") == id && page.text(id: "OwnerId") == "Ann Agent")
    }
  }

  @Test func aContactLeadsToItsAccountAndShowsItsCalls() throws {
    var org = try SalesforceOrg.open()
    let made = org.call(.patch, "sobjects/Contact/\(SalesforceOrg.boID)", #"{"AccountId":"\#(SalesforceOrg.acmeID)"}"#)
    #expect(made.status == 204)
    _ = org.call(
      .post, "sobjects/Task",
      #"{"Subject":"Call","WhoId":"\#(SalesforceOrg.boID)","CallType":"Inbound","CallDurationInSeconds":72}"#)
    let page = ann.open(Self.address(SalesforceOrg.boID), in: &org.cloud)
    #expect(page.rows("related-calls").map { $0.prefix(3) } == [["Call", "Inbound", "72"]])
    let account = ann.open(Self.address(String(page.link("Acme")?.dropFirst() ?? "")), in: &org.cloud)
    #expect(account.status == 200 && account.text(id: "Id") == SalesforceOrg.acmeID)
  }

  @Test func namesAndFieldsAreTextOnly() throws {
    var org = try SalesforceOrg {
      $0.records["Contact"] = [
        ["Id": "003000000000001", "LastName": "<script>alert(1)</script>", "Title": "\" onclick=\"x"]
      ]
    }
    let page = ann.open(Self.address(SalesforceOrg.boID), in: &org.cloud)
    #expect(page.title == "<script>alert(1)</script>" && !page.html.contains("<script>"))
    #expect(!page.html.contains("\" onclick="))
  }

  @Test(arguments: [
    "003000000000009", "00300000000000", "0030000000000011", "00Q000000000001",
    "005000000000001", "00T000000000001", "999000000000001", "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "003000000000001'%20OR%201=1", "..%2F..%2Fetc%2Fpasswd", "%00", "%ff%fe", "003%C3%A400000000001", "favicon.ico",
    String(repeating: "0", count: 5000),
  ])
  func whatIsNoRecordIsAPageThatSaysSo(id: String) throws {
    var org = try SalesforceOrg()
    for host in [SalesforceOrg.host, "login.salesforce.com"] {
      let page = ann.open(Self.address(id, at: host), in: &org.cloud)
      #expect(page.status == 404 && page.notice?.hasPrefix("The record is not there") == true, "\(host)")
      #expect(!page.html.contains("<script>") && !page.html.contains("OR 1") && page.html.utf8.count < 5000)
    }
  }

  @Test(arguments: ["", "003000000000001AAA/e", "services", "services/x", "a/b/c"])
  func otherAddressesAreNotFound(path: String) throws {
    var org = try SalesforceOrg()
    #expect(ann.open(Self.address(path), in: &org.cloud).status == 404)
  }

  @Test(arguments: [(nil, ""), ("ann@example.com", "wrong"), ("ann@example.com", ""), ("nobody", "pass"), ("", "")])
  func whoIsNoUserSeesNothing(name: String?, password: String) throws {
    var org = try SalesforceOrg()
    let visitor = PageVisitor(name: name, password: password)
    for id in [SalesforceOrg.boID, "003000000000009"] {
      let answer = visitor.send(Self.address(id), to: &org.cloud)
      #expect(answer.response.status.code == 401 && !String(decoding: answer.body, as: UTF8.self).contains("Tester"))
      #expect(answer.response.headerFields[.wwwAuthenticate] == #"Basic realm="Salesforce", charset="UTF-8""#)
    }
  }

  @Test func whoGuessesIsLockedOutAsAtTheLogin() throws {
    var org = try SalesforceOrg()
    let address = Self.address(SalesforceOrg.boID)
    let guesser = PageVisitor(name: "ann@example.com", password: "guess")
    for _ in 0..<10 { #expect(guesser.open(address, in: &org.cloud).status == 401) }
    #expect(ann.open(address, in: &org.cloud).status == 401 && org.logIn(at: SalesforceOrg.host).status == 500)
  }

  @Test func aProgramStillNeedsItsSecurityToken() throws {
    var org = try SalesforceOrg()
    #expect(ann.open(Self.address(SalesforceOrg.boID), in: &org.cloud).status == 200)
    #expect(org.logIn("ann@example.com", "pass").status == 500 && org.logIn().status == 200)
  }

  @Test func aPageIsReadOnlyAndHasItsStyle() throws {
    var org = try SalesforceOrg()
    let address = Self.address(SalesforceOrg.boID)
    #expect(ann.open(address, .post, in: &org.cloud).status == 405)
    #expect(PageVisitor().open("https://\(SalesforceOrg.host)/page.css", in: &org.cloud).status == 200)
  }
}
