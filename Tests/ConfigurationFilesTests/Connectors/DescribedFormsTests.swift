import CRMConnectors
import ConfigurationFiles
import JSON
import Primitives
import Testing

@Suite("What a description puts into requests, and reads out of answers")
struct DescribedFormsTests {
  @Test(
    "A value takes the form that is written",
    arguments: [
      ("{{CallStart | utc}}", #""2027-01-15T08:00:00Z""#), ("{{CallStart | local}}", #""2027-01-15T08:00:00+00:00""#),
      ("{{CallEnd | time}}", #""08:01:12""#), ("{{CallStart | date}}", #""2027-01-15""#),
      ("{{CallStart | seconds}}", "1800000000"), ("{{CallEnd | milliseconds}}", "1800000072000"),
      ("{{Duration}}", "72"), ("{{Duration | minutes}}", "1"), ("{{Duration | milliseconds}}", "72000"),
      ("{{Duration | timespan}}", #""0:01:12""#), ("{{Duration | text}}", #""72""#), ("{{Duration}} s", #""72 s""#),
      ("{{Number | digits}}", #""14155550100""#), ("{{CallType}}: {{Agent}}", #""Inbound: 1001""#),
      ("{{Name}}", #""""#), ("{{EntityType}}", #""none""#), ("{{key}}", #""k-1""#), ("", #""""#),
      ("a}b{c", #""a}b{c""#),
    ])
  func forms(_ template: String, _ json: String) throws {
    let hidden = template == "{{key}}"
    let text = BrokenConnectorTests.sound
      .replacing("at: \"{{CallStart | utc}}\"", with: "at: \"\(template)\"")
      .replacing("key: {type: secret, title: Key}", with: hidden ? "key: {type: text}" : "key: {type: secret}")
    let file = try ConnectorFile.read(text: text, path: "crm.yaml")
    let trial = try ConnectorTrial(file.description, credentials: file.exampleParameters)
    let body = try #require(trial.request(.reportCall, in: .contacts, .standard)).body
    let value = JSONValue(parsing: body)?["at"]
    #expect(value.map { String(decoding: $0.bytes(), as: UTF8.self) } == json)
  }

  @Test("A number is spelt in the forms of the description, none twice")
  func spellings() throws {
    let forms = "[dialled, digits, e164, national, {lastDigits: 7}, {lastDigits: 4, spread: \"%\"}]"
    let text = BrokenConnectorTests.sound.replacing("[e164, {lastDigits: 9}]", with: forms)
    let file = try ConnectorFile.read(
      text: String(text[..<(try #require(text.firstRange(of: "examples:"))).lowerBound]), path: "crm.yaml")
    let trial = try ConnectorTrial(
      file.description, credentials: DescribedCredentials(parameters: ["key": Secret("k")]))
    var plan = NumberPlan()
    #expect(
      trial.spellings(of: try DialledNumber("030 123-4567"), plan) == [
        "030 123-4567", "0301234567", "1234567", "%4%5%6%7%",
      ])
    plan.countryCode = "49"
    plan.trunkPrefix = "0"
    #expect(
      trial.spellings(of: try DialledNumber("0301234567"), plan) == [
        "0301234567", "49301234567", "+49301234567", "1234567", "%4%5%6%7%",
      ])
  }

  @Test(
    "A path leads to what is there, and to nothing where the way ends",
    arguments: [
      ("a", ["1"]), ("b.c", ["x"]), ("d[].e", ["2", "y"]), ("d[1].e", ["y"]), ("d[9].e", []), ("b.c.d", []),
      ("d.e", []),
      ("n", []), ("f[0][1]", ["z"]), ("f[][]", ["w", "z"]),
    ])
  func paths(_ path: String, _ found: [String]) throws {
    let answer = try #require(
      JSONValue(
        parsing: Array(#"{"a":1,"b":{"c":"x"},"d":[{"e":2},{"e":"y"},{}],"n":null,"f":[["w","z"]]}"#.utf8)))
    let values = try #require(AnswerPath(path)).values(in: answer).filter { $0 != .null }
    #expect(values.map { $0.string ?? String(decoding: $0.bytes(), as: UTF8.self) } == found)
  }

  @Test(
    "What is no path is none",
    arguments: ["", ".", "a.", ".a", "a..b", "a[", "a]", "a[x]", "a[-1]", "a[1", "[0]", "a b", "a[99999999]", "a[]b"])
  func noPaths(_ text: String) { #expect(AnswerPath(text) == nil) }
}
