import Primitives

/// One data centre's accounts: its people, and what they let in.
struct ZohoAccounts: Codable {
  private(set) var people: [ZohoPerson] = []
  private var placesByZUID: [String: Int] = [:]
  private var placesByEmail: [String: Int] = [:]
  var tokens: ZohoTokenStore
  /// Browsers that are signed in.
  var browsers: ZohoBrowserSessions
  /// Sign-ins that wait for the second factor.
  var challenges = ZohoSignInChallenges()
  /// Devices waiting for their users.
  var devices = ZohoDeviceCodes()
  /// Tokens of the v1 API, by value.
  private var authTokens: [String: ZohoAuthToken] = [:]
  /// Values of a person's v1 tokens, oldest first.
  private var authTokensByZUID: [String: [String]] = [:]
  /// Draws ids of clients, secrets and passwords.
  var generator: SeededGenerator

  init(settings: ZohoCloudSettings, seed: UInt64) {
    tokens = ZohoTokenStore(settings: settings, seed: seed)
    browsers = ZohoBrowserSessions(seed: seed)
    // Other numbers than the tokens', so that one client more does not change every token after it.
    generator = SeededGenerator(seed: seed ^ 0x6163_636f_756e_7473)
  }

  func person(zuid: String) -> ZohoPerson? { placesByZUID[zuid].map { people[$0] } }

  /// The person who signs in by this address or user name, upper and lower case alike.
  func person(email: String) -> ZohoPerson? { placesByEmail[email.lowercased()].map { people[$0] } }

  /// Takes a person in; one whose number or address is taken stays out.
  mutating func add(_ person: ZohoPerson) {
    guard placesByZUID[person.zuid] == nil, placesByEmail[person.email.lowercased()] == nil else { return }
    placesByZUID[person.zuid] = people.count
    placesByEmail[person.email.lowercased()] = people.count
    people.append(person)
  }

  /// Changes a person who is known; nothing for another. Number and address stay as they are.
  mutating func update(zuid: String, _ change: (inout ZohoPerson) -> Void) {
    guard let index = placesByZUID[zuid] else { return }
    let email = people[index].email
    change(&people[index])
    people[index].email = email
  }

  /// Who a token of the v1 API speaks for; nil for an unknown token and for a closed account.
  func holder(ofAuthToken token: String) -> ZohoPerson? {
    authTokens[token].flatMap { person(zuid: $0.zuid) }.flatMap { $0.isActive ? $0 : nil }
  }

  /// A person's tokens of the v1 API, oldest first.
  func authTokens(of zuid: String) -> [ZohoAuthToken] {
    authTokensByZUID[zuid, default: []].compactMap { authTokens[$0] }
  }

  func authToken(_ token: String) -> ZohoAuthToken? { authTokens[token] }

  /// False if the value is in use.
  mutating func add(_ token: ZohoAuthToken) -> Bool {
    guard authTokens[token.value.value] == nil else { return false }
    authTokens[token.value.value] = token
    authTokensByZUID[token.zuid, default: []].append(token.value.value)
    return true
  }

  /// False if there is no such token.
  mutating func removeAuthToken(_ token: String) -> Bool {
    guard let removed = authTokens.removeValue(forKey: token) else { return false }
    authTokensByZUID[removed.zuid]?.removeAll { $0 == token }
    return true
  }
}
