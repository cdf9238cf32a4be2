public import PacketFormats
public import Primitives

/// Builds packets layer by layer, right ones and, by way of the length arguments, wrong ones.
///
/// UDP and TCP checksums stay 0: nothing here reads them.
public enum Packets {
  /// A UDP header and its payload.
  /// - Parameter length: what the header claims; nil for the truth.
  public static func udp(
    _ payload: [UInt8], from source: UInt16, to destination: UInt16, length: Int? = nil
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.word16(source)
    bytes.word16(destination)
    bytes.word16(UInt16(truncatingIfNeeded: length ?? payload.count + 8))
    bytes.word16(0)
    return bytes.bytes + payload
  }

  /// A TCP header and its payload.
  /// - Parameters:
  ///   - options: a multiple of four bytes.
  ///   - dataOffset: what the header claims, in words of four bytes; nil for the truth.
  public static func tcp(
    _ payload: [UInt8], from source: UInt16, to destination: UInt16, sequence: UInt32 = 1, acknowledgment: UInt32 = 0,
    flags: TCPFlags = .ack, options: [UInt8] = [], dataOffset: Int? = nil
  ) -> [UInt8] {
    var bytes = ByteWriter()
    bytes.word16(source)
    bytes.word16(destination)
    bytes.word32(sequence)
    bytes.word32(acknowledgment)
    bytes.byte(UInt8(truncatingIfNeeded: (dataOffset ?? (20 + options.count) / 4) << 4))
    bytes.byte(flags.rawValue)
    bytes.word16(65_535)
    bytes.word32(0)
    return bytes.bytes + options + payload
  }

  /// An IPv4 header, its options and its payload.
  /// - Parameters:
  ///   - options: a multiple of four bytes.
  ///   - totalLength: what the header claims; nil for the truth.
  ///   - headerLength: what the header claims, in words of four bytes; nil for the truth.
  ///   - fragment: flags and fragment offset as in the header; 0x2000 is "more fragments".
  ///   - identification: what the copies of a packet share.
  ///   - hopLimit: the time to live.
  public static func ipv4(
    _ payload: [UInt8], protocolNumber: UInt8, from source: IPAddress, to destination: IPAddress,
    options: [UInt8] = [], totalLength: Int? = nil, headerLength: Int? = nil, fragment: UInt16 = 0,
    identification: UInt16 = 1, hopLimit: UInt8 = 64
  ) -> [UInt8] {
    let trueHeaderLength = 20 + options.count
    var bytes = ByteWriter()
    bytes.byte(0x40 | UInt8(truncatingIfNeeded: headerLength ?? trueHeaderLength / 4))
    bytes.byte(0)
    bytes.word16(UInt16(truncatingIfNeeded: totalLength ?? trueHeaderLength + payload.count))
    bytes.word16(identification)
    bytes.word16(fragment)
    bytes.byte(hopLimit)
    bytes.byte(protocolNumber)
    bytes.word16(0)
    bytes.word32(UInt32(truncatingIfNeeded: source.low))
    bytes.word32(UInt32(truncatingIfNeeded: destination.low))
    var header = bytes.bytes + options
    let sum = checksum(header)
    header[10] = UInt8(sum >> 8)
    header[11] = UInt8(sum & 0xff)
    return header + payload
  }

  /// An IPv6 header, extension headers and the payload.
  /// - Parameters:
  ///   - extensions: each one's type and whole bytes; the first byte, its next header, is filled in.
  ///   - payloadLength: what the header claims; nil for the truth.
  public static func ipv6(
    _ payload: [UInt8], protocolNumber: UInt8, from source: IPAddress, to destination: IPAddress,
    extensions: [(type: UInt8, bytes: [UInt8])] = [], payloadLength: Int? = nil
  ) -> [UInt8] {
    var chain: [UInt8] = []
    for (index, header) in extensions.enumerated() {
      let next = index + 1 < extensions.count ? extensions[index + 1].type : protocolNumber
      chain += [next] + header.bytes.dropFirst()
    }
    var bytes = ByteWriter()
    bytes.word32(0x6000_0000)
    bytes.word16(UInt16(truncatingIfNeeded: payloadLength ?? chain.count + payload.count))
    bytes.byte(extensions.first?.type ?? protocolNumber)
    bytes.byte(64)
    for address in [source, destination] {
      bytes.word64(address.high)
      bytes.word64(address.low)
    }
    return bytes.bytes + chain + payload
  }

  /// An IP packet of the addresses' family.
  public static func ip(
    _ payload: [UInt8], protocolNumber: UInt8, from source: IPAddress, to destination: IPAddress
  ) -> [UInt8] {
    switch source.family {
    case .v4: ipv4(payload, protocolNumber: protocolNumber, from: source, to: destination)
    case .v6: ipv6(payload, protocolNumber: protocolNumber, from: source, to: destination)
    }
  }

  private static func checksum(_ header: [UInt8]) -> UInt16 {
    var sum: UInt32 = 0
    for index in stride(from: 0, to: header.count - 1, by: 2) {
      sum += UInt32(header[index]) << 8 | UInt32(header[index + 1])
    }
    while sum > 0xffff { sum = (sum & 0xffff) + (sum >> 16) }
    return ~UInt16(sum)
  }
}
