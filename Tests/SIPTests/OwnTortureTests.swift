import SIP
import Testing

/// The points of RFC 4475 and RFC 5118, one by one, on messages of our own: the published ones need not be there.
@Suite struct OwnTortureTests {
  struct Point: Sendable {
    let section: String
    let text: String
    let problems: Set<MessageProblem.Kind>

    /// - Parameters:
    ///   - replacing: header lines by name, in place of those of a sound message; an empty line takes the header out.
    init(
      _ section: String, start: String = "OPTIONS sip:bob@example.com SIP/2.0", replacing: [String: String] = [:],
      adding: [String] = [], body: String = "",
      trailing: String = "", _ problems: Set<MessageProblem.Kind> = []
    ) {
      self.section = section
      self.problems = problems
      let isResponse = start.hasPrefix("SIP/")
      let method = isResponse ? "OPTIONS" : String(start.prefix { $0 != " " })
      let sound = [
        ("Via", "Via: SIP/2.0/UDP host.example.com;branch=z9hG4bKa1"), ("Max-Forwards", "Max-Forwards: 70"),
        ("From", "From: <sip:alice@example.com>;tag=a"),
        ("To", "To: <sip:bob@example.com>\(isResponse ? ";tag=b" : "")"), ("Call-ID", "Call-ID: torture@example.com"),
        ("CSeq", "CSeq: 1 \(method)"), ("Contact", "Contact: <sip:alice@host.example.com>"),
        ("Content-Length", "Content-Length: \(body.utf8.count)"),
      ]
      let lines = [start] + sound.map { replacing[$0.0] ?? $0.1 }.filter { !$0.isEmpty } + adding
      text = lines.joined(separator: "\r\n") + "\r\n\r\n" + body + trailing
    }
  }

  static let sdp = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\nm=audio 4000 RTP/AVP 0\r\n"
  static let type = "Content-Type: application/sdp"
  static let invite = "INVITE sip:bob@example.com SIP/2.0"

  static let valid = [
    Point(
      "3.1.1.1", start: "INVITE sip:bob@example.com;unknown SIP/2.0",
      replacing: [
        "To": "TO :\r\n sip:bob@example.com", "Max-Forwards": "mAx-fOrWaRdS: 0041",
        "Via": "v  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.9;branch=old",
        "From": "f : \"A \\\\\\\"\"    <sip:a@example.com>\r\n  ;\r\n  tag = x", "CSeq": "cseq: 0003\r\n  INVITE",
      ], adding: ["Odd: ;;,,;;,;", "s :"]),
    Point(
      "3.1.1.2", start: "!rare.Method_1*+`%x'~ sip:a.b~(c!)&d+e$/f?,/;;*:&g=1,h!*i$j~k.(l'm)@example.com SIP/2.0",
      replacing: [
        "To": "To: \"bell \\\u{7} del \\\u{7f}\" <sip:bob@example.com>",
        "Call-ID": "Call-ID: a%Z-!.*_+'@b`~)(><:\\/\"][?}{",
        "From": "From: one~` two'+_ three*%!.- <sip:a@example.com>;p''~+*_!.-%=\"слово\";tag=_t~1'+`*%!-.",
      ], adding: ["x-!.%*+_`'~: \u{feff}大停電"]),
    Point(
      "3.1.1.3", start: "INVITE sip:sips%3Abob%40example.com@example.net SIP/2.0",
      replacing: ["Contact": "m: <sip:cal%6Cer@example.net;%6C%72;n%61me=v%61lue%25%34%31>"]),
    Point(
      "3.1.1.4", start: "REGISTER sip:example.com SIP/2.0",
      replacing: ["To": "To: sip:nul-%00-nul@example.com", "Contact": "Contact: <sip:%00@host.example.com>"]),
    Point(
      "3.1.1.5", start: "RE%47IST%45R sip:example.com SIP/2.0",
      replacing: ["To": "To: \"%Z%45\" <sip:bob@example.com>"], adding: ["C%6Fntact: <sip:other@example.com>"]),
    Point("3.1.1.6", replacing: ["From": "From: alice<sip:alice@example.com>;tag=3"]),
    Point(
      "3.1.1.7", start: "INVITE sip:bob@example.com;\(String(repeating: "long", count: 90))=1 SIP/2.0",
      replacing: ["Call-ID": "Call-ID: \(String(repeating: "really", count: 300))"],
      adding: (0..<40).map { "v: SIP/2.0/TCP sip\($0).example.com" }),
    Point("3.1.1.8", trailing: "\r\nINVITE sip:joe@example.com SIP/2.0\r\nt: sip:joe@example.com\r\n\r\n"),
    Point("3.1.1.9", start: "OPTIONS sip:user;par=u%40example.net@example.com SIP/2.0"),
    Point(
      "3.1.1.10",
      replacing: [
        "Via": "Via: SIP/2.0/UDP a.example.com;branch=z9hG4bK1, SIP/2.0/SCTP b.example.com, SIP/2.0/TLS c.example.com, "
          + "SIP/2.0/UNKNOWN d.example.com"
      ]),
    Point(
      "3.1.1.11", start: "MESSAGE sip:bob@example.com SIP/2.0",
      adding: ["Content-Type: multipart/mixed;boundary=7a9cbec02ceef655"],
      body: "--7a9cbec02ceef655\r\nContent-Type: text/plain\r\n\r\nhello\r\n--7a9cbec02ceef655--"),
    Point("3.1.1.12", start: "SIP/2.0 200 = 2**3 * 5**2 не просто"), Point("3.1.1.13", start: "SIP/2.0 100 "),
    Point("3.3.11", replacing: ["Max-Forwards": "Max-Forwards: 0"]),
    Point(
      "3.3.12", start: "REGISTER sip:example.com SIP/2.0",
      replacing: ["Contact": "Contact: sip:+4930000000@gw.example.net;unknownparam"]),
    Point(
      "3.3.13", start: "REGISTER sip:example.com SIP/2.0",
      replacing: ["Contact": "Contact: <sip:+4930000000@gw.example.net;unknownparam>"]),
    Point(
      "3.3.14", start: "REGISTER sip:example.com SIP/2.0",
      replacing: ["Contact": "Contact: <sip:bob@example.com?Route=%3Csip:sip.example.com%3E>"]),
    Point("5118 4.1", start: "REGISTER sip:[2001:db8::10] SIP/2.0"),
    // An address that ends in what was meant for a port is an address all the same.
    Point("5118 4.3", start: "REGISTER sip:[2001:db8::10:5070] SIP/2.0"),
    Point("5118 4.4", start: "REGISTER sip:[2001:db8::10]:5070 SIP/2.0"),
    Point(
      "5118 4.5",
      replacing: [
        "Via": "Via: SIP/2.0/UDP [2001:db8::9:1];received=[2001:db8::9:255];branch=z9hG4bKa"
      ]),
    Point(
      "5118 4.5",
      replacing: [
        "Via": "Via: SIP/2.0/UDP [2001:db8::9:1];received=2001:db8::9:255;branch=z9hG4bKa"
      ]),
    Point(
      "5118 4.6", start: invite, adding: [type],
      body: sdp.replacing("IP4 192.0.2.1", with: "IP6 2001:db8::20")),
    Point(
      "5118 4.7",
      replacing: [
        "Via": "Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKa\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKb"
      ]),
    Point("5118 4.9", replacing: ["Contact": "Contact: <sip:ted@[::ffff:192.0.2.2]>"]),
    Point("5118 4.10", start: "OPTIONS sip:user@[2001:db8::192.0.2.1] SIP/2.0"),
  ]

  static let invalid = [
    Point(
      "3.1.2.1",
      replacing: [
        "Via": "Via: SIP/2.0/UDP 192.0.2.15;branch=z9hG4bK1;;,;,,", "Contact": "Contact: \"J\" <sip:j@example.org>;;;;",
      ], [.malformedVia, .malformedParameter, .emptyListValue]),
    Point("3.1.2.2", replacing: ["Content-Length": "Content-Length: 9999"], adding: [type], body: sdp, [.bodyCut]),
    Point("3.1.2.3", replacing: ["Content-Length": "Content-Length: -999"], adding: [type], body: sdp, [.badNumber]),
    Point(
      "3.1.2.4",
      replacing: [
        "CSeq": "CSeq: 36893488147419103232 OPTIONS", "Max-Forwards": "Max-Forwards: 300",
        "Contact": "Contact: <sip:a@example.com>;expires=280297596632815",
      ], adding: ["Expires: \(String(repeating: "1", count: 100))"], [.badCSeq, .numberTooLarge, .intervalTooLarge]),
    Point(
      "3.1.2.5", start: "SIP/2.0 503 Unavailable", replacing: ["CSeq": "CSeq: 9292394834772304023312 OPTIONS"],
      adding: ["Retry-After: 949302838503028349304023988", "Warning: 1812 overture \"In Progress\""],
      [.badCSeq, .intervalTooLarge, .badWarning]),
    Point("3.1.2.6", replacing: ["To": "To: \"Mr. Bob <sip:bob@example.com>"], [.unterminatedQuote]),
    Point("3.1.2.7", start: "OPTIONS <sip:bob@example.com> SIP/2.0", [.uriInBrackets]),
    Point("3.1.2.8", start: "OPTIONS sip:bob@example.com; lr SIP/2.0", [.blankInURI]),
    Point("3.1.2.9", start: "OPTIONS  sip:bob@example.com  SIP/2.0", [.blanksInStartLine]),
    Point("3.1.2.10", start: "OPTIONS sip:bob@example.com SIP/2.0  ", [.blanksInStartLine]),
    Point(
      "3.1.2.11", start: "OPTIONS sip:bob@example.com?Route=%3Csip:example.com%3E SIP/2.0",
      [.uriHeadersInRequestURI]),
    Point("3.1.2.12", adding: ["Date: Fri, 01 Jan 2010 16:00:00 EST"], [.badDate]),
    Point(
      "3.1.2.13", replacing: ["Contact": "Contact: sip:bob@example.com?Route=%3Csip:sip.example.com%3E"],
      [.uriNeedsBrackets]),
    Point("3.1.2.14", replacing: ["To": "To: \"Watson\" < sip:t@example.org >"], [.blankInURI]),
    Point("3.1.2.15", replacing: ["From": "From: Bell, Alexander <sip:a@example.com>;tag=4"], [.unquotedDisplayName]),
    Point("3.1.2.17", replacing: ["CSeq": "CSeq: 8 INVITE"], [.methodMismatch]),
    Point(
      "3.1.2.18", start: "NEWMETHOD sip:bob@example.com SIP/2.0", replacing: ["CSeq": "CSeq: 8 INVITE"],
      [.methodMismatch]),
    Point("3.2.1", replacing: ["Via": "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK"], [.emptyBranch]),
    Point("3.3.1", replacing: ["Call-ID": "", "From": "", "To": ""], [.missingHeader]),
    Point("3.3.2", start: "OPTIONS madeUpScheme:opaque SIP/2.0", [.unsupportedScheme]),
    Point("3.3.3", start: "OPTIONS soap.beep://192.0.2.103:3002 SIP/2.0", [.unsupportedScheme]),
    Point(
      "3.3.4", start: "REGISTER sip:example.com SIP/2.0",
      replacing: ["To": "To: isbn:2983792873", "Contact": "Contact: <name:John_Smith>"], [.foreignScheme]),
    Point("3.3.5", adding: ["Require: nobodyHasThis, norThis", "Proxy-Require: 100rel"], [.unknownOption]),
    Point("3.3.6", start: invite, adding: ["Content-Type: application/unheardof"], body: "<audio/>", [.unusableBody]),
    Point(
      "3.3.7", start: "REGISTER sip:example.com SIP/2.0", adding: ["Authorization: Unheard-Of data=here"],
      [.unknownAuthentication]),
    Point(
      "3.3.8", adding: ["CSeq: 59 OPTIONS", "i: two@example.com", "t: <sip:c@example.com>", "Max-Forwards: 5"],
      [.repeatedHeader]),
    Point("3.3.9", adding: ["Content-Length: 5", "Content-Type: text/plain"], body: "hello", [.contentLengthConflict]),
    Point(
      "3.3.10", start: "SIP/2.0 200 OK", adding: ["Via: SIP/2.0/UDP 255.255.255.255;branch=z9hG4bKb"],
      [.unanswerableVia]),
    Point("3.3.15", start: invite, adding: ["Accept: text/unheardof", type], body: sdp, [.noAcceptableBody]),
    Point(
      "3.4.1", start: invite,
      replacing: [
        "Via": "Via: SIP/2.0/UDP gw.example.com", "Max-Forwards": "", "From": "From: <sip:a@example.net>",
        "Contact": "",
        "Content-Length": "",
      ], adding: [type], body: sdp, [.missingBranch, .missingExpectedHeader, .missingTag]),
    Point("5118 4.2", start: "REGISTER sip:2001:db8::10 SIP/2.0", [.badHost]),
    Point("5118 4.10", start: "OPTIONS sip:user@[2001:db8:::192.0.2.1] SIP/2.0", [.extraColonInIPv6]),
    Point("a zone", start: "OPTIONS sip:user@[fe80::1%25eth0] SIP/2.0", [.badHost]),
  ]

  @Test(arguments: valid)
  func aValidMessageHasNoProblem(_ point: Point) throws {
    try withMessage(point.text) { #expect($0.problems() == [], "\(point.section)") }
  }

  @Test(arguments: invalid)
  func anInvalidMessageIsToldOfForTheReasonOfTheRFC(_ point: Point) throws {
    try withMessage(point.text) { message in
      let problems = message.problems()
      #expect(Set(problems.map(\.kind)) == point.problems, "\(point.section)")
      #expect(problems.allSatisfy { (0...message.text.count).contains($0.offset) })
    }
  }

  @Test(arguments: [
    // RFC 4475 sections 3.1.2.16 and 3.1.2.19.
    ("OPTIONS sip:bob@example.com SIP/7.0\r\n\r\n", SIPParseError.Reason.badVersion),
    ("SIP/2.0 4294967301 better not break the receiver\r\n\r\n", .badStatus),
  ])
  func whatCannotBeBorneIsRefused(text: String, reason: SIPParseError.Reason) {
    #expect(refusal(of: text)?.reason == reason)
  }
}
