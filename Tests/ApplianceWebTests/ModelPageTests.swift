import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import Primitives
import Testing

@Suite struct ModelPageTests {
  private func web(as user: String = "admin") -> WebUnderTest {
    var web = WebUnderTest(as: user)
    var other = FakeWebState()
    other.model = "UCM6208"
    other.totals = RunTotals(calls: 5, refused: 4, rows: 6, systemEvents: 1)
    var comparison = ModelComparison()
    (comparison.same, comparison.different, comparison.onlyFirst, comparison.onlySecond) = (11, 12, 13, 14)
    comparison.earliest = .init(
      time: web.state.now, caller: FakeWebState.bad, callee: "1001", text: "status ANSWERED / FAILED")
    comparison.latest = comparison.earliest.map { [$0] } ?? []
    let made = comparison
    web.beside = BesideState(state: other, comparison: made)
    return web
  }

  @Test func bothModelsStandBesideOneAnother() {
    var web = web()
    let text = web.get("/models")
    for wanted in [
      "<h2>UCM6302</h2>", "<h2>UCM6208</h2>", "id=\"refused-first\">2<", "id=\"refused-second\">4<", ">11<", ">14<",
      "status ANSWERED / FAILED", "class=\"beside\"", "Show the pages of UCM6208", "&lt;script&gt;",
    ] {
      #expect(text.contains(wanted), "\(wanted)")
    }
    #expect(!text.contains("<script>") && !text.contains("Show the pages of UCM6302"))
  }

  @Test func thePagesAreThoseOfTheModelChosen() throws {
    var web = web()
    #expect(web.get("/dashboard").contains("Pages of UCM6302"))
    #expect(web.post("/models", [("model", "second")])?.location == "/models")
    let text = web.get("/dashboard")
    #expect(text.contains("Pages of UCM6208") && text.contains("id=\"model\">UCM6208<"))
    let export = web.send(.get, "/cdr.csv")
    #expect(try #require(export).isOfBeside)
    _ = web.post("/models", [("model", "first")])
    #expect(web.get("/dashboard").contains("id=\"model\">UCM6302<"))
    for other in ["third", "", FakeWebState.bad] {
      _ = web.post("/models", [("model", other)])
      #expect(web.get("/dashboard").contains("id=\"model\">UCM6302<"))
    }
  }

  @Test func theChoiceTakesTheFormsProof() {
    var web = web()
    #expect(web.send(.post, "/models", [("model", "second")])?.status == 403)
    #expect(web.get("/dashboard").contains("id=\"model\">UCM6302<"))
  }

  @Test func oneModelAloneHasNoSuchPage() {
    var web = WebUnderTest(as: "admin")
    #expect(web.status("/models") == 404)
    #expect(!web.get("/dashboard").contains("/models"))
  }

  @Test func aUserOfThePortalComparesNothing() {
    var web = web(as: "1001")
    #expect(web.status("/models") == 403)
    #expect(web.post("/models", [("model", "second")], from: "/portal/crm")?.status == 403)
  }
}
