import Crypto

/// Numbers nobody can foresee who has not the key, and that follow from it alone (HMAC-SHA256 over a counter).
public struct TokenSource: Sendable {
  private let key: SymmetricKey
  private var count: UInt64 = 0

  /// Begins anew with a key of chance.
  public init(key: [UInt8]) { self.key = SymmetricKey(data: key) }

  private mutating func bytes() -> [UInt8] {
    count &+= 1
    let text = withUnsafeBytes(of: count.littleEndian) { [UInt8]($0) }
    return Array(HMAC<SHA256>.authenticationCode(for: text, using: key))
  }

  mutating func number(below limit: UInt64) -> UInt64 {
    let value = bytes().prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return value % max(1, limit)
  }

  /// 32 lower-case hexadecimal digits.
  public mutating func hexadecimal() -> String { Hexadecimal.text(bytes().prefix(16)) }
}
