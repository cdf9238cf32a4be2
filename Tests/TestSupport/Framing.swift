public import PacketFormats
public import Primitives

extension Packets {
  /// A frame around a UDP datagram.
  public static func udpFrame(
    _ payload: [UInt8], from source: IPEndpoint, to destination: IPEndpoint, linkType: LinkType = .ethernet,
    tags: [UInt16] = []
  ) -> [UInt8] {
    let datagram = udp(payload, from: source.port, to: destination.port)
    let packet = ip(datagram, protocolNumber: 17, from: source.address, to: destination.address)
    return frame(packet, linkType: linkType, tags: tags)
  }

  /// A frame around a TCP segment.
  public static func tcpFrame(
    _ payload: [UInt8], from source: IPEndpoint, to destination: IPEndpoint, sequence: UInt32 = 1,
    acknowledgment: UInt32 = 0, flags: TCPFlags = .ack, linkType: LinkType = .ethernet, tags: [UInt16] = []
  ) -> [UInt8] {
    let segment = tcp(
      payload, from: source.port, to: destination.port, sequence: sequence, acknowledgment: acknowledgment,
      flags: flags)
    let packet = ip(segment, protocolNumber: 6, from: source.address, to: destination.address)
    return frame(packet, linkType: linkType, tags: tags)
  }

  /// An IP packet in a frame of the link type.
  /// - Parameters:
  ///   - tags: VLAN tag types from the outside in, such as 0x88a8 and 0x8100; for Ethernet and Linux cooked frames.
  ///   - etherType: nil for the one of the packet's IP version.
  public static func frame(
    _ packet: [UInt8], linkType: LinkType = .ethernet, tags: [UInt16] = [], etherType: UInt16? = nil
  ) -> [UInt8] {
    let isV6 = (packet.first ?? 0) >> 4 == 6
    let types = tags + [etherType ?? (isV6 ? 0x86dd : 0x0800)]
    var bytes = ByteWriter()
    switch linkType {
    case .ethernet:
      bytes.raw([0x02, 0, 0, 0, 0, 2, 0x02, 0, 0, 0, 0, 1])
      bytes.word16(types[0])
    case .linuxCooked:
      bytes.raw([0, 0, 0, 1, 0, 6, 0x02, 0, 0, 0, 0, 1, 0, 0])
      bytes.word16(types[0])
    case .linuxCooked2:
      bytes.word16(types[0])
      bytes.raw([0, 0, 0, 0, 0, 3, 0, 1, 0, 6, 0x02, 0, 0, 0, 0, 1, 0, 0])
    case .null:
      bytes.isLittleEndian = true
      bytes.word32(isV6 ? 30 : 2)
      bytes.isLittleEndian = false
    case .loop:
      bytes.word32(isV6 ? 24 : 2)
    default:
      break
    }
    for (index, type) in types.dropFirst().enumerated() {
      bytes.word16(UInt16(truncatingIfNeeded: 100 + index))
      bytes.word16(type)
    }
    return bytes.bytes + packet
  }
}
