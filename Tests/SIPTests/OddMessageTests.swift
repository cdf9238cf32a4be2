import SIP
import Testing

/// Messages in the spirit of RFC 4475, each with several oddities at once.
@Suite struct OddMessageTests {
  @Test func blanksAndFoldsWhereverTheGrammarAllowsThem() throws {
    let text = """
      INVITE sip:200@pbx.example.com;x SIP/2.0\r
      TO :\r
       sip:200@pbx.example.com ;   tag    = 77n\r
      from   : "A Tester \\\\\\""       <sip:100@example.com>\r
        ;\r
        tag = 9s\r
      cAlL-iD:odd.1@192.0.2.1\r
      cseq: 0009\r
        INVITE\r
      Via  : SIP  /   2.0\r
       /UDP\r
          192.0.2.2;branch=390s\r
      s :\r
      UnknownHeader: ;;,,;;,;\r
      v:  SIP  / 2.0  / TCP     h.example.com   ;\r
        branch  =   z9  ,\r
       SIP  /    2.0   / UDP  192.0.2.255   ; branch=\r
       z9x\r
      m:"Quoted \\"\\"" <sip:100@example.com> ; newparam =\r
            newvalue ;\r
        secondparam ; q = 0.33\r
      \r

      """
    try withMessage(text) { message in
      #expect(message.oddities == [])
      #expect(message.to?.uri.string == "sip:200@pbx.example.com")
      #expect(message.to?.tag?.string == "77n")
      #expect(message.from?.displayName == "A Tester \\\"")
      #expect(message.from?.tag?.string == "9s")
      #expect(message.callID?.string == "odd.1@192.0.2.1")
      #expect(message.cseq?.number == 9)
      #expect(message.branch?.string == "390s")
      #expect(message.firstLine(of: .subject)?.isEmpty == true)
      let contact = message.firstLine(of: .contact).flatMap { NameAddress($0) }
      #expect(contact?.displayName == "Quoted \"\"")
      #expect(contact?.parameters.value("newparam")?.string == "newvalue")
      #expect(contact?.parameters.value("secondparam")?.isEmpty == true)
      #expect(contact?.parameters.value("q")?.string == "0.33")
    }
    #expect(try values(of: .via, in: text).count == 3)
  }

  @Test func twoMessagesInOneDatagramAreTheFirst() throws {
    // RFC 3261 section 18.3: bytes past Content-Length are left out.
    let first = request("I: one", "Content-Length: 2", body: "ab")
    try withMessage(first + request("Call-ID: two")) { message in
      #expect(message.callID?.string == "one")
      #expect(message.text.string == first)
    }
  }

  @Test func bytesOfEveryValueMayStandInQuotesAndUnknownHeaders() throws {
    let meaningful: Set<UInt8> = [10, 13, 34, 92]
    let odd = (UInt8.min...UInt8.max).filter { !meaningful.contains($0) }
    var bytes = Array("OPTIONS sip:b@h SIP/2.0\r\nFrom: \"".utf8)
    bytes += odd
    bytes += "\" <sip:a@h>;tag=1\r\nX-Raw: ".utf8
    bytes += odd
    bytes += "\r\nCall-ID: x\r\n\r\n".utf8
    try withMessage(bytes) { message in
      #expect(message.from?.uri.string == "sip:a@h")
      #expect(message.from?.tag?.string == "1")
      #expect(message.callID?.string == "x")
      #expect(message.oddities == [])
    }
  }

  @Test(
    arguments: [
      ("To: \"Mr. J <sip:j@h>", nil), ("To: <sip:j@h", nil), ("To:", nil), ("To: Bell, A <sip:a@h>", "sip:a@h"),
      ("To: isbn:2983792873", "isbn:2983792873"), ("To: <http://www.example.com>", "http://www.example.com"),
    ] as [(String, String?)])
  func anAddressIsReadOrNoneAndTheMessageStands(line: String, uri: String?) throws {
    try withMessage(request(line, "Call-ID: x")) { message in
      #expect(message.to?.uri.string == uri)
      #expect(message.callID?.string == "x")
    }
  }
}
