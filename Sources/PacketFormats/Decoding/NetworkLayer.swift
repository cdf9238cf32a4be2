import Primitives

/// IPv4 (RFC 791) and IPv6 (RFC 8200) headers.
enum NetworkLayer {
  struct Addresses {
    let source: IPAddress
    let destination: IPAddress
  }

  @inline(__always)
  static func ipv4(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
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
    let addresses = Addresses(
      source: IPAddress(v4: bytes.word32(start + 12)), destination: IPAddress(v4: bytes.word32(start + 16)))
    bytes.identification = bytes.word16(start + 4)
    // More fragments, or an offset other than 0.
    let fragmentation = bytes.word16(start + 6)
    guard fragmentation & 0x3fff == 0 else {
      let part = Part(
        header: start, payload: start + headerLength, protocolNumber: bytes.byte(start + 9),
        identification: UInt32(bytes.identification), offset: Int(fragmentation & 0x1fff) * 8,
        hasMore: fragmentation & 0x2000 != 0)
      return fragment(part, bytes, addresses)
    }
    return transport(bytes.byte(start + 9), bytes, at: start + headerLength, addresses)
  }

  static func ipv6(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
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
    return ipv6Payload(bytes.byte(start + 6), bytes, at: start + 40, addresses)
  }

  /// Goes on from a Next Header through the extension headers, which end with the frame: each has 8 bytes or more.
  @inline(__always)
  static func ipv6Payload(
    _ first: UInt8, _ bytes: FrameBytes, at start: Int, _ addresses: Addresses
  ) -> FrameContent {
    var next = first
    var offset = start
    while let length = extensionLength(next, bytes, at: offset) {
      guard bytes.left(from: offset) >= length else {
        return bytes.tooShort(.ipv6Extension, at: offset, required: length)
      }
      // An atomic fragment (RFC 6946: offset 0, none to follow) holds its whole datagram.
      if next == fragmentHeader, bytes.word16(offset + 2) & 0xfff9 != 0 {
        let fragmentation = bytes.word16(offset + 2)
        let part = Part(
          header: offset, payload: offset + 8, protocolNumber: bytes.byte(offset),
          identification: bytes.word32(offset + 4), offset: Int(fragmentation & 0xfff8),
          hasMore: fragmentation & 1 == 1)
        return fragment(part, bytes, addresses)
      }
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
  static func transport(
    _ number: UInt8, _ bytes: FrameBytes, at offset: Int, _ addresses: Addresses
  ) -> FrameContent {
    switch number {
    case 17: TransportLayer.udp(bytes, at: offset, addresses)
    case 6: TransportLayer.tcp(bytes, at: offset, addresses)
    default: rareProtocol(number, bytes, at: offset, addresses)
    }
  }

  /// Protocol numbers as IANA assigned them.
  @inline(never)
  private static func rareProtocol(
    _ number: UInt8, _ bytes: FrameBytes, at offset: Int, _ addresses: Addresses
  ) -> FrameContent {
    var bytes = bytes
    switch number {
    case 132: return TransportLayer.sctp(bytes, at: offset, addresses)
    case 1, 58: return .other(.icmp)
    case 2: return .other(.igmp)
    case 50: return .other(.ipsec)
    case 59: return .other(.noNextHeader)
    case 4, 41, 47, 51, 97, 137: break
    default: return .other(.unknownIPProtocol)
    }
    guard bytes.enter() else { return .other(.nestedTooDeeply) }
    switch number {
    case 4: return InnerLayer.ipv4(bytes, at: offset)
    case 41: return InnerLayer.ipv6(bytes, at: offset)
    case 47: return GenericRouting.decode(bytes, at: offset)
    case 51: return authenticated(bytes, at: offset, addresses)
    // EtherIP (RFC 3378): version 3 and 12 bits of nothing, then a frame.
    case 97:
      guard bytes.left(from: offset) >= 2 else { return bytes.tooShort(.etherIP, at: offset, required: 2) }
      guard bytes.byte(offset) >> 4 == 3 else { return .other(.unknownTunnelPayload) }
      return InnerLayer.ethernet(bytes, at: offset + 2)
    // MPLS in IP (RFC 4023).
    default: return LabelSwitching.decode(bytes, at: offset)
    }
  }

  /// Steps over an authentication header (RFC 4302), which hides nothing. Over IPv6 the chain of headers did so.
  private static func authenticated(
    _ bytes: FrameBytes, at start: Int, _ addresses: Addresses
  ) -> FrameContent {
    guard bytes.left(from: start) >= 12 else {
      return bytes.tooShort(.authenticationHeader, at: start, required: 12)
    }
    let length = Int(bytes.byte(start + 1)) * 4 + 8
    guard length >= 12 else {
      return .malformed(
        FrameError(
          layer: .authenticationHeader, offset: start, required: 12, available: length, source: .authenticationLength))
    }
    guard bytes.left(from: start) >= length else {
      return bytes.tooShort(.authenticationHeader, at: start, required: length)
    }
    return transport(bytes.byte(start), bytes, at: start + length, addresses)
  }

  /// What the header of a fragment says.
  private struct Part {
    let header: Int
    let payload: Int
    let protocolNumber: UInt8
    let identification: UInt32
    let offset: Int
    let hasMore: Bool
  }

  @inline(never)
  private static func fragment(_ part: Part, _ bytes: FrameBytes, _ addresses: Addresses) -> FrameContent {
    let payload = part.payload..<max(part.payload, bytes.end)
    let length = payload.count + bytes.missing
    // All but the last are multiples of 8 bytes (RFC 791 section 3.2, RFC 8200 section 4.5).
    let whole = max(8, (length + 7) / 8 * 8)
    if part.hasMore, length != whole {
      return .malformed(
        FrameError(
          layer: .ipFragment, offset: part.header, required: whole, available: length, source: bytes.source))
    }
    let end = part.offset + length
    guard end <= FragmentReassembler.datagramLengthMax else {
      return .malformed(
        FrameError(
          layer: .ipFragment, offset: part.header, required: end, available: FragmentReassembler.datagramLengthMax,
          source: .largestDatagram))
    }
    return .fragment(
      IPFragment(
        source: addresses.source, destination: addresses.destination, protocolNumber: part.protocolNumber,
        identification: part.identification, offset: part.offset, hasMore: part.hasMore, payload: payload,
        lengthOnWire: length))
  }
}
