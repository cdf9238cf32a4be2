import Redaction
import Testing

struct CurlCommandTests {
  @Test func aRequestIsOneLineOfWords() {
    let line = CurlCommand.text(
      method: "POST", url: "https://crm.example/v2?a=b&c=d", options: ["--cacert", "ca.pem"],
      fields: [("Authorization", "Bearer ***")], body: "{}")
    #expect(
      line == "curl --include --request 'POST' --cacert ca.pem --header 'Authorization: Bearer ***' --data-raw '{}' "
        + "'https://crm.example/v2?a=b&c=d'")
  }

  @Test func noBodyIsNoWord() {
    #expect(!CurlCommand.text(method: "GET", url: "https://crm.example/", body: "").contains("--data-raw"))
  }

  @Test(arguments: [
    ("$(reboot)", "'$(reboot)'"), ("`id`; rm x", "'`id`; rm x'"), ("a'b", #"'a'\''b'"#), ("'", #"''\'''"#),
    ("", "''"), ("a\nb", "'a\nb'"),
  ])
  func nothingInATextIsReadByTheShell(text: String, quoted: String) {
    #expect(CurlCommand.quoted(text) == quoted)
  }
}
