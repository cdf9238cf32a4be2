import CRMConnectors
import HTTPTypes
import JSON
import Primitives
import Reports
import Testing

@testable import Simulation

@Suite struct CRMExchangeReportTests {
  private static func line(
    _ purpose: CRMRequest.Purpose, path: String = "/", body: String = "", hiding secretFields: Set<String>
  ) -> String {
    let request = CRMRequest(
      id: .init(rawValue: 1), purpose: purpose,
      request: HTTPRequest(method: .post, scheme: "https", authority: "crm.example.com", path: path),
      body: Array(body.utf8), secretFields: secretFields)
    let answer = CRMAnswer.response(HTTPResponse(status: .ok), body: Array("the reply".utf8))
    let json = CRMExchangeReport.json(
      CRMEnvelope(connector: 0, call: nil, request: request), sent: .epoch, answered: .epoch, answer: answer)
    return String(decoding: json.bytes(), as: UTF8.self)
  }

  @Test(arguments: [
    ("/webservice.php?operation=query&sessionName=hush&query=x", ""), ("/", "sessionName=hush&operation=create"),
    ("/", "method=x&rest_data=%7B%22sessionName%22%3A%22hush%22%2C%22query%22%3A%22x%22%7D"),
    ("/", "rest_data=%7b%22a%22:[%7B%22sessionName%22:%22hush%22%7D]%7d"),
    ("/", #"rest_data={"sessionName":"hush"}"#),
  ])
  func theFieldsThatHoldSecretsAreHiddenWhereverTheyStand(path: String, body: String) {
    let line = Self.line(.search, path: path, body: body, hiding: ["sessionName"])
    #expect(!line.contains("hush") && line.contains("secret"), "\(line)")
    #expect(line.contains("the reply"))
  }

  /// SugarCRM's v4_1.
  @Test func ofJSONInAFormTheQuestionIsShownAndTheSessionIsNot() {
    let data = PercentEncoding.form([
      ("method", "get_entry_list"),
      ("rest_data", #"{"session":"hush","module_name":"Contacts","query":"contacts.phone_work like '%4%2%'"}"#),
    ])
    let line = Self.line(.search, path: "/service/v4_1/rest.php", body: data, hiding: ["session", "password"])
    let shown = PercentEncoding.form([
      ("method", "get_entry_list"),
      ("rest_data", #"{"module_name":"Contacts","query":"contacts.phone_work like '%4%2%'","session":"<secret>"}"#),
    ])
    #expect(line.contains(#""body":"\#(shown)""#), "\(line)")
    let login = #"method=login&rest_data={"user_auth":{"user_name":"ann","password":"hush"}}"#
    #expect(!Self.line(.token, body: login, hiding: ["session", "password"]).contains("hush"))
    #expect(!Self.line(.search, body: login, hiding: ["session", "password"]).contains("hush"))
  }

  @Test(arguments: [
    "rest_data=%7B%22query%22%3A%22x%22%7D", "rest_data=%7Bbroken", "rest_data=", "a&b=%", "{", "",
    "rest_data=%7B%22notSessionName%22%3A%22x%22%7D",
  ])
  func whatHoldsNoSecretIsShown(body: String) {
    let line = Self.line(.search, path: "/x?y=1", body: body, hiding: ["sessionName"])
    #expect(line.contains(#""path":"/x?y=1""#) && !line.contains("<secret>"))
  }

  @Test func ofATokenRequestNeitherQueryNorBodiesAreShown() {
    let line = Self.line(.token, path: "/x?token=hush", body: "password=hush", hiding: [])
    #expect(!line.contains("hush") && !line.contains("the reply"))
  }
}
