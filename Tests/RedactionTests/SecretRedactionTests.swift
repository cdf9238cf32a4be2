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
    // vTiger: the answer to the key's challenge, and the session in every query.
    Case(
      given: "operation=login&username=admin&accessKey=made-of-a-key",
      expected:
        "operation=login&username=admin&accessKey=<password>"),
    Case(
      given: "/webservice.php?operation=query&sessionName=b4d1bf66&query=select%20id",
      expected: "/webservice.php?operation=query&sessionName=<session>&query=select%20id"),
    Case(
      given: #"{"success":true,"result":{"username":"admin","sessionName":"b4d1bf66"}}"#,
      expected: #"{"success":true,"result":{"username":"admin","sessionName":"<session>"}}"#),
    // SugarCRM: JSON packed into a form, and the session that its login answers with as an id.
    Case(
      given: "method=login&rest_data=%7B%22user_auth%22%3A%7B%22password%22%3A%22hush%22%7D%7D&x=1",
      expected: "method=login&rest_data=%7B%22user_auth%22%3A%7B%22password%22%3A%22%3Cpassword%3E%22%7D%7D&x=1"),
    Case(
      given: "rest_data=%7b%22session%22%3A%22de3mh7%22%2C%22query%22%3A%22a+b%22%7d",
      expected: "rest_data=%7B%22session%22%3A%22%3Csession%3E%22%2C%22query%22%3A%22a%20b%22%7D"),
    Case(
      given: #"{"id":"de3mh7","module_name":"Users","name_value_list":[]}"#,
      expected: #"{"id":"<session>","module_name":"Users","name_value_list":[]}"#),
    Case(
      given: #"{"access_token":"a1","download_token":"d1","refresh_token":"r1"}"#,
      expected: #"{"access_token":"<access token>","download_token":"<token>","refresh_token":"<refresh token>"}"#),
    // Salesforce: SOAP.
    Case(
      given: "<n1:login><n1:username>a@b.example</n1:username><n1:password>pass wordTOKEN</n1:password></n1:login>",
      expected: "<n1:login><n1:username>a@b.example</n1:username><n1:password><password></n1:password></n1:login>"),
    Case(
      given: "<sessionId>00D!AQ</sessionId><userId>005</userId>",
      expected: "<sessionId><session></sessionId><userId>005</userId>"),
  ])
  func aSecretIsReplacedAndTheRestStays(_ one: Case) {
    var redaction = SecretRedaction(.kinds)
    #expect(redaction.text(one.given) == one.expected)
  }

  @Test(arguments: [
    #"{"code":"INVALID_TOKEN","message":"invalid oauth token","status":"error"}"#, #"{"access_token":null}"#,
    "/crm/v2/Contacts/search?phone=%2B493000002011&page=1", #"{"id":"4822465000000129110","Token_Count":3}"#, "",
    "token", "code=", "\"password\"", "1000.abc", "a=b&&=c&token", "<password>", "<token> and <b>more</b>",
    "<password>open", "<password>a</b>", "<password></password>", "a <code>1</code>", "x=%7B", "x=%7B%22a%22%3A1%7D",
    "x=%5B%5D&y=%7", #"{"id":"12","module_name":"Contacts"}"#, #"{"id":""#,
    "<password><a>x</a></password>",
  ])
  func whatIsNoSecretStays(_ text: String) {
    var redaction = SecretRedaction(.kinds)
    #expect(redaction.text(text) == text)
  }

  @Test(arguments: [
    "access_token=abcdefgh1", "a=%7B%22password%22%3A%22abcdefgh1%22%7D", "<password>abcdefgh1</password>",
    #"{"id":"abcdefgh1","module_name":"Users"}"#, "accessKey=abcdefgh1",
  ])
  func whatIsRedactedOnceIsNotRedactedAgain(_ text: String) {
    for form in [SecretRedaction.Form.kinds, .numbered] {
      var redaction = SecretRedaction(form)
      let once = redaction.text(text)
      #expect(!once.contains("abcdefgh1") && redaction.text(once) == once)
    }
  }

  @Test func formsPackedIntoFormsWithoutEndAreLeftAlone() {
    var redaction = SecretRedaction(.kinds)
    let deep = String(repeating: "a=%7B", count: 10_000) + String(repeating: "a=%257B", count: 1000)
    #expect(!redaction.text(deep).isEmpty)
  }

  @Test func aSecretTheClientTellsIsKnown() {
    var redaction = SecretRedaction(.kinds)
    redaction.know(Secret("abcdefgh"), as: .password)
    redaction.know(Secret(""), as: .password)
    #expect(redaction.text("say abcdefgh") == "say <password>")
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
    if let name = HTTPField.Name("OAuth-Token") { fields[name] = "0a-1b" }
    fields[.accept] = "application/json"
    let shown = redaction.fields(fields).map { "\($0.name): \($0.value)" }
    #expect(shown.contains("Authorization: Zoho-oauthtoken <access token>"))
    #expect(shown.contains("Cookie: <session>") && shown.contains("OAuth-Token: <access token>"))
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
