/// What stands where a host is expected: a name or an address (RFC 3261 section 25.1, IPv6 as corrected by RFC 5954).
public enum SIPHost {
  /// A host name, its labels checked.
  case name(SIPText)
  /// Four numbers of 0 to 255.
  case ipv4(SIPText)
  /// An IPv6 address without its brackets, with its sixteen bytes.
  case ipv6(SIPText, bytes: InlineArray<16, UInt8>)

  /// nil when it is none of them. Brackets around an IPv6 address may be missing, as they are in `received` and in
  /// SDP; a zone (`fe80::1%eth0`) is not part of an address that leaves the machine and makes it none.
  public init?(_ text: SIPText) {
    if text[0] == UInt8(ascii: "[") {
      guard text[text.count - 1] == UInt8(ascii: "]") else { return nil }
      let inner = text.slice(1, text.count - 1)
      guard let bytes = Self.ipv6(inner) else { return nil }
      self = .ipv6(inner, bytes: bytes)
    } else if text.index(of: UInt8(ascii: ":")) != nil {
      guard let bytes = Self.ipv6(text) else { return nil }
      self = .ipv6(text, bytes: bytes)
    } else if Self.ipv4(text) != nil {
      self = .ipv4(text)
    } else {
      guard Self.isName(text) else { return nil }
      self = .name(text)
    }
  }

  /// Whether it is an address, which needs no look-up.
  public var isLiteral: Bool {
    switch self {
    case .name: false
    case .ipv4, .ipv6: true
    }
  }

  static func ipv4(_ text: SIPText) -> (UInt8, UInt8, UInt8, UInt8)? {
    var rest = text
    var parts = InlineArray<4, UInt8>(repeating: 0)
    for index in 0..<4 {
      let (part, following) = rest.split(at: UInt8(ascii: "."))
      guard part.count <= 3, let number = part.decimal, let byte = UInt8(exactly: number) else { return nil }
      parts[index] = byte
      guard (following == nil) == (index == 3) else { return nil }
      rest = following ?? .empty
    }
    return (parts[0], parts[1], parts[2], parts[3])
  }

  /// Groups of up to four digits, `::` once, and at the end an IPv4 address perhaps (RFC 4291 section 2.2).
  static func ipv6(_ text: SIPText) -> InlineArray<16, UInt8>? {
    var bytes = InlineArray<16, UInt8>(repeating: 0)
    var filled = 0
    var gap: Int?
    var rest = text
    if rest[0] == UInt8(ascii: ":") {
      guard rest[1] == UInt8(ascii: ":") else { return nil }
      gap = 0
      rest = rest.slice(2, rest.count)
    }
    while !rest.isEmpty {
      let (part, following) = rest.split(at: UInt8(ascii: ":"))
      if following == nil, part.index(of: UInt8(ascii: ".")) != nil {
        guard filled <= 12, let address = ipv4(part) else { return nil }
        (bytes[filled], bytes[filled + 1], bytes[filled + 2], bytes[filled + 3]) = address
        filled += 4
        break
      }
      guard filled <= 14, (1...4).contains(part.count), let group = hexadecimalGroup(part) else { return nil }
      (bytes[filled], bytes[filled + 1]) = (UInt8(group >> 8), UInt8(group & 0xff))
      filled += 2
      guard var next = following else { break }
      // A single colon at the end is none.
      guard !next.isEmpty else { return nil }
      if next[0] == UInt8(ascii: ":") {
        guard gap == nil else { return nil }
        gap = filled
        next = next.slice(1, next.count)
      }
      rest = next
    }
    guard let gap else { return filled == 16 ? bytes : nil }
    guard filled <= 14 else { return nil }
    let tail = filled - gap
    var result = InlineArray<16, UInt8>(repeating: 0)
    for index in 0..<gap { result[index] = bytes[index] }
    for index in 0..<tail { result[16 - tail + index] = bytes[gap + index] }
    return result
  }

  private static func hexadecimalGroup(_ text: SIPText) -> UInt16? {
    var value: UInt16 = 0
    for byte in text.bytes {
      guard let digit = SIPText.hexadecimal(byte) else { return nil }
      value = value << 4 | UInt16(digit)
    }
    return value
  }

  /// Labels of letters, digits and inner hyphens; the last begins with a letter, so that `10.0.0.300` is no name.
  private static func isName(_ text: SIPText) -> Bool {
    var rest = text[text.count - 1] == UInt8(ascii: ".") ? text.slice(0, text.count - 1) : text
    while true {
      let (label, following) = rest.split(at: UInt8(ascii: "."))
      guard let first = label[0], let last = label[label.count - 1], first != UInt8(ascii: "-"),
        last != UInt8(ascii: "-"),
        label.bytes.allSatisfy({ SIPText.isLetter($0) || SIPText.isDigit($0) || $0 == UInt8(ascii: "-") })
      else { return false }
      guard let following else { return SIPText.isLetter(first) }
      rest = following
    }
  }

  /// Names without regard to case, addresses by value (RFC 5954 section 4.2); never resolved.
  public static func == (left: SIPHost, right: SIPHost) -> Bool {
    switch (left, right) {
    case (.name(let one), .name(let other)): one.equalsIgnoringCase(other)
    case (.ipv4(let one), .ipv4(let other)):
      if let first = ipv4(one), let second = ipv4(other) { first == second } else { false }
    case (.ipv6(_, let one), .ipv6(_, let other)): (0..<16).allSatisfy { one[$0] == other[$0] }
    case (.name, _), (.ipv4, _), (.ipv6, _): false
    }
  }
}

extension SIPText {
  /// Without regard to ASCII case.
  public func equalsIgnoringCase(_ other: SIPText) -> Bool {
    guard other.count == count else { return false }
    for index in 0..<count where Self.lowercased(bytes[index]) != Self.lowercased(other.bytes[index]) { return false }
    return true
  }
}
