import SIP
import Testing

@Suite struct StartLineTests {
  @Test(arguments: [
    ("INVITE sip:b@example.com SIP/2.0", SIPMethod.invite, "INVITE", "sip:b@example.com"),
    ("ACK tel:+493000000 SIP/2.0", .ack, "ACK", "tel:+493000000"),
    ("BYE sip:b@example.com sip/2.0", .bye, "BYE", "sip:b@example.com"),
    // Methods are case-sensitive (RFC 3261 section 7.1).
    ("invite sip:b@example.com SIP/2.0", .other, "invite", "sip:b@example.com"),
    ("!odd.Method%'~`_+* sip:b@example.com SIP/2.0", .other, "!odd.Method%'~`_+*", "sip:b@example.com"),
    // RFC 4475 sections 3.1.2.4, 3.1.2.5 and 3.1.2.6: blanks in odd places may be borne.
    ("OPTIONS  sip:b@example.com   SIP/2.0", .options, "OPTIONS", "sip:b@example.com"),
    ("OPTIONS sip:b@example.com SIP/2.0  ", .options, "OPTIONS", "sip:b@example.com"),
    ("OPTIONS sip:b@example.com; lr SIP/2.0", .options, "OPTIONS", "sip:b@example.com; lr"),
  ])
  func aRequestLineIsTakenApart(line: String, method: SIPMethod, methodText: String, uri: String) throws {
    try withMessage(line + "\r\n\r\n") { message in
      guard case .request(let found, let text, let requestURI) = message.startLine else {
        Issue.record("not a request")
        return
      }
      #expect(found == method)
      #expect(text.string == methodText)
      #expect(requestURI.string == uri)
      #expect(message.isRequest)
      #expect(message.status == nil)
    }
  }

  @Test(arguments: [
    ("SIP/2.0 200 OK", 200, "OK"), ("sip/2.0 180 Ringing", 180, "Ringing"), ("SIP/2.0 100 ", 100, ""),
    ("SIP/2.0 100", 100, ""), ("SIP/2.0  486  Busy Here", 486, " Busy Here"), ("SIP/2.0 699 x", 699, "x"),
    ("SIP/2.0 200 это", 200, "это"),
  ])
  func aStatusLineIsTakenApart(line: String, status: Int, reason: String) throws {
    try withMessage(line + "\r\n\r\n") { message in
      guard case .response(let found, let text) = message.startLine else {
        Issue.record("not a response")
        return
      }
      #expect(found == status)
      #expect(text.string == reason)
      #expect(!message.isRequest)
      #expect(message.method == nil)
      #expect(message.requestURI == nil)
    }
  }

  @Test(arguments: [
    ("", SIPParseError.Reason.keepAlive, 0), ("\r\n\r\n", .keepAlive, 4), ("\0\0\0\0", .keepAlive, 0),
    ("SIP/3.0 200 OK\r\n\r\n", .badVersion, 0), ("SIP/2.01 200 OK\r\n\r\n", .badVersion, 0),
    ("INVITE sip:b@example.com SIP/3.0\r\n\r\n", .badVersion, 25),
    ("\r\nINVITE sip:b@example.com SIP/2\r\n\r\n", .badVersion, 27),
    ("SIP/2.0 99 X\r\n\r\n", .badStatus, 8), ("SIP/2.0 700 X\r\n\r\n", .badStatus, 8),
    ("SIP/2.0 2000 X\r\n\r\n", .badStatus, 8), ("SIP/2.0 -20 X\r\n\r\n", .badStatus, 8),
    ("SIP/2.0 OK\r\n\r\n", .badStatus, 8), ("SIP/2.0\r\n\r\n", .badStatus, 7),
    ("SIP/2.0 20\r\n0 OK\r\n\r\n", .badStatus, 8),
    ("INVITE SIP/2.0\r\n\r\n", .notSIP, 6), ("INVITE  SIP/2.0\r\n\r\n", .notSIP, 6),
    ("GET / HTTP/1.1\r\n\r\n", .notSIP, 0), ("HTTP/1.1 200 OK\r\n\r\n", .notSIP, 0),
    (" INVITE sip:b@example.com SIP/2.0\r\n\r\n", .notSIP, 0), ("IN@VITE SIP/2.0\r\n\r\n", .notSIP, 0),
    ("IN@VITE sip:b@x SIP/2.0\r\n\r\n", .badMethod, 0), ("\0INVITE sips:b@x SIP/2.0\r\n\r\n", .badMethod, 0),
    ("\r\nINV\u{fc}TE tel:+49 SIP/3.0\r\n\r\n", .badMethod, 2),
    ("(the) one behind SIP/2.0\r\n\r\n", .notSIP, 0), ("HEP\u{2}and so on:INVITE sip:b@x SIP/2.0\r\n\r\n", .notSIP, 0),
    ("GET / HTTP/1.1\rSIP/2.0 x\r\n\r\n", .notSIP, 0),
    ("FOO sip:b@x SIP/3.0\rVia: x\r\n\r\n", .notSIP, 0), ("\r\n\r\n\u{80}\u{81}", .notSIP, 4),
    ("INVITE sip:b@example.com SIP/2.0", .startLineCut, 0), ("INVITE tel:+49", .startLineCut, 0),
    ("SIP/2.0 20", .startLineCut, 0),
    // A line of text is not the front of a message.
    ("hello", .notSIP, 0), ("hello world", .notSIP, 0), ("INVITE sip", .notSIP, 0),
  ])
  func whatIsNoMessageIsRefusedWhereItGoesWrong(text: String, reason: SIPParseError.Reason, offset: Int) {
    let error = refusal(of: text)
    #expect(error?.reason == reason)
    #expect(error?.offset == offset)
  }

  @Test func blankLinesBeforeTheStartLineAreLeftOut() throws {
    // RFC 3261 section 7.5.
    try withMessage("\r\n\n\r\nOPTIONS sip:b@example.com SIP/2.0\r\nCall-ID: a\r\n\r\n") { message in
      #expect(message.method == .options)
      #expect(message.callID?.string == "a")
      #expect(message.text.hasPrefixIgnoringCase("OPTIONS "))
    }
  }

  @Test func aMethodNobodyKnowsIsReadFromALineThatACarriageReturnAloneEnds() throws {
    try withMessage("ACZ sip:b@example.com SIP/2.0\r\rVia: SIP/2.0/UDP 192.0.2.1\r\nCall-ID: a\r\n\r\n") { message in
      #expect(message.method == .other)
      #expect(message.callID?.string == "a")
    }
  }

  @Test func aRequestLineThatACarriageReturnAloneEndsIsBorne() throws {
    let text = "CANCEL sip:b@example.com SIP/2.0\r7Via: SIP/2.0/UDP h\r\nCall-ID: a\r\n\r\n"
    try withMessage(text) { message in
      #expect(message.method == .cancel)
      #expect(message.requestURI?.string == "sip:b@example.com")
      #expect(message.callID?.string == "a")
    }
  }

  @Test(arguments: SIPMethod.allCases.filter { $0 != .other })
  func everyMethodIsKnownByItsNameAndByNoOtherSpelling(_ method: SIPMethod) {
    let name = "\(method)".uppercased()
    #expect(withText(name) { SIPMethod($0) } == method)
    #expect(withText(name.lowercased()) { SIPMethod($0) } == .other)
    #expect(withText(name + "X") { SIPMethod($0) } == .other)
    #expect(withText(String(name.dropLast())) { SIPMethod($0) } == .other)
  }
}
