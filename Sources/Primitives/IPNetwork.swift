/// A range of addresses that begin with the same bits (RFC 4632, RFC 4291 section 2.3).
public struct IPNetwork: Hashable, Sendable {
  /// Its first address; bits behind the prefix are 0.
  public let address: IPAddress
  /// How many bits all its addresses share: up to 32 of an IPv4 address, up to 128 of an IPv6 address.
  public let prefixBits: Int

  /// nil where the address has not so many bits, or has bits behind the prefix, which is mostly a slip of the pen.
  public init?(_ address: IPAddress, prefixBits: Int) {
    let bits = address.family == .v4 ? 32 : 128
    guard (0...bits).contains(prefixBits) else { return nil }
    self.address = address
    self.prefixBits = prefixBits
    let masks = masks
    guard address.high & ~masks.high == 0, address.low & ~masks.low == 0 else { return nil }
  }

  /// Reads `192.0.2.0/24` or `2001:db8::/32`; an address alone is a range of one. nil for anything else.
  public init?(_ text: some StringProtocol) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let address = IPAddress(first) else { return nil }
    guard parts.count == 2 else {
      self.init(address, prefixBits: address.family == .v4 ? 32 : 128)
      return
    }
    guard parts[1].isDigits(1...3), let bits = Int(parts[1]) else { return nil }
    self.init(address, prefixBits: bits)
  }

  /// Whether the address is of the range; one of the other family never is.
  public func contains(_ other: IPAddress) -> Bool {
    guard other.family == address.family else { return false }
    let masks = masks
    return other.high & masks.high == address.high && other.low & masks.low == address.low
  }

  private var masks: (high: UInt64, low: UInt64) {
    switch address.family {
    // Shifts past the width of a number give 0 in Swift.
    case .v4: (0, (0xFFFF_FFFF << UInt64(32 - prefixBits)) & 0xFFFF_FFFF)
    case .v6:
      (
        prefixBits >= 64 ? .max : .max << UInt64(64 - prefixBits),
        prefixBits <= 64 ? 0 : .max << UInt64(128 - prefixBits)
      )
    }
  }
}
