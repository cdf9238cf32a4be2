/// What the hellos of a connection agree on (RFC 5246 section 7.4.1, RFC 8446 section 4.1).
enum TLSHello: Hashable, Sendable {
  struct Server: Hashable, Sendable {
    let random: [UInt8]
    let version: UInt16
    let cipherSuite: UInt16
    let isCompressed: Bool
    let isEncryptThenMAC: Bool
  }

  /// The client's random.
  case client([UInt8])
  case server(Server)
  /// Asks for another hello of the client, with the random the first had (RFC 8446 section 4.1.3).
  case retry

  private static let retryRandom: [UInt8] = [
    0xcf, 0x21, 0xad, 0x74, 0xe5, 0x9a, 0x61, 0x11, 0xbe, 0x1d, 0x8c, 0x02, 0x1e, 0x65, 0xb8, 0x91,
    0xc2, 0xa2, 0x11, 0x16, 0x7a, 0xbb, 0x8c, 0x5e, 0x07, 0x9e, 0x09, 0xe2, 0xc8, 0xa8, 0x33, 0x9c,
  ]

  /// Reads the body of a handshake message; nil for any other message, and for lengths that lie.
  init?(type: UInt8, _ body: ArraySlice<UInt8>) {
    guard type == 1 || type == 2, body.count >= 34 else { return nil }
    let random = Array(body.dropFirst(2).prefix(32))
    if type == 1 {
      self = .client(random)
      return
    }
    guard random != Self.retryRandom else {
      self = .retry
      return
    }
    var rest = Reader(body.dropFirst(34))
    guard let session = rest.number(1), rest.skip(session), let suite = rest.number(2), let compression = rest.number(1)
    else { return nil }
    var version = UInt16(body[body.startIndex]) << 8 | UInt16(body[body.startIndex + 1])
    var isEncryptThenMAC = false
    _ = rest.number(2)
    while let type = rest.number(2), let length = rest.number(2), let value = rest.take(length) {
      switch (type, value.count) {
      case (22, _): isEncryptThenMAC = true
      case (43, 2): version = value.reduce(0) { $0 << 8 | UInt16($1) }
      default: break
      }
    }
    self = .server(
      Server(
        random: random, version: version, cipherSuite: UInt16(truncatingIfNeeded: suite),
        isCompressed: compression != 0, isEncryptThenMAC: isEncryptThenMAC))
  }

  private struct Reader {
    var bytes: ArraySlice<UInt8>
    init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

    mutating func number(_ width: Int) -> Int? {
      take(width)?.reduce(0) { $0 << 8 | Int($1) }
    }

    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
      guard count <= bytes.count else { return nil }
      defer { bytes = bytes.dropFirst(count) }
      return bytes.prefix(count)
    }

    mutating func skip(_ count: Int) -> Bool { take(count) != nil }
  }
}
