import CRMCloud
import Primitives
import Testing

struct DeskPageTests {
  private let world: ZohoWorld

  init() throws { world = try Developers.world() }

  @Test("Seed row 34: Desk's page lists the portals with their orgId, and one shows its tickets")
  func thePortalsAreListedWithTheirNumbers() {
    let browser = Browser(world)
    browser.open("https://desk.zoho.com/")
    #expect(browser.page.title == "Sign in")
    browser.submit("signin", ["email": Developers.ann, "password": Developers.password])
    #expect(browser.page.rows("portals") == [["First Help", "650000001"], ["Second Help", "650000002"]])
    browser.follow("Second Help")
    #expect(browser.page.text(id: "org-id") == "650000002")
    #expect(browser.page.rows("tickets").first?[1] == "Second question")
    #expect(browser.page.rows("contacts").isEmpty)
  }

  @Test func anOrganisationWithoutPortalsInTheDataHasAnEmptyOne() {
    let mallory = Developers.browser(world, "mal@example.com", "mal")
    mallory.open("https://desk.zoho.com/")
    #expect(mallory.page.rows("portals").map { $0.first } == ["Mallory Inc"])
  }

  @Test(arguments: ["/portal/first", "/portal/none", "/portal", "/x/y/z"])
  func anothersPortalIsNotThere(path: String) {
    let mallory = Developers.browser(world, "mal@example.com", "mal")
    #expect(mallory.open("https://desk.zoho.com" + path).status == 404)
  }
}
