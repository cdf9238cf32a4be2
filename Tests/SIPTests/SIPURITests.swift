import SIP
import Testing

@Suite struct SIPURITests {
  struct Expected: Sendable {
    let text: String
    let scheme: SIPURI.Scheme
    let user: String
    let host: String
    let port: UInt16?

    init(_ text: String, _ scheme: SIPURI.Scheme = .sip, user: String = "a", host: String = "h", port: UInt16? = nil) {
      (self.text, self.scheme, self.user, self.host, self.port) = (text, scheme, user, host, port)
    }
  }

  @Test(arguments: [
    Expected("sip:a@h"), Expected("SIPS:a@h", .sips), Expected("sip:h", user: ""), Expected("sip:a@h:5061", port: 5061),
    Expected("sip:a@h:0", port: 0), Expected("sip:a@h:65535", port: 65_535),
    Expected("sip:h:5060", user: "", port: 5060),
    Expected("sip:a:secret@h:5060;transport=tcp?Subject=x:1", port: 5060), Expected("sip:a:@h"),
    Expected("sip:%61%40b@h", user: "%61%40b"), Expected("sip:+49 30@h", user: "+49 30"),
    Expected("sip:*97#@h", user: "*97#"),
    // `;`, `?` and `/` may stand in a user part unescaped; behind `;` come user parameters (RFC 3261 section 19.1.6).
    Expected("sip:+4930000000;phone-context=+49@h;user=phone", user: "+4930000000"),
    Expected("sip:a?b/c&d=e@h", user: "a?b/c&d=e"),
    Expected(
      "sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*:&it+has=1,weird!*pas$wo~d_too.(doesn't-it)@h",
      user: "1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/"),
    // More than one `@` is wrong, but seen.
    Expected("sip:a@b@h", user: "a@b"), Expected("sip:a@h?Replaces=1@b", user: "a"),
    Expected("sip:a@h;x=1@b", user: "a"),
    Expected("sip:a@[2001:db8::1]", host: "[2001:db8::1]"),
    Expected("sip:[2001:db8::1]:5070;lr", user: "", host: "[2001:db8::1]", port: 5070),
    Expected("tel:+4930000000", .tel, user: "+4930000000", host: ""),
    Expected("TEL:7042;phone-context=h", .tel, user: "7042", host: ""),
  ])
  func aURIIsTakenApart(_ expected: Expected) {
    withText(expected.text) { text in
      guard let uri = SIPURI(text) else {
        Issue.record("no URI")
        return
      }
      #expect(uri.scheme == expected.scheme)
      #expect(uri.user.string == expected.user)
      #expect(uri.host.string == expected.host)
      #expect(uri.port == expected.port)
    }
  }

  @Test(arguments: [
    "", "sip", "sip:", "sip:a@", "sips:", "tel:", "tel:;x=y", "http://h", "mailto:a@h", "isbn:2983792873",
    "soap.beep://h:3002",
    " sip:a@h", "sip:a@h:", "sip:a@h:65536", "sip:a@h:99999999999", "sip:a@h:-1", "sip:a@h:50a", "sip:a@:5060",
    "sip:a@;lr", "sip:?x=y",
    "sip:a@[2001:db8::1", "sip:a@[]", "sip:a@[::1]x", "sip:a@[::1]x:5060", "sip:2001:db8::10", "sip::", "*",
  ])
  func whatIsNoSIPOrTelURIIsNone(text: String) {
    #expect(withText(text) { SIPURI($0) == nil })
  }

  @Test(arguments: [
    ("sip:a@h;lr;transport=TCP;maddr=[::1]?transport=udp", "TCP"), ("sip:h;Transport=tls", "tls"),
    ("sip:a@h;transport", ""),
    ("sip:a;transport=udp@h;transport=tcp", "tcp"), ("tel:1;transport=x", "x"),
  ])
  func aParameterOfTheURIIsFound(text: String, transport: String) {
    withText(text) { #expect(SIPURI($0)?.parameters.value("transport")?.string == transport) }
  }

  @Test(arguments: [
    "sip:a@h", "sip:a@h?transport=udp", "sip:a;transport=udp@h", "sip:a@h;xtransport=udp", "sip:a:;transport=x@h",
  ])
  func aParameterElsewhereIsNotTheURIs(text: String) {
    withText(text) { text in
      let uri = SIPURI(text)
      #expect(uri != nil)
      #expect(uri?.parameters.value("transport") == nil)
    }
  }
}
