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
      value = Self.mark(
        of: payload, source.address.low << 32 | destination.address.low,
        Self.ports(source, destination) << 32 | UInt64(datagram.identification))
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

  private static func ends(_ source: IPEndpoint, _ destination: IPEndpoint, _ identification: UInt16) -> WideHash {
    var hash = WideHash()
    hash.add(source.address.high, source.address.low)
    hash.add(destination.address.high, destination.address.low)
    hash.add(ports(source, destination), UInt64(identification))
    return hash
  }

  /// Three instructions for every eight bytes, half of what `WideHash` takes: every SIP packet of a trace is marked.
  ///
  /// Four lanes, so that the multiplications overlap. A word that differs makes its lane differ, whatever it is; that
  /// several cancel each other out is a matter of chance.
  private static func mark(of payload: UnsafeRawBufferPointer, _ first: UInt64, _ second: UInt64) -> UInt64 {
    let count = payload.count
    guard count >= 32 else { return WideHash.value(first, second, payload) }
    var (one, two) = (first &* factor, second &* factor)
    var (three, four) = (~one, UInt64(truncatingIfNeeded: count))
    let last = count &- 32
    var offset = 0
    while true {
      one = folded(one, payload, offset)
      two = folded(two, payload, offset &+ 8)
      three = folded(three, payload, offset &+ 16)
      four = folded(four, payload, offset &+ 24)
      // The last step may overlap the one before: that is cheaper than going on in smaller ones.
      guard offset < last else { break }
      offset = min(offset &+ 32, last)
    }
    let (odd, even) = (one ^ three &<< 23 ^ three &>> 41, two ^ four &<< 31 ^ four &>> 33)
    let product = (odd ^ factor).multipliedFullWidth(by: even ^ first ^ second)
    return product.high ^ product.low ^ odd
  }

  private static var factor: UInt64 { 0x9e37_79b9_7f4a_7c15 }

  @inline(__always)
  private static func folded(_ lane: UInt64, _ payload: UnsafeRawBufferPointer, _ offset: Int) -> UInt64 {
    ((lane &<< 27 | lane &>> 37) ^ payload.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) &* factor
  }

  @inline(__always)
  private static func ports(_ source: IPEndpoint, _ destination: IPEndpoint) -> UInt64 {
    UInt64(source.port) << 16 | UInt64(destination.port)
  }
}
