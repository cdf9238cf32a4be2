import CRMCloud
import Primitives
import Testing

struct ListPagesTests {
  private let world: ZohoWorld
  private let browser: Browser

  /// 41 accounts: two pages of 20 and one of one.
  init() throws {
    var data = CRMOffice.data
    for number in 2...41 {
      data.organisations[0].accounts.append(.init(name: "Account \(number)", phone: "+4940\(1000 + number)"))
    }
    world = try ZohoWorld(data)
    browser = CRMOffice.browser(world)
  }

  private func open(_ query: String) -> WebPage { browser.open(CRMOffice.home + "/tab/Accounts" + query) }

  @Test func theListIsPagedNewestFirst() {
    #expect(open("").rows("records").compactMap(\.first) == (22...41).reversed().map { "Account \($0)" })
    #expect(browser.page.html.contains("1 to 20 of 41") && browser.page.link("Previous page") == nil)
    browser.follow("Next page")
    #expect(browser.page.html.contains("21 to 40 of 41"))
    browser.follow("Next page")
    #expect(browser.page.rows("records").compactMap(\.first) == ["Acme"])
    #expect(browser.page.html.contains("41 to 41 of 41") && browser.page.link("Next page") == nil)
    browser.follow("Previous page")
    #expect(browser.page.html.contains("21 to 40 of 41"))
  }

  @Test(arguments: [
    ("?page=0", "1 to 20 of 41"), ("?page=-3", "1 to 20 of 41"), ("?page=99", "41 to 41 of 41"),
    ("?page=x", "1 to 20 of 41"), ("?page=9223372036854775808", "1 to 20 of 41"),
    ("?page=9223372036854775807", "41 to 41 of 41"),
  ])
  func aPageThatIsNotThereIsTheNearest(query: String, shown: String) {
    #expect(open(query).html.contains(shown))
  }

  @Test(arguments: [
    ("acme", ["Acme"]), ("ACCOUNT 41", ["Account 41"]), ("+49 40 1005", ["Account 5"]), ("1 555 0103", ["Acme"]),
    ("nobody", []), ("<b>", []), ("5550101", []),
  ])
  func aSearchLooksAtNamesAndNumbers(text: String, found: [String]) {
    _ = open("")
    browser.submit("search-form", ["search": text])
    #expect(browser.page.rows("records").compactMap(\.first) == found && browser.page.status == 200)
    #expect(browser.page.form("search-form")?["search"] == text)
  }

  @Test func aSearchIsPagedWithItsText() {
    _ = open("?search=Account")
    browser.follow("Next page")
    #expect(browser.page.html.contains("21 to 40 of 40") && browser.page.address.contains("search=Account"))
  }

  @Test func anEmptyModuleSaysSo() {
    browser.open(CRMOffice.home + "/tab/Deals")
    #expect(browser.page.text(id: "records") == "No Deals yet." && browser.page.html.contains("0 of 0"))
  }
}
