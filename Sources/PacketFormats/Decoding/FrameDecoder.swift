import Primitives

/// Finds the UDP datagram, TCP segment, SCTP packet, IP fragment or exported message within one captured frame, through
/// tunnels.
///
/// Allocates nothing and copies nothing: the results are offsets into the frame.
public enum FrameDecoder {
  /// Headers of tunnels and the like that may lie around one another: GRE, VXLAN, Geneve, GTP-U, TZSP, IP in IP, AH,
  /// MPLS, PPP, LLC, Frame Relay and their kind count one each, VLAN tags do not.
  public static let encapsulationsMax = 8

  /// Says what a frame of this link type carries; total over all inputs.
  public static func decode(_ frame: UnsafeRawBufferPointer, linkType: LinkType) -> FrameContent {
    if linkType == .ethernet, let datagram = PlainDatagram.find(frame) { return .udp(datagram) }
    let bytes = FrameBytes(frame)
    switch linkType.framing {
    case .ethernet: return LinkLayer.ethernet(bytes, at: 0)
    case .linuxCooked: return LinkLayer.linuxCooked(bytes)
    case .linuxCooked2: return LinkLayer.linuxCooked2(bytes)
    case .loopback: return LinkLayer.loopback(bytes, at: 0)
    case .rawIP: return InnerLayer.ip(bytes, at: 0)
    case .ipv4: return InnerLayer.ipv4(bytes, at: 0)
    case .ipv6: return InnerLayer.ipv6(bytes, at: 0)
    case .ppp: return PointToPoint.serial(bytes, at: 0)
    case .pppoe: return PointToPoint.pppoeSession(bytes, at: 0)
    case .pppWithDirection: return PointToPoint.withDirection(bytes)
    case .wireless: return WirelessFrame.decode(bytes, at: 0)
    case .radiotap: return RadioHeader.radiotap(bytes, at: 0)
    case .perPacketInformation: return RadioHeader.perPacketInformation(bytes, at: 0)
    case .prism: return RadioHeader.prism(bytes, at: 0)
    case .avs: return RadioHeader.avs(bytes, at: 0)
    case .netfilterLog: return NetfilterLog.decode(bytes)
    case .exported: return ExportedFrame.decode(bytes)
    case .juniper: return JuniperHeader.decode(bytes, linkType)
    case .packetTap: return PacketTap.decode(bytes)
    case .mpls: return LabelSwitching.decode(bytes, at: 0)
    case .frameRelay: return FrameRelay.decode(bytes, at: 0)
    case .llcOverATM: return LogicalLink.decode(bytes, at: 0)
    case .securityInterface: return LinkLayer.securityInterface(bytes)
    case nil: return .other(.unsupportedLinkType)
    }
  }

  /// The datagram in a frame that holds a whole one over IPv4 and nothing out of the ordinary; nil for all else, on
  /// which `decode` has more to say. What is found is what `decode` finds.
  public static func plainDatagram(in frame: UnsafeRawBufferPointer, linkType: LinkType) -> UDPDatagram? {
    linkType == .ethernet ? PlainDatagram.find(frame) : nil
  }

  /// Says what a reassembled datagram carries. Offsets in the result are offsets into `bytes`.
  /// - Parameter bytes: `datagram.bytes`.
  public static func decode(_ bytes: UnsafeRawBufferPointer, of datagram: IPDatagram) -> FrameContent {
    var payload = FrameBytes(bytes)
    payload.source = .reassembledDatagram
    payload.missing = max(0, datagram.lengthOnWire - bytes.count)
    payload.identification = UInt16(truncatingIfNeeded: datagram.identification)
    let addresses = NetworkLayer.Addresses(source: datagram.source, destination: datagram.destination)
    switch datagram.source.family {
    case .v4: return NetworkLayer.transport(datagram.protocolNumber, payload, at: 0, addresses)
    case .v6:
      payload.identification = 0
      return NetworkLayer.ipv6Payload(datagram.protocolNumber, payload, at: 0, addresses)
    }
  }
}
