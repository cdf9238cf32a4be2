import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import Testing

@Suite struct PageTests {
  @Test(arguments: [
    "/dashboard", "/extensions", "/calls", "/cdr", "/cdr?open=0", "/events", "/crm", "/requests",
    "/requests/1",
  ])
  func whatCameOverTheWireIsInert(path: String) {
    var web = WebUnderTest(as: "admin")
    let text = web.get(path)
    #expect(!text.contains("<script>") && !text.contains(#"alert("x")"#))
    #expect(text.contains("<h1>") && text.contains("id=\"clock-bar\""))
  }

  @Test func theNameOfAnAttackerIsShownAsText() {
    var web = WebUnderTest(as: "admin")
    for path in ["/extensions", "/calls", "/cdr", "/events", "/dashboard"] {
      #expect(web.get(path).contains("&lt;script&gt;"), "\(path)")
    }
    var user = WebUnderTest(as: "1001")
    #expect(user.get("/portal").contains("&lt;script&gt;"))
  }

  @Test func whatIsEnteredIsShownInertToo() {
    var web = WebUnderTest(as: "admin")
    let bad = "\"><script>alert(1)</script>"
    #expect(!web.get("/cdr?caller=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").contains("<script>"))
    let answer = web.post("/crm", [("crm_module", bad), ("crm_addr", bad), ("number_add", bad)])
    #expect(answer?.text.contains("<script>") == false)
  }

  @Test func theDashboardHoldsUseAgainstLimits() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/dashboard")
    for wanted in ["UCM6302", "1.0.17.11", "1 of 2 registered", ">Full<", ">Unknown limit<", "The token is dead"] {
      #expect(text.contains(wanted), "\(wanted)")
    }
  }

  @Test func aCallsTimeGoesOnAsTheClockDoes() {
    var web = WebUnderTest(as: "admin")
    #expect(web.get("/calls").contains("data-seconds=\"3723\" data-rate=\"10.0\">1:02:03</time>"))
    web.state.clock.isPaused = true
    #expect(web.get("/calls").contains("data-seconds=\"3723\" data-rate=\"0.0\""))
  }

  @Test func legsAreFoldedUntilTheyAreAskedFor() {
    var web = WebUnderTest(as: "admin")
    let folded = web.get("/cdr?caller=9xx")
    #expect(folded.contains("Show 2 legs") && !folded.contains("(901)"))
    #expect(folded.contains("2026-11/auto-1.wav"))
    #expect(folded.contains("01:02:03"))
    let open = web.get("/cdr?caller=9xx&open=0")
    #expect(open.contains("(901)") && open.contains("Leg 2") && open.contains("Hide legs"))
    #expect(open.contains("href=\"/cdr?caller&#61;9xx\"") || open.contains("href=\"/cdr?caller=9xx\""))
  }

  @Test func aLongListHasPages() {
    var web = WebUnderTest(as: "admin")
    web.state.singleCalls = 120
    let first = web.get("/cdr")
    #expect(first.contains("Calls 1 to 50") && first.contains("Next page") && !first.contains("Previous page"))
    let last = web.get("/cdr?offset=100")
    #expect(last.contains("Calls 101 to 121") && !last.contains("Next page") && last.contains("Previous page"))
    #expect(web.get("/cdr?offset=-5").contains("Calls 1 to 50"))
    #expect(web.get("/cdr?offset=99999999999999999999").contains("Calls 1 to 50"))
  }

  @Test func theExportIsWhatTheAPIWouldAnswer() throws {
    var web = WebUnderTest(as: "admin")
    let export = web.send(.get, "/cdr.csv?caller=9xx&open=3&offset=50&format=json")
    let answer = try #require(export)
    // Of the page's conditions those that say which rows; all of them, in CSV.
    #expect(answer.text == "csv [\"9xx\"] 0 \(web.doors.settings.cdrRecordsMax)")
    #expect(answer.response.headerFields[.contentType]?.hasPrefix("text/csv") == true)
    #expect(answer.response.headerFields[.contentDisposition] == "attachment; filename=\"cdr.csv\"")
  }

  @Test(arguments: ["startTime=yesterday", "minDur=x", "minDur=-1", "endTime=2026-13-01", "maxDur=1e9"])
  func aFilterThatCannotBeReadFindsNothingAndSaysSo(query: String) {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr?" + query)
    #expect(text.contains("role=\"alert\"") && text.contains("No call matches."))
  }

  @Test func emptyFieldsOfTheFilterDoNotCount() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr?startTime=&endTime=&caller=&callee=&AnsweredBy=&minDur=&maxDur=")
    #expect(text.contains("Show 2 legs") && !text.contains("role=\"alert\""))
    #expect(web.get("/cdr?startTime=2026-11-20T09:30").contains("Show 2 legs"))
    #expect(web.get("/cdr?startTime=2026-11-20T09:30:15").contains("Show 2 legs"))
  }

  @Test func aDatabaseThatCannotBeReadIsSaid() {
    var web = WebUnderTest(as: "admin")
    #expect(web.get("/cdr?caller=5-").contains("cannot be read"))
    #expect(web.status("/cdr.csv?caller=5-") == 400)
    web.state.isBroken = true
    #expect(web.get("/cdr").contains("database cannot be read"))
    #expect(web.status("/cdr.csv") == 503)
  }

  @Test func theInspectorShowsNoSecretAndACommandLine() {
    var web = WebUnderTest(as: "admin")
    #expect(web.get("/requests").contains("/requests/1"))
    let text = web.get("/requests/1")
    #expect(!text.contains("hunter2hunter2"))
    #expect(text.contains("id=\"curl\"") && text.contains("curl --include --request"))
    #expect(web.status("/requests/2") == 404)
  }

  @Test(arguments: [
    ("pause", "", ClockCommand.pause), ("resume", "", .resume), ("step", "", .step), ("event", "", .nextEvent),
    ("speed", "60", .speed(60)), ("speed", "max", .speed(nil)), ("speed", "0.5", .speed(0.5)),
  ])
  func theClockIsToldWhatToDo(word: String, speed: String, command: ClockCommand) {
    var web = WebUnderTest(as: "admin")
    let answer = web.post("/clock", [("do", word), ("speed", speed), ("back", "/calls")], from: "/dashboard")
    #expect(answer?.command == command)
    #expect(answer?.location == "/calls")
  }

  @Test(arguments: [
    ("", ""), ("stop", ""), ("speed", ""), ("speed", "-1"), ("speed", "0"), ("speed", "nan"),
    ("speed", "1e99"),
  ])
  func theClockDoesNothingElse(word: String, speed: String) {
    var web = WebUnderTest(as: "admin")
    let answer = web.post("/clock", [("do", word), ("speed", speed)], from: "/dashboard")
    #expect(answer?.status == 400)
    #expect(answer?.command == nil)
  }

  @Test(arguments: ["https://elsewhere.example", "//elsewhere.example", "/nowhere", "javascript:alert(1)"])
  func theClockLeadsBackToPagesOfTheInterfaceOnly(back: String) {
    var web = WebUnderTest(as: "admin")
    #expect(web.post("/clock", [("do", "pause"), ("back", back)], from: "/dashboard")?.location == "/")
  }
}
