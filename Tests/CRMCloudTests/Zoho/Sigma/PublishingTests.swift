import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct PublishingTests {
  private static let invoke = #"""
    map = {"limit": "1"};
    r = zoho.crm.invokeConnector("desk.tickets", map);
    return r.get("status_code") + " " + r.get("response").getJSON("data").get(0).get("subject");
    """#

  private func authorized() throws -> DeskConnector {
    let connector = try DeskConnector()
    connector.enterCredentials()
    connector.authorize()
    connector.add(parameters: "limit=${limit}")
    return connector
  }

  @Test("Seed row 58: functions invoke a connector once it is published with an extension")
  func onlyWhatIsPublishedWithAnExtensionIsInvoked() throws {
    let connector = try authorized()
    let browser = connector.browser
    let refusal = "Line 2: invokeConnector: The connector is not published with an extension."
    #expect(Developers.run(browser, Self.invoke).problem == refusal)
    browser.open(connector.page)
    browser.submit("publish")
    #expect(browser.page.text(id: "published") == "Yes, but with no extension yet")
    browser.open(DeskConnector.sigma + "/extensions")
    browser.submit("new-extension", ["name": "Help at hand"])
    browser.submit("associate")
    #expect(browser.page.rows("associated") == [["Desk", "desk.tickets"]])
    browser.open(Developers.functions + "/test")
    #expect(browser.submit("run").problem == refusal)
    browser.open(DeskConnector.sigma + "/extensions")
    browser.follow("Help at hand")
    #expect(browser.submit("publish").text(id: "published") == "Yes")
    browser.open(Developers.functions + "/test")
    #expect(browser.submit("run").output == "200 First question")
    connector.world.wait(4000)
    #expect(browser.submit("run").output == "200 First question")
    browser.open(DeskConnector.sigma + "/extensions")
    browser.follow("Help at hand")
    browser.submit("withdraw")
    browser.open(Developers.functions + "/test")
    #expect(browser.submit("run").problem == refusal)
  }

  @Test(arguments: ["none.tickets", "desk.none", "desk", "", "."])
  func anUnknownIdentifierIsTold(name: String) throws {
    let connector = try authorized()
    let page = Developers.run(connector.browser, "r = zoho.crm.invokeConnector(\"\(name)\", Map());")
    #expect(page.problem == "Line 1: invokeConnector: There is no connector API \(name).")
  }

  @Test func anotherOrganisationDoesNotInvokeIt() throws {
    let connector = try authorized()
    let page = Developers.run(Developers.browser(connector.world, "mal@example.com", "mal"), Self.invoke)
    #expect(page.problem?.contains("There is no connector API") ?? false)
  }

  @Test func nothingUnfinishedIsPublished() throws {
    let connector = try DeskConnector()
    connector.browser.open(connector.page)
    #expect(connector.browser.submit("publish").status == 409)
    connector.browser.open(DeskConnector.sigma + "/extensions")
    connector.browser.submit("new-extension", ["name": "Empty"])
    #expect(connector.browser.submit("publish").status == 409)
    connector.browser.open(DeskConnector.sigma + "/extensions")
    #expect(connector.browser.submit("new-extension", ["name": "  "]).status == 400)
  }

  @Test func aMissingDynamicValueIsTold() throws {
    let connector = try authorized()
    connector.browser.open(connector.page)
    connector.browser.submit("publish")
    connector.browser.open(DeskConnector.sigma + "/extensions")
    connector.browser.submit("new-extension", ["name": "E"])
    connector.browser.submit("associate")
    connector.browser.submit("publish")
    let page = Developers.run(connector.browser, "r = zoho.crm.invokeConnector(\"desk.tickets\", Map());")
    #expect(page.problem == "Line 1: invokeConnector: No value is given for ${limit}.")
  }
}
