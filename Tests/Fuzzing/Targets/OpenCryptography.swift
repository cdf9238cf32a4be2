import PacketFormats

/// Ciphers that hide nothing, so that inputs reach what lies behind TLS without a cipher in their way.
///
/// Keys are the first byte of the secret they are made of; sealed bytes are themselves with a tag, the last byte of
/// which is that of the nonce. So the wrong secret and the wrong record number still open nothing.
struct OpenCryptography: TLSCryptography {
  /// The secrets of the connection whose client's random is all zeroes.
  static let keyLog: TLSKeyLog = {
    let random = String(repeating: "0", count: 64)
    var log = TLSKeyLog()
    for (label, byte) in [
      ("CLIENT_RANDOM", "00"), ("CLIENT_HANDSHAKE_TRAFFIC_SECRET", "11"), ("SERVER_HANDSHAKE_TRAFFIC_SECRET", "11"),
      ("CLIENT_TRAFFIC_SECRET_0", "00"), ("SERVER_TRAFFIC_SECRET_0", "00"),
    ] {
      let length = label == "CLIENT_RANDOM" ? 48 : 32
      log.add(Array("\(label) \(random) \(String(repeating: byte, count: length))\n".utf8))
    }
    return log
  }()

  func hmac(_ hash: TLSHash, key: [UInt8], _ data: [UInt8]) -> [UInt8] {
    [UInt8](repeating: key.first ?? 0, count: hash.length)
  }

  func open(
    _ cipher: TLSCipher, key: [UInt8], nonce: [UInt8], _ sealed: UnsafeRawBufferPointer, additionalData: [UInt8]
  ) -> [UInt8]? {
    guard sealed.count >= 16, let tag = sealed.last, tag == nonce.last else { return nil }
    return Array(sealed.dropLast(16))
  }

  func decryptCBC(key: [UInt8], initialVector: [UInt8], _ ciphertext: UnsafeRawBufferPointer) -> [UInt8]? {
    ciphertext.count % 16 == 0 ? Array(ciphertext) : nil
  }
}
