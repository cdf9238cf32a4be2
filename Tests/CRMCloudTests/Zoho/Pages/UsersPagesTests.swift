import CRMCloud
import Testing

struct UsersPagesTests {
  private let world: ZohoWorld
  private let browser: Browser

  init() throws {
    world = try CRMOffice.world()
    browser = CRMOffice.browser(world)
  }

  @Test("Seed rows 40 and 41: who is active, and who may use the API")
  func theListShowsStatusAndAPIAccess() {
    browser.open(CRMOffice.home + "/settings/users")
    #expect(
      browser.page.rows("users") == [
        ["Ann Owner", "ann@example.com", "CEO", "Administrator", "Yes", "Active"],
        ["Bob Two", "bob@example.com", "Manager", "Standard", "Yes", "Active"],
        ["Cleo Closed", "cleo@example.com", "Manager", "No API Access", "No", "Disabled"],
      ])
    browser.submit("filter", ["status": "active"])
    #expect(browser.page.rows("users").compactMap(\.first) == ["Ann Owner", "Bob Two"])
    browser.submit("filter", ["status": "nothing"])
    #expect(browser.page.rows("users").count == 3)
  }

  @Test func aProfileWithoutAPIAccessClosesTheAPIAndAnotherOpensItAgain() {
    let token = world.annsToken()
    #expect(world.api("/crm/v2/Contacts", token).status == 200)
    browser.open(CRMOffice.home + "/settings/users/1002")
    browser.submit("profile-form", ["profile": "Administrator"])
    #expect(browser.page.notice == "The profile was changed.")
    browser.open(CRMOffice.home + "/settings/users/1001")
    browser.submit("profile-form", ["profile": "No API Access"])
    #expect(browser.page.text(id: "api-access")?.hasPrefix("No") == true)
    let refused = world.api("/crm/v2/Contacts", token)
    #expect(refused.status == 403 && refused.code == "NO_PERMISSION")
    #expect(browser.page.form("profile-form") == nil)
  }

  @Test func aDeactivatedUserSeesNothingAndCanBeActivatedAgain() {
    let bob = CRMOffice.browser(world, CRMOffice.bob)
    #expect(bob.open(CRMOffice.home + "/tab/Home").status == 200)
    browser.open(CRMOffice.home + "/settings/users/1002")
    browser.submit("status-form")
    #expect(browser.page.text(id: "user-status") == "Disabled")
    #expect(bob.open(CRMOffice.home + "/tab/Home").status == 404)
    #expect(world.api("/crm/v2/users?type=ActiveUsers", world.annsToken()).text.contains("Bob Two") == false)
    browser.submit("status-form")
    #expect(browser.page.text(id: "user-status") == "Active")
    #expect(bob.open(CRMOffice.home + "/tab/Home").status == 200)
  }

  @Test func theLastAdministratorStays() {
    browser.open(CRMOffice.home + "/settings/users/1001")
    browser.submit("status-form")
    #expect(browser.page.status == 400 && browser.page.notice?.contains("without an active administrator") == true)
    browser.submit("profile-form", ["profile": "Standard"])
    #expect(browser.page.status == 400)
  }

  @Test(arguments: [["profile": "Emperor"], ["profile": ""]])
  func anUnknownProfileIsRefused(values: [String: String]) {
    browser.open(CRMOffice.home + "/settings/users/1002")
    browser.submit("profile-form", values)
    #expect(browser.page.status == 400)
  }

  @Test func anUnknownStatusIsRefused() {
    browser.open(CRMOffice.home + "/settings/users/1002")
    let proof = browser.page.form("status-form")?["csrf"] ?? ""
    let page = browser.post(CRMOffice.home + "/settings/users/1002/status", [("csrf", proof), ("to", "delete")])
    #expect(page.status == 400)
  }

  @Test func whoIsNoAdministratorChangesNobodyAndNoTelephony() {
    let bob = CRMOffice.browser(world, CRMOffice.bob)
    bob.open(CRMOffice.home + "/settings/users/1001")
    #expect(bob.page.status == 200 && bob.page.form("profile-form") == nil)
    bob.open(CRMOffice.home + "/tab/Contacts/create")
    let proof = bob.page.form("record")?["csrf"] ?? ""
    for path in ["/settings/users/1001/profile", "/settings/users/1001/status"] {
      let page = bob.post(CRMOffice.home + path, [("csrf", proof), ("profile", "Standard"), ("to", "deactivate")])
      #expect(page.status == 403 && page.notice?.contains("Administrator") == true)
    }
    for path in ["", "/asterisk", "/groups", "/groups/create"] {
      #expect(bob.open(CRMOffice.home + "/settings/channels/telephony" + path).status == 403)
    }
  }

  @Test func theAPIPageCountsCredits() {
    let token = world.annsToken()
    for _ in 1...3 { _ = world.api("/crm/v2/Contacts", token) }
    browser.open(CRMOffice.home + "/settings/developer-space/api")
    #expect(browser.page.text(id: "credits") == "52000" && browser.page.text(id: "credits-used") == "3")
    #expect(browser.page.text(id: "credits-left") == "51997" && browser.page.link("Connections") != nil)
    browser.follow("Connections")
    #expect(browser.page.status == 200 && browser.page.title.contains("onnections"))
    world.wait(86_400 + 600)
    browser.open(CRMOffice.home + "/settings/developer-space/api")
    #expect(browser.page.text(id: "credits-used") == "0")
  }
}
