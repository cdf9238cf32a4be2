import Primitives

/// Sign-ins with a password given and the one-time code not yet.
struct ZohoSignInChallenges: Codable {
  /// The oldest makes room.
  static let maximumCount = 100
  /// Wrong codes until the password is asked for again (assumed).
  static let maximumWrongCodes = 5
  /// How long a code is good (assumed).
  static let life = Instant.Span.seconds(300)

  private struct Challenge: Codable {
    let id: String
    let zuid: String
    let code: Secret
    let expiry: Instant
    var wrongCodes = 0
  }

  /// What a code turns out to be.
  enum Answer: Hashable {
    case right(zuid: String)
    case wrong
    /// Too late, too often, or of no sign-in at all.
    case over
  }

  private var challenges: [Challenge] = []

  mutating func begin(_ id: String, for zuid: String, code: String, at now: Instant) {
    challenges.append(Challenge(id: id, zuid: zuid, code: Secret(code), expiry: now + Self.life))
    if challenges.count > Self.maximumCount { challenges.removeFirst() }
  }

  mutating func answer(_ id: String, code: String, at now: Instant) -> Answer {
    guard let place = challenges.firstIndex(where: { $0.id == id }) else { return .over }
    guard now < challenges[place].expiry else {
      challenges.remove(at: place)
      return .over
    }
    if challenges[place].code == Secret(code) { return .right(zuid: challenges.remove(at: place).zuid) }
    challenges[place].wrongCodes += 1
    guard challenges[place].wrongCodes < Self.maximumWrongCodes else {
      challenges.remove(at: place)
      return .over
    }
    return .wrong
  }

  /// Who is to type which code, oldest first.
  var waiting: [(zuid: String, code: String)] { challenges.map { ($0.zuid, $0.code.value) } }

  /// The code the person was sent last; nil for nobody who is just signing in.
  func code(for zuid: String) -> String? { challenges.last { $0.zuid == zuid }?.code.value }
}

extension ZohoAccounts {
  /// Begins a sign-in with a second factor; returns what its form sends back.
  mutating func beginChallenge(for zuid: String, code: String?, at now: Instant) -> String {
    let id = generator.hexadecimal(32)
    let digits = String(generator.next() % 1_000_000)
    let drawn = String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    challenges.begin(id, for: zuid, code: code ?? drawn, at: now)
    return id
  }

  mutating func answer(_ challenge: String, code: String, at now: Instant) -> ZohoSignInChallenges.Answer {
    // Codes are read off a telephone in two groups of digits.
    challenges.answer(challenge, code: code.filter { $0 != " " }, at: now)
  }
}
