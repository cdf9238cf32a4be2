public import Primitives

/// Builds packets of the Homer Encapsulation Protocol.
public enum HEPPackets {
  /// A chunk of version 3.
  /// - Parameter length: what the chunk claims; nil for the truth.
  public static func chunk(_ type: UInt16, _ value: [UInt8], vendor: UInt16 = 0, length: Int? = nil) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.word16(vendor)
    bytes.word16(type)
    bytes.word16(UInt16(truncatingIfNeeded: length ?? value.count + 6))
    return bytes.bytes + value
  }

  /// Chunks behind their header.
  /// - Parameter length: what the header claims; nil for the truth.
  public static func packet(_ chunks: [[UInt8]], length: Int? = nil) -> [UInt8] {
    let body = chunks.flatMap { $0 }
    var bytes = ByteWriter()
    bytes.word16(UInt16(truncatingIfNeeded: length ?? body.count + 6))
    return Array("HEP3".utf8) + bytes.bytes + body
  }

  /// The chunks an agent sends a message with, addresses and ports included.
  /// - Parameter type: 1 is SIP.
  public static func chunks(
    _ payload: [UInt8], from source: IPEndpoint, to destination: IPEndpoint, transport: UInt8 = 17, type: UInt8 = 1
  ) -> [[UInt8]] {
    let isV6 = source.address.family == .v6
    return [
      chunk(1, [isV6 ? 10 : 2]), chunk(2, [transport]), chunk(isV6 ? 5 : 3, bytes(source.address)),
      chunk(isV6 ? 6 : 4, bytes(destination.address)), chunk(7, bytes(source.port)), chunk(8, bytes(destination.port)),
      chunk(9, [0, 0, 0, 1]), chunk(10, [0, 0, 0, 2]), chunk(11, [type]), chunk(12, [0, 0, 0, 7]),
      chunk(14, Array("agent key".utf8)), chunk(15, payload),
    ]
  }

  /// Version 1 or 2.
  public static func packed(
    _ payload: [UInt8], version: UInt8, from source: IPEndpoint, to destination: IPEndpoint, length: UInt8? = nil
  ) -> [UInt8] {
    let isV6 = source.address.family == .v6
    let size: UInt8 = (isV6 ? 40 : 16) + (version == 2 ? 12 : 0)
    let header = [version, length ?? size, isV6 ? 10 : 2, 17] + bytes(source.port) + bytes(destination.port)
    let time = [UInt8](repeating: 0, count: version == 2 ? 12 : 0)
    return header + bytes(source.address) + bytes(destination.address) + time + payload
  }

  private static func bytes(_ port: UInt16) -> [UInt8] {
    [UInt8(port >> 8), UInt8(port & 0xff)]
  }

  private static func bytes(_ address: IPAddress) -> [UInt8] {
    var bytes = ByteWriter()
    switch address.family {
    case .v4: bytes.word32(UInt32(truncatingIfNeeded: address.low))
    case .v6:
      bytes.word64(address.high)
      bytes.word64(address.low)
    }
    return bytes.bytes
  }
}
