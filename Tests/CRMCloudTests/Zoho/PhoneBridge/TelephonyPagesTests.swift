import CRMCloud
import HTTPTypes
import Primitives
import Testing

struct TelephonyPagesTests {
  private let world: ZohoWorld
  private let browser: Browser
  private static let telephony = CRMOffice.home + "/settings/channels/telephony"

  init() throws {
    world = try CRMOffice.world()
    browser = CRMOffice.browser(world)
  }

  /// To the form of the first group, as the guide goes.
  private func integrate() {
    browser.open(CRMOffice.home + "/settings")
    browser.follow("Telephony")
    browser.follow("Integrate Asterisk")
    browser.submit("continue", button: "Continue")
  }

  private func addGroup(_ values: [String: String], button: String = "Save") {
    browser.open(Self.telephony + "/groups/create")
    browser.submit("group", values, button: button)
  }

  @Test("Seed row 15: Settings > Channels > Telephony, find Asterisk, Integrate, Continue")
  func asteriskIsIntegratedStepByStep() {
    browser.open(CRMOffice.home + "/settings")
    browser.follow("Telephony")
    #expect(browser.page.rows("vendors").first?.prefix(2) == ["Asterisk", "Not integrated"])
    browser.follow("Integrate Asterisk")
    #expect(browser.page.title == "Asterisk" && browser.page.html.contains("<ol>"))
    browser.submit("continue", button: "Continue")
    #expect(browser.page.title == "Add group" && browser.page.notice == "Telephony is integrated. Add the first group.")
    browser.open(Self.telephony)
    #expect(browser.page.rows("vendors").first?.prefix(2) == ["Asterisk", "Integrated"])
  }

  @Test("Seed row 16: a group for every extension")
  func oneGroupAfterAnotherIsAdded() {
    integrate()
    browser.submit(
      "group", ["name": "Reception", "identification-user": "1001", "user-1": "1001", "extension-1": "1001"],
      button: "Save and add another group")
    #expect(browser.page.title == "Add group" && browser.page.notice == "The group was saved.")
    browser.submit("group", ["name": "Sales", "identification-user": "1001", "user-1": "1002", "extension-1": "1002"])
    #expect(
      browser.page.rows("groups").map { Array($0.prefix(4)) } == [
        ["Reception", "Ann Owner", "Ann Owner: 1001", "None"], ["Sales", "Ann Owner", "Bob Two: 1002", "None"],
      ])
  }

  @Test func aGroupHoldsSeveralUsers() {
    integrate()
    browser.submit("group", ["name": "Sales", "extension-1": "1001"], button: "Add another user")
    #expect(browser.page.form("group")?["name"] == "Sales" && browser.page.form("group")?["extension-1"] == "1001")
    browser.submit("group", ["user-2": "1002", "extension-2": "1002"])
    #expect(browser.page.rows("groups").first?[2] == "Ann Owner: 1001, Bob Two: 1002")
    browser.follow("Sales")
    browser.submit("group", ["name": "Sales and more", "extension-1": ""])
    #expect(browser.page.rows("groups").map { Array($0[0...2]) } == [["Sales and more", "Ann Owner", "Bob Two: 1002"]])
    browser.submit("delete-1")
    #expect(browser.page.notice == "The group was deleted." && browser.page.rows("groups").isEmpty)
  }

  @Test(arguments: [
    ["name": ""], ["name": "   "], ["name": "SALES"], ["name": String(repeating: "x", count: 101)],
    ["extension-1": ""], ["extension-1": "1001"], ["extension-1": "12x"], ["extension-1": "1234567890123456789"],
    ["extension-1": "+1"], ["user-1": "1003"], ["user-1": "9999"], ["user-1": "3001"], ["identification-user": "1003"],
    ["identification-user": ""], ["user-2": "1002", "extension-2": "1002"],
  ])
  func aGroupThatCannotBeIsRefusedAndWhatWasEnteredStays(change: [String: String]) {
    integrate()
    addGroup(["name": "Sales", "extension-1": "1001"])
    var values = ["name": "Support", "user-1": "1002", "extension-1": "1002"]
    values.merge(change) { $1 }
    addGroup(values)
    #expect(browser.page.status == 400 && browser.page.notice != nil && browser.page.fieldErrors.count == 1)
    #expect(browser.page.form("group")?["name"] == values["name"]?.trimmed)
    browser.open(Self.telephony + "/groups")
    #expect(browser.page.rows("groups").count == 1)
  }

  @Test func aGroupKeepsItsOwnExtensionWhenEdited() {
    integrate()
    addGroup(["name": "Sales", "extension-1": "1001"])
    browser.follow("Sales")
    browser.submit("group")
    #expect(browser.page.notice == "The group was saved." && browser.page.rows("groups").count == 1)
  }

  @Test func withoutAnIntegrationThereAreNoGroups() {
    #expect(browser.open(Self.telephony + "/groups").title == "Telephony")
    integrate()
    #expect(browser.open(Self.telephony + "/groups/7").status == 404)
    browser.open(Self.telephony + "/avaya")
    browser.submit("continue")
    #expect(browser.page.status == 409)
    browser.open(Self.telephony)
    browser.submit("disconnect")
    #expect(browser.page.notice?.hasPrefix("The integration was removed") == true)
  }

  @Test func theTokenIsShownOnceAndOnlyToTheGroupIdentificationUser() {
    integrate()
    addGroup(["name": "Sales", "identification-user": "1002", "extension-1": "1001"])
    let tokens = CRMOffice.home + "/settings/developer-space/api/phonebridge-token"
    #expect(browser.open(tokens).rows("tokens").isEmpty)
    browser.open(CRMOffice.home + "/tab/Contacts/create")
    let proof = browser.page.form("record")?["csrf"] ?? ""
    #expect(browser.post(tokens, [("csrf", proof), ("group", "1")]).status == 403)
    #expect(browser.post(tokens, [("csrf", proof), ("group", "2")]).status == 404)
    let bob = CRMOffice.browser(world, CRMOffice.bob)
    bob.open(CRMOffice.home + "/settings/developer-space/api")
    bob.follow("PhoneBridge token")
    bob.submit("create-1")
    let token = bob.page.text(id: "phonebridge-token") ?? ""
    #expect(token.utf8.count == 32 && token.allSatisfy(\.isHexDigit))
    #expect(!bob.open(tokens).html.contains(token) && bob.page.rows("tokens")[0][1] == "Created 2027-01-15 09:00")
    bob.submit("create-1")
    #expect(bob.page.text(id: "phonebridge-token") != token)
    browser.open(Self.telephony + "/groups")
    #expect(browser.page.rows("groups")[0][3] == "Created" && !browser.page.html.contains(token))
    // Another identification user, another token.
    browser.follow("Sales")
    browser.submit("group", ["identification-user": "1001"])
    #expect(browser.page.rows("groups")[0][3] == "None")
  }

  @Test func whatAProviderSetUpIsShownByUser() {
    let token = world.annsToken()
    let send = { (endpoint: String, form: String) in
      _ = world.reply(
        .post, "https://www.zohoapis.com/phonebridge/v3/" + endpoint, [.authorization: "Zoho-oauthtoken " + token],
        body: form)
    }
    browser.open(Self.telephony)
    #expect(browser.page.rows("provider-table").isEmpty)
    send("integrate", "")
    send("clicktodial", "clicktodialuri=https://pbx.example.com/dial")
    send("callcontrol", "muteuri=https://pbx.example.com/mute&answeruri=https://pbx.example.com/answer")
    browser.open(Self.telephony)
    #expect(
      browser.page.rows("provider-table") == [
        ["Ann Owner", "Client", "https://pbx.example.com/dial", "answeruri, muteuri"]
      ])
  }

  @Test func manyGroupsArePaged() {
    integrate()
    for number in 1...21 { addGroup(["name": "Group \(number)", "extension-1": String(1000 + number)]) }
    browser.open(Self.telephony + "/groups")
    #expect(browser.page.rows("groups").count == 20)
    browser.follow("Next page")
    #expect(browser.page.rows("groups").map(\.first) == ["Group 21"])
  }
}
