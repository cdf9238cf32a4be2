import PBXModel
import Primitives

extension Entry {
  /// The number of something inside the PBX: 2 to 18 digits, as the appliance wants them.
  func internalNumber() -> String? {
    parsed(as: "a number of 2 to 18 digits") { text in
      text.isDigits(2...18) ? text : nil
    }
  }

  /// Anything that can be dialled: digits, `*`, `#`, and a `+` in front.
  func dialledNumber() -> String? {
    parsed(as: "a number to dial (digits, `*`, `#`, a `+` in front)") { text in
      let digits = text.utf8.first == UInt8(ascii: "+") ? text.utf8.dropFirst() : text.utf8[...]
      let isDialable = digits.allSatisfy(Set("0123456789*#".utf8).contains)
      return (1...32).contains(digits.count) && isDialable ? text : nil
    }
  }

  func dialPattern() -> DialPattern? {
    parsed(
      as: "a dial pattern",
      remedy: "use digits, X (0-9), Z (1-9), N (2-9), [13-5], and `.` or `!` only at the end"
    ) { text in
      text.contains(where: \.isWhitespace) ? nil : DialPattern(text)
    }
  }

  /// `192.0.2.1`, `192.0.2.1:5060`, `2001:db8::1` or `[2001:db8::1]:5060`; without a port, every port.
  func endpoint() -> IPEndpoint? {
    parsed(
      as: "an IP address", remedy: "write 192.0.2.1, 192.0.2.1:5060 or \"[2001:db8::1]:5060\"; names are not resolved",
      IPEndpoint.init(_:))
  }

  /// `192.0.2.0/24` or `2001:db8::/32`; an address alone is a network of one.
  func network() -> IPNetwork? {
    parsed(
      as: "a network", remedy: "write 192.0.2.0/24 or \"2001:db8::/32\", with nothing behind the prefix but zeros",
      IPNetwork.init(_:))
  }

  func ringSeconds() -> Int? { integer(in: 3...600) }
}
