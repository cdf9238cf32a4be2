import CRMConnectors
import HTTPTypes
import Primitives
import Testing

/// Answers that no Zoho gives, or gives on a bad day: the doctor says what is wrong and goes on.
@Suite struct HostileAnswerTests {
  private static let page = CRMUserSettings(
    isEnabled: true,
    credentials: .zohoV2(
      .init(
        clientID: "1000.CLIENT", clientSecret: Secret("hunter_secret"), refreshToken: Secret("hunter_token"))))

  /// Every request gets the next answer; the last one again and again.
  private static func examine(_ answers: [CRMAnswer]) -> [SetUpCheck] {
    let settings = CRMSettings(
      system: .zohoV2, serverAddress: "https://www.zohoapis.com", addUnknownNumber: .leads,
      contactLookups: [.contacts, .leads])
    var doctor = SetUpDoctor(settings: settings, users: SetUpUser.grouped(["1000": page]))
    var asked = 0
    while asked < 100, doctor.next() != nil {
      if let answer = answers.dropFirst(asked).first ?? answers.last { doctor.receive(answer) }
      asked += 1
    }
    #expect(asked < 30)
    return doctor.checks
  }

  private static func find(_ point: SetUpPoint, _ checks: [SetUpCheck]) -> SetUpCheck? {
    checks.first { $0.point == point }
  }

  @Test(arguments: [
    (CRMAnswer.unreachable(.timedOut), "timedOut"), (.unreachable(.connectionRefused), "connectionRefused"),
    (.unreachable(.tlsFailed), "tlsFailed"), (.json(502, "<html>Bad gateway</html>"), "502 unreadableAnswer"),
    (.json(200, ""), "200 unreadableAnswer"), (.json(500, #"{"error":"unknown_error"}"#), "500 unknown_error"),
    (.json(200, #"{"error":"hunter_secret"}"#), "200 unknownCode"),
    (.json(200, #"{"error":"a code with <b>1</b>"}"#), "200 unknownCode"),
  ])
  func anAccountsServerThatDoesNotAnswerAsDocumentedIsTheFirstThingWrong(answer: CRMAnswer, told: String) {
    let checks = Self.examine([answer])
    let first = checks.first { $0.status == .wrong }
    #expect(first?.point == .client)
    #expect(first?.finding.contains(told.split(separator: " ").last ?? "") == true)
    #expect(first?.asked == ["POST accounts.zoho.com/oauth/v2/token: " + told])
    #expect(first?.remedies.isEmpty == false)
    #expect(Self.find(.lookup(.contacts), checks)?.status == .notChecked)
  }

  @Test(arguments: [
    CRMAnswer.json(200, "{}"), .json(204, ""), .json(200, #"{"access_token":7}"#),
    .json(200, #"{"access_token":"a b\r\nX: y"}"#), .json(200, #"{"access_token":""}"#),
  ])
  func aReplyWithoutAUsableTokenIsNoLogin(answer: CRMAnswer) {
    let checks = Self.examine([answer])
    #expect(Self.find(.refreshToken, checks)?.status == .wrong)
    #expect(Self.find(.loginStatus, checks)?.finding.hasPrefix("Logged Out") == true)
  }

  @Test(arguments: ["https://evil.example.com", "http://www.zohoapis.com", "https://www.zohoapis.com.evil.example"])
  func aTokenGoesToNoHostThatIsNoneOfZohos(domain: String) {
    let checks = Self.examine([.json(200, #"{"access_token":"t","api_domain":"\#(domain)"}"#), .miss])
    let domain = Self.find(.apiDomain, checks)
    #expect(domain?.status == .wrong)
    #expect(Self.find(.lookup(.contacts), checks)?.asked == ["GET www.zohoapis.com/crm/v2/Contacts/search: 204"])
  }

  @Test func aSandboxIsNotTheRealOrganisation() {
    let checks = Self.examine([
      .json(200, #"{"access_token":"t","api_domain":"https://sandbox.zohoapis.com"}"#), .miss,
    ])
    #expect(Self.find(.apiDomain, checks)?.finding.contains("sandbox") == true)
    #expect(checks.allSatisfy { $0.status != .wrong })
  }

  @Test(arguments: [
    ("INVALID_TOKEN", 401, SetUpPoint.apiAccess), ("AUTHENTICATION_FAILURE", 401, .apiAccess),
    ("TOO_MANY_REQUESTS", 429, .apiAccess), ("INTERNAL_ERROR", 500, .apiAccess),
    ("INVALID_MODULE", 400, .lookup(.contacts)), ("INVALID_DATA", 400, .lookup(.contacts)),
  ])
  func aRefusalIsToldWhereItBelongs(code: String, status: Int, point: SetUpPoint) {
    let checks = Self.examine([.token(), .refused(status, code)])
    let first = checks.first { $0.status == .wrong }
    #expect(first?.point == point && first?.finding.contains(code) == true)
    #expect(first?.remedies.isEmpty == false)
  }

  @Test func aProfileThatMayNotReadOneTableIsNotOneWithoutTheAPI() {
    let refused = CRMAnswer.json(
      403, #"{"code":"NO_PERMISSION","details":{"permissions":["Crm_Implied_View_Contacts"]},"status":"error"}"#)
    let checks = Self.examine([.token(), refused, .miss])
    #expect(Self.find(.apiAccess, checks)?.status == .ok)
    #expect(Self.find(.lookup(.contacts), checks)?.status == .wrong)
    #expect(Self.find(.lookup(.leads), checks)?.status == .ok)
  }

  @Test func whatIsLeftIsReadFromTheHeaderFields() throws {
    var response = HTTPResponse(status: .noContent)
    response.headerFields[try #require(HTTPField.Name("X-RATELIMIT-LIMIT"))] = "100"
    response.headerFields[try #require(HTTPField.Name("X-RATELIMIT-REMAINING"))] = "0"
    response.headerFields[try #require(HTTPField.Name("X-API-CREDITS-REMAINING"))] = "99999999999999999999999"
    let checks = Self.examine([.token(), .response(response, body: [])])
    let credits = Self.find(.credits, checks)
    #expect(credits?.status == .wrong && credits?.finding == "0 of 100 requests left in the current span")
  }

  @Test func noAnswerMakesTheDoctorRepeatASecret() {
    let echo = CRMAnswer.json(200, #"{"error":"hunter_token","message":"hunter_secret","status":"error"}"#)
    let api = CRMAnswer.json(400, #"{"code":"access_secret","status":"error"}"#)
    for answers in [[echo], [.token("access_secret", rest: ""), api]] {
      let text = Self.examine(answers).map { "\($0)" }.joined()
      #expect(!text.contains("hunter") && !text.contains("access_secret"))
    }
  }

  @Test func anAnswerNobodyAskedForIsIgnored() {
    let settings = CRMSettings(
      system: .zohoV2, serverAddress: "https://www.zohoapis.com", addUnknownNumber: nil, contactLookups: [.contacts])
    var doctor = SetUpDoctor(settings: settings, users: SetUpUser.grouped(["1000": Self.page]))
    doctor.receive(.miss)
    #expect(doctor.next() != nil)
    #expect(doctor.next() == nil)
    #expect(doctor.checks.contains { $0.point == .client && $0.status == .notChecked })
  }
}
