import PacketFormats
import Primitives

/// A 64-bit mark of a packet: equal for copies of one packet, and different for two packets but by chance.
///
/// Not cryptographic: who writes the packets can make two of the same mark, and so hide one packet of his own within
/// the window of another.
struct PacketMark {
  let value: UInt64

  /// A mark of what the copies of a packet share: neither link header nor VLAN tag, hop limit or checksum.
  init(_ datagram: UDPDatagram, payload: UnsafeRawBufferPointer) {
    let (source, destination) = (datagram.source, datagram.destination)
    switch (source.address.family, destination.address.family) {
    case (.v4, .v4):
      value = WideHash.value(
        source.address.low << 32 | destination.address.low,
        Self.ports(source, destination) << 32 | UInt64(datagram.identification), payload)
    case (.v4, .v6), (.v6, .v4), (.v6, .v6):
      var hash = Self.ends(source, destination, datagram.identification)
      hash.add(payload)
      value = hash.value
    }
  }

  /// The same for a segment, whose numbers and flags count too.
  init(_ segment: TCPSegment, payload: UnsafeRawBufferPointer) {
    var hash = Self.ends(segment.source, segment.destination, segment.identification)
    hash.add(UInt64(segment.sequence) << 32 | UInt64(segment.acknowledgment), UInt64(segment.flags.rawValue))
    hash.add(payload)
    value = hash.value
  }

  /// The same for bytes of a stream that were exported, which have no numbers any more.
  init(_ exported: ExportedMessage, payload: UnsafeRawBufferPointer) {
    var hash = Self.ends(exported.source, exported.destination, 0)
    hash.add(payload)
    value = hash.value
  }

  private static func ends(_ source: IPEndpoint, _ destination: IPEndpoint, _ identification: UInt16) -> WideHash {
    var hash = WideHash()
    hash.add(source.address.high, source.address.low)
    hash.add(destination.address.high, destination.address.low)
    hash.add(ports(source, destination), UInt64(identification))
    return hash
  }

  @inline(__always)
  private static func ports(_ source: IPEndpoint, _ destination: IPEndpoint) -> UInt64 {
    UInt64(source.port) << 16 | UInt64(destination.port)
  }
}
