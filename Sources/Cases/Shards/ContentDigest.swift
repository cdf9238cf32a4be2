import Crypto

/// SHA-256 of parts in their order: the same parts give the same text on every machine and in every version.
public struct ContentDigest {
  private var hash = SHA256()

  /// Begins with nothing taken in.
  public init() {}

  /// Takes in bytes as they are.
  public mutating func add(_ bytes: UnsafeRawBufferPointer) { hash.update(bufferPointer: bytes) }

  /// Takes in a labelled text, each with its length, so that two parts never read as one.
  public mutating func add(_ label: String, _ text: String) {
    for part in [label, text] {
      add(Array("\(part.utf8.count):".utf8))
      add(Array(part.utf8))
    }
  }

  private mutating func add(_ bytes: [UInt8]) { bytes.withUnsafeBytes { hash.update(bufferPointer: $0) } }

  /// 64 hexadecimal digits for all that was taken in.
  public var text: String {
    hash.finalize().map { byte in
      let digits = String(byte, radix: 16)
      return digits.utf8.count < 2 ? "0" + digits : digits
    }.joined()
  }

  /// The first 64 bits of all that was taken in.
  var number: UInt64 { hash.finalize().prefix(8).reduce(0) { $0 << 8 | UInt64($1) } }

  /// The text of some bytes alone.
  public static func text(of bytes: [UInt8]) -> String {
    var digest = ContentDigest()
    digest.add(bytes)
    return digest.text
  }
}
