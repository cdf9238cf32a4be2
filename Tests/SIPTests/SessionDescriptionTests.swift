import SIP
import Testing

@Suite struct SessionDescriptionTests {
  static let head = "v=0\r\no=- 99 18446744073709551615 IN IP4 192.0.2.1\r\ns=call\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"

  @Test func aDescriptionIsTakenApart() {
    let text =
      Self.head
      + "a=sendonly\r\nm=audio 4000/2 RTP/AVP 0 8\r\nm=video 0 RTP/AVP 31\r\n"
      + "c=IN IP6 2001:db8::1/127\r\na=recvonly\r\na=rtcp:5000 IN IP4 h\r\n"
    withText(text) { text in
      let description = SessionDescription(text)
      #expect(description?.origin?.sessionID == 99)
      #expect(description?.origin?.version == .max)
      #expect(description?.origin?.address.string == "192.0.2.1")
      #expect(description?.sessionName?.string == "call")
      #expect(description?.direction == .sendOnly)
      var found: [String] = []
      description?.forEachMedium { medium in
        found.append(
          "\(medium.type.string) \(medium.port) \(medium.portCount) \(medium.protocolName.string) "
            + "[\(medium.formats.string)] "
            + "\(medium.address?.string ?? "-") \(medium.direction) \(medium.controlPort ?? 0)")
      }
      #expect(
        found == [
          "audio 4000 2 RTP/AVP [0 8] 192.0.2.1 sendOnly 4001", "video 0 1 RTP/AVP [31] 2001:db8::1 receiveOnly 5000",
        ])
      #expect(description?.isOnHold == true)
    }
  }

  @Test(arguments: [
    ("m=audio 4000 RTP/AVP 0\n", false), ("m=audio 4000 RTP/AVP 0\na=sendonly\n", true),
    ("m=audio 4000 RTP/AVP 0\na=inactive\n", true), ("m=audio 4000 RTP/AVP 0\na=recvonly\n", false),
    ("m=audio 4000 RTP/AVP 0\nc=IN IP4 0.0.0.0\n", true), ("m=audio 4000 RTP/AVP 0\nc=IN IP6 ::\n", true),
    ("m=audio 4000 RTP/AVP 0\na=inactive\nm=video 5000 RTP/AVP 31\n", false),
    ("m=audio 4000 RTP/AVP 0\na=inactive\nm=video 0 RTP/AVP 31\n", true), ("m=audio 0 RTP/AVP 0\n", false), ("", false),
    ("a=inactive\nm=audio 4000 RTP/AVP 0\na=sendrecv\n", false),
  ])
  func holdIsKnownByDirectionOrAddress(lines: String, isOnHold: Bool) {
    withText(Self.head + lines) { #expect(SessionDescription($0)?.isOnHold == isOnHold) }
  }

  @Test(
    arguments: [
      ("m=audio 1 RTP/AVP 0", nil), ("m=audio 1 RTP/SAVP 0\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:x", .sdes),
      ("m=audio 1 RTP/AVP 0\na=crypto:1 x", .sdes), ("m=audio 1 RTP/SAVPF 0", .unknownKeys),
      ("m=audio 1 RTP/SAVPF 0\na=fingerprint:sha-256 00", .dtls), ("m=audio 1 UDP/TLS/RTP/SAVPF 0", .dtls),
      ("a=fingerprint:sha-256 00\nm=audio 1 RTP/SAVP 0", .dtls), ("m=image 1 udptl t38", nil),
    ] as [(String, MediaDescription.Encryption?)])
  func encryptionIsKnownByProtocolAndKeys(lines: String, encryption: MediaDescription.Encryption?) {
    withText(Self.head + lines + "\n") { text in
      var found: [MediaDescription.Encryption?] = []
      SessionDescription(text)?.forEachMedium { found.append($0.encryption) }
      #expect(found == [encryption])
    }
  }

  @Test(arguments: ["", "v=1\r\n", "o=- 1 1 IN IP4 h\r\nv=0\r\n", "hello", "v = 0\r\n", "\0\0"])
  func whatIsNoDescriptionIsNone(text: String) {
    withText(text) { #expect(SessionDescription($0) == nil) }
  }

  @Test(arguments: [
    "m=", "m=audio", "m=audio x RTP/AVP 0", "m=audio 65536 RTP/AVP 0", "m=audio 1/x RTP/AVP 0", "m=audio 1",
  ])
  func aMediumThatCannotBeReadIsLeftOut(line: String) {
    withText(Self.head + line + "\r\nm=video 2 RTP/AVP 31\r\n") { text in
      var types: [String] = []
      SessionDescription(text)?.forEachMedium { types.append($0.type.string) }
      #expect(types == ["video"])
    }
  }

  @Test(arguments: ["o=-", "o=- x 1 IN IP4 h", "o=- 1 18446744073709551616 IN IP4 h", "o=- 1 1 IN IP4"])
  func anOriginThatCannotBeReadIsNone(line: String) {
    withText("v=0\r\n\(line)\r\n") { text in
      #expect(SessionDescription(text).map { $0.origin == nil } == true)
    }
  }

  @Test func mediaHaveALimit() {
    withText(Self.head + String(repeating: "m=audio 1 RTP/AVP 0\n", count: 5000)) { text in
      var count = 0
      SessionDescription(text)?.forEachMedium { _ in count += 1 }
      #expect(count == SessionDescription.mediaMax)
    }
  }

  static let parts =
    "preamble\r\n--b1\r\nContent-Type: text/plain\r\n\r\nhi\r\n--b1 \r\nc: application/sdp\r\n\r\n" + head
    + "\r\n--b1--\r\nepilogue"

  @Test func theDescriptionAmongSeveralPartsIsFound() throws {
    try withMessage(request("Content-Type: multipart/mixed; boundary=\"b1\"", body: Self.parts)) { message in
      #expect(message.sessionDescription?.origin?.sessionID == 99)
      var bodies: [Int] = []
      message.contentType.flatMap { MultipartBody(message.body, type: $0) }?.forEachPart {
        bodies.append($0.body.count)
      }
      #expect(bodies == [2, Self.head.utf8.count])
    }
  }

  @Test(arguments: [
    "multipart/mixed", "multipart/mixed;boundary=", "multipart/mixed;boundary=other", "text/plain;boundary=b1",
    "multipart",
    "multipart/mixed;boundary=\(String(repeating: "b", count: 71))",
  ])
  func withoutItsBoundaryThereIsNoPart(type: String) throws {
    try withMessage(request("Content-Type: \(type)", body: Self.parts)) { #expect($0.sessionDescription == nil) }
  }

  @Test func partsHaveALimit() throws {
    let body = String(repeating: "--b1\r\n\r\nx\r\n", count: 10_000)
    try withMessage(request("Content-Type: multipart/mixed;boundary=b1", body: body)) { message in
      var count = 0
      message.contentType.flatMap { MultipartBody(message.body, type: $0) }?.forEachPart { _ in count += 1 }
      #expect(count == MultipartBody.partsMax)
    }
  }

  @Test(
    arguments: [
      ("SIP/2.0 200 OK\r\n", 200), ("SIP/2.0 100 Trying", 100), ("SIP/2.0 180", 180), ("SIP/2.0 99 X", nil), ("", nil),
      ("BYE sip:h SIP/2.0\r\n", nil), ("SIP/2.0 2000", nil),
    ] as [(String, Int?)])
  func aFragmentTellsHowATransferGoes(body: String, status: Int?) throws {
    try withMessage(request("Content-Type: message/sipfrag;version=2.0", body: body)) {
      #expect($0.fragmentStatus?.status == status)
    }
    try withMessage(request("Content-Type: text/plain", body: body)) { #expect($0.fragmentStatus == nil) }
  }
}
