import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import Testing

@Suite struct CallFlowPageTests {
  @Test func aCallIsShownWithPictureMessagesAndReasons() {
    var web = WebUnderTest(as: "admin")
    #expect(web.get("/cdr").contains("href=\"/cdr/1\""))
    let text = web.get("/cdr/1")
    #expect(text.contains("src=\"/cdr/1.svg\"") && text.contains("INVITE sdp") && text.contains("10:00:00.123"))
    #expect(text.contains("3 more messages") && text.contains("rule: R") && text.contains("First cause"))
    #expect(!text.contains("<script>") && text.contains("&lt;script&gt;"))
  }

  @Test func whatTheExplanationLeansOnIsListedWhereThereIsSomething() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr/1")
    #expect(text.contains("id=\"leaned-on\"") && text.contains("Leaned On") && text.contains("[assumed]"))
    #expect(!web.get("/cdr/9").contains("Leaned On"))
  }

  @Test func aDateAndATimeAreMarkedSoThatEachStaysInOneLine() {
    var web = WebUnderTest(as: "admin")
    #expect(
      web.get("/cdr").contains(/<time class="moment"><span>20\d\d-\d\d-\d\d<\/span> <span>\d\d:\d\d:\d\d<\/span>/))
    #expect(web.get("/page.css").contains(".moment span { white-space: nowrap; }"))
  }

  @Test func thePictureMayColourItselfAndNothingElse() throws {
    var web = WebUnderTest(as: "admin")
    let picture = web.send(.get, "/cdr/1.svg")
    let answer = try #require(picture)
    #expect(answer.response.headerFields[.contentType] == "image/svg+xml")
    #expect(answer.response.headerFields[.contentSecurityPolicy] == "default-src 'none'; style-src 'unsafe-inline'")
  }

  @Test func whatIsNoLongerKeptIsSaid() {
    var web = WebUnderTest(as: "admin")
    #expect(web.get("/cdr/7").contains("no longer kept") && web.get("/cdr/7").contains(" 901"))
    #expect(web.get("/cdr/8").contains("busy just now"))
    #expect(web.status("/cdr/7.svg") == 404)
  }

  @Test(arguments: [
    "/cdr/100", "/cdr/0", "/cdr/-1", "/cdr/x", "/cdr/1.svg.svg", "/cdr/99999999999999999999", "/cdr/1/2",
  ])
  func aCallThereIsNotIsNotFound(path: String) {
    var web = WebUnderTest(as: "admin")
    let status = web.status(path)
    #expect(status == 404 || status == nil)
  }

  @Test func aDatabaseThatCannotBeReadIsSaid() {
    var web = WebUnderTest(as: "admin")
    web.state.isBroken = true
    #expect(web.status("/cdr/1") == 503)
  }

  @Test(arguments: ["/cdr/1", "/cdr/1.svg"])
  func aUserOfThePortalSeesNoCall(path: String) {
    var web = WebUnderTest(as: "1001")
    #expect(web.status(path) == 403)
  }
}
