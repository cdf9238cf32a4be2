import CRMCloud
import Primitives
import Testing

struct TodaysCallsTests {
  /// At noon on a day of the organisation's clock in central Europe.
  private func office(_ noon: String, settings: ZohoCloudSettings = ZohoCloudSettings()) throws
    -> (world: ZohoWorld, browser: Browser, token: String)
  {
    let seconds = try #require(OffsetTimestamp(noon)).seconds
    let world = try CRMOffice.world(settings, at: seconds)
    return (world, CRMOffice.browser(world), world.annsToken())
  }

  private func open(_ browser: Browser, _ report: String = "todays-calls") -> WebPage {
    browser.open(CRMOffice.home + "/tab/Reports/activity/" + report)
  }

  @Test("Seed row 32: Reports > Activity reports > Todays Calls")
  func theReportIsReachedAsTheGuideSaysAndListsTheCalls() throws {
    let (world, browser, token) = try office("2027-01-15T12:00:00+01:00")
    world.postCall(
      "2027-01-15T09:00:00+01:00", token, duration: "61:05",
      #","Who_Id":{"id":"\#(CRMOffice.contact)"},"Call_Result":"Interested","Description":"long""#)
    world.postCall(
      "2027-01-15T08:00:00+01:00", token, #","$se_module":"Accounts","What_Id":{"id":"\#(CRMOffice.account)"}"#)
    browser.open(CRMOffice.home + "/tab/Home")
    browser.follow("Reports")
    browser.follow("Activity reports")
    browser.follow("Todays Calls")
    #expect(browser.page.title == "Todays Calls")
    #expect(browser.page.text(id: "report-days")?.hasPrefix("2027-01-15 (CET") == true)
    #expect(browser.page.text(id: "report-count") == "2" && browser.page.text(id: "report-duration") == "1:02:35")
    #expect(
      browser.page.rows("calls-0") == [
        [
          "Call at 2027-01-15T08:00:00+01:00", "Inbound", "2027-01-15 08:00", "1:30", "Ann Owner", "", "Acme", "", "",
        ],
        [
          "Call at 2027-01-15T09:00:00+01:00", "Inbound", "2027-01-15 09:00", "61:05", "Ann Owner", "Bo Tester", "",
          "Interested", "long",
        ],
      ])
    #expect(browser.page.html.contains(/<tfoot[^>]*><tr[^>]*><td[^>]*>2 calls<\/td>/))
  }

  /// Instants around midnight, written with other offsets than the organisation's.
  @Test(arguments: [
    ("2027-01-15T00:00:00+01:00", true), ("2027-01-14T23:59:59+01:00", false), ("2027-01-15T23:59:59+01:00", true),
    ("2027-01-16T00:00:00+01:00", false), ("2027-01-14T23:00:00+00:00", true), ("2027-01-14T22:59:59+00:00", false),
    ("2027-01-15T22:59:59+00:00", true), ("2027-01-15T23:00:00+00:00", false), ("2027-01-14T18:00:00-05:00", true),
    ("2027-01-15T18:00:00-05:00", false),
  ])
  func theDayBeginsAndEndsAtMidnightOfTheOrganization(start: String, isToday: Bool) throws {
    let (world, browser, token) = try office("2027-01-15T12:00:00+01:00")
    #expect(world.postCall(start, token).status == 201)
    #expect(open(browser).text(id: "report-count") == (isToday ? "1" : "0"))
  }

  /// 23 hours on the day the clock is put forward, 25 on the day it is put back.
  @Test(arguments: [
    ("2027-03-28T12:00:00+02:00", "2027-03-28T00:00:00+01:00", true),
    ("2027-03-28T12:00:00+02:00", "2027-03-27T23:59:59+01:00", false),
    ("2027-03-28T12:00:00+02:00", "2027-03-28T23:59:59+02:00", true),
    ("2027-03-28T12:00:00+02:00", "2027-03-28T23:30:00+01:00", false),
    ("2027-10-31T12:00:00+01:00", "2027-10-31T00:00:00+02:00", true),
    ("2027-10-31T12:00:00+01:00", "2027-10-30T23:59:59+02:00", false),
    ("2027-10-31T12:00:00+01:00", "2027-10-31T23:59:59+01:00", true),
    ("2027-10-31T12:00:00+01:00", "2027-11-01T00:00:00+01:00", false),
    ("2027-10-31T12:00:00+01:00", "2027-10-31T02:30:00+02:00", true),
  ])
  func theDayFollowsTheClockWhenItIsPutForwardOrBack(noon: String, start: String, isToday: Bool) throws {
    let (world, browser, token) = try office(noon)
    world.postCall(start, token)
    #expect(open(browser).text(id: "report-count") == (isToday ? "1" : "0"))
  }

  @Test func otherDaysAreOtherReports() throws {
    // A Friday; the week began on Monday the 11th.
    let (world, browser, token) = try office("2027-01-15T12:00:00+01:00")
    for day in ["10", "11", "14", "15", "16"] { world.postCall("2027-01-\(day)T10:00:00+01:00", token) }
    #expect(open(browser).text(id: "report-count") == "1")
    #expect(open(browser, "yesterdays-calls").text(id: "report-count") == "1")
    #expect(open(browser, "this-weeks-calls").text(id: "report-count") == "3")
    #expect(browser.page.text(id: "report-days")?.hasPrefix("2027-01-11 to 2027-01-15") == true)
  }

  @Test func callsAreGroupedByTheirOwners() throws {
    let (world, browser, token) = try office("2027-01-15T12:00:00+01:00")
    world.postCall("2027-01-15T10:00:00+01:00", token)
    world.postCall("2027-01-15T11:00:00+01:00", token, #","Owner":{"id":"1002"}"#)
    world.postCall("2027-01-15T09:00:00+01:00", token, #","Owner":{"id":"1002"}"#)
    let page = open(browser)
    #expect(
      page.rows("calls-0").count == 1 && page.rows("calls-1").map { $0[2] } == ["2027-01-15 09:00", "2027-01-15 11:00"])
    #expect(page.text(id: "report-duration") == "4:30")
  }

  @Test func aDayWithoutCallsSaysSo() throws {
    let (_, browser, _) = try office("2027-01-15T12:00:00+01:00")
    #expect(open(browser).html.contains("<p>No calls.</p>") && browser.page.text(id: "report-count") == "0")
  }

  @Test func anotherTenantsCallsAreNotCounted() throws {
    let (world, _, token) = try office("2027-01-15T12:00:00+01:00")
    world.postCall("2027-01-15T10:00:00+01:00", token)
    let eve = CRMOffice.browser(world, CRMOffice.eve)
    eve.open("https://crm.zoho.com/crm/org600000003/tab/Reports/activity/todays-calls")
    #expect(eve.page.text(id: "report-count") == "0")
  }
}
