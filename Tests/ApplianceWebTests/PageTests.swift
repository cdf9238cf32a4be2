import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import Testing

@Suite struct PageTests {
  @Test(arguments: [
    "/dashboard", "/extensions", "/calls", "/cdr", "/events", "/crm", "/requests",
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
