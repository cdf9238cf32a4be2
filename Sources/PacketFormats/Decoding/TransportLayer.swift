import Primitives

/// UDP (RFC 768) and TCP (RFC 9293) headers.
enum TransportLayer {
  static func udp(_ bytes: FrameBytes, at start: Int, _ addresses: NetworkLayer.Addresses) -> FrameContent {
    guard bytes.left(from: start) >= 8 else { return bytes.tooShort(.udp, at: start, required: 8) }
    let length = Int(bytes.word16(start + 4))
    var end = bytes.end
    var isCut = bytes.missing > 0
    // 0: longer than 65,535 bytes (RFC 2675), or recorded before the length was filled in.
    if length != 0 {
      guard length >= 8 else {
        return .malformed(
          FrameError(layer: .udp, offset: start, required: 8, available: length, source: .udpLength))
      }
      isCut = start + length > end
      end = min(end, start + length)
    }
    return .udp(
      UDPDatagram(
        source: IPEndpoint(address: addresses.source, port: bytes.word16(start)),
        destination: IPEndpoint(address: addresses.destination, port: bytes.word16(start + 2)),
        payload: start + 8..<end, isCut: isCut, identification: bytes.identification))
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
}
