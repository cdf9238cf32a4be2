import Primitives

/// Consents under way at one data centre: which browser was sent for what, and what its return has to bring.
struct PendingAuthorizations: Codable {
  static let maximumCount = 1000
  /// From leaving for the consent page to coming back (assumed).
  static let life = Instant.Span.seconds(900)

  /// What the tokens are for.
  enum Purpose: Codable, Hashable {
    case connector(id: String)
    case connection(organisation: String, link: String)
  }

  private struct Pending: Codable, Hashable {
    let purpose: Purpose
    let state: String
    let expiry: Instant
  }

  /// What came back.
  enum Return {
    case code(String, Purpose)
    case refused(String, Purpose?)
  }

  /// By the browser's cookie: one at a time, the last begun.
  private var pending = BoundedTable<Pending>(limit: maximumCount)
  private var generator: SeededGenerator

  init(seed: UInt64 = 0) { generator = SeededGenerator(seed: seed ^ 0x6465_7665_6c6f_7065) }

  mutating func newState() -> String { generator.hexadecimal(32) }
  /// Decimal text, as ids of the developers' things look.
  mutating func newIdentifier() -> String { "9000000" + String(100_000_000_000 + generator.next() % 900_000_000_000) }

  mutating func begin(_ purpose: Purpose, browser: String, state: String, at now: Instant) {
    pending.set(browser, Pending(purpose: purpose, state: state, expiry: now + Self.life))
  }

  /// What a browser came back with; a code counts once, and only where its state is the one that was sent.
  mutating func end(browser: String, _ query: FormParameters, at now: Instant) -> Return {
    guard let begun = pending[browser], now < begun.expiry else {
      return .refused("No authorization is under way in this browser. Start it again.", nil)
    }
    guard query["state"] == begun.state else {
      return .refused("The state that came back is not the one that was sent.", nil)
    }
    pending.remove(browser)
    if let error = query["error"] {
      let isWord = error.utf8.count <= 60 && error.utf8.allSatisfy { (0x20...0x7e).contains($0) }
      return .refused("Access was refused: \(isWord ? error : "an unreadable reason").", begun.purpose)
    }
    guard let code = query["code"], (1...4096).contains(code.utf8.count) else {
      return .refused("No code came back.", begun.purpose)
    }
    return .code(code, begun.purpose)
  }
}
