import Foundation
import HTTPTypes
import Primitives
import Redaction
import Testing

@Suite struct SecretRedactionTests {
  static let token =
    "1000." + String(repeating: "0123456789abcdef", count: 2) + "." + String(repeating: "fe", count: 16)

  struct Case: Sendable, CustomTestStringConvertible {
    let given: String
    let expected: String
    var testDescription: String { given }
  }

  @Test(arguments: [
    Case(
      given: "grant_type=refresh_token&client_secret=s3cr3t-word&refresh_token=1000.loopback.1",
      expected: "grant_type=refresh_token&client_secret=<client secret>&refresh_token=<refresh token>"),
    Case(
      given: #"{"access_token":"abcdefgh","expires_in":3600}"#,
      expected: #"{"access_token":"<access token>","expires_in":3600}"#),
    Case(
      given: #"{ "refresh_token" : "with \" quote", "a":1}"#,
      expected: #"{ "refresh_token" : "<refresh token>", "a":1}"#),
    Case(
      given: "#\nAUTHTOKEN=0123456789abcdef0123456789abcdef\nRESULT=TRUE\n",
      expected: "#\nAUTHTOKEN=<auth token>\nRESULT=TRUE\n"),
    Case(
      given: "EMAIL_ID=ann&PASSWORD=pass%20word&SCOPE=ZohoCRM/crmapi",
      expected: "EMAIL_ID=ann&PASSWORD=<password>&SCOPE=ZohoCRM/crmapi"),
    Case(given: "https://192.0.2.1/?code=\(token)&location=us", expected: "https://192.0.2.1/?code=<code>&location=us"),
    Case(given: "the token \(token) stands alone", expected: "the token <token> stands alone"),
    Case(
      given: "--x\r\nContent-Disposition: form-data; name=\"client_secret\"\r\n\r\nhush-hush\r\n--x--",
      expected: "--x\r\nContent-Disposition: form-data; name=\"client_secret\"\r\n\r\n<client secret>\r\n--x--"),
    Case(
      given: "<n1:username>ann@example.com</n1:username><n1:password>pass &lt;word&gt; Token</n1:password>",
      expected: "<n1:username>ann@example.com</n1:username><n1:password><password></n1:password>"),
    Case(
      given: "<result><sessionId>00D000000000001!AQ.x_y</sessionId><userId>005</userId></result>",
      expected: "<result><sessionId><session></sessionId><userId>005</userId></result>"),
    Case(given: #"{"otp":123456}"#, expected: #"{"otp":"<password>"}"#),
  ])
  func aSecretIsReplacedAndTheRestStays(_ one: Case) {
    var redaction = SecretRedaction(.kinds)
    #expect(redaction.text(one.given) == one.expected)
  }

  @Test(arguments: [
    #"{"code":"INVALID_TOKEN","message":"invalid oauth token","status":"error"}"#, #"{"access_token":null}"#,
    "/crm/v2/Contacts/search?phone=%2B493000002011&page=1", #"{"id":"4822465000000129110","Token_Count":3}"#, "",
    "token", "code=", "\"password\"", "1000.abc", "a=b&&=c&token", "<password></password>", "<password>", "password>",
    "<password><a>x</a></password>",
  ])
  func whatIsNoSecretStays(_ text: String) {
    var redaction = SecretRedaction(.kinds)
    #expect(redaction.text(text) == text)
  }

  @Test func aSecretIsKnownWhereverItStandsLater() {
    var redaction = SecretRedaction(.kinds)
    _ = redaction.text("client_secret=open%20sesame")
    #expect(
      redaction.text("they said open%20sesame, or open sesame") == "they said <client secret>, or <client secret>")
  }

  @Test func headerFieldsKeepTheirSchemeOnly() throws {
    var redaction = SecretRedaction(.kinds)
    var fields = HTTPFields()
    fields[.authorization] = "Zoho-oauthtoken 1000.short.one"
    fields[.cookie] = "JSESSIONID=123"
    fields[.accept] = "application/json"
    let shown = redaction.fields(fields).map { "\($0.name): \($0.value)" }
    #expect(shown.contains("Authorization: Zoho-oauthtoken <access token>"))
    #expect(shown.contains("Cookie: <session>"))
    #expect(shown.contains("Accept: application/json"))
  }

  @Test func numberedStandInsTellSecretsApartAndKeepTheLength() {
    var redaction = SecretRedaction(.numbered)
    let long = String(repeating: "a", count: 70)
    let first = redaction.text(#"{"access_token":"\#(long)"}"#)
    let second = redaction.text(#"{"access_token":"\#(long)b"}"#)
    #expect(first.count == #"{"access_token":""}"#.count + 70)
    #expect(first != second)
    #expect(redaction.text(#"{"access_token":"\#(long)"}"#) == first)
    #expect(redaction.text(first) == first)
  }

  @Test func anyBytesAreTakenAndMemoryIsBounded() {
    var generator = SeededGenerator(seed: 7)
    var redaction = SecretRedaction(.kinds)
    for _ in 0..<300 {
      let bytes = (0..<Int(generator.next() % 200)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
      _ = redaction.text(Array("password=".utf8) + bytes)
    }
    for number in 0..<1200 { _ = redaction.text("token=secret-number-\(number)") }
    #expect(redaction.remembered <= SecretRedaction.rememberedMax)
  }
}
