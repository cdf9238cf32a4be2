public import Primitives

/// A packet of the Homer Encapsulation Protocol: a captured message with the endpoints it had, as a capture agent
/// sends it on.
///
/// Version 3 is made of chunks: vendor, type and length (with these six bytes), two bytes each, behind `HEP3` and the
/// length of all. Versions 1 and 2 are the packed structs
/// of captagent and of the sipcapture modules of Kamailio and OpenSIPS.
public struct HEPPacket: Hashable, Sendable {
  /// What the payload is, by the type of protocol the agent names.
  public enum Payload: Hashable, Sendable {
    /// Bytes of the packet that may hold SIP.
    case sip(Range<Int>)
    /// A compressed payload, which this version does not unpack.
    case compressed
    /// Statistics, logs, media reports; the agent's number for it.
    case other(UInt8)
    /// None.
    case missing
  }

  /// Sender of the captured message; nil when the packet does not say.
  public let source: IPEndpoint?
  /// Receiver of the captured message; nil when the packet does not say.
  public let destination: IPEndpoint?
  /// IANA's number of the protocol that carried it: 17 is UDP, 6 TCP, 132 SCTP.
  public let transport: UInt8
  /// The message.
  public let payload: Payload
}

extension HEPPacket {
  /// Reads a packet of version 3 that the bytes begin with; nil when it is none, or its lengths lie.
  ///
  /// What chunks of other vendors and unknown types hold is left alone, an agent's key (type 14) too.
  public static func version3(_ bytes: UnsafeRawBufferPointer) -> HEPPacket? {
    guard let length = version3Length(bytes), length <= bytes.count else { return nil }
    var chunks = Chunks()
    var offset = 6
    while offset + 6 <= length {
      let size = bytes.number(offset + 4, 2)
      guard size >= 6, offset + size <= length else { return nil }
      if bytes.number(offset, 2) == 0 { chunks.take(bytes.number(offset + 2, 2), offset + 6..<offset + size, bytes) }
      offset += size
    }
    return offset == length ? chunks.packet : nil
  }

  /// What the header of version 3 says is the length of the packet; nil when the bytes are no such header.
  public static func version3Length(_ bytes: UnsafeRawBufferPointer) -> Int? {
    guard bytes.count >= 6, bytes.number(0, 4) == 0x4845_5033 else { return nil }
    let length = bytes.number(4, 2)
    return length >= 6 ? length : nil
  }

  /// Reads a datagram of version 1 or 2: version, length of the header, address family, protocol and both ports, then
  /// both addresses; in version 2 time and agent follow in 12 bytes that its length may leave out.
  public static func version1Or2(_ bytes: UnsafeRawBufferPointer) -> HEPPacket? {
    guard bytes.count >= 16, bytes[0] == 1 || bytes[0] == 2 else { return nil }
    let isV6 = bytes[2] == 10
    let plain = isV6 ? 40 : 16
    let length = bytes[0] == 2 ? plain + 12 : plain
    guard isV6 || bytes[2] == 2, bytes.count > length, bytes[1] == plain || bytes[1] == length,
      [6, 17, 132].contains(bytes[3])
    else { return nil }
    let width = isV6 ? 16 : 4
    guard let source = bytes.address(8, width), let destination = bytes.address(8 + width, width) else { return nil }
    return HEPPacket(
      source: IPEndpoint(address: source, port: UInt16(truncatingIfNeeded: bytes.number(4, 2))),
      destination: IPEndpoint(address: destination, port: UInt16(truncatingIfNeeded: bytes.number(6, 2))),
      transport: bytes[3], payload: .sip(length..<bytes.count))
  }

  /// What the chunks read so far say; a chunk of the wrong size says nothing.
  private struct Chunks {
    var transport: UInt8 = 17
    var addresses: (source: IPAddress?, destination: IPAddress?)
    var ports: (source: UInt16, destination: UInt16) = (0, 0)
    var type: UInt8?
    var payload: Range<Int>?
    var isCompressed = false

    mutating func take(_ number: Int, _ range: Range<Int>, _ bytes: UnsafeRawBufferPointer) {
      let start = range.lowerBound
      switch (number, range.count) {
      case (0x02, 1): transport = bytes[start]
      case (0x03, 4), (0x05, 16): addresses.source = bytes.address(start, range.count)
      case (0x04, 4), (0x06, 16): addresses.destination = bytes.address(start, range.count)
      case (0x07, 2): ports.source = UInt16(truncatingIfNeeded: bytes.number(start, 2))
      case (0x08, 2): ports.destination = UInt16(truncatingIfNeeded: bytes.number(start, 2))
      case (0x0b, 1): type = bytes[start]
      case (0x0f, _): payload = range
      case (0x10, _): isCompressed = true
      default: break
      }
    }

    var packet: HEPPacket {
      HEPPacket(
        source: addresses.source.map { IPEndpoint(address: $0, port: ports.source) },
        destination: addresses.destination.map { IPEndpoint(address: $0, port: ports.destination) },
        transport: transport, payload: content)
    }

    private var content: Payload {
      if let type, type != 1 { return .other(type) }
      if isCompressed { return .compressed }
      return payload.map { .sip($0) } ?? .missing
    }
  }
}

extension UnsafeRawBufferPointer {
  /// The caller knows that the bytes are there.
  fileprivate func number(_ offset: Int, _ width: Int) -> Int {
    self[offset..<offset + width].reduce(0) { $0 << 8 | Int($1) }
  }

  fileprivate func address(_ offset: Int, _ width: Int) -> IPAddress? {
    guard offset + width <= count else { return nil }
    guard width == 16 else { return IPAddress(v4: UInt32(truncatingIfNeeded: number(offset, 4))) }
    let words = (0..<4).map { UInt64(number(offset + 4 * $0, 4)) }
    return IPAddress(v6High: words[0] << 32 | words[1], low: words[2] << 32 | words[3])
  }
}
