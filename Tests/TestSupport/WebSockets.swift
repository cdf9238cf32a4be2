/// Builds WebSocket handshakes and frames (RFC 6455), right ones and wrong ones.
public enum WebSockets {
  /// What a client asks with.
  public static let request = Array(
    """
    GET /ws HTTP/1.1\r
    Host: pbx.example.com\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
    Sec-WebSocket-Protocol: sip\r
    Sec-WebSocket-Version: 13\r
    \r\n
    """.utf8)

  /// What a server says yes with.
  public static let response = Array(
    """
    HTTP/1.1 101 Switching Protocols\r
    Upgrade: websocket\r
    Connection: Upgrade\r
    Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r
    Sec-WebSocket-Protocol: sip\r
    \r\n
    """.utf8)

  /// One frame.
  /// - Parameters:
  ///   - opcode: 1 is text, 0 a continuation, 9 a ping.
  ///   - flags: the four bits in front of the opcode; 8 is FIN, 4 RSV1.
  ///   - mask: what a client masks with; nil for a server.
  ///   - width: bytes of the extended length, 0, 2 or 8; nil for the right one.
  ///   - length: what the header claims; nil for the truth.
  public static func frame(
    _ payload: [UInt8], opcode: UInt8 = 1, flags: UInt8 = 8, mask: [UInt8]? = nil, width: Int? = nil,
    length: UInt64? = nil
  ) -> [UInt8] {
    let claimed = length ?? UInt64(payload.count)
    let width = width ?? (claimed < 126 ? 0 : claimed < 65_536 ? 2 : 8)
    var bytes = ByteWriter()
    bytes.byte(flags << 4 | opcode)
    let masked: UInt8 = mask == nil ? 0 : 0x80
    switch width {
    case 0: bytes.byte(masked | UInt8(truncatingIfNeeded: claimed))
    case 2:
      bytes.byte(masked | 126)
      bytes.word16(UInt16(truncatingIfNeeded: claimed))
    default:
      bytes.byte(masked | 127)
      bytes.word64(claimed)
    }
    guard let mask else { return bytes.bytes + payload }
    return bytes.bytes + mask + payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
  }
}
