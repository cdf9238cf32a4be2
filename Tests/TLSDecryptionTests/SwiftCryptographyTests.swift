import PacketFormats
import TLSDecryption
import Testing

@Suite struct SwiftCryptographyTests {
  private let cryptography = SwiftCryptography()

  private func hexadecimal(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }.compactMap { $0.hexDigitValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  private func open(_ cipher: TLSCipher, _ key: String, _ nonce: String, _ sealed: String, _ data: String) -> [UInt8]? {
    hexadecimal(sealed).withUnsafeBytes {
      cryptography.open(
        cipher, key: hexadecimal(key), nonce: hexadecimal(nonce), $0, additionalData: hexadecimal(data))
    }
  }

  /// RFC 2202 case 2 and RFC 4231 case 2.
  @Test(arguments: [
    (TLSHash.sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"),
    (.sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    (
      .sha384,
      "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649"
    ),
  ])
  func theMACsAreThoseOfTheRFCs(hash: TLSHash, digest: String) {
    let code = cryptography.hmac(hash, key: Array("Jefe".utf8), Array("what do ya want for nothing?".utf8))
    #expect(code == hexadecimal(digest))
    #expect(code.count == hash.length)
  }

  private static let chachaKey = "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"
  private static let chachaSealed = """
    d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e060b29
    05d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d26586cec64b
    61161ae10b594f09e26a7e902ecbd0600691
    """

  /// RFC 8439 section 2.8.2; the GCM specification's test case 2.
  @Test func theAEADsOpenTheVectorsOfTheirSpecifications() {
    let text = open(
      .chaCha20Poly1305, Self.chachaKey, "070000004041424344454647", Self.chachaSealed, "50515253c0c1c2c3c4c5c6c7")
    #expect(text?.starts(with: "Ladies and Gentlemen of the class of '99".utf8) == true)
    let zeroes = String(repeating: "00", count: 16)
    let sealed = "0388dace60b6a392f328c2b971b2fe78 ab6e47d42cec13bdf53a67b21257bddf"
    #expect(open(.aesGCM, zeroes, String(repeating: "00", count: 12), sealed, "") == hexadecimal(zeroes))
  }

  @Test(arguments: [
    (chachaKey, "070000004041424344454648", chachaSealed, "50515253c0c1c2c3c4c5c6c7"),
    (chachaKey, "070000004041424344454647", chachaSealed, "50515253c0c1c2c3c4c5c6c8"),
    (chachaKey, "0700000040414243444546", chachaSealed, "50515253c0c1c2c3c4c5c6c7"),
    ("8081", "070000004041424344454647", chachaSealed, "50515253c0c1c2c3c4c5c6c7"),
    (chachaKey, "070000004041424344454647", "d31a8d34", "50515253c0c1c2c3c4c5c6c7"),
    (chachaKey, "070000004041424344454647", "", ""),
  ])
  func whatDoesNotFitDoesNotOpen(key: String, nonce: String, sealed: String, data: String) {
    #expect(open(.chaCha20Poly1305, key, nonce, sealed, data) == nil)
    #expect(open(.aesGCM, key, nonce, sealed, data) == nil)
  }

  /// NIST SP 800-38A section F.2.2.
  @Test func blocksInChainsAreDecrypted() {
    let plain = hexadecimal("7649abac8119b246cee98e9b12e9197d").withUnsafeBytes {
      cryptography.decryptCBC(
        key: hexadecimal("2b7e151628aed2a6abf7158809cf4f3c"),
        initialVector: hexadecimal("000102030405060708090a0b0c0d0e0f"), $0)
    }
    #expect(plain == hexadecimal("6bc1bee22e409f96e93d7e117393172a"))
  }

  @Test(arguments: [(15, 16, 16), (16, 15, 16), (16, 16, 15), (0, 16, 16)])
  func blocksOfWrongLengthsAreNot(key: Int, vector: Int, text: Int) {
    let plain = [UInt8](repeating: 1, count: text).withUnsafeBytes {
      cryptography.decryptCBC(
        key: [UInt8](repeating: 2, count: key), initialVector: [UInt8](repeating: 3, count: vector), $0)
    }
    #expect(plain == nil)
  }
}
