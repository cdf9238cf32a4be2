import CDRComparison
import Testing

/// Reads the whole text in pieces of so many bytes.
private func records(_ text: [UInt8], piece: Int = 3) throws -> [CSVRecordReader.Record] {
  var reader = CSVRecordReader()
  var records: [CSVRecordReader.Record] = []
  var start = 0
  while start < text.count {
    let end = min(start + piece, text.count)
    try text[start..<end].withUnsafeBytes { try reader.read($0) { records.append($0) } }
    start = end
  }
  if let last = try reader.finish() { records.append(last) }
  return records
}

@Suite struct CSVRecordTests {
  @Test(arguments: [
    ("a,b\n", [["a", "b"]]), ("a,b", [["a", "b"]]), ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
    ("\n\na\n\n", [["a"]]), (",\n", [["", ""]]), (",", [["", ""]]), ("\"\"\n", [[""]]), ("", []),
    ("\"a,b\",c\n", [["a,b", "c"]]), ("\"a\"\"b\"\n", [["a\"b"]]), ("\"two\nlines\",x\n", [["two\nlines", "x"]]),
    ("\"\"\"Hans\"\" <1>\",2\r\n", [["\"Hans\" <1>", "2"]]), ("\u{feff}a,b\n", [["a", "b"]]),
    ("x,\"pn01\" <5300>,y\n", [["x", "\"pn01\" <5300>", "y"]]),
    ("a\"b,c\n", [["a\"b", "c"]]), ("a,\"b\"\r\n", [["a", "b"]]),
  ])
  func recordsAreCutWhereverThePiecesEnd(text: String, expected: [[String]]) throws {
    for piece in [1, 2, 3, 7, 1000] {
      #expect(try records(Array(text.utf8), piece: piece).map(\.fields) == expected)
    }
  }

  @Test func eachFieldSaysWhereItBegins() throws {
    let found = try records(Array("ab,c\n\"x\ny\",z,\n".utf8))
    #expect(found.map(\.line) == [1, 2])
    #expect(found.first?.places == [CSVPlace(line: 1, column: 1), CSVPlace(line: 1, column: 4)])
    #expect(
      found.last?.places == [
        CSVPlace(line: 2, column: 1), CSVPlace(line: 3, column: 4), CSVPlace(line: 3, column: 6),
      ])
  }

  @Test(arguments: [
    ("a,b\nc,\"d\n", CDRTableError.Problem.unclosedQuote, 2, 3), ("\"", .unclosedQuote, 1, 1),
    ("a\n\"b\nc\nd", .unclosedQuote, 2, 1), ("a,b\u{0}\n", .nulByte, 1, 4), ("\"a\u{0}\"", .nulByte, 1, 3),
    ("\u{0}", .nulByte, 1, 1), ("x\n" + String(repeating: ",", count: 300), .manyFields, 2, 257),
  ])
  func aBrokenFileIsRefusedWithItsPlace(
    text: String, problem: CDRTableError.Problem, line: Int, column: Int
  ) throws {
    for piece in [1, 5, 1000] {
      #expect(throws: CDRTableError(problem, at: CSVPlace(line: line, column: column))) {
        try records(Array(text.utf8), piece: piece)
      }
    }
  }

  @Test(arguments: [UInt8(ascii: "x"), UInt8(ascii: "\""), UInt8(ascii: "\r")])
  func aLineWithoutEndIsGivenUpAtItsBound(byte: UInt8) {
    var reader = CSVRecordReader()
    let piece = [UInt8](repeating: byte, count: 1 << 16)
    var taken = 0
    #expect(throws: CDRTableError.self) {
      // Half a quote keeps the field open, whatever the pieces are made of.
      try [UInt8(ascii: "\"")].withUnsafeBytes { try reader.read($0) { _ in } }
      for _ in 0..<100 {
        taken += piece.count
        try piece.withUnsafeBytes { try reader.read($0) { _ in } }
      }
    }
    #expect(taken <= CSVRecordReader.recordBytesMax + piece.count)
  }
}
