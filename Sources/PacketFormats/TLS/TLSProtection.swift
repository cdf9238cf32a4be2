/// The keys of one direction, and how they open its records.
struct TLSProtection: Sendable {
  struct Opened {
    let type: UInt8
    let bytes: [UInt8]
  }

  private let suite: TLSCipherSuite
  private let key: [UInt8]
  private let vector: [UInt8]
  private let macKey: [UInt8]
  private let isEncryptThenMAC: Bool
  private let cryptography: any TLSCryptography

  /// Keys of TLS 1.3, from a traffic secret (RFC 8446 section 7.3).
  init(_ suite: TLSCipherSuite, trafficSecret: [UInt8], _ cryptography: any TLSCryptography) {
    let schedule = TLSKeySchedule(cryptography: cryptography)
    self.suite = suite
    key = schedule.expand(suite.hash, secret: trafficSecret, label: "key", count: suite.keyLength)
    vector = schedule.expand(suite.hash, secret: trafficSecret, label: "iv", count: 12)
    macKey = []
    isEncryptThenMAC = false
    self.cryptography = cryptography
  }

  /// Keys of TLS 1.2, from the master secret (RFC 5246 section 6.3).
  /// - Parameter randoms: the server's, then the client's.
  init(
    _ suite: TLSCipherSuite, masterSecret: [UInt8], randoms: [UInt8], isClient: Bool, isEncryptThenMAC: Bool,
    _ cryptography: any TLSCryptography
  ) {
    let macLength: Int
    let vectorLength: Int
    switch suite.protection {
    case .aead(.aesGCM): (macLength, vectorLength) = (0, 4)
    case .aead(.chaCha20Poly1305): (macLength, vectorLength) = (0, 12)
    case .cbc(let hash): (macLength, vectorLength) = (hash.length, 0)
    }
    let block = TLSKeySchedule(cryptography: cryptography).pseudorandom(
      suite.hash, secret: masterSecret, label: "key expansion", seed: randoms,
      count: 2 * (macLength + suite.keyLength + vectorLength))
    var offset = 0
    func take(_ length: Int) -> [UInt8] {
      let start = offset + (isClient ? 0 : length)
      offset += 2 * length
      return Array(block[start..<start + length])
    }
    self.suite = suite
    macKey = take(macLength)
    key = take(suite.keyLength)
    vector = take(vectorLength)
    self.isEncryptThenMAC = isEncryptThenMAC
    self.cryptography = cryptography
  }

  /// Opens one record, header included; nil when it does not open with these keys and this number.
  func open(_ record: UnsafeRawBufferPointer, sequence: UInt64) -> Opened? {
    guard record.count > 5 else { return nil }
    switch suite.protection {
    case .aead(let cipher): return suite.isOf13 ? open13(record, cipher, sequence) : open12(record, cipher, sequence)
    case .cbc(let hash): return openCBC(record, hash, sequence)
    }
  }

  /// RFC 8446 section 5.2: the type is the last byte that is not zero.
  private func open13(_ record: UnsafeRawBufferPointer, _ cipher: TLSCipher, _ sequence: UInt64) -> Opened? {
    let sealed = UnsafeRawBufferPointer(rebasing: record[5...])
    guard
      let inner = cryptography.open(
        cipher, key: key, nonce: nonce(sequence), sealed, additionalData: Array(record[..<5])),
      let end = inner.lastIndex(where: { $0 != 0 })
    else { return nil }
    return Opened(type: inner[end], bytes: Array(inner[..<end]))
  }

  /// RFC 5288 section 3 and RFC 7905 section 2.
  private func open12(_ record: UnsafeRawBufferPointer, _ cipher: TLSCipher, _ sequence: UInt64) -> Opened? {
    let explicit: Int
    switch cipher {
    case .aesGCM: explicit = 8
    case .chaCha20Poly1305: explicit = 0
    }
    let length = record.count - 5 - explicit - 16
    guard length >= 0 else { return nil }
    let sealed = UnsafeRawBufferPointer(rebasing: record[(5 + explicit)...])
    let bytes = cryptography.open(
      cipher, key: key, nonce: explicit == 0 ? nonce(sequence) : vector + record[5..<13], sealed,
      additionalData: Self.header(sequence, record, length))
    return bytes.map { Opened(type: record[0], bytes: $0) }
  }

  /// RFC 5246 section 6.2.3.2, RFC 7366 where the MAC is over the ciphertext.
  private func openCBC(_ record: UnsafeRawBufferPointer, _ hash: TLSHash, _ sequence: UInt64) -> Opened? {
    let tail = isEncryptThenMAC ? hash.length : 0
    let end = record.count - tail
    guard end >= 5 + 32, (end - 5) % 16 == 0 else { return nil }
    if isEncryptThenMAC {
      let covered = Self.header(sequence, record, end - 5) + record[5..<end]
      guard cryptography.hmac(hash, key: macKey, covered).elementsEqual(record[end...]) else { return nil }
    }
    guard
      var plain = cryptography.decryptCBC(
        key: key, initialVector: Array(record[5..<21]), UnsafeRawBufferPointer(rebasing: record[21..<end])),
      let padding = plain.last, Int(padding) + 1 <= plain.count
    else { return nil }
    plain.removeLast(Int(padding) + 1)
    guard !isEncryptThenMAC else { return Opened(type: record[0], bytes: plain) }
    guard plain.count >= hash.length else { return nil }
    let content = Array(plain.dropLast(hash.length))
    let covered = Self.header(sequence, record, content.count) + content
    guard cryptography.hmac(hash, key: macKey, covered).elementsEqual(plain.suffix(hash.length)) else { return nil }
    return Opened(type: record[0], bytes: content)
  }

  /// The record's number over the vector (RFC 8446 section 5.3).
  private func nonce(_ sequence: UInt64) -> [UInt8] {
    var nonce = vector
    for index in 0..<min(8, nonce.count) {
      nonce[nonce.count - 1 - index] ^= UInt8(truncatingIfNeeded: sequence >> UInt64(8 * index))
    }
    return nonce
  }

  /// What is authenticated with the bytes: number, type, version, length.
  private static func header(_ sequence: UInt64, _ record: UnsafeRawBufferPointer, _ length: Int) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: sequence >> UInt64(56 - 8 * $0)) } + record[..<3]
      + [UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length)]
  }
}
