import Primitives
import SIP

/// Tells extensions from trunks: by the site file, by who registered, and at last by the look of the number.
public struct PartyDirectory {
  /// A number of at most this many digits is an extension when nothing else is known (assumed; the appliance allows
  /// 2 to 18 digits, its default ranges have 4).
  static let extensionDigitsMax = 6
  /// Registered numbers and endpoints remembered; further ones are told from trunks by other grounds.
  static let registeredMax = 100_000
  /// Trunks made up for addresses nobody named; further addresses share index 0.
  static let inferredTrunksMax = 1024

  /// What the classification leaned on.
  public enum Ground: Int, Hashable, Sendable, CaseIterable {
    /// The site file names the number, the phone's address or the trunk's, or names every extension but this one.
    case site
    /// The number registered, or its endpoint did.
    case registration
    /// The PBX asked the caller for credentials, as it asks extensions.
    case challenge
    /// Nothing better: the length of the number, or that nobody knows it.
    case numberLength
  }

  /// Every number the site names or that registered.
  private var numbers = TextTable()
  /// By their number in `numbers`.
  private var accounts: [(party: Party, isOfSite: Bool)] = []
  private let hasSiteExtensions: Bool
  /// Accounts by where the site says that their phones are; port 0 for every port.
  private var siteEndpoints = EndpointTable()
  private var registeredEndpoints = EndpointTable()
  private let trunks: [(endpoint: IPEndpoint, party: Party)]
  private var inferredTrunks: [IPAddress: Party] = [:]
  private var lastTrunkIndex: Int
  /// Whose extensions they are told as.
  var copy = TraceCopy.original

  init(site: Site) {
    trunks = site.trunks.flatMap { trunk in
      trunk.addresses.map { ($0, Party.trunk(name: trunk.name, index: trunk.index)) }
    }
    lastTrunkIndex = site.trunks.map(\.index).max() ?? 0
    hasSiteExtensions = !site.extensions.isEmpty
    for account in site.extensions {
      let index = enter(account.number, isOfSite: true)
      for endpoint in account.addresses { siteEndpoints[endpoint] = index }
    }
  }

  private mutating func enter(_ number: String, isOfSite: Bool) -> Int {
    let index = numbers.insert(number)
    if index == accounts.count { accounts.append((.account(number), isOfSite)) }
    return index
  }

  /// Remembers that `number` is an extension and sends from `endpoint`; the latest number there counts.
  mutating func noteRegistration(of number: String, from endpoint: IPEndpoint) {
    guard numbers.count < Self.registeredMax, registeredEndpoints.count < Self.registeredMax else { return }
    registeredEndpoints[endpoint] = enter(number, isOfSite: false)
  }

  /// Who sent an incoming leg's INVITE, or received an outgoing one's.
  mutating func classify(_ leg: Leg, isCaller: Bool) -> (party: Party, ground: Ground) {
    let found = find(leg, isCaller: isCaller)
    return copy == .original ? found : (copy.party(found.party), found.ground)
  }

  private mutating func find(_ leg: Leg, isCaller: Bool) -> (party: Party, ground: Ground) {
    let far = isCaller ? leg.source : leg.destination
    let field: LegTexts.Field = isCaller ? .fromUser : .requestUser
    if let trunk = knownTrunk(far) { return (trunk, .site) }
    let known = leg.texts.withText(field) { numbers.number(of: $0) }.map { accounts[$0] }
    if let known, known.isOfSite { return (known.party, .site) }
    if let account = siteEndpoints[far] ?? siteEndpoints[IPEndpoint(address: far.address, port: 0)] {
      return (accounts[account].party, .site)
    }
    if let known { return (known.party, .registration) }
    if let account = registeredEndpoints[far] { return (accounts[account].party, .registration) }
    if isCaller, leg.wasChallenged { return (.account(leg.texts.string(field)), .challenge) }
    if !hasSiteExtensions, leg.texts.withText(field, Self.looksLikeExtension) {
      return (.account(leg.texts.string(field)), .numberLength)
    }
    // A site file names every extension, so whoever is not among them is outside.
    return (inferTrunk(at: far.address), hasSiteExtensions ? .site : .numberLength)
  }

  private mutating func knownTrunk(_ endpoint: IPEndpoint) -> Party? {
    var anyPort: Int?
    var otherPort: Int?
    for index in trunks.indices where trunks[index].endpoint.address == endpoint.address {
      if trunks[index].endpoint.port == endpoint.port { return trunks[index].party }
      if trunks[index].endpoint.port == 0 { anyPort = anyPort ?? index } else { otherPort = otherPort ?? index }
    }
    if let anyPort { return trunks[anyPort].party }
    // A carrier sends from other ports than it listens on, unless an extension is known to sit there.
    guard let otherPort, siteEndpoints[endpoint] == nil, registeredEndpoints[endpoint] == nil else { return nil }
    return trunks[otherPort].party
  }

  static func looksLikeExtension(_ number: SIPText) -> Bool {
    guard (2...extensionDigitsMax).contains(number.count) else { return false }
    for byte in number.bytes where byte &- 48 >= 10 { return false }
    return true
  }

  private mutating func inferTrunk(at address: IPAddress) -> Party {
    if let known = inferredTrunks[address] { return known }
    guard inferredTrunks.count < Self.inferredTrunksMax else { return .trunk(name: address.description, index: 0) }
    lastTrunkIndex += 1
    let party = Party.trunk(name: address.description, index: lastTrunkIndex)
    inferredTrunks[address] = party
    return party
  }
}
