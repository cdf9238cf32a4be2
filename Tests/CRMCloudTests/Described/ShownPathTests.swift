import CRMCloud
import HTTPTypes
import JSON
import Testing

/// What a journal may show of the path to a described CRM.
struct ShownPathTests {
  static let host = "crm.example.com"

  /// `/rest/7/CODE/METHOD`, as a webhook's address is.
  static func clouds() throws -> CRMClouds {
    let refusal = DescribedAnswer(status: 401, json: ["error": "refused"])
    var described = DescribedCloudContents(name: "Example", hosts: [host], refusal: refusal, throttle: refusal)
    described.endpoints = ["crm.contact.list", "crm.lead.list"].map { method in
      let path: [DescribedPattern.Text] = [
        .init([.literal("rest")]), .init([.place("user")]), .init([.place("secret code")]), .init([.literal(method)]),
      ]
      var credentials = DescribedCredentialsPattern()
      credentials.path["secret code"] = "example-code"
      return DescribedEndpoint(
        pattern: DescribedPattern(method: "GET", path: path, query: [], headers: [], body: .none),
        credentials: credentials, work: .check, answer: DescribedAnswer(status: 200, json: [:]), miss: nil)
    }
    var contents = CloudContents()
    contents.described = described
    return try CRMClouds(contents, seed: 1)
  }

  private static func shown(_ path: String?, host: String = host) throws -> String {
    try clouds().shownPath(of: HTTPRequest(method: .get, scheme: "https", authority: host, path: path))
  }

  @Test(arguments: [
    ("/rest/7/example-code/crm.contact.list", "/rest/7/<secret>/crm.contact.list"),
    ("/rest/7/another-code/crm.contact.list?x=1&y=/rest/7", "/rest/7/<secret>/crm.contact.list?x=1&y=/rest/7"),
    ("/rest/7/example-code/crm.nothing", "/rest/7/<secret>/crm.nothing"), ("/rest/7/example-code", "/rest/7/<secret>"),
    ("//rest/%37//example%2Dcode/?a", "//rest/%37//<secret>/?a"),
    ("/re%73t/7/example-code/crm.lead.list/more/than/that", "/re%73t/7/<secret>/crm.lead.list/more/than/that"),
  ])
  func theCodeOfAWebhookIsHiddenGoodOrWrong(path: String, expected: String) throws {
    #expect(try Self.shown(path) == expected)
    #expect(try Self.shown(path, host: "CRM.example.com:8443") == expected)
  }

  @Test(arguments: [
    "/", "", "/rest", "/rest/7", "/rest/7?code=/x/y/z", "/elsewhere/7/example-path/x", "?/rest/7/a", "/%",
  ])
  func aPathThatHoldsNoneIsShown(path: String) throws {
    #expect(try Self.shown(path) == path)
  }

  @Test func requestsToOtherCloudsAreShownAsTheyAre() throws {
    let path = "/rest/7/example/crm.contact.list"
    #expect(try Self.shown(path, host: "www.zohoapis.com") == path)
    #expect(try Self.shown(nil, host: "www.zohoapis.com") == "/" && Self.shown(nil) == "/")
  }
}
