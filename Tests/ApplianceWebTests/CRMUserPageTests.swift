import ApplianceAPI
import ApplianceWeb
import Primitives
import Testing

@Suite struct CRMUserPageTests {
  private static func settings(_ module: String) -> CRMPages.Settings {
    var settings = CRMPages.Settings()
    settings.module = module
    settings.address = "https://crm.example.com"
    (settings.addsTo, settings.lookups) = ("leads", ["leads"])
    return settings
  }

  /// What each system's page asks for, as the guides have it; secrets marked.
  static let systems: [(module: String, fields: [(name: String, isSecret: Bool)])] = [
    ("sugarcrm", [("crm_username", false), ("crm_password", true)]),
    ("vtiger", [("crm_username", false), ("crm_password", true)]),
    ("salesforce", [("crm_username", false), ("crm_password", true), ("security_token", true)]),
    ("zoho-v1", [("security_token", true)]),
    ("zoho-v2", [("client_id", false), ("client_secret", true), ("refresh_token", true)]),
  ]

  @Test(arguments: systems.indices)
  func eachSystemAsksForItsOwnAndShowsNoSecretAgain(index: Int) {
    let (module, fields) = Self.systems[index]
    var web = WebUnderTest(as: "1001", settings: Self.settings(module))
    let page = web.get("/portal/crm")
    let all = Set(Self.systems.flatMap { $0.fields.map(\.name) })
    for name in all { #expect(page.contains("id=\"\(name)\"") == fields.contains { $0.name == name }, "\(name)") }
    let values = fields.map { ($0.name, "value-of-\($0.name)") }
    #expect(web.post("/portal/crm", [("enable_crm", "yes")] + values)?.location == "/portal/crm?saved=1")
    #expect(web.doors.crm.users["1001"]?.isEnabled == true)
    let saved = web.get("/portal/crm")
    for field in fields {
      #expect(saved.contains("value-of-\(field.name)") != field.isSecret, "\(field.name)")
      #expect(web.doors.crm.users["1001"]?.values[field.name] == Secret("value-of-\(field.name)"))
    }
    #expect(saved.contains("placeholder=\"kept\""))
  }

  @Test(arguments: systems.indices)
  func enabledEveryFieldIsNeededAndDisabledNone(index: Int) {
    let (module, fields) = Self.systems[index]
    for missing in fields {
      var web = WebUnderTest(as: "1001", settings: Self.settings(module))
      let values = fields.filter { $0.name != missing.name }.map { ($0.name, "x") }
      let answer = web.post("/portal/crm", [("enable_crm", "yes")] + values)
      #expect(answer?.text.contains("id=\"\(missing.name)-error\"") == true)
      #expect(web.doors.crm.users["1001"] == nil)
      #expect(web.post("/portal/crm", values)?.status == 303)
      #expect(web.doors.crm.users["1001"]?.isEnabled == false)
    }
  }

  @Test func anEmptySecretIsKeptAndAnEmptyNameIsNot() {
    var web = WebUnderTest(as: "1001", settings: Self.settings("sugarcrm"))
    let secret = "s3cret-of-the-user"
    _ = web.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", secret)])
    #expect(web.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "anna2")])?.status == 303)
    #expect(web.doors.crm.users["1001"]?.values["crm_password"] == Secret(secret))
    let answer = web.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "")])
    #expect(answer?.text.contains("Enter the Username.") == true)
    #expect(web.doors.crm.users["1001"]?.values["crm_username"] == Secret("anna2"))
  }

  @Test func aSecretCanBeClearedWhichTurnsTheCRMOff() {
    var web = WebUnderTest(as: "1001", settings: Self.settings("sugarcrm"))
    _ = web.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", "secret-1")])
    #expect(web.get("/portal/crm").contains("Clear Password"))
    #expect(web.post("/portal/crm", [("clear", "crm_password")])?.location == "/portal/crm?cleared=1")
    let user = web.doors.crm.users["1001"]
    #expect(user?.values == ["crm_username": Secret("anna")])
    #expect(user?.isEnabled == false)
    #expect(!web.get("/portal/crm").contains("Clear Password"))
  }

  @Test(arguments: ["crm_username", "security_token", "enable_crm", "", "<script>"])
  func whatIsNoSecretOfThePageCannotBeCleared(name: String) {
    var web = WebUnderTest(as: "1001", settings: Self.settings("sugarcrm"))
    _ = web.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", "secret-1")])
    let before = web.doors.crm
    #expect(web.post("/portal/crm", [("clear", name)])?.status == 400)
    #expect(web.doors.crm == before)
  }

  @Test func theExtensionIsWhoIsSignedInWhateverTheFormSays() {
    var web = WebUnderTest(as: "1001", settings: Self.settings("sugarcrm"))
    _ = web.post(
      "/portal/crm",
      [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", "p"), ("extension", "1002")])
    #expect(web.doors.crm.users.keys.sorted() == ["1001"])
  }

  @Test(arguments: [
    [("crm_username", String(repeating: "x", count: 65))], [("crm_password", String(repeating: "x", count: 65))],
    [("crm_password", String(repeating: "x", count: 5000))], [("crm_username", String(repeating: "x", count: 5000))],
    [("crm_username", "two\nlines")], [("crm_password", "a\u{0}b")],
  ])
  func whatIsTooLongOrNoLineIsNotSaved(fields: [(String, String)]) {
    var web = WebUnderTest(as: "1001", settings: Self.settings("sugarcrm"))
    #expect(web.post("/portal/crm", fields)?.text.contains("Nothing was saved") == true)
    #expect(web.doors.crm.users["1001"] == nil)
  }

  @Test func aDescribedSystemAsksByItsDescription() {
    let fields: [CRMSystemForm.Field] = [
      .init("parameter_key", "Key", .secret), .init("parameter_shard", "Shard", .integer),
      .init("parameter_region", "Region", .choice(["eu", "us"]), standard: "eu"),
      .init("parameter_test", "Test", .boolean, standard: "false"),
    ]
    var web = WebUnderTest(
      as: "1001", menu: [CRMSystemForm("described", "Own CRM", at: .standard(""), fields: fields)],
      settings: Self.settings("described"))
    let page = web.get("/portal/crm")
    for label in ["Own CRM", "Key", "Shard", "Region", "Test", "Empty for eu."] { #expect(page.contains(label)) }
    let good = [("enable_crm", "yes"), ("parameter_key", "k"), ("parameter_shard", "7")]
    for (name, value) in [("parameter_shard", "seven"), ("parameter_region", "mars"), ("parameter_test", "perhaps")] {
      let answer = web.post("/portal/crm", good.filter { $0.0 != name } + [(name, value)])
      #expect(answer?.text.contains("id=\"\(name)-error\"") == true)
    }
    #expect(web.doors.crm.users["1001"] == nil)
    #expect(web.post("/portal/crm", good)?.status == 303)
  }

  @Test func aUsersPageIsInForceAtOnceButForTheAdministratorsChanges() {
    var web = WebUnderTest(as: "1001", settings: Self.settings("sugarcrm"))
    _ = web.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", "p")])
    #expect(web.doors.crm.inForce.users["1001"]?.isEnabled == true)
    _ = web.post("/portal/crm", [("crm_username", "anna")])
    #expect(web.doors.crm.inForce.users["1001"]?.isEnabled == false)
    var held = WebUnderTest(as: "1001", settings: Self.settings("sugarcrm"), userPages: .withChanges)
    _ = held.post("/portal/crm", [("enable_crm", "yes"), ("crm_username", "anna"), ("crm_password", "p")])
    #expect(held.doors.crm.inForce.users["1001"] == nil)
    #expect(held.get("/portal/crm").contains("has not applied all changes"))
  }

  @Test func theStatusComesWithItsReason() {
    var web = WebUnderTest(as: "1001")
    let page = web.get("/portal/crm")
    #expect(page.contains("Logged Out") && page.contains("The token is dead (invalid_code)."))
    web.state.crmStandings["1001"] = .init(.loggingIn)
    #expect(web.get("/portal/crm").contains("Logging In"))
    web.state.crmStandings["1001"] = .init(.loggedIn)
    #expect(web.get("/portal/crm").contains("Logged In"))
  }
}
