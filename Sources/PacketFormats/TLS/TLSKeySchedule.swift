/// What keys are made of secrets with.
struct TLSKeySchedule {
  let cryptography: any TLSCryptography

  /// The PRF of TLS 1.2 (RFC 5246 section 5).
  func pseudorandom(_ hash: TLSHash, secret: [UInt8], label: String, seed: [UInt8], count: Int) -> [UInt8] {
    let labelled = Array(label.utf8) + seed
    var link = cryptography.hmac(hash, key: secret, labelled)
    var output: [UInt8] = []
    while output.count < count {
      output += cryptography.hmac(hash, key: secret, link + labelled)
      link = cryptography.hmac(hash, key: secret, link)
    }
    return Array(output.prefix(count))
  }

  /// HKDF-Expand-Label of TLS 1.3, without a context (RFC 8446 section 7.1, RFC 5869 section 2.3).
  func expand(_ hash: TLSHash, secret: [UInt8], label: String, count: Int) -> [UInt8] {
    let name = Array("tls13 \(label)".utf8)
    let information =
      [UInt8(truncatingIfNeeded: count >> 8), UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: name.count)]
      + name + [0]
    var block: [UInt8] = []
    var output: [UInt8] = []
    var counter: UInt8 = 1
    while output.count < count, counter < 255 {
      block = cryptography.hmac(hash, key: secret, block + information + [counter])
      output += block
      counter += 1
    }
    return Array(output.prefix(count))
  }
}
