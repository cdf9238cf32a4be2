import JSON
import Testing

private func text(_ value: JSONValue, _ layout: JSONValue.Layout = .compact) -> String {
  String(decoding: value.bytes(layout), as: UTF8.self)
}

@Suite struct JSONTextTests {
  @Test(arguments: [
    ("", #""""#),
    ("plain +49 30 0000001", #""plain +49 30 0000001""#),
    (#"the "Front" desk"#, #""the \"Front\" desk""#),
    (#"a\b"#, #""a\\b""#),
    ("a/b", #""a/b""#),
    ("\u{08}\t\n\u{0c}\r", #""\b\t\n\f\r""#),
    ("\u{00}\u{01}\u{1b}[31m\u{1f}", #""\u0000\u0001\u001b[31m\u001f""#),
    ("\u{7f}\u{80}\u{9b}\u{9f}\u{a0}", "\"\\u007f\\u0080\\u009b\\u009f\u{a0}\""),
    ("\u{2027}\u{2028}\u{2029}\u{202a}", "\"\u{2027}\\u2028\\u2029\u{202a}\""),
    ("Zoë 山田 👩‍👧", #""Zoë 山田 👩‍👧""#),
    ("\u{301}\"", "\"\u{301}\\\"\""),
    ("end\n", #""end\n""#),
  ])
  func aStringIsEscapedWhereItMustBeAndNowhereElse(string: String, expected: String) {
    #expect(text(.string(string)) == expected)
  }

  @Test func bytesThatAreNotUTF8NeverReachTheOutput() {
    let repaired = String(decoding: [0x41, 0xff, 0xe2, 0x80, 0x42] as [UInt8], as: UTF8.self)
    let bytes = JSONValue.string(repaired).bytes()
    #expect(String(validating: bytes, as: UTF8.self) != nil)
    #expect(!bytes.contains(0xff))
  }

  @Test(arguments: [
    (Int64.min, "-9223372036854775808"), (-1, "-1"), (0, "0"), (Int64.max, "9223372036854775807"),
  ])
  func anIntegerIsWrittenInFull(integer: Int64, expected: String) {
    #expect(text(.integer(integer)) == expected)
  }

  @Test(arguments: [
    (0.0, 2, "0.00"), (-0.0, 2, "0.00"), (-0.004, 2, "0.00"), (-0.5, 1, "-0.5"), (0.05, 2, "0.05"), (1.25, 1, "1.3"),
    (-1.25, 1, "-1.3"), (2.5, 0, "3"), (1e15, 3, "1000000000000000.000"), (12.3456789, 3, "12.346"),
    (1.5, -3, "2"), (0.1, 40, "0.100000000"),
  ])
  func aDecimalHasTheDigitsAskedFor(number: Double, places: Int, expected: String) {
    #expect(text(.decimal(number, places: places)) == expected)
  }

  @Test(arguments: [
    (Double.infinity, "null"), (-Double.infinity, "null"), (Double.nan, "null"), (1e30, "1e+30"),
    (-Double.greatestFiniteMagnitude, "-1.7976931348623157e+308"),
  ])
  func aNumberJSONCannotHoldOrDigitsCannotSayIsStillValid(number: Double, expected: String) {
    #expect(text(.decimal(number, places: 2)) == expected)
  }

  @Test(arguments: [
    (0.0, "0.0"), (0.5, "0.5"), (-12.25, "-12.25"), (1e30, "1e+30"), (.leastNonzeroMagnitude, "5e-324"),
    (.infinity, "null"),
    (-.infinity, "null"), (.nan, "null"),
  ])
  func aNumberHasTheDigitsItNeeds(number: Double, expected: String) {
    #expect(text(.number(number)) == expected)
  }

  @Test func anObjectKeepsTheOrderItWasGiven() {
    let value: JSONValue = ["z": 1, "a": [true, .null, "x"], "m": [:], "n": [], "d": .decimal(0.5, places: 2)]
    #expect(text(value) == #"{"z":1,"a":[true,null,"x"],"m":{},"n":[],"d":0.50}"#)
  }

  @Test func indentedTextPutsOneMemberOnALine() {
    let value: JSONValue = ["a": [1, ["b": false]], "c": [:]]
    #expect(
      text(value, .indented) == """
        {
          "a": [
            1,
            {
              "b": false
            }
          ],
          "c": {}
        }
        """)
  }

  @Test func anAbsentOptionalIsNull() {
    let name: String? = nil
    let number: Int64? = nil
    #expect(text([.optional(name), .optional(number), .optional("x"), .optional(7)]) == #"[null,null,"x",7]"#)
  }

  @Test func aMemberNameIsEscapedToo() {
    #expect(text(["a\"\n": 1]) == #"{"a\"\n":1}"#)
  }
}
