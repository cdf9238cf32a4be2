import CRMCloud
import HTTPTypes
import Testing

struct LiveCallsPageTests {
  private let world: ZohoWorld
  private let browser: Browser
  private let token: String
  private static let start = "&start_time=2027-01-15%2007:30:00"

  init() throws {
    world = try CRMOffice.world()
    browser = CRMOffice.browser(world)
    token = world.annsToken()
  }

  private func page() -> WebPage { browser.open(CRMOffice.home + "/live-calls") }

  @Test func aRingingCallShowsWhoCallsAndLeadsToTheirPage() {
    #expect(page().text(id: "live-calls") == "No call rings or is being talked on.")
    world.notify("type=received&state=ringing&id=1&from=5550101&to=1001", token)
    #expect(page().rows("live-calls") == [["Ringing", "Received", "Bo Tester", "5550101", "Ann Owner"]])
    browser.follow("Bo Tester")
    #expect(browser.page.text(id: "Mobile") == "555-0101")
    world.notify("type=received&state=answered&id=1&from=5550101&to=1001", token)
    #expect(page().rows("live-calls").first?.first == "Answered")
    world.notify("type=received&state=ended&id=1&from=5550101&to=1001&duration=9" + Self.start, token)
    #expect(page().rows("live-calls").isEmpty)
    #expect(browser.page.rows("finished-calls").first?.last == "Incoming call from Bo Tester")
    browser.follow("Incoming call from Bo Tester")
    #expect(browser.page.text(id: "Call_Duration") == "00:09" && browser.page.text(id: "CTI_Entry") == "Yes")
  }

  /// The group says whose screen a call to an extension opens on, and whose call it is afterwards.
  @Test func theExtensionsUserGetsTheCall() {
    browser.open(CRMOffice.home + "/settings/channels/telephony/asterisk")
    browser.submit("continue")
    browser.submit("group", ["name": "Sales", "user-1": "1002", "extension-1": "1002"])
    world.notify("type=received&state=ringing&id=1&from=5550199&to=1002", token)
    #expect(page().rows("live-calls") == [["Ringing", "Received", "Unknown", "5550199", "Bob Two"]])
    world.notify("type=received&state=missed&id=1&from=5550199&to=1002" + Self.start, token)
    browser.open(CRMOffice.home + "/tab/Calls")
    #expect(browser.page.rows("records").first?.last == "Bob Two")
  }

  @Test func aCallLoggedTwiceIsShownWithBothItsRecords() {
    world.notify("type=received&state=ended&id=1&from=5550101&to=1001&duration=9" + Self.start, token)
    #expect(!page().html.contains("logged twice"))
    world.postCall("2027-01-15T08:30:40+01:00", token, #","Who_Id":{"id":"\#(CRMOffice.contact)"}"#)
    #expect(page().notice?.hasPrefix("1 call logged twice") == true)
    #expect(browser.page.rows("twins") == [["Incoming call from Bo Tester", "Call at 2027-01-15T08:30:40+01:00"]])
    browser.open(CRMOffice.home + "/tab/Reports/activity/todays-calls")
    #expect(browser.page.text(id: "report-count") == "2" && browser.page.notice?.contains("logged twice") == true)
  }

  @Test(arguments: [
    ("2027-01-15T08:31:01+01:00", #","Who_Id":{"id":"\#(CRMOffice.contact)"}"#), ("2027-01-15T08:30:00+01:00", ""),
    ("2027-01-15T08:30:00+01:00", #","Description":"from 5550102""#),
  ])
  func anotherCallIsNoTwin(start: String, more: String) {
    world.notify("type=received&state=ended&id=1&from=5550101&to=1001&duration=9" + Self.start, token)
    world.postCall(start, token, more)
    #expect(page().rows("twins").isEmpty)
  }

  @Test func anUnknownCallersTwinIsFoundByItsNumber() {
    world.notify("type=received&state=missed&id=1&from=5550199&to=1001" + Self.start, token)
    world.postCall("2027-01-15T08:30:00+01:00", token, #","Caller_ID":"555-0199""#)
    #expect(page().rows("twins").count == 1)
  }

  @Test func whatAClickCouldNotDoIsShown() {
    _ = world.reply(
      .post, "https://www.zohoapis.com/phonebridge/v3/clicktodialerror", [.authorization: "Zoho-oauthtoken " + token],
      body: "code=<b>busy</b>&from=1001&to=5550101")
    #expect(page().rows("dial-errors").first?.dropFirst().first == "<b>busy</b>" && !browser.page.html.contains("<b>"))
  }

  @Test func callsThatNeverEndAreCountedWhenTheyMakeRoom() {
    for number in 1...1001 {
      world.notify("type=received&state=ringing&id=\(number)&from=5550101&to=1001", token)
    }
    #expect(page().notice?.contains("1 call") == true && browser.page.rows("live-calls").count == 100)
  }

  @Test func callsOfAnotherTenantAreNotShown() {
    world.notify("type=received&state=ringing&id=1&from=5550101&to=1001", token)
    let eve = CRMOffice.browser(world, CRMOffice.eve)
    eve.open("https://crm.zoho.com/crm/live-calls")
    #expect(eve.page.status == 200 && eve.page.rows("live-calls").isEmpty)
  }
}
