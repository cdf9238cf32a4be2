extension Packets {
  /// An SCTP header and its chunks. The checksum stays 0: nothing here reads it.
  public static func sctp(
    _ chunks: [[UInt8]], from source: UInt16 = 5060, to destination: UInt16 = 5060, tag: UInt32 = 9
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.word16(source)
    bytes.word16(destination)
    bytes.word32(tag)
    bytes.word32(0)
    return bytes.bytes + chunks.joined()
  }

  /// Any chunk, filled up to a multiple of four.
  /// - Parameter length: what the header claims; nil for the truth.
  public static func chunk(type: UInt8, flags: UInt8 = 0, _ value: [UInt8], length: Int? = nil) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.byte(type)
    bytes.byte(flags)
    bytes.word16(UInt16(truncatingIfNeeded: length ?? value.count + 4))
    return bytes.bytes + value + [UInt8](repeating: 0, count: (4 - value.count % 4) % 4)
  }

  /// A DATA chunk.
  /// - Parameter flags: 2 first piece, 1 last piece, 4 unordered.
  public static func data(
    _ data: [UInt8], transmission: UInt32, flags: UInt8 = 3, stream: UInt16 = 0, number: UInt16 = 0,
    length: Int? = nil
  ) -> [UInt8] {
    var value = ByteWriter()
    value.word32(transmission)
    value.word16(stream)
    value.word16(number)
    value.word32(0)
    return chunk(type: 0, flags: flags, value.bytes + data, length: length)
  }

  /// An I-DATA chunk (RFC 8260).
  /// - Parameter position: of the piece in its message; in the first one the payload's protocol stands there.
  public static func interleavedData(
    _ data: [UInt8], transmission: UInt32, flags: UInt8 = 3, stream: UInt16 = 0, message: UInt32 = 0,
    position: UInt32 = 0
  ) -> [UInt8] {
    var value = ByteWriter()
    value.word32(transmission)
    value.word16(stream)
    value.word16(0)
    value.word32(message)
    value.word32(position)
    return chunk(type: 64, flags: flags, value.bytes + data)
  }
}
