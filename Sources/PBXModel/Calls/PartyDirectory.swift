import Primitives

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
  public enum Ground: String, Hashable, Sendable, CaseIterable {
    /// The site file names the number, the phone's address or the trunk's, or names every extension but this one.
    case site
    /// The number registered, or its endpoint did.
    case registration
    /// The PBX asked the caller for credentials, as it asks extensions.
    case challenge
    /// Nothing better: the length of the number, or that nobody knows it.
    case numberLength
  }

  private let extensions: Set<String>
  private let accountsByEndpoint: [IPEndpoint: String]
  private let trunks: [(endpoint: IPEndpoint, party: Party)]
  private var registered: Set<String> = []
  private var registeredEndpoints: [IPEndpoint: String] = [:]
  private var inferredTrunks: [IPAddress: Party] = [:]
  private var lastTrunkIndex: Int

  init(site: Site) {
    extensions = Set(site.extensions.map(\.number))
    var accounts: [IPEndpoint: String] = [:]
    for account in site.extensions {
      for endpoint in account.addresses { accounts[endpoint] = account.number }
    }
    accountsByEndpoint = accounts
    trunks = site.trunks.flatMap { trunk in
      trunk.addresses.map { ($0, Party.trunk(name: trunk.name, index: trunk.index)) }
    }
    lastTrunkIndex = site.trunks.map(\.index).max() ?? 0
  }

  /// Remembers that `number` is an extension and sends from `endpoint`; the latest number there counts.
  mutating func noteRegistration(of number: String, from endpoint: IPEndpoint) {
    guard registered.count < Self.registeredMax, registeredEndpoints.count < Self.registeredMax else { return }
    registered.insert(number)
    registeredEndpoints[endpoint] = number
  }

  /// Who sent an incoming leg's INVITE, or received an outgoing one's.
  mutating func classify(_ leg: Leg, isCaller: Bool) -> (party: Party, ground: Ground) {
    let far = isCaller ? leg.source : leg.destination
    let number = isCaller ? leg.fromUser : leg.requestUser
    if let trunk = knownTrunk(far) { return (trunk, .site) }
    if extensions.contains(number) { return (.account(number), .site) }
    if let account = accountsByEndpoint[far] ?? accountsByEndpoint[IPEndpoint(address: far.address, port: 0)] {
      return (.account(account), .site)
    }
    if registered.contains(number) { return (.account(number), .registration) }
    if let account = registeredEndpoints[far] { return (.account(account), .registration) }
    if isCaller, leg.wasChallenged { return (.account(number), .challenge) }
    if extensions.isEmpty, Self.looksLikeExtension(number) { return (.account(number), .numberLength) }
    // A site file names every extension, so whoever is not among them is outside.
    return (inferTrunk(at: far.address), extensions.isEmpty ? .numberLength : .site)
  }

  private func knownTrunk(_ endpoint: IPEndpoint) -> Party? {
    trunks.first { $0.endpoint == endpoint }?.party
      ?? trunks.first { $0.endpoint.port == 0 && $0.endpoint.address == endpoint.address }?.party
      ?? trunks.first {
        // A carrier sends from other ports than it listens on, unless an extension is known to sit there.
        $0.endpoint.address == endpoint.address && accountsByEndpoint[endpoint] == nil
          && registeredEndpoints[endpoint] == nil
      }?.party
  }

  static func looksLikeExtension(_ number: String) -> Bool {
    number.isDigits(2...extensionDigitsMax)
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
