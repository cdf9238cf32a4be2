import JSON
import Testing

/// What a cursor makes of a text: names and values as they come, each read as what it is.
private func events(_ text: [UInt8], depthMax: Int = JSONCursor.depthMax) throws(JSONReader.Failure) -> [String] {
  try JSONCursor.read(text, depthMax: depthMax) { cursor throws(JSONReader.Failure) in
    var events: [String] = []
    try note(&cursor, in: &events)
    return events
  }
}

private func events(_ text: String) throws(JSONReader.Failure) -> [String] { try events(Array(text.utf8)) }

private func note(_ cursor: inout JSONCursor, in events: inout [String]) throws(JSONReader.Failure) {
  switch try cursor.kind {
  case .null:
    try cursor.skip()
    events.append("null")
  case .flag: events.append(try cursor.flag() == true ? "true" : "false")
  case .number: events.append(try cursor.integer().map { String($0) } ?? "fraction")
  case .string: events.append("'" + (try cursor.text() ?? "") + "'")
  case .array:
    events.append("[")
    try cursor.elements { cursor throws(JSONReader.Failure) in try note(&cursor, in: &events) }
    events.append("]")
  case .object:
    events.append("{")
    try cursor.members { cursor, name throws(JSONReader.Failure) in
      events.append(name.string + ":")
      try note(&cursor, in: &events)
    }
    events.append("}")
  }
}

@Suite struct JSONCursorTests {
  @Test(arguments: [
    ("null", ["null"]), (" [ ] ", ["[", "]"]), ("{}", ["{", "}"]), ("\u{feff}7", ["7"]),
    (
      "\t{\"a\" : [1,\r\n-2, 3.5] , \"b\":{\"c\":true}}",
      ["{", "a:", "[", "1", "-2", "fraction", "]", "b:", "{", "c:", "true", "}", "}"]
    ),
    (#"{"a":1,"a":"2"}"#, ["{", "a:", "1", "a:", "'2'", "}"]),
    (#"["\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00Zoë"]"#, ["[", "'\"\\/\u{8}\u{c}\n\r\té😀Zoë'", "]"]),
    (#"{"\u0061":0}"#, ["{", "a:", "0", "}"]),
  ])
  func everyValueIsHandedOutInItsOrder(text: String, expected: [String]) throws {
    #expect(try events(text) == expected)
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("3600.0", 3600), ("1e3", 1000), ("1.5e1", 15), ("9223372036854775807", .max),
    ("-9223372036854775808", .min), ("9223372036854775808", nil), ("-9223372036854775809", nil), ("1.5", nil),
    ("1e999", nil), ("99999999999999999999999999", nil), ("\"7\"", nil), ("true", nil), ("null", nil), ("[7]", nil),
  ])
  func anIntegerIsAWholeNumberThatFits(text: String, expected: Int64?) throws {
    let read = try JSONCursor.read(Array(text.utf8)) { cursor throws(JSONReader.Failure) in try cursor.integer() }
    #expect(read == expected)
  }

  @Test(arguments: [#""x""#, "7", "true", "null", "[1,[2]]", #"{"a":{"b":0}}"#])
  func aValueOfAnotherKindIsReadAsNothing(text: String) throws {
    let isText = text.hasPrefix("\""), isFlag = text == "true"
    let isArray = text.hasPrefix("["), isObject = text.hasPrefix("{")
    try JSONCursor.read(Array("[\(text),\(text),\(text),\(text),7]".utf8)) { cursor throws(JSONReader.Failure) in
      var place = 0
      try cursor.elements { cursor throws(JSONReader.Failure) in
        switch place {
        case 0: #expect(try (cursor.text() != nil) == isText)
        case 1: #expect(try (cursor.flag() != nil) == isFlag)
        case 2: #expect(try cursor.elements { _ throws(JSONReader.Failure) in } == isArray)
        case 3: #expect(try cursor.members { _, _ throws(JSONReader.Failure) in } == isObject)
        case _: #expect(try cursor.integer() == 7)
        }
        place += 1
      }
      #expect(place == 5)
    }
  }

  @Test(arguments: [
    "", " ", "{", "}", "[", "]", "[1 2]", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}", "{1:1}", "nul",
    "nulls", "TRUE", "'a'", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1", "--1", "NaN", "\"\u{1}\"", "\"", "\"\\\"",
    "\"\\q\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\ud800\"", "\"\\ud800\\u0041\"", "\"\\ude00\"", "{\"a\":1}x", "1 2",
    "[1}", "{\"a\":1]", "\u{0}", "1\u{0}", "\u{feff}", "\u{feff}\u{feff}1", "\u{a0}1",
  ])
  func whatIsNoJSONIsRefusedWhetherAskedForOrNot(text: String) {
    #expect(throws: JSONReader.Failure.notJSON) { try events(text) }
    #expect(throws: JSONReader.Failure.notJSON) {
      try JSONCursor.read(Array(text.utf8)) { _ throws(JSONReader.Failure) in }
    }
    #expect(throws: JSONReader.Failure.notJSON, "as a member that nobody asks for") {
      try JSONCursor.read(Array("{\"x\":\(text)".utf8) + [UInt8(ascii: "}")]) { cursor throws(JSONReader.Failure) in
        try cursor.members { _, _ throws(JSONReader.Failure) in }
      }
    }
  }

  @Test(
    arguments: [
      [0x22, 0xff, 0x22], [0x22, 0xc0, 0x80, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22], [0x22, 0xe2, 0x80, 0x22],
      [0xff, 0xfe, 0x31, 0x00], [0xef, 0xbb, 0x31], [0x22, 0xf4, 0x90, 0x80, 0x80, 0x22],
    ] as [[UInt8]])
  func bytesThatAreNotUTF8AreRefused(bytes: [UInt8]) {
    #expect(throws: JSONReader.Failure.notJSON) { try events(bytes) }
  }

  @Test(arguments: [("[", "]"), ("{\"a\":", "}")])
  func nestingIsBoundedWhetherAskedForOrNot(open: String, close: String) throws {
    for (depth, isRead) in [(3, true), (4, false), (100_000, false)] {
      let inside = open == "[" ? "" : "0"
      let text = Array((String(repeating: open, count: depth) + inside + String(repeating: close, count: depth)).utf8)
      #expect(((try? events(text, depthMax: 3)) != nil) == isRead)
      let skipped = try? JSONCursor.read(text, depthMax: 3) { _ throws(JSONReader.Failure) in true }
      #expect((skipped != nil) == isRead)
    }
  }

  @Test func everyCutOfATextIsRefused() {
    let text = Array(#"{"a":[1.5e3,"\u00e9x",{"b":null}],"c":false}"#.utf8)
    for count in 0..<text.count {
      #expect(throws: JSONReader.Failure.notJSON) { try events(Array(text[..<count])) }
    }
  }

  @Test func twoValuesAreNotReadWhereOneStands() {
    #expect(throws: JSONReader.Failure.notJSON) {
      try JSONCursor.read(Array("[1,2]".utf8)) { cursor throws(JSONReader.Failure) in
        try cursor.elements { cursor throws(JSONReader.Failure) in
          _ = try cursor.integer()
          _ = try cursor.integer()
        }
      }
    }
  }

  @Test func namesAreComparedWithoutTheirEscapes() throws {
    try JSONCursor.read(Array(#"{"Phone":1,"Ph\u006fne":2,"phone":3,"Phon":4,"Phones":5}"#.utf8)) {
      cursor throws(JSONReader.Failure) in
      var hits: [Int64?] = []
      try cursor.members { cursor, name throws(JSONReader.Failure) in
        switch name {
        case "Phone": hits.append(try cursor.integer())
        case _: #expect(!(name == "Phone"))
        }
      }
      #expect(hits == [1, 2])
    }
  }
}
