import ApplianceAPI
import ApplianceWeb
import Primitives
import Testing

@Suite struct CRMPageTests {
  private static let good = [
    ("crm_module", "sugarcrm"), ("crm_addr", "https://crm.example.com"), ("number_add", "leads"),
    ("first_search", "contacts"), ("second_search", "leads"), ("third_search", ""),
  ]

  @Test func whatIsSavedIsWhatTheAPIAnswersUntilItIsApplied() {
    var web = WebUnderTest(as: "admin")
    #expect(web.post("/crm", Self.good)?.location == "/crm?saved=1")
    #expect(web.doors.crm.settings.module == "sugarcrm")
    #expect(web.doors.crm.settings.lookups == ["contacts", "leads"])
    let page = web.get("/crm?saved=1")
    #expect(page.contains("Saved.") && page.contains("Apply Changes"))
    #expect(web.post("/apply", [], from: "/crm")?.location == "/crm?applied=1")
    #expect(!web.doors.crm.hasUnappliedChanges)
    #expect(!web.get("/crm").contains("Apply Changes"))
    #expect(web.post("/crm", [("crm_module", "")])?.status == 303)
    #expect(web.doors.crm.settings == CRMPages.Settings())
  }

  @Test(arguments: [
    ("crm_addr", "crm.example.com", "crm_addr-error"), ("crm_addr", "javascript:alert(1)", "crm_addr-error"),
    ("number_add", "accounts", "number_add-error"), ("number_add", "", "number_add-error"),
    ("second_search", "contacts", "second_search-error"),
  ])
  func aMistakeIsToldAtItsField(name: String, value: String, error: String) {
    var web = WebUnderTest(as: "admin")
    let answer = web.post("/crm", Self.good.map { $0.0 == name ? (name, value) : $0 })
    #expect(answer?.text.contains("id=\"\(error)\"") == true)
    #expect(answer?.text.contains("Nothing was saved") == true)
    #expect(web.doors.crm.settings == CRMPages.Settings())
  }

  @Test func aLookupThereIsNotIsNotSaved() {
    var web = WebUnderTest(as: "admin")
    let fields = Self.good.map { $0.0 == "first_search" ? ("first_search", "people") : $0 }
    #expect(web.post("/crm", fields)?.text.contains("Nothing was saved") == true)
    #expect(web.doors.crm.settings == CRMPages.Settings())
  }

  @Test func aUserSavesCredentialsThatNoPageShows() {
    var web = WebUnderTest(as: "1001")
    let secret = "s3cret-of-the-user"
    let fields = [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", secret), ("extension", "1002")]
    #expect(web.post("/portal/crm", fields)?.location == "/portal/crm?saved=1")
    let user = web.doors.crm.users["1001"]
    #expect(user?.isEnabled == true)
    #expect(user?.password == Secret(secret))
    // The extension is who is signed in, whatever the form says.
    #expect(web.doors.crm.users["1002"] == nil)
    let page = web.get("/portal/crm")
    #expect(page.contains("anna") && !page.contains(secret) && page.contains("leave this empty"))
    // Empty keeps it.
    #expect(web.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "anna2")])?.status == 303)
    #expect(web.doors.crm.users["1001"]?.password == Secret(secret))
    #expect(web.post("/portal/crm", [("crm_username", "anna2")])?.status == 303)
    #expect(web.doors.crm.users["1001"]?.isEnabled == false)
  }

  @Test func theStatusComesWithItsReason() {
    var web = WebUnderTest(as: "1001")
    let page = web.get("/portal/crm")
    #expect(page.contains("Logged Out") && page.contains("refreshTokenDead (invalid_code)"))
    web.state.crmStandings["1001"] = .init(isLoggedIn: true, reason: "")
    #expect(web.get("/portal/crm").contains("Logged In"))
  }

  @Test func salesforceAsksForATokenToo() {
    var admin = WebUnderTest(as: "admin")
    #expect(!admin.get("/crm").contains("security_token"))
    _ = admin.post(
      "/crm",
      [("crm_module", "salesforce"), ("number_add", "leads"), ("first_search", "leads")])
    var web = WebUnderTest(as: "1001")
    web.doors = admin.doors
    #expect(web.get("/portal/crm").contains("security_token"))
    let fields = [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", "p")]
    #expect(web.post("/portal/crm", fields)?.text.contains("Enter the security token.") == true)
    #expect(web.post("/portal/crm", fields + [("security_token", "t")])?.status == 303)
  }

  @Test(arguments: [
    [("enable_crm", "yes")], [("enable_crm", "yes"), ("crm_username", "a")],
    [("enable_crm", "yes"), ("crm_password", "p")],
    [("crm_username", String(repeating: "x", count: 65))], [("crm_password", String(repeating: "x", count: 65))],
    [("security_token", String(repeating: "x", count: 129))],
  ])
  func whatIsMissingOrTooLongIsNotSaved(fields: [(String, String)]) {
    var web = WebUnderTest(as: "1001")
    let answer = web.post("/portal/crm", fields)
    #expect(answer?.text.contains("Nothing was saved") == true)
    #expect(web.doors.crm.users["1001"] == nil)
  }
}
