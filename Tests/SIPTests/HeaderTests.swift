import SIP
import Testing

@Suite struct HeaderTests {
  @Test(arguments: [
    ("v: SIP/2.0/UDP h;branch=z9hG4bK1", HeaderName.via, "SIP/2.0/UDP h;branch=z9hG4bK1"),
    ("F: <sip:a@h>", .from, "<sip:a@h>"), ("t:<sip:a@h>", .to, "<sip:a@h>"), ("i : x@h", .callID, "x@h"),
    ("M: *", .contact, "*"), ("l: 0", .contentLength, "0"), ("c: application/sdp", .contentType, "application/sdp"),
    ("r: <sip:a@h>", .referTo, "<sip:a@h>"), ("b: <sip:a@h>", .referredBy, "<sip:a@h>"),
    ("k: path", .supported, "path"),
    ("x: 90", .sessionExpires, "90"), ("s:", .subject, ""), ("o: dialog", .event, "dialog"),
    ("u: dialog", .allowEvents, "dialog"), ("e: gzip", .contentEncoding, "gzip"),
    ("CALL-id\t : x@h", .callID, "x@h"), ("uSeR-aGeNt: Phone 1:2", .userAgent, "Phone 1:2"),
    ("X-Site: 7", HeaderName("x-site"), "7"), ("Q: 7", HeaderName("X-Quick", compact: "Q"), "7"),
  ])
  func aNameIsFoundInAnyCaseAndInItsCompactForm(line: String, name: HeaderName, value: String) throws {
    try withMessage(request(line)) { #expect($0.firstLine(of: name)?.string == value) }
  }

  @Test(arguments: ["Viaa: 1", "Vi: 1", "z: 1", "w: 1", "X-Via: 1", "Call-IDs: 1"])
  func aNameThatOnlyResemblesIsAnotherName(line: String) throws {
    try withMessage(request(line)) { message in
      #expect(message.firstLine(of: .via) == nil)
      #expect(message.firstLine(of: .callID) == nil)
      #expect(message.callID == nil)
      #expect(message.branch == nil)
    }
  }

  @Test func aFoldedHeaderIsOneValue() throws {
    let text = request(
      "Via:\r\n SIP/2.0/UDP\r\n\th1;rport\r\n ;branch\r\n =\r\n z9hG4bKfold",
      "From: \"A\r\n B\"\r\n <sip:a@h>;\r\n tag=\r\n\tt1",
      "Call-ID:\r\n   x@h", "CSeq: 0009\r\n  INVITE", "Subject: one\r\n \t two\r\n three")
    try withMessage(text) { message in
      #expect(message.branch?.string == "z9hG4bKfold")
      #expect(message.from?.tag?.string == "t1")
      #expect(message.from?.displayName == "A B")
      #expect(message.callID?.string == "x@h")
      #expect(message.cseq?.number == 9)
      #expect(message.cseq?.method == .invite)
      #expect(message.firstLine(of: .subject)?.unfolded == "one two three")
      #expect(message.oddities == [])
    }
  }

  @Test func aLineOfBlanksContinuesTheHeaderAboveIt() throws {
    try withMessage(request("Subject: one\r\n \t\r\n two", "Call-ID: x")) { message in
      #expect(message.firstLine(of: .subject)?.unfolded == "one two")
      #expect(message.callID?.string == "x")
    }
  }

  @Test(arguments: [
    (["Contact: <sip:a@h>, <sip:b@h>"], ["<sip:a@h>", "<sip:b@h>"]),
    (["Contact: <sip:a@h>", "m: <sip:b@h>,\r\n <sip:c@h>"], ["<sip:a@h>", "<sip:b@h>", "<sip:c@h>"]),
    (["Contact: \"Doe, J\" <sip:a@h>;x=\"1,2\", sip:b@h"], ["\"Doe, J\" <sip:a@h>;x=\"1,2\"", "sip:b@h"]),
    (["Contact: <sip:a,b@h;c=d,e>,<sip:c@h>"], ["<sip:a,b@h;c=d,e>", "<sip:c@h>"]),
    (["Contact: \"a\\\",b\" <sip:a@h>, sip:b@h"], ["\"a\\\",b\" <sip:a@h>", "sip:b@h"]),
    (["Contact: ,, sip:a@h ,,", "Contact:"], ["sip:a@h"]),
    (["Contact: \"never closed, sip:a@h"], ["\"never closed, sip:a@h"]),
    (["Contact: <sip:a@h, <sip:b@h"], ["<sip:a@h, <sip:b@h"]),
    (["Contact: \"ends in an escape\\"], ["\"ends in an escape\\"]),
  ])
  func aListIsSplitAtItsCommasOnly(lines: [String], expected: [String]) throws {
    let text = "OPTIONS sip:b@h SIP/2.0\r\n" + lines.joined(separator: "\r\n") + "\r\n\r\n"
    #expect(try values(of: .contact, in: text) == expected)
  }

  @Test func theFirstOfARepeatedHeaderCounts() throws {
    // RFC 4475 section 3.3.8 leaves it to the element.
    let text = request("Call-ID: one", "CSeq: 1 INVITE", "To: sip:a@h", "i: two", "CSeq: 2 BYE", "t: sip:b@h")
    try withMessage(text) { message in
      #expect(message.callID?.string == "one")
      #expect(message.cseq?.number == 1)
      #expect(message.to?.uri.string == "sip:a@h")
    }
  }

  @Test(arguments: [
    "no colon here", ": no name", "two words: 1", "Fal\u{a0}se: 1", " begins with a blank: 1", "a=b:c",
  ])
  func aLineThatIsNoHeaderIsLeftOutAndNoted(line: String) throws {
    try withMessage("OPTIONS sip:b@h SIP/2.0\r\n\(line)\r\nCall-ID: x\r\n\r\n") { message in
      #expect(message.oddities == .unreadableHeader)
      #expect(message.callID?.string == "x")
      var names: [String] = []
      message.forEachHeader { name, _ in names.append(name.string) }
      #expect(names == ["Call-ID"])
    }
  }

  @Test func linesMayEndInALineFeedAlone() throws {
    try withMessage("SIP/2.0 200 OK\nCall-ID: x\nCSeq: 1 BYE\nContent-Length: 3\n\nabcdef") { message in
      #expect(message.status == 200)
      #expect(message.callID?.string == "x")
      #expect(message.cseq?.method == .bye)
      #expect(message.body.string == "abc")
      #expect(message.oddities == [])
    }
  }

  @Test(arguments: [
    ("CSeq: 1 INVITE", 1, SIPMethod.invite), ("CSeq:\t4294967295\tBYE", 4_294_967_295, .bye),
    ("cseq: 0007   ACK", 7, .ack), ("CSeq: 5 invite", 5, .other), ("CSeq: 0 PRACK", 0, .prack),
  ])
  func aSequenceNumberAndItsMethodAreRead(line: String, number: UInt32, method: SIPMethod) throws {
    try withMessage(request(line)) { message in
      #expect(message.cseq?.number == number)
      #expect(message.cseq?.method == method)
    }
  }

  @Test(arguments: [
    "CSeq:", "CSeq: INVITE", "CSeq: 1", "CSeq: -1 INVITE", "CSeq: +1 INVITE", "CSeq: 1INVITE", "CSeq: 1 IN VITE",
    "CSeq: 0x1 INVITE", "CSeq: 4294967296 INVITE", "CSeq: 36893488147419103232 REGISTER", "CSeq: 1 INVITE, 2 BYE",
    "CSeq: 1,INVITE", "X: 1 INVITE",
  ])
  func aMalformedSequenceNumberIsNone(line: String) throws {
    try withMessage(request(line)) { #expect($0.cseq == nil) }
  }

  @Test(arguments: ["Call-ID:", "Call-ID:  \t", "i:\r\n  ", "X: y"])
  func anEmptyCallIDIsNone(line: String) throws {
    try withMessage(request(line)) { #expect($0.callID == nil) }
  }

  @Test(arguments: [
    (["Via: SIP/2.0/UDP h;branch=z9hG4bK1"], "z9hG4bK1"),
    (["Via: SIP/2.0/UDP h;branch=z9hG4bK1", "Via: SIP/2.0/UDP g;branch=z9hG4bK2"], "z9hG4bK1"),
    (["Via: SIP/2.0/UDP h;rport;BRANCH=a, SIP/2.0/UDP g;branch=b"], "a"),
    (["Via: SIP/2.0/UDP h;branch=\"quoted;,\";x=y"], "quoted;,"),
    (["Via: SIP/2.0/UDP [2001:db8::1]:5060;received=[2001:db8::2];branch=a"], "a"),
    (["v: SIP / 2.0 / TCP  h ; branch  =  a  , SIP/2.0/UDP g"], "a"),
  ])
  func theBranchIsThatOfTheTopmostVia(lines: [String], branch: String) throws {
    try withMessage("BYE sip:b@h SIP/2.0\r\n" + lines.joined(separator: "\r\n") + "\r\n\r\n") {
      #expect($0.branch?.string == branch)
    }
  }

  @Test(arguments: [
    ["Via: SIP/2.0/UDP h", "Via: SIP/2.0/UDP g;branch=b"], ["Via: SIP/2.0/UDP h, SIP/2.0/UDP g;branch=b"],
    ["Via: SIP/2.0/UDP h;x=\"branch=b"], ["Via: SIP/2.0/UDP h;xbranch=b"],
  ])
  func theBranchOfAnotherViaIsNotTakenForIt(lines: [String]) throws {
    try withMessage("BYE sip:b@h SIP/2.0\r\n" + lines.joined(separator: "\r\n") + "\r\n\r\n") {
      #expect($0.branch == nil)
    }
  }
}
