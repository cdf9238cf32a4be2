import Crypto
import CryptoExtras
public import Primitives

/// A password as it is kept: scrypt (RFC 7914) over it and a salt, `$scrypt$ln=14,r=8,p=1$<salt>$<hash>` as text.
///
/// The text is that of the PHC string format, with base64 without padding. Nobody gets the password back out of it.
public struct PasswordHash: Hashable, Sendable {
  /// What one hash costs.
  public struct Cost: Hashable, Sendable {
    /// The binary logarithm of scrypt's N.
    public let rounds: Int
    /// Scrypt's r, in 128 bytes.
    public let block: Int
    /// Scrypt's p.
    public let lanes: Int

    /// 16 MiB, and 70 ms of one processor of a small server (measured, optimised).
    public static let standard = Cost(rounds: 14)

    /// nil for what is none, or takes more than 256 MiB or 16 times the standard's time.
    public init?(rounds: Int, block: Int = 8, lanes: Int = 1) {
      guard (1...20).contains(rounds), (1...32).contains(block), (1...16).contains(lanes),
        (128 * block) << rounds <= Self.bytesMax, (block * lanes) << rounds <= Self.workMax
      else { return nil }
      (self.rounds, self.block, self.lanes) = (rounds, block, lanes)
    }

    private init(rounds: Int) { (self.rounds, block, lanes) = (rounds, 8, 1) }

    private static let bytesMax = 256 << 20
    private static let workMax = 8 << 18
  }

  /// What it cost, and what comparing costs.
  public let cost: Cost
  private let salt: [UInt8]
  private let hash: [UInt8]

  /// Bytes of a salt that is made for one.
  public static let saltBytes = 16
  private static let hashBytes = 32

  /// The hash of a password; nil for a salt that is none (8 to 64 bytes), and where memory is short.
  ///
  /// - Parameter salt: of chance, and another for each password.
  public init?(of password: Secret, salt: [UInt8], cost: Cost = .standard) {
    guard (8...64).contains(salt.count), let hash = Self.derive(password, salt, cost, count: Self.hashBytes) else {
      return nil
    }
    (self.cost, self.salt, self.hash) = (cost, salt, hash)
  }

  /// A text of the format; nil for any other, and for one that costs too much.
  public init?(_ text: String) {
    guard text.utf8.count <= 256 else { return nil }
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt", let cost = Self.cost(parts[2]),
      let salt = Base64.decode(parts[3]), let hash = Base64.decode(parts[4]), (8...64).contains(salt.count),
      (16...64).contains(hash.count)
    else { return nil }
    (self.cost, self.salt, self.hash) = (cost, salt, hash)
  }

  /// `ln=14,r=8,p=1`.
  private static func cost(_ text: Substring) -> Cost? {
    let numbers = zip(["ln=", "r=", "p="], text.split(separator: ",", omittingEmptySubsequences: false))
      .compactMap { name, part in
        part.hasPrefix(name) && part.utf8.count <= name.utf8.count + 3 ? Int(part.dropFirst(name.utf8.count)) : nil
      }
    guard numbers.count == 3, text.split(separator: ",").count == 3 else { return nil }
    return Cost(rounds: numbers[0], block: numbers[1], lanes: numbers[2])
  }

  /// Whether it is the hash of that password, in a time that does not depend on where they differ.
  public func matches(_ password: Secret) -> Bool {
    guard let other = Self.derive(password, salt, cost, count: hash.count), other.count == hash.count else {
      return false
    }
    return zip(other, hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
  }

  /// In the format.
  public var text: String {
    "$scrypt$ln=\(cost.rounds),r=\(cost.block),p=\(cost.lanes)$\(Base64.encode(salt))$\(Base64.encode(hash))"
  }

  private static func derive(_ password: Secret, _ salt: [UInt8], _ cost: Cost, count: Int) -> [UInt8]? {
    let key = try? KDF.Scrypt.deriveKey(
      from: Array(password.value.utf8), salt: salt, outputByteCount: count, rounds: 1 << cost.rounds,
      blockSize: cost.block, parallelism: cost.lanes)
    return key?.withUnsafeBytes { Array($0) }
  }
}

extension PasswordHash: CustomStringConvertible, CustomReflectable {
  /// The cost alone.
  public var description: String { "PasswordHash(ln=\(cost.rounds),r=\(cost.block),p=\(cost.lanes))" }
  /// Shows no children.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
