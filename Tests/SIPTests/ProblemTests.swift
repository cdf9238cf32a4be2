import Foundation
import SIP
import Testing

@Suite struct ProblemTests {
  static let sound = [
    "Via: SIP/2.0/UDP h;branch=z9hG4bK1", "Max-Forwards: 70", "From: <sip:a@h>;tag=1", "To: <sip:b@h>", "Call-ID: c",
    "CSeq: 1 OPTIONS",
  ]

  static func text(_ lines: [String], body: String = "") -> String {
    (["OPTIONS sip:b@h SIP/2.0"] + sound + lines).joined(separator: "\r\n") + "\r\n\r\n" + body
  }

  /// The problem stands where the marked text begins, or behind the headers for an empty mark.
  static let placed: [(lines: [String], kind: MessageProblem.Kind, header: String, mark: String)] = [
    (["Contact: <sip:a@h:70000>"], .badHost, "Contact", "a@h:70000"),
    (["Contact: <sip:a@10.0.0.300>"], .badHost, "Contact", "10.0.0.300"),
    (["Contact: <sip:a@h_1.example>"], .badHost, "Contact", "h_1.example"),
    (["Contact: <sip:a%4@h>"], .malformedURI, "Contact", "%4@h"),
    (["Contact: <sip:@host>"], .malformedURI, "Contact", "@host"),
    (["Contact: <tel:100>"], .badTelephoneNumber, "Contact", "100>"),
    (["Contact: <sip:a@h>;q=\"0.5"], .unterminatedQuote, "Contact", "\"0.5"),
    (["Contact: <sip:a@h>;expires=soon"], .badNumber, "Contact", "soon"),
    (["Contact: *"], .badWildcard, "Contact", "*"),
    (["Route: sip:proxy.example.com;lr"], .uriNeedsBrackets, "Route", "sip:proxy"),
    (["P-Asserted-Identity: \"A\" x <sip:a@h>"], .unquotedDisplayName, "P-Asserted-Identity", "\"A\" x"),
    (["Diversion: <sip:a@h"], .malformedAddress, "Diversion", "<sip:a@h\r"),
    (["no colon"], .unreadableHeader, "", "no colon"), (["Expires: 1.5"], .badNumber, "Expires", "1.5"),
    (["Content-Type: sdp"], .badContentType, "Content-Type", "sdp"),
    (["Content-Type: text/plain;charset=klingon"], .unknownCharset, "Content-Type", "klingon"),
    (["Via: SIP/2.0/UDP 0.0.0.0"], .unanswerableVia, "Via", "0.0.0.0"),
    (["Via: SIP/3.0/UDP h"], .malformedVia, "Via", "SIP/3.0"),
    (["v: SIP/2.0/UDP h:0x1"], .malformedVia, "Via", "SIP/2.0/UDP h:0x1"),
    (["Replaces: a;to-tag=1"], .malformedParameter, "Replaces", "a;to-tag=1"),
    (["Warning: 399 h text"], .badWarning, "Warning", "399"), (["Date: today"], .badDate, "Date", "today"),
    (["Date: Xyz, 01 Jan 2010 16:00:00 GMT"], .badDate, "Date", "Xyz"),
  ]

  @Test(arguments: placed)
  func aProblemNamesItsHeaderAndByte(lines: [String], kind: MessageProblem.Kind, header: String, mark: String) throws {
    let text = Self.text(lines)
    let start = try #require(text.range(of: mark)?.lowerBound)
    try withMessage(text) { message in
      let offset = text.utf8.distance(from: text.startIndex, to: start)
      let problems = message.problems()
      #expect(problems.map(\.kind) == [kind])
      #expect(problems.first?.header == header)
      #expect(problems.first?.offset == offset)
    }
  }

  @Test func aBodyNeedsAType() throws {
    try withMessage(Self.text([], body: "x")) { #expect($0.problems().map(\.kind) == [.missingContentType]) }
  }

  @Test(arguments: [
    "", "v=1\r\n", "v=0\r\nm=audio\r\n", "v=0\r\no=- 1 1 IN IP4 h\r\nm=audio x RTP/AVP 0\r\n",
    "v=0\r\no=- 1 1 IN IP4 h\r\nodd\r\n",
  ])
  func aDescriptionThatIsNoneIsTold(sdp: String) throws {
    try withMessage(Self.text(["Content-Type: application/sdp"], body: sdp)) {
      #expect($0.problems().map(\.kind) == (sdp.isEmpty ? [] : [.malformedSDP]))
    }
  }

  @Test func aStreamNeedsContentLength() throws {
    try withMessage(Self.text([])) { message in
      #expect(message.problems() == [])
      #expect(message.problems(isInStream: true).map(\.header) == ["Content-Length"])
    }
  }

  @Test func aCutMessageIsNotBlamedForWhatMayHaveFollowed() throws {
    let text = "OPTIONS sip:b@h SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n"
    try withMessage(text) { #expect($0.problems().map(\.kind) == [.headersCut]) }
  }

  @Test func bytesThatAreNoUTF8AreTold() throws {
    let bytes = Array(Self.text(["Subject: ?"]).utf8).map { $0 == UInt8(ascii: "?") ? 0xff : $0 }
    try withMessage(bytes) { #expect($0.problems().map(\.kind) == [.notUTF8]) }
  }

  @Test func problemsHaveALimit() throws {
    let lines = [String](repeating: "Contact: <sip:@h>", count: 1000)
    try withMessage(Self.text(lines)) { #expect($0.problems().count == SIPMessage.problemsMax) }
  }

  @Test func everyKindHasASectionAndASentenceOfItsOwn() {
    let kinds = MessageProblem.Kind.allCases
    #expect(kinds.allSatisfy { $0.section.hasPrefix("RFC ") && $0.explanation.hasSuffix(".") })
    #expect(Set(kinds.map(\.explanation)).count == kinds.count)
  }

  static let hostile = [
    "\"", "<", ";", ",", "(", "a;", "\\", ":", "%3B&", "<>", "a,", "\n ", ".", "1:", "\",", "@", "=;", "a\"b",
  ]

  @Test(arguments: hostile, ["Contact", "Via", "From", "P-Asserted-Identity", "Authorization", "X-Other"])
  func noValueCostsItsSquare(piece: String, header: String) throws {
    // At the square of the length each of these takes many minutes.
    let value = String(repeating: piece, count: 200_000 / piece.utf8.count)
    try withMessage(Self.text(["\(header): \(value)"])) { message in
      #expect(message.problems().count <= SIPMessage.problemsMax)
      message.forEachLine(of: .from) { #expect(readValue($0) >= 0) }
    }
  }
}
