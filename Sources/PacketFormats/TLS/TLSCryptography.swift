/// The primitives that reading TLS takes; what they are put together to is in this room, how they work is not.
public protocol TLSCryptography: Sendable {
  /// HMAC (RFC 2104).
  func hmac(_ hash: TLSHash, key: [UInt8], _ data: [UInt8]) -> [UInt8]

  /// Opens what an AEAD sealed: the ciphertext with its tag of 16 bytes behind it.
  ///
  /// - Returns: nil when the tag is wrong, or a length is none the cipher has.
  func open(
    _ cipher: TLSCipher, key: [UInt8], nonce: [UInt8], _ sealed: UnsafeRawBufferPointer, additionalData: [UInt8]
  ) -> [UInt8]?

  /// Decrypts AES in CBC mode, its padding left in place.
  ///
  /// - Returns: nil when a length is none the cipher has.
  func decryptCBC(key: [UInt8], initialVector: [UInt8], _ ciphertext: UnsafeRawBufferPointer) -> [UInt8]?
}

/// Hash functions of cipher suites.
public enum TLSHash: Hashable, Sendable, CaseIterable {
  /// Of the oldest suites, for their MAC only.
  case sha1
  /// Of most.
  case sha256
  /// Of those with keys of 256 bits.
  case sha384

  /// Bytes of a digest.
  public var length: Int {
    switch self {
    case .sha1: 20
    case .sha256: 32
    case .sha384: 48
    }
  }
}

/// Ciphers of cipher suites that seal, with tags of 16 bytes and nonces of 12.
public enum TLSCipher: Hashable, Sendable, CaseIterable {
  /// AES in Galois/counter mode.
  case aesGCM
  /// RFC 8439.
  case chaCha20Poly1305
}
