import Primitives

/// Browsers signed in at one data centre, by the value of their cookie.
struct ZohoBrowserSessions: Codable {
  /// The oldest makes room.
  static let maximumCount = 1000
  /// Sent to every host of the data centre's domain.
  static let cookieName = "ucmsim_session"

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
