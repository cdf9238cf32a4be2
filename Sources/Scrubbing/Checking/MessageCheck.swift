import PBXModel
public import Primitives
public import SIP

/// Finds in SIP messages what belongs to somebody: numbers outside the fictional ranges, addresses outside the blocks
/// for documentation, hosts that may be real.
///
/// Looks where scrubbing would rename. Each text is told once, where it stands first.
public struct MessageCheck {
  /// Texts remembered at most, so that they are told once; those beyond are told again.
  static let toldMax = 100_000

  private var told: Set<String> = []

  /// A check that has told nothing.
  public init() {}

  /// What is found in a message and its endpoints, a line each.
  public mutating func findings(in message: SIPMessage, from source: IPEndpoint, to destination: IPEndpoint) -> [String]
  {
    guard let key = ScrubKey(Array("a key of no use but to have one".utf8)) else { return [] }
    var scrubber = MessageScrubber(renaming: Renaming(key: key, rules: NumberRules(site: .init())), weeks: 0)
    _ = scrubber.scrub(message, needsLength: false)
    _ = scrubber.renaming.endpoint(source)
    _ = scrubber.renaming.endpoint(destination)
    return scrubber.renaming.doubtful.filter { finding in
      if told.count < Self.toldMax { return told.insert(finding).inserted }
      return !told.contains(finding)
    }
  }
}

extension Renaming {
  /// What was noted and may be somebody's, a line each.
  var doubtful: [String] {
    let numbers = self.numbers.notedNumbers.filter { !NumberCheck.isFictional($0) }.map { "the number \($0)" }
    let addresses = self.addresses.addresses.filter { !AddressRenaming.isOfNobody($0) }.map { "the address \($0)" }
    let hosts = notedHosts.filter { !Hosts.isFictional($0) }.map { "the host \($0)" }
    return (numbers + addresses + hosts).map { $0 + " may be somebody's" }
  }
}

/// Whether somebody can be called by a number.
enum NumberCheck {
  /// Numbers of so many digits are the site's own.
  static let insideDigitsMax = NumberRules.insideDigitsMax
  /// Digits for a line, in front of a number as one dials it abroad.
  private static let accessDigitsMax = 2

  static func isFictional(_ digits: String) -> Bool {
    isFictionalAsItIs(digits)
      || digits.isAllDigits
        && (1...accessDigitsMax).contains {
          let rest = String(digits.dropFirst($0))
          return rest.hasPrefix("00") && isFictionalAsItIs(rest)
        }
  }

  private static func isFictionalAsItIs(_ digits: String) -> Bool {
    let rules = NumberRules(site: .init())
    let parts = rules.parts(of: digits)
    guard case .outside(let national, let country) = parts.subscriber else { return true }
    if national.count <= insideDigitsMax || FictionalRange.isInvented(national) { return true }
    // Without a country any range will do, with a prefix in front or without.
    return FictionalRange.all.contains { range in
      (country == nil || country == range.country) && range.contains(national)
        || country == nil
          && (FictionalRange.isInvented(String(national.dropFirst(range.country.count)))
            || national.hasPrefix(range.country) && range.contains(String(national.dropFirst(range.country.count))))
    }
  }
}

extension AddressRenaming {
  /// For documentation, or of this machine, or of no network that others can reach (RFC 1918, RFC 6598, RFC 3927,
  /// RFC 4193, RFC 4291).
  static func isOfNobody(_ address: IPAddress) -> Bool {
    if isKept(address) || isFictional(address) { return true }
    switch address.family {
    case .v4:
      let value = UInt32(truncatingIfNeeded: address.low)
      return value >> 24 == 127 || value >> 24 == 10 || value >> 20 == 0xac1 || value >> 16 == 0xc0a8
        || value >> 22 == 0x191 || value >> 16 == 0xa9fe || value >> 28 == 15
    case .v6: return address.high >> 57 == 0x7e || address.high >> 54 == 0x3fa
    }
  }
}
