import PacketFormats
import Primitives

/// A 64-bit mark of a packet: equal for copies of one packet, and different for two packets but by chance.
///
/// Not cryptographic: who writes the packets can make two of the same mark, and so hide one packet of his own within
/// the window of another.
struct PacketMark {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (
    0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0, 0x082e_fa98_ec4e_6c89
  )

  /// A mark of what the copies of a packet share: neither link header nor VLAN tag, hop limit or checksum.
  init(_ datagram: UDPDatagram, payload: UnsafeRawBufferPointer) {
    add(datagram.source, datagram.destination, datagram.identification)
    add(payload)
  }

  /// The same for a segment, whose numbers and flags count too.
  init(_ segment: TCPSegment, payload: UnsafeRawBufferPointer) {
    add(segment.source, segment.destination, segment.identification)
    let numbers = UInt64(segment.sequence) << 32 | UInt64(segment.acknowledgment)
    lanes.2 = Self.mix(lanes.2, numbers, UInt64(segment.flags.rawValue))
    add(payload)
  }

  var value: UInt64 {
    Self.mix(Self.mix(lanes.0, lanes.1, 1), Self.mix(lanes.2, lanes.3, 2), 3)
  }

  private mutating func add(_ source: IPEndpoint, _ destination: IPEndpoint, _ identification: UInt16) {
    lanes.0 = Self.mix(lanes.0, source.address.high, source.address.low)
    lanes.1 = Self.mix(lanes.1, destination.address.high, destination.address.low)
    let ports = UInt64(source.port) << 16 | UInt64(destination.port)
    lanes.3 = Self.mix(lanes.3, ports, UInt64(identification))
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    lanes.2 = Self.mix(lanes.2, UInt64(bytes.count), 0)
    guard bytes.count >= 64 else { return addShort(bytes) }
    let last = bytes.count &- 64
    var offset = 0
    while offset < last {
      addBlock(bytes, at: offset)
      offset &+= 64
    }
    // The last block may overlap the one before: that is cheaper than going on in smaller steps.
    addBlock(bytes, at: last)
  }

  /// Four independent lanes, so that the multiplications overlap.
  @inline(__always)
  private mutating func addBlock(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
    lanes.0 = Self.mix(lanes.0, bytes, at: offset)
    lanes.1 = Self.mix(lanes.1, bytes, at: offset &+ 16)
    lanes.2 = Self.mix(lanes.2, bytes, at: offset &+ 32)
    lanes.3 = Self.mix(lanes.3, bytes, at: offset &+ 48)
  }

  private mutating func addShort(_ bytes: UnsafeRawBufferPointer) {
    var word: UInt64 = 0
    for (index, byte) in bytes.enumerated() {
      word = word << 8 | UInt64(byte)
      if index & 7 == 7 { lanes.0 = Self.mix(lanes.0, word, UInt64(index)) }
    }
    lanes.1 = Self.mix(lanes.1, word, 0)
  }

  @inline(__always)
  private static func mix(_ lane: UInt64, _ bytes: UnsafeRawBufferPointer, at offset: Int) -> UInt64 {
    mix(
      lane, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self),
      bytes.loadUnaligned(fromByteOffset: offset &+ 8, as: UInt64.self))
  }

  /// Both halves of a product depend on every bit of both factors; folded, they make one word again.
  @inline(__always)
  private static func mix(_ lane: UInt64, _ first: UInt64, _ second: UInt64) -> UInt64 {
    let product = (lane ^ first).multipliedFullWidth(by: second ^ 0x9e37_79b9_7f4a_7c15)
    return product.high ^ product.low ^ lane
  }
}
