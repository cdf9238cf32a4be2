import SIP
import Testing

@Suite struct NameAddressTests {
  struct Expected: Sendable {
    let value: String
    let name: String
    let uri: String
    let tag: String?

    init(_ value: String, name: String = "", uri: String = "sip:a@h", tag: String? = nil) {
      (self.value, self.name, self.uri, self.tag) = (value, name, uri, tag)
    }
  }

  @Test(arguments: [
    Expected("<sip:a@h>"), Expected("sip:a@h"), Expected("< sip:a@h >;tag=1", tag: "1"),
    Expected("sip:a@h;tag=1", tag: "1"), Expected("sip:a@h ;  tag  =  1 ;x", tag: "1"),
    Expected("<sip:a@h>;TAG=1", tag: "1"),
    Expected("<sip:a@h>;tag", tag: ""), Expected("<sip:a@h>;tag=\"1;2\"", tag: "1;2"),
    Expected("<sip:a@h>;x=\";tag=2\";tag=1", tag: "1"), Expected("<sip:a@h>;xtag=2"),
    Expected("<sip:a@h>;x=\"open;tag=1"),
    // A parameter within the brackets is the URI's, one behind them the header's (RFC 3261 section 20.10).
    Expected("<sip:a@h;tag=2>", uri: "sip:a@h;tag=2"),
    Expected("<sip:a@h;tag=2>;tag=1", uri: "sip:a@h;tag=2", tag: "1"),
    Expected("Bob <sip:a@h>", name: "Bob"), Expected("caller<sip:a@h>;tag=1", name: "caller", tag: "1"),
    Expected("token1~` token2'+_ %!.- <sip:a@h>", name: "token1~` token2'+_ %!.-"),
    Expected("Bell, Alexander <sip:a@h>;tag=43", name: "Bell, Alexander", tag: "43"),
    Expected("O\"Neil <sip:a@h>", name: "O\"Neil"),
    Expected("\"Bob\" <sip:a@h>", name: "Bob"), Expected("\"\" <sip:a@h>"), Expected("\"Bob\"<sip:a@h>", name: "Bob"),
    Expected("\"Doe, J <x>\" <sip:a@h>", name: "Doe, J <x>"), Expected("\"a \\\"b\\\\\" <sip:a@h>", name: "a \"b\\"),
    Expected("\"Grüße Ω 电话\" <sip:a@h>", name: "Grüße Ω 电话"), Expected("Jörg <sip:a@h>", name: "Jörg"),
    Expected("\"one\r\n two\" <sip:a@h>", name: "one two"), Expected("one\r\n\ttwo\r\n <sip:a@h>", name: "one two"),
    Expected("\"one\\!\r\n two\" <sip:a@h>", name: "one! two"),
    Expected("\"line\u{2028}kept\"\r\n <sip:a@h>", name: "line\u{2028}kept"),
    Expected("\"A\" ignored <sip:a@h>", name: "A"),
    Expected("<tel:+4930000000;phone-context=example.com>", uri: "tel:+4930000000;phone-context=example.com"),
    Expected("*", uri: "*"),
    // Of several values the first.
    Expected("<sip:a@h>;x=1, <sip:b@h>;tag=2"),
    Expected("sip:a@h, <sip:b@h>;tag=2", name: "sip:a@h,", uri: "sip:b@h", tag: "2"),
    Expected("sip:a@h, sip:b@h;tag=2"), Expected("sip:a@h;x=\"<b>\""),
    Expected("sip:a@h?Route=%3Csip:b%3E", uri: "sip:a@h?Route=%3Csip:b%3E"),
  ])
  func aValueIsTakenApart(_ expected: Expected) {
    withText(expected.value) { text in
      guard let address = NameAddress(text) else {
        Issue.record("no address")
        return
      }
      #expect(address.displayName == expected.name)
      #expect(address.uri.string == expected.uri)
      #expect(address.tag?.string == expected.tag)
    }
  }

  @Test(arguments: [
    "", ";tag=1", "<>", "< >;tag=1", "<sip:a@h", "\"Bob <sip:a@h>", "\"Bob\\\" <sip:a@h>", "\"Bob\" <sip:a@h", ", <",
  ])
  func aValueWithoutAURIIsNone(value: String) {
    #expect(withText(value) { NameAddress($0) == nil })
  }

  @Test func bytesThatAreNotUTF8BecomeReplacementCharacters() {
    withText(Array("\"".utf8) + [0xff, 0xc3] + Array("\" <sip:a@h>".utf8)) { text in
      #expect(NameAddress(text)?.displayName == "\u{fffd}\u{fffd}")
    }
  }
}
