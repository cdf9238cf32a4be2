import Primitives

/// Servers of others that connections lead to: OAuth providers with a little of their API.
///
/// Whose account it is, is entered on the consent page; that no password is asked for is this cloud's simplification.
struct OutsideServices: Codable {
  /// First part of the path of the page where apps are registered (assumed: each provider has a console of its own).
  static let appsPath = "registered-apps"

  /// Whether `host` (lower case, no port) is one of theirs.
  static func serves(_ host: String) -> Bool { OutsideProvider.serving(host) != nil }

  /// Every host, each once; MailChimp's API has one for each of its data centres, of which this is the accounts' own.
  static var hosts: [(name: String, provider: OutsideProvider)] {
    OutsideProvider.allCases.flatMap { provider in
      let facts = provider.facts
      var names = [facts.authorization.first, provider == .mailChimp ? MailChimpAccount.apiHost : nil] + facts.apiHosts
      names += facts.tokens.map(\.first)
      var known: Set<String> = []
      return names.compactMap { $0 }.filter { known.insert($0).inserted }.map { (name: $0, provider: provider) }
    }
  }

  private(set) var authorities: [String: OutsideAuthority]
  var accounts = OutsideAccounts()

  init(seed: UInt64 = 0) {
    authorities = Dictionary(
      uniqueKeysWithValues: OutsideProvider.allCases.enumerated().map { index, provider in
        (
          provider.rawValue,
          OutsideAuthority(provider: provider, seed: seed ^ 0x6f75_7473_6964_65 &+ UInt64(index) &* 0x9e37_79b9)
        )
      })
  }

  subscript(provider: OutsideProvider) -> OutsideAuthority {
    get { authorities[provider.rawValue] ?? OutsideAuthority(provider: provider, seed: 0) }
    set { authorities[provider.rawValue] = newValue }
  }

  /// How long a host of theirs takes to answer a program.
  func delay(of host: String) -> Instant.Span {
    OutsideProvider.serving(host).map { self[$0].trouble == .slow ? .seconds(120) : .zero } ?? .zero
  }
}
