import Primitives

/// UDP (RFC 768), TCP (RFC 9293) and SCTP (RFC 9260) headers.
enum TransportLayer {
  @inline(__always)
  static func udp(_ bytes: FrameBytes, at start: Int, _ addresses: NetworkLayer.Addresses) -> FrameContent {
    var bytes = bytes
    guard bytes.left(from: start) >= 8 else { return bytes.tooShort(.udp, at: start, required: 8) }
    let length = Int(bytes.word16(start + 4))
    // 0: longer than 65,535 bytes (RFC 2675), or recorded before the length was filled in.
    if length != 0 {
      guard length >= 8 else {
        return .malformed(
          FrameError(layer: .udp, offset: start, required: 8, available: length, source: .udpLength))
      }
      bytes.limit(to: length, from: start, source: .udpLength)
    }
    let (source, destination) = (bytes.word16(start), bytes.word16(start + 2))
    if DatagramTunnel.isPort(destination) || DatagramTunnel.isPort(source),
      let inner = DatagramTunnel.decode(bytes, at: start + 8, source, destination, addresses)
    {
      return inner
    }
    return .udp(
      UDPDatagram(
        source: IPEndpoint(address: addresses.source, port: source),
        destination: IPEndpoint(address: addresses.destination, port: destination),
        payload: start + 8..<bytes.end, isCut: bytes.missing > 0, identification: bytes.identification))
  }

  static func tcp(_ bytes: FrameBytes, at start: Int, _ addresses: NetworkLayer.Addresses) -> FrameContent {
    guard bytes.left(from: start) >= 20 else { return bytes.tooShort(.tcp, at: start, required: 20) }
    let headerLength = Int(bytes.byte(start + 12) >> 4) * 4
    guard headerLength >= 20 else {
      return .malformed(
        FrameError(layer: .tcp, offset: start, required: 20, available: headerLength, source: .tcpDataOffset))
    }
    guard bytes.left(from: start) >= headerLength else {
      return bytes.tooShort(.tcp, at: start, required: headerLength)
    }
    let payload = start + headerLength..<bytes.end
    return .tcp(
      TCPSegment(
        source: IPEndpoint(address: addresses.source, port: bytes.word16(start)),
        destination: IPEndpoint(address: addresses.destination, port: bytes.word16(start + 2)),
        sequence: bytes.word32(start + 4), acknowledgment: bytes.word32(start + 8),
        flags: TCPFlags(rawValue: bytes.byte(start + 13)), payload: payload,
        lengthOnWire: payload.count + bytes.missing, identification: bytes.identification))
  }

  /// The header of RFC 9260 section 3.1; the chunks are for `SCTPAssembler`.
  static func sctp(_ bytes: FrameBytes, at start: Int, _ addresses: NetworkLayer.Addresses) -> FrameContent {
    guard bytes.left(from: start) >= 12 else { return bytes.tooShort(.sctp, at: start, required: 12) }
    let chunks = start + 12..<bytes.end
    return .sctp(
      SCTPPacket(
        source: IPEndpoint(address: addresses.source, port: bytes.word16(start)),
        destination: IPEndpoint(address: addresses.destination, port: bytes.word16(start + 2)),
        verificationTag: bytes.word32(start + 4), chunks: chunks, lengthOnWire: chunks.count + bytes.missing))
  }
}
