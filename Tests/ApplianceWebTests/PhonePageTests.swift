import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import Primitives
import Testing

@Suite struct PhonePageTests {
  private func found(_ id: String = "500000000000102", _ name: String = "Anna") -> CRMLookupFacts {
    .found(CRMContactFacts(table: "contacts", id: id, name: name), of: 1)
  }

  private func web(_ module: String, _ address: String, _ lookup: CRMLookupFacts) -> WebUnderTest {
    var settings = CRMPages.Settings()
    (settings.module, settings.address) = (module, address)
    let crm = CRMPages(settings: settings)
    var web = WebUnderTest(as: "1001")
    let signedIn = web.doors
    web.doors = ApplianceDoors(settings: signedIn.settings, users: [], crm: crm, key: [1])
    web.state.phoneCalls[0].lookup = lookup
    return web
  }

  @Test func thePhoneShowsWhoCallsAsTextOnly() {
    var user = WebUnderTest(as: "1001")
    let own = user.get("/portal/phone")
    #expect(own.contains("class=\"screen\"") && own.contains("+4930123") && own.contains("&lt;script&gt;"))
    #expect(own.contains("data-source=\"/portal/phone/panel\"") && own.contains("http-equiv=\"refresh\""))
    #expect(!own.contains("<script>"))
    var admin = WebUnderTest(as: "admin")
    #expect(admin.get("/phone/1001").contains("data-seconds=\"10\""))
    #expect(admin.get("/extensions").contains("href=\"/phone/1001\""))
  }

  @Test func aPanelIsThePageWithoutItsFrame() {
    var web = WebUnderTest(as: "1001")
    for path in ["/portal/phone/panel", "/popup/panel"] {
      let text = web.get(path)
      #expect(text.contains("+4930123") && !text.contains("<html") && !text.contains("<script>"))
    }
  }

  @Test func anIdlePhoneShowsItsLastCall() {
    var web = WebUnderTest(as: "1001")
    web.state.phoneCalls = []
    web.state.lastCall = PhoneCall(
      state: .over, isIncoming: true, number: "+49301", name: "Berta", since: web.state.now)
    #expect(web.get("/portal/phone").contains("Last: Berta (+49301)"))
    let popUp = web.get("/popup")
    #expect(popUp.contains("Nobody calls.") && popUp.contains("<h2>Last call</h2>") && popUp.contains("Berta"))
  }

  @Test(arguments: [
    ("zoho-v2", "https://www.zohoapis.eu", "https://crm.zoho.eu/crm/tab/Contacts/500000000000102"),
    ("zoho-v2", "https://www.zohoapis.com.cn/", "https://crm.zoho.com.cn/crm/tab/Contacts/500000000000102"),
    ("zoho-v1", "https://crm.zohoapis.com", "https://crm.zoho.com/crm/tab/Contacts/500000000000102"),
    ("zoho-v2", "https://www.zohoapis.ca", "https://crm.zohocloud.ca/crm/tab/Contacts/500000000000102"),
    (
      "zoho-v2", "http://127.0.0.1:9000", "http://127.0.0.1:9000/crm/tab/Contacts/500000000000102"
    ),
    (
      "sugarcrm", "https://crm.example.com/sugar/",
      "https://crm.example.com/sugar/index.php?module=Contacts&amp;action=DetailView&amp;record=500000000000102"
    ),
    ("salesforce", "", "https://login.salesforce.com/500000000000102"),
  ])
  func thePopUpLeadsToTheContactsPage(module: String, address: String, url: String) {
    var web = web(module, address, found())
    let text = web.get("/popup").replacing("&#61;", with: "=")
    #expect(text.contains("href=\"\(url)\"") && text.contains("Open contact Anna"))
  }

  @Test(arguments: [
    (
      "salesforce", "", "https://acme.my.salesforce.com/services/data/v59.0/parameterizedSearch",
      "https://acme.my.salesforce.com/500000000000102"
    ),
    ("salesforce", "https://test.salesforce.com", "", "https://test.salesforce.com/500000000000102"),
    ("salesforce", "", "https://a b/x", "https://login.salesforce.com/500000000000102"),
    ("salesforce", "", "javascript:alert(1)//", "https://login.salesforce.com/500000000000102"),
    ("salesforce", "", "https://user@evil.example/x", "https://login.salesforce.com/500000000000102"),
    (
      "sugarcrm", "https://crm.example.com", "https://crm.example.com/rest/v11/Contacts",
      "https://crm.example.com/#Contacts/500000000000102"
    ),
    (
      "sugarcrm", "https://crm.example.com", "https://crm.example.com/service/v4_1/rest.php",
      "https://crm.example.com/index.php?module=Contacts&amp;action=DetailView&amp;record=500000000000102"
    ),
  ])
  func theAddressIsThatOfTheServerThatWasAsked(module: String, address: String, askedAt: String, url: String) {
    let contact = CRMContactFacts(table: "contacts", id: "500000000000102", name: "Anna", askedAt: askedAt)
    var web = web(module, address, .found(contact, of: 1))
    #expect(web.get("/popup").replacing("&#61;", with: "=").contains("href=\"\(url)\""))
  }

  @Test func aRecordOfVtigerGoesWithoutItsModulesNumber() {
    var web = web("vtiger", "https://crm.example.com", found("12x345"))
    #expect(web.get("/popup").replacing("&#61;", with: "=").contains("view=Detail&amp;record=345\""))
  }

  @Test(arguments: [
    ("zoho-v2", "javascript:alert(1)", "1"), ("zoho-v2", "https://a\"b", "1"), ("zoho-v2", "", "1"),
    ("zoho-v2", "https://", "1"), ("zoho-v2", "https://user@example.com", "1"), ("zoho-v2", "https://a b", "1"),
    ("zoho-v2", "https://www.zohoapis.com", "../../evil"), ("zoho-v2", "https://www.zohoapis.com", "1?x=y"),
    ("zoho-v2", "https://www.zohoapis.com", ""),
    ("zoho-v2", "https://www.zohoapis.com", String(repeating: "1", count: 65)),
    ("vtiger", "https://crm.example.com", "12xabc"), ("sugarcrm", "ftp://crm.example.com", "1"),
    ("described", "https://crm.example.com", "1"), ("", "https://crm.example.com", "1"),
  ])
  func whatIsNoAddressOrIdMakesNoLink(module: String, address: String, id: String) {
    var web = web(module, address, found(id, FakeWebState.bad))
    let text = web.get("/popup")
    #expect(!text.contains("Open contact") && text.contains("&lt;script&gt;") && !text.contains("<script>"))
  }

  @Test(arguments: ["zoho-v2", "vtiger", "sugarcrm", "salesforce"])
  func aNameInTheButtonIsTextOnly(module: String) {
    var web = web(module, "https://crm.example.com", found("12", FakeWebState.bad))
    let text = web.get("/popup")
    #expect(text.contains("Open contact &lt;script&gt;") && text.contains("href=\"https://crm.example.com/"))
    #expect(!text.contains("<script>") && !text.contains("alert(\"x\")"))
  }

  @Test func aNumberThatNobodyKnowsIsSaidToBeSo() {
    for (lookup, words) in [
      (CRMLookupFacts.unknown, "unknown; add the number in the CRM"), (.none, "not asked"),
      (.failed, "could not be asked"),
      (.added(CRMContactFacts(table: "leads", id: "1", name: "+4930123")), "added to leads"),
    ] {
      var web = web("zoho-v2", "https://www.zohoapis.com", lookup)
      #expect(web.get("/popup").contains(words))
    }
  }

  @Test(arguments: ["/phone/4711", "/phone/4711/panel", "/phone/1001%2F..", "/phone/", "/phone/1001/other"])
  func aPhoneThereIsNotIsNotFound(path: String) {
    var web = WebUnderTest(as: "admin")
    let status = web.status(path)
    #expect(status == 404 || status == nil)
  }

  @Test func nobodySeesTheOthersPages() {
    var user = WebUnderTest(as: "1002")
    #expect(user.status("/phone/1001") == 403 && user.status("/phone/1001/panel") == 403)
    #expect(user.get("/popup").contains("Nobody calls."))
    var admin = WebUnderTest(as: "admin")
    #expect(admin.status("/popup") == 403 && admin.status("/portal/phone/panel") == 403)
  }

  @Test func whatThePageAsksForByItselfKeepsNobodySignedIn() {
    var web = WebUnderTest(as: "1001")
    for _ in 0..<3 {
      web.now = Instant(seconds: web.now.seconds + 250)
      _ = web.status("/popup/panel")
    }
    #expect(web.send(.get, "/popup/panel")?.location == "/signin")
  }
}
