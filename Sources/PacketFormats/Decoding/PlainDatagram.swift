import Primitives

/// A short cut for what most frames of most traces are: a whole UDP datagram over IPv4 without options, right behind
/// the Ethernet header.
enum PlainDatagram {
  /// The datagram as `LinkLayer.ethernet` would find it; nil for anything that is more or less than that.
  @inline(__always)
  static func find(_ frame: UnsafeRawBufferPointer) -> UDPDatagram? {
    let bytes = FrameBytes(frame)
    // EtherType, version and header length, protocol.
    guard frame.count >= 42, bytes.word16(12) == 0x0800, bytes.byte(14) == 0x45, bytes.byte(23) == 17 else {
      return nil
    }
    let totalLength = Int(bytes.word16(16))
    guard bytes.word16(20) & 0x3fff == 0, totalLength >= 28, totalLength <= frame.count - 14,
      Int(bytes.word16(38)) == totalLength - 20
    else { return nil }
    let (source, destination) = (bytes.word16(34), bytes.word16(36))
    guard !DatagramTunnel.isPort(destination), !DatagramTunnel.isPort(source) else { return nil }
    return UDPDatagram(
      source: IPEndpoint(address: IPAddress(v4: bytes.word32(26)), port: source),
      destination: IPEndpoint(address: IPAddress(v4: bytes.word32(30)), port: destination),
      payload: 42..<14 + totalLength, identification: bytes.word16(18))
  }
}
