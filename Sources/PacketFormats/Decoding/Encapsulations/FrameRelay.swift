/// Frame Relay with the encapsulation of RFC 2427, or that of Cisco's routers, which put an EtherType in its place.
enum FrameRelay {
  @inline(never)
  static func decode(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    guard bytes.enter() else { return .other(.nestedTooDeeply) }
    // Two to four bytes of address (ITU-T Q.922 section 3.3), of which the last one is odd.
    var offset = start
    repeat {
      guard offset - start < 4 else { return .other(.frameRelay) }
      guard bytes.left(from: offset) >= 1 else {
        return bytes.tooShort(.frameRelay, at: start, required: offset - start + 1)
      }
      offset += 1
    } while bytes.byte(offset - 1) & 1 == 0
    guard bytes.left(from: offset) >= 2 else {
      return bytes.tooShort(.frameRelay, at: start, required: offset - start + 2)
    }
    guard bytes.byte(offset) == 0x03 else {
      let type = bytes.word16(offset)
      return type >= 0x0600 ? InnerLayer.etherType(type, bytes, at: offset + 2) : .other(.frameRelay)
    }
    // A zero may follow the control byte, to make the header's length even.
    offset += bytes.byte(offset + 1) == 0 ? 2 : 1
    guard bytes.left(from: offset) >= 1 else {
      return bytes.tooShort(.frameRelay, at: start, required: offset - start + 1)
    }
    return network(bytes.byte(offset), bytes, at: offset + 1, padding: 0) ?? .other(.frameRelay)
  }

  /// Goes on from a network layer's number of ISO/IEC TR 9577; nil for none that carries IP.
  /// - Parameter padding: bytes in front of a bridged Ethernet frame.
  static func network(_ number: UInt8, _ bytes: FrameBytes, at offset: Int, padding: Int) -> FrameContent? {
    switch number {
    case 0x80: return LogicalLink.subnetwork(bytes, at: offset, header: offset, padding: padding)
    case 0x8e: return InnerLayer.ipv6(bytes, at: offset)
    case 0xcc: return InnerLayer.ipv4(bytes, at: offset)
    case 0xcf: return PointToPoint.ppp(bytes, at: offset)
    default: return nil
    }
  }
}
