import SIP
import TestSupport
import Testing

/// Where headers are found, however they are written and wherever the bytes end.
@Suite struct HeaderReadingTests {
  /// Everything that the walk over the header lines tells of a message.
  private struct Told: Equatable {
    var texts: [String?]
    var lengths: [Int]
    var oddities: SIPMessage.Oddities

    init(_ message: SIPMessage) {
      texts = [
        message.callID?.string, message.branch?.string, message.from?.uri.string, message.to?.uri.string,
        message.cseq?.methodText.string, message.assertedUser?.string,
      ]
      lengths = [message.text.count, message.headLength, message.body.count, Int(message.cseq?.number ?? 0)]
      oddities = message.oddities
    }
  }

  private static let spellings: [(line: String, callID: String?)] = [
    ("Call-ID: a@b", "a@b"), ("CALL-ID:a@b", "a@b"), ("call-id : a@b", "a@b"), ("cAlL-iD\t:\ta@b", "a@b"),
    ("i: a@b", "a@b"), ("I : a@b", "a@b"), ("Call-ID:\r\n a@b", "a@b"),
    // Bit 5 tells none of these from the name.
    ("Call\rID: a@b", nil), ("Call-ID\u{1a} a@b", nil), ("\u{03}all-ID: a@b", nil), ("Call-I$: a@b", nil),
    ("Call-ID", nil), ("Call-IDs: a@b", nil), ("Call-Info: a@b", nil), ("C: a@b", nil), ("ii: a@b", nil),
    (" Call-ID: a@b", nil), ("Call-ID a@b", nil), (": a@b", nil), ("Call-ID:", nil),
  ]

  @Test(arguments: spellings)
  func aNameIsKnownHoweverItIsWritten(line: String, callID: String?) throws {
    // In front of others, and where the bytes end right behind it.
    for text in [request("X: 1", line, "Subject: a longer line than the one above"), request("X: 1", line)] {
      #expect(try withMessage(text) { $0.callID?.string } == callID)
    }
    #expect(try withMessage("BYE sip:b@h SIP/2.0\nX: 1\n" + line) { $0.callID?.string } == callID)
  }

  private static let messages: [String] = [
    request(
      "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1", "Max-Forwards: 70", "From: <sip:a@h>;tag=1", "To: <sip:b@h>",
      "Call-ID: x@h", "CSeq: 1 INVITE", "P-Asserted-Identity: <sip:7@h>", "Content-Type: application/sdp",
      "Content-Length: 4", body: "v=0\n and more"),
    request(
      "v: SIP/2.0/UDP h;branch=z9", "f: <sip:a@h>", "t:<sip:b@h>", "i: x", "CSeq: 2 ACK", "c: text/plain", "l: 2",
      body: "hi"),
    request("Content-Length: 1", "Content-Length: 2", "From\t:<sip:a@h>", body: "abc"),
    request("content-length : 100", "To : <sip:b@h>", "VIA : SIP/2.0/TCP h;branch=q", body: "cut"),
    request("Content-Length: many", "Remote-Party-ID: <sip:8@h>", "Contact: *", "Content-Language: en", body: "b"),
    request("Content-\rength: 1", "Content-Length\u{1a} 1", "CSeq: 99999999999 BYE", "Topic: none", body: "bb"),
    "SIP/2.0 200 OK\nFrom: <sip:a@h>\nTo:\n <sip:b@h>\n\n", "SIP/2.0 200 OK\r\n\r\n", "SIP/2.0 200 OK\r\n",
    "SIP/2.0 100 \r\nl:0\r\n\r", "\r\n\r\nACK sip:b@h SIP/2.0\r\n\r\n",
  ]

  @Test(arguments: messages)
  func headersReadWhenAskedForAreThoseReadAhead(text: String) throws {
    let bytes = Array(text.utf8)
    for length in 1...bytes.count {
      let ahead = try? withMessage(Array(bytes[..<length])) { Told($0) }
      let asked = try? withText(Array(bytes[..<length])) { part throws(SIPParseError) in
        var message = SIPMessage()
        try message.read(part.bytes, headers: .onDemand)
        return Told(message)
      }
      #expect(asked == ahead, "cut to \(length) bytes")
    }
  }

  @Test func nothingOfAnEarlierMessageStays() throws {
    try withText(Self.messages[0]) { rich throws(SIPParseError) in
      try withText(Self.messages[7]) { poor throws(SIPParseError) in
        var message = SIPMessage()
        try message.read(rich.bytes)
        try message.read(poor.bytes)
        #expect(Told(message) == Told(try SIPMessage.parse(poor.bytes)))
        #expect(message.callID == nil)
        #expect(throws: SIPParseError.self) { try message.read(SIPText.empty.bytes) }
      }
    }
  }

  @Test(arguments: [0, 1, 2, 14, 15, 16, 17, 31, 32, 33, 48])
  func lineEndsAreFoundAtEveryPlace(length: Int) throws {
    // The blank line at every distance from the start, whatever the sixteen bytes looked at in one step hold.
    for lines in 0..<5 {
      let head = "BYE sip:b@h SIP/2.0\r\n" + String(repeating: "a: b\n", count: lines)
      for end in ["\n", "\r\n"] {
        let text = head + "X:" + String(repeating: "x", count: length) + "\nTo: <sip:t@h>" + end + end + "To: body\n\n"
        try withMessage(text) { message in
          #expect(message.headLength == text.utf8.count - 10)
          #expect(message.to?.uri.string == "sip:t@h")
          #expect(!message.isCut)
        }
      }
    }
  }
}
