/// One TLS connection, read with the secrets of a key log: records in, plaintext out.
///
/// Secrets are looked up when the first record needs them. In TLS 1.2 that is the first with data, in TLS 1.3 the first
/// behind the server's hello; a key log that comes a little later still serves what follows it.
public struct TLSSession: Sendable {
  /// What became of a record.
  public enum Outcome: Hashable, Sendable {
    /// Bytes of what the connection carries.
    case data([UInt8])
    /// Read, and of TLS's own: handshakes, alerts, changes of keys.
    case control
    /// This one is not read, for that reason; those behind it may be.
    case missed(TLSObstacle)
    /// Neither this one nor any behind it can be read.
    case closed(TLSObstacle)
  }

  /// How many numbers are tried for a record behind a gap.
  static let lostRecordsMax: UInt64 = 64
  /// How many records of a direction may fail to open before it is given up: those of a handshake without its secret.
  static let unopenedMax = 32
  /// Longest handshake message waited for: hellos are short, chains of certificates may be long.
  private static let handshakeBytesMax = 128 * 1024

  private var clientSide: Int?
  private var clientRandom: [UInt8] = []
  private var server: TLSHello.Server?
  private var sides = [TLSSessionSide(), TLSSessionSide()]

  /// Nothing of the connection was seen yet.
  public init() {}

  /// Bytes of handshakes kept until their messages are whole.
  public var heldByteCount: Int { sides.reduce(0) { $0 + $1.handshake.count } }

  /// Notes that bytes of a direction are missing in front of its next record.
  public mutating func lose(side: Int) {
    guard sides.indices.contains(side) else { return }
    sides[side].hasGap = true
    sides[side].handshake = []
  }

  /// Reads one whole record.
  ///
  /// - Parameters:
  ///   - record: with its header of five bytes.
  ///   - side: 0 or 1: which direction sent it.
  public mutating func read(
    _ record: UnsafeRawBufferPointer, side: Int, keyLog: TLSKeyLog, _ cryptography: any TLSCryptography
  ) -> Outcome {
    guard sides.indices.contains(side), record.count > 5 else { return .control }
    let is13 = server.map { $0.version == 0x0304 } ?? false
    switch record[0] {
    case 20 where is13: return .control
    case 20 where !sides[side].isEncrypted:
      sides[side].isEncrypted = true
      sides[side].sequence = 0
      return .control
    case 21 where is13, 21 where !sides[side].isEncrypted: return .control
    case 22 where is13, 22 where !sides[side].isEncrypted:
      readHandshake(UnsafeRawBufferPointer(rebasing: record[5...]), side: side)
      return .control
    case 23 where !sides[side].isEncrypted: sides[side].isEncrypted = true
    default: break
    }
    return open(record, side: side, keyLog, cryptography)
  }

  private mutating func readHandshake(_ bytes: UnsafeRawBufferPointer, side: Int) {
    guard sides[side].handshake.count + bytes.count <= Self.handshakeBytesMax else {
      sides[side].handshake = []
      return
    }
    sides[side].handshake += bytes
    var rest = sides[side].handshake[...]
    while rest.count >= 4 {
      let start = rest.startIndex
      let length = rest[start + 1..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      guard rest.count >= 4 + length else { break }
      take(TLSHello(type: rest[start], rest[start + 4..<start + 4 + length]), side: side)
      rest = rest.dropFirst(4 + length)
    }
    if rest.count < sides[side].handshake.count { sides[side].handshake = Array(rest) }
  }

  private mutating func take(_ hello: TLSHello?, side: Int) {
    switch hello {
    case .client(let random):
      clientSide = side
      clientRandom = random
    case .server(let hello):
      clientSide = 1 - side
      server = hello
    case .retry, nil: break
    }
  }
}

extension TLSSession {
  private mutating func open(
    _ record: UnsafeRawBufferPointer, side: Int, _ keyLog: TLSKeyLog, _ cryptography: any TLSCryptography
  ) -> Outcome {
    guard let clientSide, !clientRandom.isEmpty else { return .closed(.noHandshake) }
    guard let server else {
      return side == clientSide ? miss(.earlyData, side: side) : .closed(.noHandshake)
    }
    guard server.version == 0x0303 || server.version == 0x0304 else { return .closed(.version(server.version)) }
    guard !server.isCompressed else { return .closed(.compressed) }
    guard let suite = TLSCipherSuite(server.cipherSuite), suite.isOf13 == (server.version == 0x0304) else {
      return .closed(.cipherSuite(server.cipherSuite))
    }
    if sides[side].candidates.isEmpty {
      let secrets = keyLog.secrets(of: clientRandom)
      sides[side].candidates =
        suite.isOf13
        ? candidates13(suite, secrets, isClient: side == clientSide, cryptography)
        : candidates12(suite, secrets, server, isClient: side == clientSide, cryptography)
    }
    guard !sides[side].candidates.isEmpty else { return withoutKey(record, side: side, isOf13: suite.isOf13) }
    guard let opened = sides[side].open(record, suite, cryptography) else {
      return unopened(side: side, isOf13: suite.isOf13)
    }
    sides[side].unopened = 0
    switch opened.type {
    case 23: return .data(opened.bytes)
    // A client's or server's hello within the stream.
    case 22 where !suite.isOf13 && (opened.bytes.first == 1 || opened.bytes.first == 2): return .closed(.renegotiation)
    default: return .control
    }
  }

  private func candidates13(
    _ suite: TLSCipherSuite, _ secrets: TLSKeyLog.Secrets?, isClient: Bool, _ cryptography: any TLSCryptography
  ) -> [TLSSessionSide.Candidate] {
    guard let secrets, let traffic = isClient ? secrets.clientTraffic : secrets.serverTraffic else { return [] }
    let handshake = isClient ? secrets.clientHandshake : secrets.serverHandshake
    return [handshake, traffic].compactMap { $0 }.filter { $0.count == suite.hash.length }.map {
      .init(protection: TLSProtection(suite, trafficSecret: $0, cryptography), secret: $0, isData: $0 == traffic)
    }
  }

  private func candidates12(
    _ suite: TLSCipherSuite, _ secrets: TLSKeyLog.Secrets?, _ server: TLSHello.Server, isClient: Bool,
    _ cryptography: any TLSCryptography
  ) -> [TLSSessionSide.Candidate] {
    guard let master = secrets?.master else { return [] }
    let protection = TLSProtection(
      suite, masterSecret: master, randoms: server.random + clientRandom, isClient: isClient,
      isEncryptThenMAC: server.isEncryptThenMAC, cryptography)
    return [.init(protection: protection, secret: [], isData: true)]
  }

  /// The handshake of TLS 1.2 ends with one encrypted record, which nobody misses.
  private mutating func withoutKey(_ record: UnsafeRawBufferPointer, side: Int, isOf13: Bool) -> Outcome {
    guard isOf13 else {
      sides[side].sequence += 1
      return record[0] == 23 ? .closed(.noKey) : .control
    }
    // The numbers start anew with the keys of the data, and nobody tells when.
    sides[side].hasGap = true
    return miss(.noKey, side: side)
  }

  private mutating func unopened(side: Int, isOf13: Bool) -> Outcome {
    guard isOf13, let first = sides[side].candidates.first, first.isData, !sides[side].isDataOpen else {
      return .closed(sides[side].hasGap ? .recordsLost : .wrongKey)
    }
    return miss(.noHandshakeKey, side: side)
  }

  private mutating func miss(_ obstacle: TLSObstacle, side: Int) -> Outcome {
    sides[side].unopened += 1
    return sides[side].unopened > Self.unopenedMax
      ? .closed(obstacle == .noHandshakeKey ? .wrongKey : obstacle) : .missed(obstacle)
  }
}
