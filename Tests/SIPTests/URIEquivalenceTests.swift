import SIP
import Testing

@Suite struct URIEquivalenceTests {
  @Test(arguments: [
    ("sip:%61lice@h.example;transport=TCP", "sip:alice@H.Example;Transport=tcp"),
    ("sip:carol@h", "sip:carol@h;newparam=5"), ("sip:carol@h;security=on", "sip:carol@h;newparam=5"),
    ("sip:b@h;transport=tcp?to=sip:x%40y&b=1", "sip:b@h;transport=tcp?b=1&TO=sip:x%40y"),
    ("sip:a@[2001:db8::1]", "sip:a@[2001:DB8:0:0:0:0:0:1]"), ("sip:a@[::ffff:192.0.2.1]", "sip:a@[::ffff:c000:201]"),
    ("SIPS:a@h", "sips:a@h"), ("tel:+49-30-1", "tel:+49(30)1"),
    ("tel:7;phone-context=+49-30", "tel:7;phone-context=+4930"),
    ("tel:7;phone-context=Example.com", "tel:7;phone-context=example.COM"), ("tel:+49;ext=1-2", "tel:+49;ext=12"),
  ])
  func theSameResourceIsKnownInOtherSpelling(one: String, other: String) {
    #expect(areEquivalent(one, other))
    #expect(areEquivalent(other, one))
  }

  @Test(arguments: [
    ("SIP:ALICE@h", "sip:alice@h"), ("sip:b@h", "sip:b@h:5060"), ("sip:b@h", "sip:b@h;transport=udp"),
    ("sip:b@h", "sip:b@h:6000;transport=tcp"), ("sip:c@h", "sip:c@h?Subject=next"),
    ("sip:b@p.example.com", "sip:b@192.0.2.4"),
    ("sip:b@h", "sips:b@h"), ("sip:b@h", "sip:h"), ("sip:b:x@h", "sip:b:y@h"), ("sip:b%3Bx@h", "sip:b;x@h"),
    ("sip:b@h;user=phone", "sip:b@h"), ("sip:b@h;maddr=1.1.1.1", "sip:b@h"), ("sip:b@h;x=1", "sip:b@h;x=2"),
    ("sip:a@[::1]", "sip:a@[::2]"), ("sip:a@h_x", "sip:a@h_x"), ("tel:+49", "tel:49;phone-context=+1"),
    ("tel:7;phone-context=a.example", "tel:7;phone-context=b.example"), ("tel:+49;ext=1", "tel:+49"),
    ("tel:+49", "sip:+49@h"),
  ])
  func anotherResourceIsAnother(one: String, other: String) {
    #expect(!areEquivalent(one, other))
    #expect(!areEquivalent(other, one))
  }

  @Test func manyParametersAreNotCompared() {
    let parameters = String(repeating: ";a", count: 30_000)
    #expect(!areEquivalent("sip:a@h" + parameters, "sip:a@h" + parameters))
  }

  private func areEquivalent(_ one: String, _ other: String) -> Bool {
    withText(one) { one in
      withText(other) { other in
        guard let first = SIPURI(one), let second = SIPURI(other) else { return false }
        return first.isEquivalent(to: second)
      }
    }
  }

  @Test(arguments: [
    ("h", "name"), ("a-b.example.com.", "name"), ("1.2.3.4", "v4"), ("255.255.255.255", "v4"), ("::", "v6"),
    ("[::1]", "v6"),
    ("1:2:3:4:5:6:7:8", "v6"), ("1:2:3:4:5:6:192.0.2.1", "v6"), ("::ffff:192.0.2.1", "v6"), ("1::", "v6"),
    ("1:2:3:4:5:6:7::", "v6"),
  ])
  func aHostIsANameOrAnAddress(text: String, kind: String) {
    withText(text) { text in
      let found: String
      switch SIPHost(text) {
      case .name: found = "name"
      case .ipv4: found = "v4"
      case .ipv6: found = "v6"
      case nil: found = "none"
      }
      #expect(found == kind)
    }
  }

  @Test(arguments: [
    "", ".", "-a", "a-", "a..b", "a b", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1.2.3.0001", "a.1", "ä", "h_x", ":", ":::",
    "1:", ":1",
    "1::2::3", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "[::1", "::1]", "[]", "[h]",
    "fe80::1%eth0",
    "2001:db8:::192.0.2.1", "1:2:3:4:5:6:7:8::",
  ])
  func whatIsNoHostIsNone(text: String) {
    withText(text) { #expect(SIPHost($0) == nil) }
  }

  @Test func aNumberIsReadWithItsContext() {
    withText("+49-(30).123;ext=4-2;isub=9") { text in
      let number = TelephoneNumber(subscriber: text)
      #expect(number?.digits == "+4930123")
      #expect(number?.isGlobal == true)
      #expect(number?.extensionDigits?.string == "4-2")
      #expect(number?.subaddress?.string == "9")
    }
    withText("*7a#;phone-context=example.com") { text in
      #expect(TelephoneNumber(subscriber: text)?.isGlobal == false)
      #expect(TelephoneNumber(subscriber: text)?.phoneContext?.string == "example.com")
    }
  }

  @Test(arguments: ["", "+", "+-", "()", "+49a", "+*7", "alice", "1 2", ";ext=1"])
  func whatIsNoNumberIsNone(text: String) {
    withText(text) { #expect(TelephoneNumber(subscriber: $0) == nil) }
  }
}
