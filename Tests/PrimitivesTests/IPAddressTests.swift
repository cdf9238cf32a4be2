import Primitives
import Testing

@Suite struct IPAddressTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
    ("[2001:db8::1]", "2001:db8::1"), ("::", "::"), ("::1", "::1"), ("1::", "1::"),
    ("2001:DB8:0:0:0:0:0:A", "2001:db8::a"),
    ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("0001:0:0:1::", "1:0:0:1::"),
    // RFC 5952 section 4.2: the longest run of zeros, the first of equal ones, none of a single group.
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("::ffff:192.0.2.10", "::ffff:192.0.2.10"), ("::ffff:c000:20a", "::ffff:192.0.2.10"),
    ("64:ff9b::192.0.2.1", "64:ff9b::c000:201"),
    ("2001:db8::192.0.2.1", "2001:db8::c000:201"), ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"),
  ])
  func anAddressIsReadAndWritten(text: String, written: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == written)
    #expect(IPAddress(written) == address)
    #expect((address.family == .v6) == text.contains(":"))
  }

  @Test(arguments: [
    "", " ", "192.0.2", "192.0.2.1.", "192.0.2.256", "192.0.2.1000", "192.0..1", "192.0.2.-1", "+1.0.2.1", " 192.0.2.1",
    "١.0.2.1", "[192.0.2.1]", "192.0.2.1:5060", "pbx.example.com", "[", "]", "[]", ":", ":::", "1::2::3",
    "2001:db8:::192.0.2.1",
    "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7:8::", "12345::", "g::", "-1::", "１::", "1:2:3:4:5:6:7:",
    ":2:3:4:5:6:7:8",
    "192.0.2.1::", "192.0.2.1::1", "::192.0.2.1:1", "::192.0.2", "::192.0.2.256", "[::1", "::1]", "[[::1]]",
    "fe80::1%eth0",
    "2001:db8::1/64", "1:2:3:4:5:6:7:192.0.2.1", "0000:0000:0000:0000:0000:0000:0000:000000000000001",
  ])
  func whatIsNoAddressIsNone(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test func aV4AddressAndTheV6AddressOfTheSameBitsDiffer() {
    #expect(IPAddress(v4: 1) != IPAddress(v6High: 0, low: 1))
    #expect(IPAddress("::ffff:192.0.2.1") != IPAddress("192.0.2.1"))
  }

  @Test func anEndpointOfV6HasBrackets() throws {
    let v4 = try #require(IPAddress("192.0.2.1"))
    let v6 = try #require(IPAddress("2001:db8::1"))
    #expect(IPEndpoint(address: v4, port: 5060).description == "192.0.2.1:5060")
    #expect(IPEndpoint(address: v6, port: 0).description == "[2001:db8::1]:0")
  }
}
