import SIP
import Testing

/// What `DialogAddress` has to say of a value, found the long way.
private struct Long: Equatable {
  let user: String
  let tag: String?
  let name: String

  init(user: String, tag: String?, name: String) {
    (self.user, self.tag, self.name) = (user, tag, name)
  }

  init?(_ value: SIPText) {
    guard let address = NameAddress(value) else { return nil }
    self.init(
      user: SIPURI(address.uri)?.user.string ?? "", tag: address.tag?.string,
      name: address.rawDisplayName.isEmpty ? "" : address.displayName)
  }

  /// The same as `DialogAddress` tells it.
  init?(short value: SIPText) {
    guard let address = DialogAddress(value) else { return nil }
    self.init(user: address.user.string, tag: address.tag?.string, name: address.displayName)
  }
}

@Suite struct DialogAddressTests {
  static let plain = "\"Person 7\" <sip:1007@10.20.0.10:5060>;tag=a71bb-c.d"

  @Test(arguments: [
    plain, "<sip:1007@10.20.0.10>", "<sip:1007@10.20.0.10>;tag=1", "\"\" <sip:a@h>;tag=x", "\"A\"<sip:a@h:65535>",
    "<sip:a@h:65536>;tag=1", "<sip:a@h:>;tag=1", "<sip:a@h:1x>", "<sip:@h>", "<sip:a@>", "<sip:h>;tag=1", "<sips:a@h>",
    "<SIP:a@h>;TAG=1", "<sip:a@[2001:db8::1]:5060>;tag=1", "<sip:a@h;transport=tcp>;tag=1", "<sip:a@h?x=1>;tag=1",
    "<sip:a@h>;tag", "<sip:a@h>;tag=", "<sip:a@h>;tag=1;x", "<sip:a@h>;x=1;tag=2", "<sip:a@h>;tag=\"1\"",
    "<sip:a@h>;tag = 1", "<sip:a@h> ;tag=1", "<sip:a@h>;tag=1,<sip:b@h>", "sip:a@h;tag=1", "Bob <sip:a@h>;tag=1",
    "\"A\\\"B\" <sip:a@h>;tag=1", "\"A\r\n B\" <sip:a@h>;tag=1", "\"A\" B <sip:a@h>;tag=1", "\"A <sip:a@h>;tag=1",
    "<sip:a:secret@h>;tag=1", "<sip:%2B49@h>;tag=1", "<sip:a@b@h>;tag=1", "<tel:+4930>;tag=1", "", "\"", "<", "<sip:",
    "\"Jörg\" <sip:a@h>;tag=1",
  ])
  func `an address is read in one pass as it is the long way`(value: String) {
    withText(value) { #expect(Long(short: $0) == Long($0)) }
  }

  @Test func `whatever byte of an address is another one, both ways read the same`() {
    let bytes = Array(Self.plain.utf8)
    for place in bytes.indices {
      for byte in Array("\0\t\r\n \"%,:;<=>?@A\\[a~".utf8) + [0x80, 0xff] {
        var other = bytes
        other[place] = byte
        withText(other) { #expect(Long(short: $0) == Long($0), "byte \(byte) at \(place)") }
      }
      withText(Array(bytes[..<place])) { #expect(Long(short: $0) == Long($0), "cut at \(place)") }
    }
  }

  @Test(arguments: [
    "sip:100@h", "sip:100@h:5060", "sip:100@h;user=phone", "sip:100@h;x=a@b", "sip:100@h?x=1", "sip:100@h;y?x=1",
    "sip:h", "tel:+4930", "sip:100@", "sip:100@h:99999", "http://h", "sips:100@h",
  ])
  func `a request's user is that of its URI`(uri: String) throws {
    try withMessage("OPTIONS \(uri) SIP/2.0\r\n\r\n") { message in
      let user = message.requestURI.flatMap { SIPURI($0)?.user.string }
      #expect(message.requestUser?.string == user ?? "")
    }
  }
}

@Suite struct TransactionTests {
  @Test(
    arguments: [
      ("SIP/2.0/UDP h;branch=z9hG4bK1;rport", "z9hG4bK1"), ("SIP/2.0/UDP h;rport;branch=z9hG4bK1", "z9hG4bK1"),
      ("SIP/2.0/UDP h;BRANCH=z1", "z1"), ("SIP/2.0/UDP h;branch = z1 ;x", "z1"), ("SIP/2.0/UDP h;branch=", ""),
      ("SIP/2.0/UDP h;branch=\"a;b\"", "a;b"), ("SIP/2.0/UDP h;x=\";branch=1\";branch=2", "2"),
      ("SIP/2.0/UDP h;branch=1,SIP/2.0/UDP g;branch=2", "1"), ("SIP/2.0/UDP h,SIP/2.0/UDP g;branch=2", nil),
      ("SIP/2.0/UDP h;branchx=1", nil), ("SIP/2.0/UDP h", nil), ("SIP/2.0/UDP h;branch", ""),
    ] as [(String, String?)])
  func `the branch is that of the topmost hop, however it is written`(via: String, branch: String?) throws {
    try withMessage("BYE sip:a@h SIP/2.0\r\nVia: \(via)\r\n\r\n") { #expect($0.branch?.string == branch) }
  }

  @Test(
    arguments: [
      ("Call-ID: x\r\nCSeq: 7 BYE", 7), ("Call-ID: x\r\nCSeq: 4294967295 INVITE", 4_294_967_295),
      ("i: x\r\nCSeq:7\tFOO", 7), ("Call-ID: x\r\nCSeq: 4294967296 BYE", nil), ("Call-ID: x\r\nCSeq: 7", nil),
      ("Call-ID: x\r\nCSeq: BYE", nil), ("Call-ID: x\r\nCSeq: 7 B YE", nil), ("Call-ID:\r\nCSeq: 7 BYE", nil),
      ("CSeq: 7 BYE", nil), ("Call-ID: x", nil),
    ] as [(String, UInt32?)])
  func `a transaction is there where Call-ID and CSeq can be read`(headers: String, number: UInt32?) throws {
    try withMessage("BYE sip:a@h SIP/2.0\r\n\(headers)\r\n\r\n") { message in
      #expect(message.transaction?.cseq == number)
      if number != nil {
        #expect(message.transaction?.method == message.cseq?.method)
        #expect(message.transaction?.callID.string == "x")
      }
    }
  }

  @Test func `headers are found wherever their lines end`() throws {
    for length in 0...100 {
      let padding = String(repeating: "p", count: length)
      let text =
        "BYE sip:a@h SIP/2.0\r\nX-Pad: \(padding)\r\nCall-ID: c\(padding)\r\nSubject: \(padding)\r\n folded\r\n"
        + "CSeq: 7 BYE\r\nContent-Length: 3\r\n\r\nabcdef"
      try withMessage(text) { message in
        #expect(message.callID?.string == "c" + padding)
        #expect(message.cseq?.number == 7)
        #expect(message.body.string == "abc")
      }
    }
  }
}
