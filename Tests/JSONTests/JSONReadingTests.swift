import JSON
import Testing

private func rewritten(_ text: String) -> String? {
  JSONValue(parsing: Array(text.utf8)).map { String(decoding: $0.bytes(), as: UTF8.self) }
}

@Suite struct JSONReadingTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-7", "9223372036854775807", "0.5", "\"\"", #""a\"b\\c\n\r\t""#, "\"\\u0000\\u001f\"",
    "\"Zoë 李 🎉\"", "[]", "{}", #"{"a":null,"b":[1,"2",{"c":false}]}"#, "[[[]]]",
  ])
  func readingAndWritingAreInverse(text: String) {
    #expect(rewritten(text) == text)
  }

  @Test(arguments: [
    "", " ", "{", "[1 2]", "{\"a\"}", "nul", "'a'", "01", "\"\u{1}\"", "{\"a\":1}x", "\"\\ud800\"", "1e999",
  ])
  func whatIsNoJSONIsNotRead(text: String) {
    #expect(JSONValue(parsing: Array(text.utf8)) == nil)
  }

  @Test(arguments: [(32, true), (33, false), (500, false), (100_000, false)])
  func nestingIsBounded(depth: Int, isRead: Bool) {
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect((JSONValue(parsing: Array(text.utf8)) != nil) == isRead)
  }

  @Test func membersComeOutSortedAndOfTwoWithOneNameTheFirst() {
    #expect(rewritten(#"{"b":1,"a":2}"#) == #"{"a":2,"b":1}"#)
    #expect(rewritten(#"{"b":1,"a":2,"b":{"c":3},"a":4,"\u0062":5}"#) == #"{"a":2,"b":1}"#)
  }

  @Test(arguments: [
    ("3600.0", JSONValue.integer(3600)), ("1e3", .integer(1000)), ("-0.5", .number(-0.5)),
    ("9223372036854775808", .number(9_223_372_036_854_775_808)), ("1", .integer(1)), ("\"1\"", "1"),
  ])
  func aWholeNumberThatFitsIsAnInteger(text: String, expected: JSONValue) {
    #expect(JSONValue(parsing: Array(text.utf8)) == expected)
  }

  @Test func bytesThatAreNotUTF8AreNotRead() {
    #expect(JSONValue(parsing: [0x22, 0xff, 0x22]) == nil)
  }

  @Test func partsAreFoundByKindAndName() {
    let value: JSONValue = ["a": "x", "b": ["y"], "c": ["d": 1], "a": "second"]
    #expect(value["a"]?.string == "x")
    #expect(value["b"]?.array == ["y"])
    #expect(value["c"]?["d"] == 1)
    #expect(value["c"]?.members == [.init("d", 1)])
    #expect(value["e"] == nil)
  }

  @Test(arguments: [JSONValue.null, true, 1, .number(0.5), .decimal(0.5, places: 1), "x", [], [:]])
  func whatIsOfAnotherKindIsAbsent(value: JSONValue) {
    #expect((value.string != nil) == (value == "x"))
    #expect((value.array != nil) == (value == []))
    #expect((value.members != nil) == (value == [:]))
    #expect(value["a"] == nil)
  }
}

@Suite struct JSONReaderTests {
  private struct Shape: Decodable, Hashable {
    let name: String
    let count: Int64?
  }

  @Test(arguments: [
    (#"{"name":"x","count":7}"#, Shape(name: "x", count: 7)), (#"{"name":"x"}"#, Shape(name: "x", count: nil)),
    (#" {"other":[{}],"count":null,"name":""} "#, Shape(name: "", count: nil)),
  ])
  private func aTextOfTheShapeIsRead(text: String, expected: Shape) throws {
    #expect(try JSONReader.read(Shape.self, from: Array(text.utf8)) == expected)
  }

  @Test(arguments: ["{}", "[]", "null", "7", #""x""#, #"{"name":null}"#, #"{"name":7}"#, #"{"name":"x","count":"7"}"#])
  func jsonOfAnotherShapeIsSaidToBeThat(text: String) {
    #expect(throws: JSONReader.Failure.otherShape) { try JSONReader.read(Shape.self, from: Array(text.utf8)) }
  }

  @Test(arguments: [
    "", "{", "<html>", #"{"name":"x""#, #"{"name":"x"}}"#, #"{"name":'x'}"#,
    String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
  ])
  func whatIsNoJSONIsSaidToBeNone(text: String) {
    #expect(throws: JSONReader.Failure.notJSON) { try JSONReader.read(Shape.self, from: Array(text.utf8)) }
  }
}
