import Testing

@testable import CRMCloud

struct JSONValueTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-7", "9223372036854775807", "0.5", "\"\"", #""a\"b\\c\n\r\t""#, "\"\\u0000\\u001f\"",
    "\"Zoë 李 🎉\"", "[]", "{}", #"{"a":null,"b":[1,"2",{"c":false}]}"#, "[[[]]]",
  ])
  func readingAndWritingAreInverse(text: String) throws {
    #expect(try #require(JSONValue(parsing: Array(text.utf8))).text == text)
  }

  @Test(arguments: ["", " ", "{", "[1 2]", "{\"a\"}", "nul", "'a'", "01", "\"\u{1}\"", "{\"a\":1}x", "\"\\ud800\""])
  func whatIsNoJSONIsNotRead(text: String) {
    #expect(JSONValue(parsing: Array(text.utf8)) == nil)
  }

  @Test(arguments: [(32, true), (33, false), (500, false), (100_000, false)])
  func nestingIsBounded(depth: Int, isRead: Bool) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect((JSONValue(parsing: Array(text.utf8)) != nil) == isRead)
  }

  @Test func membersComeOutSorted() {
    #expect(JSONValue(parsing: Array(#"{"b":1,"a":2}"#.utf8))?.text == #"{"a":2,"b":1}"#)
  }
}
