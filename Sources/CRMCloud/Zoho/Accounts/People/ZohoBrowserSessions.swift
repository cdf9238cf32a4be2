import Primitives

/// Browsers signed in at one data centre, by the value of their cookie.
struct ZohoBrowserSessions: Codable {
  /// The oldest makes room.
  static let maximumCount = 1000
  /// Sent to every host of the data centre's domain.
  ///
  /// A name for each data centre: where every host is a port of one address, a browser tells cookies by their names
  /// alone (RFC 6265 section 8.5).
  static func cookieName(at location: String) -> String { "ucmsim_session_" + location }

  /// The browser's proof while nobody is signed in, which the sign-in's forms send back as `csrf`.
  static func proofCookieName(at location: String) -> String { "ucmsim_signin_" + location }

  struct Session: Codable, Hashable {
    let zuid: String
    /// Every form that changes something sends it back as `csrf`; another site cannot know it.
    let formToken: String
    let signedInAt: Instant
  }

  private var sessions: [String: Session] = [:]
  private var order: [String] = []
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed ^ 0x6272_6f77_7365_7273) }

  /// Signs `zuid` in; returns the cookie's value.
  mutating func begin(zuid: String, at now: Instant) -> String {
    let value = generator.hexadecimal(64)
    sessions[value] = Session(zuid: zuid, formToken: generator.hexadecimal(32), signedInAt: now)
    order.append(value)
    while order.count > Self.maximumCount { sessions.removeValue(forKey: order.removeFirst()) }
    return value
  }

  /// A value for the proof's cookie.
  mutating func drawProof() -> String { generator.hexadecimal(Self.proofLength) }

  static func isProof(_ text: String) -> Bool {
    text.utf8.count == proofLength && text.utf8.allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
  }

  private static let proofLength = 32

  func session(_ cookie: String?) -> Session? { cookie.flatMap { sessions[$0] } }

  /// Where a person is signed in, oldest first.
  func sessions(of zuid: String) -> [Session] { order.compactMap { sessions[$0] }.filter { $0.zuid == zuid } }

  mutating func end(_ cookie: String) {
    guard sessions.removeValue(forKey: cookie) != nil else { return }
    order.removeAll { $0 == cookie }
  }

  /// Signs a person out everywhere.
  mutating func endAll(zuid: String) {
    let ended = Set(sessions.filter { $0.value.zuid == zuid }.keys)
    for cookie in ended { sessions.removeValue(forKey: cookie) }
    order.removeAll { ended.contains($0) }
  }
}
