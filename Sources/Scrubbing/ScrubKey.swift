import Crypto

/// What every pseudonym follows from: the same key gives the same pseudonyms, and without it none can be undone.
///
/// Pseudonyms are drawn by HMAC-SHA-256 (RFC 2104) over a label and the text, so that nothing but the key links both.
public struct ScrubKey: Sendable {
  /// Bytes a key has to have at least.
  public static let byteCountMin = 16
  /// Bytes of a key that are looked at; a file that holds more is no key.
  public static let byteCountMax = 4096

  private let key: SymmetricKey

  /// nil for a key that is too short, too long, or one byte over and over.
  public init?(_ bytes: [UInt8]) {
    guard (Self.byteCountMin...Self.byteCountMax).contains(bytes.count), Set(bytes).count >= 4 else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// Whole weeks, 1 to 200 back, that dates move by where nobody says how many.
  public var weeks: Int {
    var draws = draws("weeks", "")
    return -1 - draws.below(200)
  }

  /// Numbers drawn for a text, as many as are asked for; another attempt draws others.
  func draws(_ label: StaticString, _ text: String, attempt: Int = 0) -> Draws {
    Draws(key: key, seed: Array("\(label)\u{0}\(attempt)\u{0}\(text)".utf8))
  }

  /// 32 hexadecimal digits for a text.
  func hexadecimal(_ label: StaticString, _ text: String) -> String {
    var draws = draws(label, text)
    return String(decoding: (0..<32).map { _ in Array("0123456789abcdef".utf8)[draws.below(16)] }, as: UTF8.self)
  }

  /// A stream of numbers that looks like chance to who has no key.
  struct Draws {
    private let key: SymmetricKey
    private let seed: [UInt8]
    private var block: [UInt8] = []
    private var count: UInt8 = 0

    init(key: SymmetricKey, seed: [UInt8]) {
      self.key = key
      self.seed = seed
    }

    /// A number from 0 up to `bound`, which is at least 1.
    mutating func below(_ bound: Int) -> Int {
      guard bound > 1 else { return 0 }
      var value: UInt64 = 0
      for _ in 0..<8 { value = value << 8 | UInt64(byte()) }
      return Int(value % UInt64(bound))
    }

    /// So many decimal digits.
    mutating func digits(_ count: Int) -> String {
      String(decoding: (0..<max(count, 0)).map { _ in UInt8(48 + below(10)) }, as: UTF8.self)
    }

    private mutating func byte() -> UInt8 {
      if block.isEmpty {
        block = Array(HMAC<SHA256>.authenticationCode(for: seed + [count], using: key))
        count &+= 1
      }
      return block.popLast() ?? 0
    }
  }
}
