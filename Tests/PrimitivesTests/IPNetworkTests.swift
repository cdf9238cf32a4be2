import Primitives
import Testing

@Suite struct IPNetworkTests {
  @Test(arguments: [
    ("192.0.2.0/24", "192.0.2.0", "192.0.2.255", "192.0.3.0"), ("192.0.2.7", "192.0.2.7", "192.0.2.7", "192.0.2.8"),
    ("128.0.0.0/1", "128.0.0.0", "255.255.255.255", "127.255.255.255"),
    ("192.0.2.4/31", "192.0.2.4", "192.0.2.5", "192.0.2.6"), ("0.0.0.0/0", "0.0.0.0", "255.255.255.255", "::"),
    ("2001:db8::/32", "2001:db8::", "2001:db8:ffff::1", "2001:db9::"),
    ("2001:db8:0:1::/64", "2001:db8:0:1::", "2001:db8:0:1:ffff::", "2001:db8:0:2::"),
    ("2001:db8::8/125", "2001:db8::8", "2001:db8::f", "2001:db8::10"),
    ("2001:db8::1", "2001:db8::1", "2001:db8::1", "2001:db8::2"), ("::/0", "::", "ffff::", "192.0.2.1"),
  ])
  func aNetworkHasItsAddressesAndNoOthers(text: String, first: String, last: String, other: String) throws {
    let network = try #require(IPNetwork(text))
    #expect(try network.contains(#require(IPAddress(first))))
    #expect(try network.contains(#require(IPAddress(last))))
    #expect(try !network.contains(#require(IPAddress(other))))
  }

  @Test(arguments: [
    "", "/24", "192.0.2.0/", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/+8", "192.0.2.1/24", "192.0.2.0/24/8",
    "192.0.2/24", "2001:db8::/129", "2001:db8::1/64", "2001:db8::/0x20", "192.0.2.0/ 24", "local", "192.0.2.0/1000",
  ])
  func whatIsNoNetworkIsNone(text: String) { #expect(IPNetwork(text) == nil) }
}
