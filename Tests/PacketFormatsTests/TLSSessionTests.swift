import PacketFormats
import Testing

/// What a session says of connections it cannot read, with a cryptography that opens nothing.
@Suite struct TLSSessionTests {
  private struct NoCryptography: TLSCryptography {
    func hmac(_ hash: TLSHash, key: [UInt8], _ data: [UInt8]) -> [UInt8] { [UInt8](repeating: 0, count: hash.length) }
    func open(
      _ cipher: TLSCipher, key: [UInt8], nonce: [UInt8], _ sealed: UnsafeRawBufferPointer, additionalData: [UInt8]
    ) -> [UInt8]? { nil }
    func decryptCBC(key: [UInt8], initialVector: [UInt8], _ ciphertext: UnsafeRawBufferPointer) -> [UInt8]? { nil }
  }

  static let random = [UInt8](repeating: 7, count: 32)
  static let clientHello = handshake(1, [3, 3] + random + [0, 0, 2, 0, 0, 1, 0])
  static let data = record(23, [UInt8](repeating: 9, count: 64))

  static func record(_ type: UInt8, _ bytes: [UInt8]) -> [UInt8] {
    [type, 3, 3, UInt8(bytes.count >> 8), UInt8(bytes.count & 0xff)] + bytes
  }

  static func handshake(_ type: UInt8, _ body: [UInt8]) -> [UInt8] {
    record(22, [type, 0, UInt8(body.count >> 8), UInt8(body.count & 0xff)] + body)
  }

  static func serverHello(version: [UInt8] = [3, 3], suite: [UInt8], compression: UInt8 = 0, is13: Bool = false)
    -> [UInt8]
  {
    let extensions: [UInt8] = is13 ? [0, 6, 0, 43, 0, 2, 3, 4] : []
    return handshake(2, version + random + [0] + suite + [compression] + extensions)
  }

  private struct Conversation {
    var session = TLSSession()
    var log = TLSKeyLog()

    mutating func read(_ record: [UInt8], side: Int) -> TLSSession.Outcome {
      record.withUnsafeBytes { session.read($0, side: side, keyLog: log, NoCryptography()) }
    }

    mutating func outcome(_ records: [(bytes: [UInt8], side: Int)]) -> TLSSession.Outcome? {
      var last: TLSSession.Outcome?
      for record in records { last = read(record.bytes, side: record.side) }
      return last
    }
  }

  static let master =
    "CLIENT_RANDOM \(String(repeating: "07", count: 32)) \(String(repeating: "01", count: 48))\n"

  @Test(arguments: [
    (serverHello(suite: [0x13, 0x04], is13: true), TLSObstacle.cipherSuite(0x1304)),
    (serverHello(suite: [0, 5]), .cipherSuite(5)), (serverHello(suite: [0x13, 1]), .cipherSuite(0x1301)),
    (serverHello(suite: [0xc0, 0x2f], is13: true), .cipherSuite(0xc02f)),
    (serverHello(version: [3, 1], suite: [0, 0x2f]), .version(0x0301)),
    (serverHello(version: [3, 2], suite: [0, 0x2f]), .version(0x0302)),
    (serverHello(suite: [0xc0, 0x2f], compression: 1), .compressed),
    (serverHello(suite: [0xc0, 0x2f]), .wrongKey), (serverHello(suite: [0xcc, 0xa8]), .wrongKey),
    (serverHello(suite: [0, 0x2f]), .wrongKey),
  ])
  func whatCannotBeReadHasItsReason(hello: [UInt8], obstacle: TLSObstacle) {
    var conversation = Conversation()
    conversation.log.add(Array(Self.master.utf8))
    let outcome = conversation.outcome([
      (Self.clientHello, 0), (hello, 1), (Self.record(20, [1]), 0), (Self.data, 0),
    ])
    #expect(outcome == .closed(obstacle))
  }

  @Test func aConnectionWithoutHellosIsSaidToHaveNone() {
    var conversation = Conversation()
    #expect(conversation.read(Self.data, side: 0) == .closed(.noHandshake))
    conversation = Conversation()
    #expect(
      conversation.outcome([(Self.serverHello(suite: [0xc0, 0x2f]), 1), (Self.data, 0)]) == .closed(.noHandshake))
  }

  @Test func dataInFrontOfTheServersHelloIsMissed() {
    var conversation = Conversation()
    #expect(conversation.outcome([(Self.clientHello, 0), (Self.data, 0)]) == .missed(.earlyData))
    #expect(conversation.read(Self.data, side: 1) == .closed(.noHandshake))
  }

  @Test func aHelloInPiecesIsPutTogether() {
    var conversation = Conversation()
    let hello = Array(Self.clientHello.dropFirst(5))
    for byte in hello { #expect(conversation.read(Self.record(22, [byte]), side: 0) == .control) }
    #expect(conversation.outcome([(Self.serverHello(suite: [0, 5]), 1), (Self.data, 1)]) == .closed(.cipherSuite(5)))
  }

  @Test(
    arguments: [
      [], [22], [22, 3, 3, 0, 0], [22, 3, 3, 0, 4, 1, 0xff, 0xff, 0xff], [22, 3, 3, 0, 5, 2, 0, 0, 1, 3],
      handshake(2, [3, 3] + random), handshake(2, [3, 3] + random + [200, 1]), handshake(1, [3, 3]),
      handshake(2, [3, 3] + random + [0, 0, 5, 0, 0, 9, 0, 43, 0, 200, 3]), [21, 3, 3, 0, 2, 2, 40],
      [99, 3, 3, 0, 1, 1],
    ] as [[UInt8]])
  func aHandshakeThatLiesIsNone(record: [UInt8]) {
    var conversation = Conversation()
    for _ in 0..<3 { _ = conversation.read(record, side: 0) }
    switch conversation.read(Self.data, side: 0) {
    case .closed, .missed: break
    case .data, .control: Issue.record("read without a key")
    }
  }

  @Test func everyObstacleHasItsOwnName() {
    let all: [TLSObstacle] = [
      .noKey, .noHandshakeKey, .noHandshake, .cipherSuite(5), .cipherSuite(0x1304), .version(0x0301), .compressed,
      .wrongKey, .recordsLost, .renegotiation, .earlyData,
    ]
    #expect(Set(all.map(\.name)).count == all.count)
    #expect(TLSObstacle.cipherSuite(5).name == "cipher suite 0x0005")
  }
}
