import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import Primitives
import Testing

@Suite struct CDRPageTests {
  @Test func legsAreFoldedBelowTheirCallWithoutAnyScript() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr?caller=9xx")
    #expect(text.contains("<details><summary>2 legs</summary>"))
    #expect(text.contains(" 901 [Trunk: ") && text.contains(" 902 [Trunk: "))
    #expect(text.contains("id=\"legs-1\"") && !text.contains("id=\"legs-10\""))
    // The call's own line has the sums of both.
    #expect(text.contains(">0:00:24 / 2:04:06<"))
  }

  @Test func aRecordingIsNamedOrSaidToBeThereOnTheAppliance() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr")
    #expect(text.contains(">auto-1.wav<") && text.contains(">auto-record<"))
  }

  @Test func everyFilterReachesTheRows() throws {
    var web = WebUnderTest(as: "admin")
    _ = web.get(
      "/cdr?caller=10xx&callee=%2B4930.&callerName=Anna&account=a1&account=a2&sourceTrunk=trunk_1"
        + "&destinationTrunk=trunk_2&action=IVR&type=Inbound&status=NO+ANSWER&minDur=1&maxDur=9&AnsweredBy=1001"
        + "&startTime=2026-11-20T09:30&sort=caller&order=desc&after=41&from=50&unknown=1")
    let asked = try #require(web.state.asked.listing)
    #expect(asked.rows.callers == ["10xx"] && asked.rows.callees == ["+4930."])
    #expect(asked.rows.answeredBy == ["1001"])
    #expect(asked.rows.minimumTalkSeconds == 1 && asked.rows.maximumTalkSeconds == 9)
    // On the site's clock, which is an hour ahead.
    #expect(asked.rows.from == Instant(seconds: 1_795_163_400))
    let filter = asked.rows.filter
    #expect(filter.callerName == "Anna" && filter.accounts == ["a1", "a2"])
    #expect(filter.sourceTrunks == ["trunk_1"] && filter.destinationTrunks == ["trunk_2"])
    #expect(filter.actions == ["IVR"] && filter.types == ["Inbound"] && filter.statuses == ["NO ANSWER"])
    #expect(asked.column == .caller && asked.isDescending && asked.cursor == 41 && !asked.isBefore)
  }

  @Test func theFormShowsWhatWasEntered() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr?callerName=Anna&status=BUSY&action=OWN%5B1%5D&sort=talk")
    #expect(text.contains("name=\"callerName\" value=\"Anna\"") && text.contains("maxlength=\"64\""))
    #expect(text.contains("<option value=\"BUSY\" selected>"))
    #expect(text.contains("<option value=\"OWN[1]\" selected>"))
    #expect(text.contains("name=\"sort\" value=\"talk\""))
  }

  @Test(arguments: [
    "caller=1234567890123456789", "callee=1234567890123456789", "AnsweredBy=1234567890123456789",
    "callerName=" + String(repeating: "x", count: 65), "account=" + String(repeating: "x", count: 65),
    "type=Sideways", "status=answered", "callerName=a%00b", "account=%00",
    "account=" + Array(repeating: "a", count: 101).joined(separator: "&account="),
    "startTime=yesterday", "minDur=x", "minDur=-1", "endTime=2026-13-01", "maxDur=1e9",
  ])
  func aFilterThatCannotBeReadFindsNothingAndSaysSo(query: String) {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr?" + query)
    #expect(text.contains("role=\"alert\"") && text.contains("No call matches."))
    #expect(web.state.asked.listing == nil)
    #expect(web.status("/cdr.csv?" + query) == 400)
  }

  @Test(arguments: [
    "%27+OR+1%3D1+--", "%3Cscript%3Ealert(1)%3C/script%3E", "%E2%80%AE1001", "%1B%5B31m", "%22%3E%3Cb%3E",
  ])
  func whatIsEnteredStaysTextEverywhere(text: String) {
    var web = WebUnderTest(as: "admin")
    for name in ["callerName", "account", "action", "sourceTrunk", "caller"] {
      let page = web.get("/cdr?\(name)=\(text.prefix(54))&sort=%22%3E%3Cscript%3E&after=%3Cscript%3E&from=%3Cscript%3E")
      #expect(!page.contains("<script>") && !page.contains("<b>") && page.contains("<h1>CDR</h1>"))
    }
  }

  @Test func emptyFieldsOfTheFilterDoNotCount() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr?startTime=&endTime=&caller=&callee=&AnsweredBy=&minDur=&maxDur=&callerName=&type=&status=")
    #expect(text.contains("2 legs") && !text.contains("role=\"alert\""))
    #expect(web.state.asked.listing?.rows.filter == CDRPageFilter())
    #expect(web.get("/cdr?startTime=2026-11-20T09:30:15").contains("2 legs"))
  }

  @Test func aLongListHasPagesThatKeepFilterAndOrder() throws {
    var web = WebUnderTest(as: "admin")
    web.state.singleCalls = 120
    let first = web.get("/cdr?caller=x.&sort=caller")
    #expect(first.contains("Calls 1 to 50 of more than 121") && !first.contains("Previous page"))
    let next = try #require(first.firstBetween("href=\"", "\" rel=\"next\"")?.split(separator: "\"").last)
    #expect(next.contains("caller") && next.contains("sort") && next.contains("after") && next.contains("77"))
    let second = web.get("/cdr?caller=x.&sort=caller&after=77&from=50")
    #expect(second.contains("Calls 51 to 100") && second.contains("Previous page"))
    for from in ["-5", "99999999999999999999", "x"] {
      #expect(web.get("/cdr?after=77&from=\(from)").contains("Calls 1 to 50"))
    }
  }

  @Test func columnsAreSortedByAndSayHow() {
    var web = WebUnderTest(as: "admin")
    let text = web.get("/cdr")
    #expect(text.ranges(of: "aria-sort=\"descending\"").count == 1 && text.contains("latest first"))
    #expect(web.get("/cdr?sort=caller").contains("aria-sort=\"ascending\""))
    #expect(web.state.asked.listing?.column == .caller && web.state.asked.listing?.isDescending == false)
    _ = web.get("/cdr?sort=recording")
    #expect(web.state.asked.listing?.column == .start)
  }

  @Test func aPartOfTheListThatIsGoneIsSaid() {
    var web = WebUnderTest(as: "admin")
    #expect(web.get("/cdr?after=999&from=50").contains("That part of the list is gone."))
  }

  @Test func theExportIsOfTheSameCallsAsThePageHoweverMany() throws {
    var web = WebUnderTest(as: "admin")
    let export = web.send(.get, "/cdr.csv?caller=9xx&callerName=Anna&sort=talk&after=3&format=json")
    let answer = try #require(export)
    let rows = try #require(answer.rows)
    #expect(rows.callers == ["9xx"] && rows.filter.callerName == "Anna" && rows.format == .csv)
    #expect(rows.offset == 0 && rows.limit == .max)
    #expect(answer.response.headerFields[.contentType]?.hasPrefix("text/csv") == true)
    #expect(answer.response.headerFields[.contentDisposition] == "attachment; filename=\"cdr.csv\"")
  }

  @Test func aDatabaseThatCannotBeReadIsSaid() {
    var web = WebUnderTest(as: "admin")
    #expect(web.get("/cdr?caller=5-").contains("cannot be read"))
    web.state.isBroken = true
    #expect(web.get("/cdr").contains("database cannot be read"))
  }

  @Test(arguments: ["/cdr", "/cdr.csv"])
  func aUserOfThePortalSeesNoRows(path: String) {
    var web = WebUnderTest(as: "1001")
    #expect(web.status(path) == 403)
  }
}
