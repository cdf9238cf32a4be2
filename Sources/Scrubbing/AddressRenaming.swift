import Primitives

/// Pseudonyms of addresses from the blocks set aside for documentation and benchmarks (RFC 5737, RFC 2544, RFC 3849):
/// addresses of one /24 stay in one /24, those of one /64 in one /64.
struct AddressRenaming {
  /// Addresses noted at most.
  static let addressesMax = 200_000
  /// Subnets there are names for.
  static let subnetsMax = 515

  private let key: ScrubKey
  private var noted: Set<IPAddress> = []
  private(set) var subnets: [UInt32: UInt32] = [:]
  private(set) var networks: [UInt64: UInt64] = [:]
  private var hosts: [UInt32: [UInt32]] = [:]
  /// Subnets that got no pseudonym, because there are no more.
  private(set) var subnetsLeftOver = 0

  init(key: ScrubKey) { self.key = key }

  /// Every address met.
  var addresses: [IPAddress] {
    noted.sorted { ($0.family.rawValue, $0.high, $0.low) < ($1.family.rawValue, $1.high, $1.low) }
  }

  func contains(_ address: IPAddress) -> Bool { noted.contains(address) }

  mutating func note(_ address: IPAddress) {
    guard noted.count < Self.addressesMax else { return }
    let isMapped = address.family == .v6 && address.high == 0 && address.low >> 32 == 0xffff
    noted.insert(isMapped ? IPAddress(v4: UInt32(truncatingIfNeeded: address.low)) : address)
  }

  mutating func settle() {
    let originals = Set(noted.filter { $0.family == .v4 }.map { UInt32(truncatingIfNeeded: $0.low) >> 8 })
    var pool = [0xc00002, 0xc63364, 0xcb0071].map { UInt32($0) } + (0..<512).map { 0xc61200 + UInt32($0) }
    pool.removeAll { originals.contains($0) }
    // The small blocks first, which readers know.
    for subnet in originals.sorted() where !Self.isKept(IPAddress(v4: subnet << 8 | 1)) {
      guard !pool.isEmpty else {
        subnetsLeftOver += 1
        continue
      }
      var draws = key.draws("subnet", String(subnet))
      subnets[subnet] = pool.remove(at: draws.below(pool.count))
      hosts[subnet] = shuffledHosts(of: subnet)
    }
    let prefixes = Set(noted.filter { $0.family == .v6 }.map(\.high))
    var used: Set<UInt64> = prefixes
    for prefix in prefixes.sorted() {
      for attempt in 0..<100 {
        var draws = key.draws("network", String(prefix), attempt: attempt)
        let name = 0x2001_0db8_0000_0000 | UInt64(draws.below(1 << 32))
        guard used.insert(name).inserted else { continue }
        networks[prefix] = name
        break
      }
    }
  }

  /// nil for an address whose network was not noted.
  func renamed(_ address: IPAddress) -> IPAddress? {
    if Self.isKept(address) { return address }
    switch address.family {
    case .v4:
      let value = UInt32(truncatingIfNeeded: address.low)
      guard let subnet = subnets[value >> 8] else { return nil }
      return IPAddress(v4: subnet << 8 | host(value & 255, of: value >> 8))
    case .v6 where address.high == 0 && address.low >> 32 == 0xffff:
      return renamed(IPAddress(v4: UInt32(truncatingIfNeeded: address.low))).map {
        IPAddress(v6High: 0, low: 0xffff_0000_0000 | $0.low)
      }
    case .v6:
      guard let network = networks[address.high] else { return nil }
      var draws = key.draws("interface", "\(address.high) \(address.low)")
      // 48 bits: two of one network are the same once in 2^24 networks of 4,096.
      return IPAddress(v6High: network, low: UInt64(draws.below(1 << 48)))
    }
  }

  /// The last octet: network and broadcast stay, the others change places.
  private func host(_ octet: UInt32, of subnet: UInt32) -> UInt32 {
    guard (1...254).contains(octet), let places = hosts[subnet] else { return octet }
    return places[Int(octet) - 1]
  }

  private func shuffledHosts(of subnet: UInt32) -> [UInt32] {
    var places = Array(UInt32(1)...254)
    var draws = key.draws("hosts", String(subnet))
    for place in stride(from: places.count - 1, to: 0, by: -1) { places.swapAt(place, draws.below(place + 1)) }
    return places
  }

  /// Addresses that mean something and name nobody: any, none, this machine, many.
  static func isKept(_ address: IPAddress) -> Bool {
    switch address.family {
    case .v4:
      let value = UInt32(truncatingIfNeeded: address.low)
      return value == 0 || value == .max || value == 0x7f00_0001 || value >> 28 == 14
    case .v6: return address.high == 0 && address.low <= 1 || address.high >> 56 == 0xff
    }
  }

  /// Whether it lies in a block for documentation or benchmarks.
  static func isFictional(_ address: IPAddress) -> Bool {
    switch address.family {
    case .v4:
      let subnet = UInt32(truncatingIfNeeded: address.low) >> 8
      return [0xc00002, 0xc63364, 0xcb0071].contains(subnet) || subnet >> 9 == 0xc612 >> 1
    case .v6: return address.high >> 32 == 0x2001_0db8
    }
  }
}
