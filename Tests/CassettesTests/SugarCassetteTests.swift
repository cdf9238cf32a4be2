import CRMConnectors
import HTTPTypes
import Primitives
import Testing

@testable import Cassettes

/// Requests of SugarCRM's v4_1, whose arguments are JSON in a form's field.
struct SugarCassetteTests {
  private static let password = "4ac6430a17d0215b3052b15c879d48bc"
  private static let session = "de3mh7session0000000000000"

  private static func request(_ purpose: CRMRequest.Purpose, _ method: String, _ data: String) -> CRMRequest {
    var head = HTTPRequest(
      method: .post, scheme: "https", authority: "crm.example.com", path: "/sugarcrm/service/v4_1/rest.php")
    head.headerFields[.contentType] = "application/x-www-form-urlencoded"
    let form = PercentEncoding.form([("method", method), ("input_type", "JSON"), ("rest_data", data)])
    return CRMRequest(
      id: .init(rawValue: 1), purpose: purpose, request: head, body: Array(form.utf8),
      secretFields: ["session", "password"])
  }

  private static func search(_ digits: String, in module: String = "contacts") -> CRMRequest {
    let pattern = "%" + digits.map { "\($0)%" }.joined()
    return request(
      .search, "get_entry_list",
      #"{"session":"\#(session)","module_name":"\#(module)","query":"\#(module).phone_work like '\#(pattern)'"}"#)
  }

  private static let login = request(
    .token, "login",
    #"{"user_auth":{"user_name":"ann","password":"\#(password)","version":"1"},"application_name":"ucm"}"#)

  private static func told(_ request: CRMRequest, _ people: CassetteRedaction.People = .keep) -> String {
    var redaction = CassetteRedaction(people: people)
    return redaction.request(request).text
  }

  @Test func theQuestionIsToldWithoutTheSession() {
    let text = Self.told(Self.search("5550142"))
    #expect(text.contains("rest_data={"), "\(text)")
    #expect(text.contains("contacts.phone_work like '%5%5%5%0%1%4%2%'") && text.contains(#""session":"<session>""#))
    #expect(!text.contains(Self.session))
  }

  @Test func aLoginIsToldWithoutItsPasswordsDigest() {
    for people in CassetteRedaction.People.allCases {
      let text = Self.told(Self.login, people)
      #expect(text.contains(#""password":"<password>""#) && !text.contains(Self.password), "\(text)")
    }
  }

  @Test func questionsForOthersAreToldApart() {
    let first = Self.told(Self.search("5550142")), other = Self.told(Self.search("5550143"))
    #expect(first != other && first != Self.told(Self.search("5550142", in: "leads")))
    // Another run has another session and asks the same.
    let again = Self.request(
      .search, "get_entry_list",
      #"{"query":"contacts.phone_work like '%5%5%5%0%1%4%2%'","module_name":"contacts","session":"another"}"#)
    #expect(first == Self.told(again))
  }

  @Test func whoeverCallsAndIsAddedGetsAPseudonym() {
    let search = Self.told(Self.search("9876543"), .pseudonyms)
    #expect(search.contains("like '%5%5%5%0%0%0%1%'") && !search.contains("%9%8%7%6%5%4%3%"), "\(search)")
    let call = Self.told(
      Self.request(
        .logCall, "set_entry",
        #"{"session":"\#(Self.session)","module_name":"Contacts","name_value_list":["#
          + #"{"name":"last_name","value":"Testerson"},{"name":"phone_work","value":"+1 617 987 6543"}]}"#),
      .pseudonyms)
    #expect(!call.contains("Testerson") && !call.contains("987 6543") && !call.contains(Self.session), "\(call)")
    #expect(call.contains("Caller 1"))
  }

  @Test(arguments: [#"{"session":"de3mh7session0000000000000""#, "null", "[1", "{}", "12", ""])
  func whatIsNoJSONOrHoldsNothingIsTaken(data: String) {
    let text = Self.told(Self.request(.search, "x", data))
    #expect(text.contains("method=x") && text.contains("rest_data="))
    #expect(!text.contains(Self.session), "\(text)")
  }
}
