import SIP
import Testing

@Suite struct BodyTests {
  static let claims: [(line: String, body: String, oddities: SIPMessage.Oddities)] = [
    ("Content-Length: 3", "abc", []), ("l: 0", "", []), ("l:0003", "abc", []),
    ("X: absent", "abcdef", []), ("Content-Length: 6", "abcdef", []),
    ("Content-Length: 7", "abcdef", .bodyCut), ("Content-Length: 4294967295", "abcdef", .bodyCut),
    ("Content-Length: 4294967296", "abcdef", .badContentLength), ("Content-Length: -1", "abcdef", .badContentLength),
    ("Content-Length: 3 bytes", "abcdef", .badContentLength), ("Content-Length:", "abcdef", .badContentLength),
    ("Content-Length: 3\r\nContent-Length: 3", "abc", []), ("Content-Length: 3\r\nl: 5", "abc", .badContentLength),
    ("Content-Length: 3\r\nl: x", "abc", .badContentLength), ("Content-Length: 3, 3", "abcdef", .badContentLength),
    ("Content-Length: x\r\nl: 3", "abcdef", .badContentLength),
  ]

  @Test(arguments: claims)
  func theBodyIsWhatContentLengthCovers(line: String, body: String, oddities: SIPMessage.Oddities) throws {
    try withMessage(request(line, body: "abcdef")) { message in
      #expect(message.body.string == body)
      #expect(message.oddities == oddities)
      #expect(message.text.count == message.headLength + body.utf8.count)
    }
  }

  @Test(arguments: [
    "OPTIONS sip:b@h SIP/2.0\r\n", "OPTIONS sip:b@h SIP/2.0\r\nCall-ID: x", "OPTIONS sip:b@h SIP/2.0\r\nCall-ID: x\r\n",
    "OPTIONS sip:b@h SIP/2.0\r\nCall-ID: x\r\n\r", "OPTIONS sip:b@h SIP/2.0\r\nCall-ID: x\r\n \r\n",
    "OPTIONS sip:b@h SIP/2.0\r\nl: 0\r\nCall-ID: x\r\nTo",
  ])
  func withoutABlankLineTheHeadersAreCut(text: String) throws {
    try withMessage(text) { message in
      #expect(message.oddities.contains(.headersCut))
      #expect(message.body.isEmpty)
      #expect(message.headLength == text.utf8.count)
    }
  }

  @Test func manyLinesWithoutAColonCostNoMoreThanTheirLength() throws {
    // At the square of the length this takes minutes.
    let lines = String(repeating: "a\n", count: 1_000_000)
    try withMessage("OPTIONS sip:b@h SIP/2.0\r\n" + lines) { #expect($0.oddities == [.unreadableHeader, .headersCut]) }
  }
}
