public import Primitives

/// IP packets around messages: a datagram for each, or the segments of a stream, with right lengths, sequence numbers
/// and checksums (RFC 791, RFC 8200, RFC 768, RFC 9293, RFC 1071).
///
/// The recorded packets are not rewritten, but made anew: nothing of their link layer, options or padding is left. A
/// message that came in fragments, or in a tunnel, or in a stream's many segments, gets one packet.
public struct PacketBuilder {
  /// Bytes of one packet's payload at most.
  static let payloadBytesMax = 65_000
  /// Streams whose place is remembered at most; one beyond starts at 1 again.
  static let flowsMax = 100_000

  private struct Flow: Hashable {
    let source: IPEndpoint
    let destination: IPEndpoint
  }

  private var next: [Flow: UInt32] = [:]
  private var identification: UInt16 = 0

  /// No packet made yet.
  public init() {}

  /// The packet of a datagram; a message too long for one is cut.
  public mutating func datagram(_ payload: [UInt8], from source: IPEndpoint, to destination: IPEndpoint) -> [UInt8] {
    let payload = payload.prefix(Self.payloadBytesMax)
    let length = UInt16(8 + payload.count)
    let header = Self.words(source.port, destination.port, length, 0)
    return packet(17, header + payload, checksumAt: 6, from: source.address, to: destination.address)
  }

  /// The packets of a stream's next bytes.
  public mutating func segments(_ payload: [UInt8], from source: IPEndpoint, to destination: IPEndpoint) -> [[UInt8]] {
    let (flow, back) = (
      Flow(source: source, destination: destination), Flow(source: destination, destination: source)
    )
    if next.count >= Self.flowsMax { next = [:] }
    var sequence = next[flow] ?? 1
    let acknowledgment = next[back] ?? 1
    var packets: [[UInt8]] = []
    var rest = payload[...]
    while !rest.isEmpty {
      let part = rest.prefix(Self.payloadBytesMax)
      rest = rest.dropFirst(part.count)
      var header = Self.words(source.port, destination.port)
      header += Self.words(UInt16(sequence >> 16), UInt16(truncatingIfNeeded: sequence))
      header += Self.words(UInt16(acknowledgment >> 16), UInt16(truncatingIfNeeded: acknowledgment))
      // Five words of header; push and acknowledgment.
      header += Self.words(0x5018, 0xffff, 0, 0)
      packets.append(packet(6, header + part, checksumAt: 16, from: source.address, to: destination.address))
      sequence &+= UInt32(part.count)
    }
    next[flow] = sequence
    return packets
  }

  private static func words(_ values: UInt16...) -> [UInt8] { values.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }

  private mutating func packet(
    _ protocolNumber: UInt8, _ content: [UInt8], checksumAt place: Int, from source: IPAddress,
    to destination: IPAddress
  ) -> [UInt8] {
    identification &+= 1
    let isV4 = source.family == .v4 && destination.family == .v4
    let ends = Self.bytes(source, isV4: isV4) + Self.bytes(destination, isV4: isV4)
    var content = content
    // The pseudo header (RFC 768, RFC 8200 section 8.1): both forms sum up alike.
    let sum = Self.checksum(ends + Self.words(0, UInt16(protocolNumber), 0, UInt16(content.count)) + content)
    let checksum = sum == 0 && protocolNumber == 17 ? 0xffff : sum
    (content[place], content[place + 1]) = (UInt8(checksum >> 8), UInt8(checksum & 255))
    guard isV4 else {
      return Self.words(0x6000, 0, UInt16(content.count)) + [protocolNumber, 64] + ends + content
    }
    var header = Self.words(0x4500, UInt16(20 + content.count), identification, 0) + [64, protocolNumber, 0, 0] + ends
    let headerSum = Self.checksum(header)
    (header[10], header[11]) = (UInt8(headerSum >> 8), UInt8(headerSum & 255))
    return header + content
  }

  private static func bytes(_ address: IPAddress, isV4: Bool) -> [UInt8] {
    if isV4 { return (0..<4).map { UInt8(truncatingIfNeeded: address.low >> UInt64(24 - 8 * $0)) } }
    // Where the other end is IPv6, an IPv4 address is a mapped one.
    let low = address.family == .v4 ? 0xffff_0000_0000 | address.low : address.low
    return [address.high, low].flatMap { half in
      (0..<8).map { UInt8(truncatingIfNeeded: half >> UInt64(56 - 8 * $0)) }
    }
  }

  /// RFC 1071.
  static func checksum(_ bytes: [UInt8]) -> UInt16 {
    var sum: UInt64 = 0
    for place in stride(from: 0, to: bytes.count, by: 2) {
      let low = place + 1 < bytes.count ? UInt64(bytes[place + 1]) : 0
      sum += UInt64(bytes[place]) << 8 | low
    }
    while sum >> 16 > 0 { sum = sum & 0xffff + sum >> 16 }
    return ~UInt16(truncatingIfNeeded: sum)
  }
}
