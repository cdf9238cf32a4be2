import PacketFormats
import Primitives

/// A 64-bit mark of a packet: equal for copies of one packet, and different for two packets but by chance.
///
/// Not cryptographic: who writes the packets can make two of the same mark, and so hide one packet of his own within
/// the window of another.
struct PacketMark {
  private var hash = WideHash()

  /// A mark of what the copies of a packet share: neither link header nor VLAN tag, hop limit or checksum.
  init(_ datagram: UDPDatagram, payload: UnsafeRawBufferPointer) {
    add(datagram.source, datagram.destination, datagram.identification)
    hash.add(payload)
  }

  /// The same for a segment, whose numbers and flags count too.
  init(_ segment: TCPSegment, payload: UnsafeRawBufferPointer) {
    add(segment.source, segment.destination, segment.identification)
    hash.add(UInt64(segment.sequence) << 32 | UInt64(segment.acknowledgment), UInt64(segment.flags.rawValue))
    hash.add(payload)
  }

  var value: UInt64 { hash.value }

  private mutating func add(_ source: IPEndpoint, _ destination: IPEndpoint, _ identification: UInt16) {
    let ports = UInt64(source.port) << 16 | UInt64(destination.port)
    switch (source.address.family, destination.address.family) {
    case (.v4, .v4):
      // Their families take the place of the halves that IPv4 has not.
      hash.add(source.address.low << 32 | destination.address.low, ports << 32 | UInt64(identification) << 8 | 4)
    case (.v4, .v6), (.v6, .v4), (.v6, .v6):
      hash.add(source.address.high, source.address.low)
      hash.add(destination.address.high, destination.address.low)
      hash.add(ports, UInt64(identification))
    }
  }
}
