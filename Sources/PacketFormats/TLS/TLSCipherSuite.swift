/// A cipher suite that can be read, by IANA's number (registry "TLS Cipher Suites").
struct TLSCipherSuite: Hashable, Sendable {
  enum Protection: Hashable, Sendable {
    case aead(TLSCipher)
    /// AES-CBC with an HMAC.
    case cbc(TLSHash)
  }

  let protection: Protection
  let keyLength: Int
  /// Of the key schedule.
  let hash: TLSHash
  /// Whether it belongs to TLS 1.3, whose suites no other version has.
  let isOf13: Bool

  /// nil when it is not supported.
  init?(_ number: UInt16) {
    if let suite = Self.of13(number) ?? Self.aead(number) ?? Self.cbc(number) { self = suite } else { return nil }
  }

  private init(_ protection: Protection, _ keyLength: Int, _ hash: TLSHash, isOf13: Bool = false) {
    self.protection = protection
    self.keyLength = keyLength
    self.hash = hash
    self.isOf13 = isOf13
  }

  /// RFC 8446 appendix B.4.
  private static func of13(_ number: UInt16) -> TLSCipherSuite? {
    switch number {
    case 0x1301: TLSCipherSuite(.aead(.aesGCM), 16, .sha256, isOf13: true)
    case 0x1302: TLSCipherSuite(.aead(.aesGCM), 32, .sha384, isOf13: true)
    case 0x1303: TLSCipherSuite(.aead(.chaCha20Poly1305), 32, .sha256, isOf13: true)
    default: nil
    }
  }

  /// RFC 5288, 5289, 5487 and 7905.
  private static func aead(_ number: UInt16) -> TLSCipherSuite? {
    switch number {
    case 0x009c, 0x009e, 0x00a0, 0x00a2, 0x00a4, 0x00a8, 0x00aa, 0x00ac, 0xc02b, 0xc02d, 0xc02f, 0xc031:
      TLSCipherSuite(.aead(.aesGCM), 16, .sha256)
    case 0x009d, 0x009f, 0x00a1, 0x00a3, 0x00a5, 0x00a9, 0x00ab, 0x00ad, 0xc02c, 0xc02e, 0xc030, 0xc032:
      TLSCipherSuite(.aead(.aesGCM), 32, .sha384)
    case 0xcca8...0xccae: TLSCipherSuite(.aead(.chaCha20Poly1305), 32, .sha256)
    default: nil
    }
  }

  /// RFC 5246 appendix A.5, RFC 8422 and RFC 5289; the PRF is that of TLS 1.2.
  private static func cbc(_ number: UInt16) -> TLSCipherSuite? {
    switch number {
    case 0x002f...0x0034, 0xc004, 0xc009, 0xc00e, 0xc013: TLSCipherSuite(.cbc(.sha1), 16, .sha256)
    case 0x0035...0x003a, 0xc005, 0xc00a, 0xc00f, 0xc014: TLSCipherSuite(.cbc(.sha1), 32, .sha256)
    case 0x003c, 0x003e...0x0040, 0x0067, 0xc023, 0xc025, 0xc027, 0xc029:
      TLSCipherSuite(.cbc(.sha256), 16, .sha256)
    case 0x003d, 0x0068...0x006b: TLSCipherSuite(.cbc(.sha256), 32, .sha256)
    case 0xc024, 0xc026, 0xc028, 0xc02a: TLSCipherSuite(.cbc(.sha384), 32, .sha384)
    default: nil
    }
  }
}
