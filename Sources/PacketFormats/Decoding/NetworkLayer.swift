import Primitives

/// IPv4 (RFC 791) and IPv6 (RFC 8200) headers.
enum NetworkLayer {
  struct Addresses {
    let source: IPAddress
    let destination: IPAddress
  }

  static func ipv4(_ bytes: inout FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 20 else { return bytes.tooShort(.ipv4, at: start, required: 20) }
    let versionAndLength = bytes.byte(start)
    guard versionAndLength >> 4 == 4 else { return .other(.unexpectedIPVersion) }
    let headerLength = Int(versionAndLength & 0x0f) * 4
    guard headerLength >= 20 else {
      return .malformed(
        FrameError(layer: .ipv4, offset: start, required: 20, available: headerLength, source: .ipv4HeaderLength))
    }
    guard bytes.left(from: start) >= headerLength else {
      return bytes.tooShort(.ipv4, at: start, required: headerLength)
    }
    let totalLength = Int(bytes.word16(start + 2))
    // 0: recorded before the network card split the data into segments (TSO), so the frame's length is the truth.
    if totalLength != 0 {
      guard totalLength >= headerLength else {
        return .malformed(
          FrameError(
            layer: .ipv4, offset: start, required: headerLength, available: totalLength, source: .ipv4TotalLength))
      }
      bytes.limit(to: totalLength, from: start, source: .ipv4TotalLength)
    }
    // More fragments, or an offset other than 0.
    guard bytes.word16(start + 6) & 0x3fff == 0 else { return .fragment }
    let addresses = Addresses(
      source: IPAddress(v4: bytes.word32(start + 12)), destination: IPAddress(v4: bytes.word32(start + 16)))
    bytes.identification = bytes.word16(start + 4)
    return transport(bytes.byte(start + 9), bytes, at: start + headerLength, addresses)
  }

  static func ipv6(_ bytes: inout FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= 40 else { return bytes.tooShort(.ipv6, at: start, required: 40) }
    guard bytes.byte(start) >> 4 == 6 else { return .other(.unexpectedIPVersion) }
    let payloadLength = Int(bytes.word16(start + 4))
    // 0: a jumbogram (RFC 2675) or data recorded before its split into segments.
    if payloadLength != 0 {
      bytes.limit(to: payloadLength, from: start + 40, source: .ipv6PayloadLength)
    }
    let addresses = Addresses(
      source: IPAddress(v6High: bytes.word64(start + 8), low: bytes.word64(start + 16)),
      destination: IPAddress(v6High: bytes.word64(start + 24), low: bytes.word64(start + 32)))
    bytes.identification = 0
    var next = bytes.byte(start + 6)
    var offset = start + 40
    while let length = extensionLength(next, bytes, at: offset) {
      guard bytes.left(from: offset) >= length else {
        return bytes.tooShort(.ipv6Extension, at: offset, required: length)
      }
      // An atomic fragment (RFC 6946: offset 0, none to follow) holds its whole datagram.
      if next == fragmentHeader, bytes.word16(offset + 2) & 0xfff9 != 0 { return .fragment }
      next = bytes.byte(offset)
      offset += length
    }
    return transport(next, bytes, at: offset, addresses)
  }

  private static let fragmentHeader: UInt8 = 44

  /// The length of the extension header `type` at `offset`, 8 where it can't be read; nil for any other protocol.
  ///
  /// At least 8 each, so a chain of them ends with the frame.
  private static func extensionLength(_ type: UInt8, _ bytes: FrameBytes, at offset: Int) -> Int? {
    switch type {
    // Hop-by-hop options, routing, destination options, mobility, HIP, shim6: RFC 8200 section 4, RFC 7045.
    case 0, 43, 60, 135, 139, 140:
      return bytes.left(from: offset) >= 2 ? Int(bytes.byte(offset + 1)) * 8 + 8 : 8
    case fragmentHeader: return 8
    // Authentication header: counted in words of four bytes (RFC 4302, section 2.2).
    case 51: return bytes.left(from: offset) >= 2 ? max(8, Int(bytes.byte(offset + 1)) * 4 + 8) : 8
    default: return nil
    }
  }

  @inline(__always)
  private static func transport(
    _ number: UInt8, _ bytes: FrameBytes, at offset: Int, _ addresses: Addresses
  ) -> FrameContent {
    switch number {
    case 17: TransportLayer.udp(bytes, at: offset, addresses)
    case 6: TransportLayer.tcp(bytes, at: offset, addresses)
    case 1, 58: .other(.icmp)
    case 2: .other(.igmp)
    case 4, 41: .other(.ipInIP)
    case 47: .other(.gre)
    case 50, 51: .other(.ipsec)
    case 59: .other(.noNextHeader)
    case 132: .other(.sctp)
    default: .other(.unknownIPProtocol)
    }
  }
}
