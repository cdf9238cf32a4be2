import ApplianceAPI
import JSON
import Primitives
import Testing

@Suite struct CRMPagesTests {
  private static let good: [(String, JSONValue)] = [
    ("crm_module", "sugarcrm"), ("crm_addr", "https://crm.example.com"), ("number_add", "leads"),
    ("first_search", "contacts"), ("second_search", "leads"), ("third_search", ""),
  ]

  @Test func whatIsSavedIsShown() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    #expect(doors.ask("updateCRMSettings", [("cookie", cookie)] + Self.good).status == 0)
    #expect(doors.doors.crm.hasUnappliedChanges)
    let shown = doors.ask("getCRMSettings", [("cookie", cookie)])["response"]?["crm_settings"]
    #expect(shown?["crm_module"] == "sugarcrm")
    #expect(shown?["second_search"] == "leads")
    #expect(shown?["third_search"] == "")
    #expect(doors.doors.crm.inForce.settings.module.isEmpty)
    #expect(doors.ask("applyChanges", [("cookie", cookie)]).status == 0)
    #expect(!doors.doors.crm.hasUnappliedChanges)
    #expect(doors.doors.crm.inForce.settings.module == "sugarcrm")
  }

  @Test func whatTheApplianceCannotWorkByIsNotApplied() {
    var doors = DoorsUnderTest(crmFault: { $0.settings.module == "sugarcrm" ? "no." : nil })
    let cookie = doors.cookie()
    _ = doors.ask("updateCRMSettings", [("cookie", cookie)] + Self.good)
    #expect(doors.ask("applyChanges", [("cookie", cookie)]).status == -15)
    #expect(doors.doors.crm.inForce.settings == CRMPages.Settings())
    #expect(doors.doors.crm.refusal == "no.")
    _ = doors.ask("updateCRMSettings", [("cookie", cookie), ("crm_module", "")])
    #expect(doors.ask("applyChanges", [("cookie", cookie)]).status == 0)
    #expect(doors.doors.crm.refusal == nil)
  }

  @Test(arguments: ["updateCRMSettings", "applyChanges", "updateCRMUserSettings", "addCRMUserSettings"])
  func eachActionNeedsItsRight(action: String) throws {
    let denied = try #require(APIAction(name: action))
    var doors = DoorsUnderTest(rights: .everythingBut([denied]))
    let parameters = [("cookie", doors.cookie())] + Self.good + [("extension", "1001")]
    let before = doors.doors.crm
    #expect(doors.ask(action, parameters).status == -47)
    #expect(doors.doors.crm == before)
  }

  @Test func fieldsOfEachSystemAreSavedAndNoSecretIsAnswered() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let zoho = Self.good.map { $0.0 == "crm_module" ? ($0.0, "zoho-v2") : $0 }
    _ = doors.ask("updateCRMSettings", [("cookie", cookie)] + zoho)
    let page: [(String, JSONValue)] = [
      ("cookie", cookie), ("extension", "1001"), ("enable_crm", "yes"), ("client_id", "1000.X"),
      ("client_secret", "sss"), ("refresh_token", "rrr"),
    ]
    #expect(doors.ask("addCRMUserSettings", page.filter { $0.0 != "refresh_token" }).status == -15)
    #expect(doors.ask("addCRMUserSettings", page).status == 0)
    doors.state.crmStandings["1001"] = CRMStandingFacts(.loggedIn)
    let shown = doors.ask("getCRMUserSettings", page)["response"]?["crm_user_settings"]
    #expect(shown?["client_id"] == "1000.X")
    #expect(shown?["client_secret"] == "" && shown?["refresh_token"] == "")
    #expect(shown?["login_status"] == "login")
    // What was shown can be sent back: an empty secret is kept.
    #expect(doors.ask("updateCRMUserSettings", page.map { $0.0 == "client_secret" ? ($0.0, "") : $0 }).status == 0)
    #expect(doors.doors.crm.users["1001"]?.values["client_secret"] == Secret("sss"))
  }

  @Test func underTheFidelitySwitchSecretsAreInventedOnes() {
    var settings = DoorSettings()
    settings.revealsSecrets = true
    var doors = DoorsUnderTest(settings)
    let page: [(String, JSONValue)] = [
      ("cookie", doors.cookie()), ("extension", "1001"), ("enable_crm", "yes"), ("crm_username", "u"),
      ("crm_password", "entered-by-anna"),
    ]
    _ = doors.ask("addCRMUserSettings", page)
    let shown = doors.ask("getCRMUserSettings", page)["response"]?["crm_user_settings"]
    #expect(shown?["crm_password"]?.string?.hasPrefix("Crm-") == true)
    #expect(shown?["security_token"] == "")
    #expect(doors.doors.crm.users["1001"]?.values["crm_password"] == Secret("entered-by-anna"))
  }

  @Test func choosingNoneClearsThePage() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    _ = doors.ask("updateCRMSettings", [("cookie", cookie)] + Self.good)
    #expect(doors.ask("updateCRMSettings", [("cookie", cookie), ("crm_module", "")]).status == 0)
    #expect(
      doors.ask("getCRMSettings", [("cookie", cookie)])["response"]?["crm_settings"]?["first_search"] == "")
  }

  private static let nonsense: [(String, JSONValue, Int64)] = [
    ("number_add", "accounts", -15), ("number_add", "", -15), ("second_search", "contacts", -15),
    ("first_search", "people", -15), ("crm_addr", "crm.example.com", -15), ("crm_addr", "javascript:alert(1)", -15),
    ("crm_module", .array([]), -1), ("crm_addr", .array(["x"]), -1), ("number_add", .null, -1),
  ]

  @Test(arguments: nonsense)
  func aPageThatMakesNoSenseIsNotSaved(name: String, value: JSONValue, status: Int64) {
    var doors = DoorsUnderTest()
    let parameters = Self.good.map { $0.0 == name ? (name, value) : $0 }
    let answer = doors.ask("updateCRMSettings", [("cookie", doors.cookie())] + parameters)
    #expect(answer.status == status)
    #expect(doors.doors.crm.settings == CRMPages.Settings())
  }

  @Test func aUsersPageIsAddedOnceAndThenUpdated() {
    var doors = DoorsUnderTest()
    let cookie = doors.cookie()
    let page: [(String, JSONValue)] = [
      ("cookie", cookie), ("extension", "1001"), ("enable_crm", "yes"), ("crm_username", "u"), ("crm_password", "p"),
    ]
    #expect(doors.ask("getCRMUserSettings", page).status == -25)
    #expect(doors.ask("updateCRMUserSettings", page).status == -25)
    #expect(doors.ask("addCRMUserSettings", page).status == 0)
    #expect(doors.ask("addCRMUserSettings", page).status == -15)
    #expect(doors.ask("updateCRMUserSettings", page).status == 0)
    let shown = doors.ask("getCRMUserSettings", page)["response"]?["crm_user_settings"]
    #expect(shown?["crm_username"] == "u")
    #expect(shown?["crm_password"] == "")
  }

  private static let wrongUsers: [(String, JSONValue, Int64)] = [
    ("extension", "4711", -25), ("enable_crm", "maybe", -15), ("crm_username", "", -15),
    ("crm_username", .string(String(repeating: "x", count: 65)), -15), ("crm_password", .array(["p"]), -1),
    ("extension", .null, -1),
  ]

  @Test(arguments: wrongUsers)
  func aUsersPageHasRules(name: String, value: JSONValue, status: Int64) {
    var doors = DoorsUnderTest()
    let page: [(String, JSONValue)] = [
      ("extension", "1001"), ("enable_crm", "yes"), ("crm_username", "u"), ("crm_password", "p"),
    ]
    let changed = page.map { $0.0 == name ? (name, value) : $0 }
    #expect(doors.ask("addCRMUserSettings", [("cookie", doors.cookie())] + changed).status == status)
    #expect(doors.doors.crm.users.isEmpty)
  }
}
