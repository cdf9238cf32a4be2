import SIP
import Testing

/// Messages of which the capture left out the end.
@Suite struct CutMessageTests {
  private static let head = """
    INVITE sip:200@pbx.example.com SIP/2.0\r
    Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bK77\r
    From: "Ann" <sip:1001@pbx.example.com>;tag=ab\r
    To: <sip:200@pbx.example.com>\r
    Subject: a long\r
     and folded\r
    \tone\r
    Call-ID: 8a7b6c5d@192.0.2.7\r
    CSeq: 4711 INVITE\r
    Content-Length: 13\r
    \r

    """
  private static let bytes = Array((head + "v=0\r\ns=call\r\n").utf8)

  private struct Values: Equatable {
    var callID: String?
    var cseq: UInt32?
    var from: String?
    var fromTag: String?
    var to: String?
    var branch: String?
    var subject: String?

    init(_ message: SIPMessage) {
      callID = message.callID?.string
      cseq = message.cseq?.number
      from = message.from?.uri.string
      fromTag = message.from?.tag?.string
      to = message.to?.uri.string
      branch = message.branch?.string
      message.forEachHeader { name, value in if name == "Subject" { subject = value.unfolded } }
    }

    /// Whether every value is that of the whole message, or missing.
    func isPart(of whole: Values) -> Bool {
      func fits<Value: Equatable>(_ own: Value?, _ theirs: Value?) -> Bool { own == nil || own == theirs }
      return fits(callID, whole.callID) && fits(cseq, whole.cseq) && fits(from, whole.from)
        && fits(fromTag, whole.fromTag) && fits(to, whole.to) && fits(branch, whole.branch)
        // A line that goes on may be cut where it does.
        && whole.subject?.hasPrefix(subject ?? "") == true
    }
  }

  @Test(arguments: [SIPMessage.HeaderReading.ahead, .onDemand])
  func aHeaderThatTheCaptureCutIsNoneWhereverThatWas(_ reading: SIPMessage.HeaderReading) throws {
    let whole = try withMessage(Self.bytes) { Values($0) }
    let startLineEnd = try #require(Self.bytes.firstIndex(of: 10)) + 1
    for count in startLineEnd..<Self.bytes.count {
      let (values, isCut, length) = try withText(Array(Self.bytes[..<count])) { text throws(SIPParseError) in
        var message = SIPMessage()
        try message.read(text.bytes, headers: reading, isCut: true)
        return (Values(message), message.isCut, message.text.count)
      }
      #expect(values.isPart(of: whole), "cut at \(count)")
      #expect(isCut, "cut at \(count)")
      #expect(length <= count)
    }
  }

  @Test func whatIsWholeInFrontOfTheCutIsRead() throws {
    let text = "BYE sip:b@h SIP/2.0\r\nCall-ID: 8a7b6c5d@192.0.2.7\r\nCSeq: 47"
    try withText(text) { text throws(SIPParseError) in
      let message = try SIPMessage.parse(text.bytes, isCut: true)
      #expect(message.callID?.string == "8a7b6c5d@192.0.2.7")
      #expect(message.cseq == nil)
      #expect(message.text.string.hasSuffix("Call-ID: 8a7b6c5d@192.0.2.7\r\n"))
    }
  }

  @Test func aHeaderWithoutLineEndThatNothingFollowedIsRead() throws {
    // Devices leave the last line end out; a capture that is whole tells them from a cut.
    try withMessage("BYE sip:b@h SIP/2.0\r\nCSeq: 2 BYE\r\nCall-ID: abc") { message in
      #expect(message.callID?.string == "abc")
      #expect(message.isCut)
    }
  }

  @Test(arguments: [("SIP/2.0 180 ", 180), ("SIP/2.0 481 Call leg/Transac", 481)])
  func aStatusLineNeedsNoMoreThanItsCode(text: String, status: Int) throws {
    try withText(text) { text throws(SIPParseError) in
      let message = try SIPMessage.parse(text.bytes, isCut: true)
      #expect(message.status == status)
      #expect(message.isCut)
      #expect(message.callID == nil)
      #expect(message.body.isEmpty)
    }
  }

  @Test(arguments: ["OPTIONS sip:b@h SIP/2.0", "OPTIONS sip:b@h SIP/2.0\r"])
  func aRequestLineNeedsItsVersion(text: String) throws {
    try withText(text) { text throws(SIPParseError) in
      let message = try SIPMessage.parse(text.bytes, isCut: true)
      #expect(message.method == .options)
      #expect(message.requestURI?.string == "sip:b@h")
      #expect(message.isCut)
    }
  }

  @Test(arguments: ["SIP/2.0 18", "SIP/2.0 180", "SIP/2.0 980 x", "OPTIONS sip:b@h SIP/2.", "OPTIONS sip:b@h"])
  func aStartLineWithoutThatIsCut(text: String) {
    for isCut in [false, true] {
      let error = #expect(throws: SIPParseError.self) {
        try withText(text) { text throws(SIPParseError) in _ = try SIPMessage.parse(text.bytes, isCut: isCut) }
      }
      #expect(error?.reason == .startLineCut)
    }
  }

  @Test(arguments: ["BYE sip:b@h SIP/2.0\r\n", "BYE sip:b@h SIP/2.0\r\nCall", "BYE sip:b@h SIP/2.0\r\n \r\n\t"])
  func aCutBehindTheStartLineLeavesIt(text: String) throws {
    try withText(Array(text.utf8)) { text throws(SIPParseError) in
      let message = try SIPMessage.parse(text.bytes, isCut: true)
      #expect(message.method == .bye)
      #expect(message.callID == nil)
      #expect(message.isCut)
    }
  }
}
