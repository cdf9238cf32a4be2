import Primitives

/// One data centre's accounts server: who can sign in, and what was granted.
struct ZohoAccounts: Codable {
  private(set) var people: [ZohoPerson] = []
  var tokens: ZohoTokenStore
  /// Browsers that are signed in.
  var browsers: ZohoBrowserSessions

  init(settings: ZohoCloudSettings, seed: UInt64) {
    tokens = ZohoTokenStore(settings: settings, seed: seed)
    browsers = ZohoBrowserSessions(seed: seed)
  }

  func person(zuid: String) -> ZohoPerson? { people.first { $0.zuid == zuid } }

  /// The person who signs in by this address or user name, upper and lower case alike.
  func person(email: String) -> ZohoPerson? {
    let wanted = email.lowercased()
    return people.first { $0.email.lowercased() == wanted }
  }

  mutating func add(_ person: ZohoPerson) { people.append(person) }

  /// Changes a person who is known; nothing for another.
  mutating func update(zuid: String, _ change: (inout ZohoPerson) -> Void) {
    guard let index = people.firstIndex(where: { $0.zuid == zuid }) else { return }
    change(&people[index])
  }
}

/// Someone with a Zoho account.
struct ZohoPerson: Codable, Hashable {
  /// Zoho's number of the person, decimal text.
  let zuid: String
  var email: String
  var fullName: String
  /// nil for people the data gives none: nobody can sign in as them.
  var password: Secret?
  /// With it the account's password opens no API (documented: the appliance's guide for v1).
  var usesTwoFactor = false
  var applicationPasswords: [ZohoApplicationPassword] = []
  /// A closed account: no sign-in, and its tokens are dead.
  var isActive = true
}

/// A password of one application, for accounts with two-factor sign-in.
struct ZohoApplicationPassword: Codable, Hashable {
  let name: String
  /// Without the spaces it is shown with.
  let value: Secret
  let createdAt: Instant
}
