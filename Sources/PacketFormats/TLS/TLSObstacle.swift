/// Why a direction of a TLS connection, or a part of it, cannot be read.
public enum TLSObstacle: Hashable, Sendable {
  /// No key log has the secret of this connection, or had it before the first record that needs it.
  case noKey
  /// The key log has the secrets of the data, but not those of the handshake in front of it.
  case noHandshakeKey
  /// The hellos are not in the trace: nothing tells which secrets these are.
  case noHandshake
  /// A cipher suite that is not supported; IANA's number.
  case cipherSuite(UInt16)
  /// A version of TLS that is not supported; its number on the wire.
  case version(UInt16)
  /// TLS's own compression (RFC 3749).
  case compressed
  /// Records do not open with the secret the key log has.
  case wrongKey
  /// So many records are missing that those behind them do not open.
  case recordsLost
  /// A handshake within the encrypted stream, whose secrets the first hellos do not name.
  case renegotiation
  /// Data sent before the server's answer (RFC 8446 section 4.2.10).
  case earlyData

  /// A stable name for reports.
  public var name: String {
    switch self {
    case .noKey: "no key"
    case .noHandshakeKey: "no key of the handshake"
    case .noHandshake: "no handshake in the trace"
    case .cipherSuite(let number): "cipher suite 0x\(Self.hexadecimal(number))"
    case .version(let number): "version 0x\(Self.hexadecimal(number))"
    case .compressed: "compressed"
    case .wrongKey: "wrong key"
    case .recordsLost: "records lost"
    case .renegotiation: "renegotiated"
    case .earlyData: "early data"
    }
  }

  private static func hexadecimal(_ number: UInt16) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }
}
