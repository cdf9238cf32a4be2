import PacketFormats
import Primitives

/// A 64-bit mark of a packet: equal for copies of one packet, and different for two packets but by chance.
///
/// Not cryptographic: who writes the packets can make two of the same mark, and so hide one packet of his own within
/// the window of another.
struct PacketMark {
  private var lanes: (UInt64, UInt64, UInt64, UInt64) = (0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344)

  /// A mark of what the copies of a packet share: neither link header nor VLAN tag, hop limit or checksum.
  init(_ datagram: UDPDatagram, payload: UnsafeRawBufferPointer) {
    add(datagram.source, datagram.destination, datagram.identification)
    add(payload)
  }

  /// The same for a segment, whose numbers and flags count too.
  init(_ segment: TCPSegment, payload: UnsafeRawBufferPointer) {
    add(segment.source, segment.destination, segment.identification)
    lanes.1 = Self.mix(lanes.1, UInt64(segment.sequence) << 32 | UInt64(segment.acknowledgment))
    lanes.2 = Self.mix(lanes.2, UInt64(segment.flags.rawValue) << 1 | 1)
    add(payload)
  }

  var value: UInt64 { Self.mix(Self.mix(lanes.0, lanes.1), Self.mix(lanes.2, lanes.3)) }

  private mutating func add(_ source: IPEndpoint, _ destination: IPEndpoint, _ identification: UInt16) {
    lanes.0 = Self.mix(lanes.0, source.address.high)
    lanes.1 = Self.mix(lanes.1, source.address.low)
    lanes.2 = Self.mix(lanes.2, destination.address.high)
    lanes.3 = Self.mix(lanes.3, destination.address.low)
    let ports = UInt64(source.port) << 16 | UInt64(destination.port)
    lanes.0 = Self.mix(lanes.0, ports << 16 | UInt64(identification))
  }

  private mutating func add(_ bytes: UnsafeRawBufferPointer) {
    var offset = 0
    // Four independent lanes, so that the multiplications overlap.
    while offset + 32 <= bytes.count {
      lanes.0 = Self.mix(lanes.0, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      lanes.1 = Self.mix(lanes.1, bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self))
      lanes.2 = Self.mix(lanes.2, bytes.loadUnaligned(fromByteOffset: offset + 16, as: UInt64.self))
      lanes.3 = Self.mix(lanes.3, bytes.loadUnaligned(fromByteOffset: offset + 24, as: UInt64.self))
      offset += 32
    }
    while offset + 8 <= bytes.count {
      lanes.0 = Self.mix(lanes.0, bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
      offset += 8
    }
    while offset < bytes.count {
      lanes.1 = Self.mix(lanes.1, UInt64(bytes[offset]))
      offset += 1
    }
    lanes.3 = Self.mix(lanes.3, UInt64(bytes.count))
  }

  private static func mix(_ lane: UInt64, _ word: UInt64) -> UInt64 {
    let product = (lane ^ word) &* 0x9e37_79b9_7f4a_7c15
    return product ^ (product >> 32)
  }
}
