public import Primitives

extension Packets {
  /// One fragment as an IP packet, of the addresses' family.
  /// - Parameter offset: in bytes, a multiple of 8.
  public static func fragment(
    _ payload: [UInt8], offset: Int, hasMore: Bool, identification: UInt32 = 1, protocolNumber: UInt8 = 17,
    from source: IPAddress, to destination: IPAddress
  ) -> [UInt8] {
    let field = UInt16(truncatingIfNeeded: offset)
    switch source.family {
    case .v4:
      return ipv4(
        payload, protocolNumber: protocolNumber, from: source, to: destination,
        fragment: field / 8 | (hasMore ? 0x2000 : 0), identification: UInt16(truncatingIfNeeded: identification))
    case .v6:
      var header = ByteWriter()
      header.word16(0)
      header.word16(field & 0xfff8 | (hasMore ? 1 : 0))
      header.word32(identification)
      return ipv6(
        payload, protocolNumber: protocolNumber, from: source, to: destination, extensions: [(44, header.bytes)])
    }
  }

  /// A datagram's payload in fragments that begin at the offsets, the first at 0, all multiples of 8.
  public static func fragments(
    _ payload: [UInt8], at offsets: [Int], identification: UInt32 = 1, protocolNumber: UInt8 = 17,
    from source: IPAddress, to destination: IPAddress
  ) -> [[UInt8]] {
    zip(offsets, offsets.dropFirst() + [payload.count]).map { start, end in
      fragment(
        Array(payload[start..<end]), offset: start, hasMore: end < payload.count, identification: identification,
        protocolNumber: protocolNumber, from: source, to: destination)
    }
  }
}
