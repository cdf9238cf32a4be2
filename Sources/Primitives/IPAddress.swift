/// An IPv4 or IPv6 address in network order.
public struct IPAddress: Hashable, Sendable {
  /// The protocol an address belongs to; IPv4 sorts before IPv6 by `rawValue`.
  public enum Family: UInt8, Sendable {
    /// 32 bits (RFC 791).
    case v4
    /// 128 bits (RFC 4291), an IPv4-mapped address among them.
    case v6
  }

  /// The upper 64 bits of an IPv6 address; 0 for IPv4.
  public let high: UInt64
  /// The lower 64 bits of an IPv6 address, or the 32 bits of an IPv4 address.
  public let low: UInt64
  // Last, so that a port fits in behind it: endpoints are copied with every message.
  /// Decides how `high` and `low` are read; `::ffff:192.0.2.1` is `v6` and differs from `192.0.2.1`.
  public let family: Family

  /// The IPv4 address with this value in host order: `0xc000_0201` is 192.0.2.1.
  public init(v4: UInt32) {
    family = .v4
    high = 0
    low = UInt64(v4)
  }

  /// The IPv6 address with these two halves in host order; any pair of values is one.
  public init(v6High: UInt64, low: UInt64) {
    family = .v6
    high = v6High
    self.low = low
  }

  /// Reads `192.0.2.1`, `2001:db8::1` or `[2001:db8::1]`; nil for anything else, host names included.
  public init?(_ text: some StringProtocol) {
    var bytes = Array(text.utf8)
    let isBracketed = bytes.first == UInt8(ascii: "[") && bytes.last == UInt8(ascii: "]")
    if isBracketed { bytes = Array(bytes.dropFirst().dropLast()) }
    if isBracketed || bytes.contains(UInt8(ascii: ":")) {
      guard let value = Self.parseV6(bytes) else { return nil }
      self = value
    } else {
      guard let value = Self.parseV4(bytes[...]) else { return nil }
      self.init(v4: value)
    }
  }

  private static func parseV4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard (1...3).contains(part.count), let octet = decimal(part), octet <= 255 else { return nil }
      value = value << 8 | UInt32(octet)
    }
    return value
  }

  private static func decimal(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard (48...57).contains(digit) else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return value
  }

  private static func parseV6(_ bytes: [UInt8]) -> IPAddress? {
    guard bytes.count <= 45 else { return nil }
    let text = String(decoding: bytes, as: UTF8.self)
    let halves = text.split(separator: "::", maxSplits: 2, omittingEmptySubsequences: false)
    guard halves.count <= 2 else { return nil }
    // An IPv4 address may only stand at the very end (RFC 4291 section 2.2).
    guard let head = groups(halves[0], mayEndInV4: halves.count == 1) else { return nil }
    var all = head
    if halves.count == 2 {
      guard let tail = groups(halves[1], mayEndInV4: true), head.count + tail.count < 8 else { return nil }
      all += Array(repeating: 0, count: 8 - head.count - tail.count) + tail
    }
    guard all.count == 8 else { return nil }
    let high = all[..<4].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    let low = all[4...].reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    return IPAddress(v6High: high, low: low)
  }

  private static func groups(_ text: Substring, mayEndInV4: Bool) -> [UInt16]? {
    guard !text.isEmpty else { return [] }
    var result: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if mayEndInV4, index == parts.count - 1, part.contains(".") {
        guard let value = parseV4(Array(part.utf8)[...]) else { return nil }
        result += [UInt16(value >> 16), UInt16(value & 0xffff)]
      } else {
        guard (1...4).contains(part.count), part.allSatisfy(\.isHexDigit), let value = UInt16(part, radix: 16)
        else { return nil }
        result.append(value)
      }
    }
    return result
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted decimal, or RFC 5952 text for IPv6, in which a mapped IPv4 address keeps its dots.
  public var description: String {
    switch family {
    case .v4:
      return Self.dotted(low)
    case .v6 where high == 0 && low >> 32 == 0xffff:
      return "::ffff:" + Self.dotted(low)
    case .v6:
      let groups = (0..<8).map { index in
        UInt16(truncatingIfNeeded: (index < 4 ? high : low) >> (48 - 16 * UInt64(index % 4)))
      }
      return Self.compressed(groups)
    }
  }

  private static func dotted(_ low: UInt64) -> String {
    String(atMost: 15) { $0.put(dotted: low) }
  }

  private static func compressed(_ groups: [UInt16]) -> String {
    var best = 0..<0
    var index = 0
    while index < 8 {
      var end = index
      while end < 8, groups[end] == 0 { end += 1 }
      if end - index > best.count, end - index > 1 { best = index..<end }
      index = max(end, index + 1)
    }
    let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
    return best.isEmpty ? text(groups[...]) : text(groups[..<best.lowerBound]) + "::" + text(groups[best.upperBound...])
  }
}

/// An address and a port.
public struct IPEndpoint: Hashable, Sendable, CustomStringConvertible {
  /// The host; may be IPv4 or IPv6.
  public var address: IPAddress
  /// The UDP or TCP port; 0 means that none was given, which callers may read as every port.
  public var port: UInt16

  private static let v4BytesMax = 21
  /// Bytes that no description is longer than: an IPv6 address in brackets, a colon and five digits.
  public static let descriptionBytesMax = 53

  /// Both parts as given: neither is checked, and a port of 0 is allowed.
  public init(address: IPAddress, port: UInt16) {
    self.address = address
    self.port = port
  }

  /// `192.0.2.1:5060` or `[2001:db8::1]:5060`.
  public var description: String {
    switch address.family {
    case .v4: String(atMost: Self.v4BytesMax) { $0.put(self) }
    case .v6: "[\(address)]:\(port)"
    }
  }
}

extension IPEndpoint {
  /// Reads `192.0.2.1`, `192.0.2.1:5060`, `2001:db8::1` or `[2001:db8::1]:5060`; without a port it is 0.
  public init?(_ text: String) {
    if let address = IPAddress(text) {
      self.init(address: address, port: 0)
      return
    }
    guard let colon = text.lastIndex(of: ":") else { return nil }
    let (host, digits) = (text[..<colon], text[text.index(after: colon)...])
    let isBracketed = host.first == "[" && host.last == "]"
    guard isBracketed || !host.contains(":"), let address = IPAddress(host), isBracketed == (address.family == .v6),
      digits.isDigits(1...5), let port = UInt16(digits), port > 0
    else { return nil }
    self.init(address: address, port: port)
  }
}

extension ByteCursor {
  /// Writes what `IPEndpoint.description` gives.
  public mutating func put(_ endpoint: IPEndpoint) {
    switch endpoint.address.family {
    case .v4:
      put(dotted: endpoint.address.low)
      put(UInt8(ascii: ":"))
      put(decimal: Int64(endpoint.port))
    case .v6: put(endpoint.description)
    }
  }

  /// Writes the lowest 32 bits as an IPv4 address.
  fileprivate mutating func put(dotted address: UInt64) {
    put(decimal: address >> 24 & 255, digitsMin: 1)
    put(UInt8(ascii: "."))
    put(decimal: address >> 16 & 255, digitsMin: 1)
    put(UInt8(ascii: "."))
    put(decimal: address >> 8 & 255, digitsMin: 1)
    put(UInt8(ascii: "."))
    put(decimal: address & 255, digitsMin: 1)
  }
}
