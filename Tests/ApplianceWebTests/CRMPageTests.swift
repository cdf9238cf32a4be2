import ApplianceAPI
import ApplianceWeb
import Primitives
import Testing

@Suite struct CRMPageTests {
  private static let good = [
    ("crm_module", "sugarcrm"), ("crm_addr", "https://crm.example.com"), ("number_add", "leads"),
    ("first_search", "contacts"), ("second_search", "leads"), ("third_search", ""),
  ]

  @Test func whatIsSavedIsInForceOnlyOnceItIsApplied() {
    var web = WebUnderTest(as: "admin")
    #expect(web.post("/crm", Self.good)?.location == "/crm?saved=1")
    #expect(web.doors.crm.settings.module == "sugarcrm")
    #expect(web.doors.crm.settings.lookups == ["contacts", "leads"])
    #expect(web.doors.crm.inForce.settings.module.isEmpty)
    let page = web.get("/crm?saved=1")
    #expect(page.contains("Saved.") && page.contains("Apply Changes"))
    #expect(page.firstBetween("id=\"in-force-system\">", "<") == "None")
    #expect(web.post("/apply", [], from: "/crm")?.location == "/crm?applied=1")
    #expect(web.doors.crm.inForce.settings == web.doors.crm.settings)
    let applied = web.get("/crm")
    #expect(!applied.contains("Apply Changes"))
    #expect(applied.firstBetween("id=\"in-force-system\">", "<") == "SugarCRM")
    #expect(applied.contains("Contacts, then Leads"))
    #expect(web.post("/crm", [("crm_module", "")])?.status == 303)
    #expect(web.doors.crm.settings == CRMPages.Settings())
  }

  @Test func whatTheApplianceCannotWorkByIsNotAppliedAndTheReasonIsTold() {
    var web = WebUnderTest(as: "admin", crmFault: { _ in "the server address is none of Zoho's." })
    _ = web.post("/crm", Self.good)
    #expect(web.post("/apply", [], from: "/crm")?.location == "/crm")
    #expect(web.get("/crm").contains("Not applied: the server address is none of Zoho&#39;s."))
    #expect(web.doors.crm.inForce.settings.module.isEmpty)
    #expect(web.doors.crm.hasUnappliedChanges)
  }

  @Test(arguments: ["sugarcrm", "salesforce", "zoho-v1", "zoho-v2", "vtiger"])
  func everySystemShowsItsOwnFields(module: String) {
    var web = WebUnderTest(as: "admin")
    let page = web.get("/crm?crm_module=\(module)")
    #expect(page.contains("name=\"crm_module\" value=\"\(module)\""))
    #expect(page.contains("id=\"crm_addr\""))
  }

  @Test func zohosServersAreAListAndNothingElseIsTaken() {
    var web = WebUnderTest(as: "admin", menu: CRMSystemForm.all(zohoV2: ["https://www.zohoapis.eu"]))
    #expect(web.get("/crm?crm_module=zoho-v2").contains("<option value=\"https://www.zohoapis.eu\""))
    func fields(_ address: String) -> [(String, String)] {
      Self.good.map { $0.0 == "crm_module" ? ($0.0, "zoho-v2") : $0.0 == "crm_addr" ? ($0.0, address) : $0 }
    }
    let other = web.post("/crm", fields("https://evil.example.com"))
    #expect(other?.text.contains("id=\"crm_addr-error\"") == true)
    #expect(web.post("/crm", fields("https://www.zohoapis.eu"))?.status == 303)
  }

  @Test(arguments: ["act", "<script>", "SUGARCRM", "zoho"])
  func aSystemOutsideTheMenuIsNotSaved(module: String) {
    var web = WebUnderTest(as: "admin")
    let fields = Self.good.map { $0.0 == "crm_module" ? ($0.0, module) : $0 }
    #expect(web.post("/crm", fields)?.text.contains("Nothing was saved") == true)
    #expect(web.doors.crm.settings == CRMPages.Settings())
    #expect(!web.get("/crm?crm_module=\(PercentEncoding.encode(module))").contains("value=\"\(module)\""))
  }

  @Test(arguments: [
    ("crm_addr", "crm.example.com", "crm_addr-error"), ("crm_addr", "javascript:alert(1)", "crm_addr-error"),
    ("crm_addr", "https://user:secret@crm.example.com", "crm_addr-error"), ("crm_addr", "https://", "crm_addr-error"),
    ("crm_addr", "https://crm.example.com/?a=b", "crm_addr-error"),
    ("number_add", "accounts", "number_add-error"), ("number_add", "", "number_add-error"),
    ("second_search", "contacts", "second_search-error"), ("first_search", "people", "first_search-error"),
  ])
  func aMistakeIsToldAtItsField(name: String, value: String, error: String) {
    var web = WebUnderTest(as: "admin")
    let answer = web.post("/crm", Self.good.map { $0.0 == name ? (name, value) : $0 })
    #expect(answer?.text.contains("id=\"\(error)\"") == true)
    #expect(answer?.text.contains("Nothing was saved") == true)
    #expect(web.doors.crm.settings == CRMPages.Settings())
  }

  @Test func onlyTheAdministratorAppliesAndOnlyWithProof() {
    var web = WebUnderTest(as: "1001")
    #expect(web.post("/apply", [], from: "/portal/crm")?.status == 403)
    #expect(web.post("/crm", Self.good, from: "/portal/crm")?.status == 403)
    #expect(web.doors.crm.settings == CRMPages.Settings())
  }
}
