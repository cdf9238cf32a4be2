import CRMConnectors
import Cassettes
import Testing

@Suite struct CassetteFileTests {
  struct Bad: Sendable, CustomTestStringConvertible {
    let text: String
    let error: String
    var testDescription: String { error }
  }

  private static let head = #"{"cassette":1,"people":"keep"}"# + "\n"

  @Test(arguments: [
    Bad(text: "", error: "c.jsonl:1: expected the head"),
    Bad(text: "hello", error: "c.jsonl:1: expected the head"),
    Bad(text: #"{"cassette":2,"people":"keep"}"#, error: "c.jsonl:1: the cassette is of version 2"),
    Bad(text: #"{"cassette":1}"#, error: "c.jsonl:1: `people` says"),
    Bad(text: head + "{", error: "c.jsonl:2: expected a JSON object; was the file cut off?"),
    Bad(text: head + "\n", error: "c.jsonl:2: expected a JSON object"),
    Bad(text: head + #"{"purpose":"search","method":"GET","host":"h"}"#, error: "c.jsonl:2: `path` is missing"),
    Bad(
      text: head + #"{"purpose":"search","method":"GET","host":"h","path":"/"}"#,
      error: "c.jsonl:2: `status` is missing"),
    Bad(
      text: head + #"{"purpose":"search","method":"GET","host":"h","path":"/","status":99999}"#,
      error: "c.jsonl:2: `status` is missing or none"),
    Bad(
      text: head + #"{"purpose":"search","method":"GET","host":"h","path":"/","unreachable":"gone"}"#,
      error: "c.jsonl:2: `unreachable` is one of timedOut"),
    Bad(
      text: head + #"{"purpose":"search","method":"GET","host":"h","path":"/","status":200,"fields":[1]}"#,
      error: "c.jsonl:2: `fields` is a list"),
  ])
  func aBadFileIsRefusedWithItsPlace(_ bad: Bad) {
    let error = #expect(throws: CassetteError.self) { try Cassette(reading: Array(bad.text.utf8), path: "c.jsonl") }
    #expect(error?.description.hasPrefix(bad.error) == true, "\(error?.description ?? "")")
  }

  @Test func whatIsWrittenReadsAsItWas() throws {
    let bytes = Traffic.cassette([
      (Traffic.token(), Traffic.tokenAnswer), (Traffic.search("1"), .unreachable(.tlsFailed)),
      (Traffic.create(#"{"data":[{"Last_Name":"ä\n\"x"}]}"#), Traffic.found),
    ])
    let cassette = try Cassette(reading: bytes, path: "c.jsonl")
    let again = cassette.entries.reduce(Cassette.head(cassette.people)) { $0 + Cassette.line($1.request, $1.answer) }
    #expect(again == bytes)
    #expect(cassette.entries.map(\.line) == [2, 3, 4])
  }
}
