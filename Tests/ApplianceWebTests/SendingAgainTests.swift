import ApplianceAPI
import ApplianceWeb
import HTTPTypes
import JSON
import Primitives
import Testing

/// A request to the CRM that the administrator sends once more.
@Suite struct SendingAgainTests {
  private func exchange(
    _ number: Int, _ purpose: String = "search", answer: String = #"{"data":[{"id":"1","Phone":"030"}]}"#,
    repeats: Int? = nil
  ) -> CRMExchangeFacts {
    let origin = JSONValue.Member(
      repeats == nil ? "connector" : "repeats", .integer(Int64(repeats ?? 0)))
    return CRMExchangeFacts(
      number: number,
      line: .object([
        .init("time", 1_795_166_400), origin, .init("purpose", .string(purpose)), .init("method", "GET"),
        .init("host", "www.zohoapis.com"), .init("path", "/crm/v2/Contacts/search"), .init("status", 200),
        .init("bytes", 10), .init("answer", .string(answer)),
      ]))
  }

  private func web(_ exchanges: [CRMExchangeFacts], as user: String = "admin") -> WebUnderTest {
    var web = WebUnderTest(as: user)
    web.state.crmExchanges = exchanges
    return web
  }

  @Test func aSearchIsSentAtOnce() {
    var web = web([exchange(7)])
    #expect(web.get("/requests/7").contains("Send again"))
    let answer = web.post("/requests/7/again", [], from: "/requests/7")
    #expect(answer?.location == "/requests/7?again=1#again")
    #expect(answer?.repeats == 7)
  }

  @Test(arguments: ["create", "logCall", "link", "token", "login", "unheardOf"])
  func whatWritesOrLogsInIsAskedForTwice(purpose: String) {
    var web = web([exchange(7, purpose)])
    let first = web.post("/requests/7/again", [], from: "/requests/7")
    #expect(first?.repeats == nil && first?.status == 200)
    #expect(first?.text.contains("Send it all the same") == true)
    let second = web.post("/requests/7/again", [("confirm", "yes")], from: "/requests/7")
    #expect(second?.repeats == 7)
  }

  @Test func bothAnswersStandSideBySideWithWhatDiffers() {
    var web = web([
      exchange(7), exchange(8),
      exchange(9, answer: #"{"data":[{"id":"1","Phone":"040"}],"info":1}"#, repeats: 7),
    ])
    let page = web.get("/requests/7")
    #expect(page.contains(">2 of 3 places<"))
    for text in ["data[0].Phone", "030", "040", "info", "Differs", "Same"] { #expect(page.contains(text), "\(text)") }
    #expect(web.get("/requests/9").contains("Again for request 7"))
    #expect(web.get("/requests").contains("search (by hand)"))
    #expect(!web.get("/requests/8").contains("again-differences"))
  }

  @Test func secretsOfNeitherAnswerAreShown() {
    let secret = "1000.0123456789abcdef0123456789abcdef.fedcba9876543210fedcba9876543210"
    var web = web([
      exchange(7, answer: "{\"access_token\":\"\(secret)\"}"),
      exchange(8, answer: "{\"access_token\":\"\(secret)\",\"a\":1}", repeats: 7),
    ])
    for path in ["/requests/7", "/requests/8"] { #expect(!web.get(path).contains(secret), "\(path)") }
  }

  @Test(arguments: [
    ("", "", 0), ("{}", "[]", 1), ("one\ntwo", "one\nthree", 1), ("{\"a\":1}", "<html>", 2),
    (FakeWebState.bad, FakeWebState.bad, 0), (String(repeating: "[", count: 5000), "", 1),
  ])
  func anyTwoAnswersCanBeCompared(first: String, second: String, differences: Int) {
    var web = web([exchange(7, answer: first), exchange(8, answer: second, repeats: 7)])
    let page = web.get("/requests/7")
    #expect(page.contains("id=\"again-differences\">\(differences) of "))
    #expect(!page.contains("<script>alert"))
  }

  @Test func anAnswerWithThousandsOfPlacesIsCut() {
    let many = "[" + (0..<3000).map { "{\"k\":\($0)}" }.joined(separator: ",") + "]"
    var web = web([exchange(7, answer: many), exchange(8, answer: "[]", repeats: 7)])
    let page = web.get("/requests/7")
    #expect(page.ranges(of: "Differs").count == 200)
  }

  @Test func nobodyElseAndNoForeignFormSendsAnything() {
    var user = web([exchange(7)], as: "1001")
    #expect(user.post("/requests/7/again", [], from: "/portal")?.repeats == nil)
    var web = web([exchange(7)])
    #expect(web.send(.post, "/requests/7/again")?.status == 403)
    #expect(web.send(.get, "/requests/7/again")?.repeats == nil)
    #expect(web.post("/requests/8/again", [], from: "/requests/7")?.status == 404)
    for path in ["/requests/7/once", "/requests/7/again/", "/requests//again", "/requests/-7/again", "/requests/7/"] {
      #expect(web.send(.post, path) == nil, "\(path)")
    }
  }
}
