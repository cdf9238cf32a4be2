/// LLC and SNAP (IEEE 802.2, RFC 1042, RFC 2684), as far as they carry IP.
enum LogicalLink {
  @inline(never)
  static func decode(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    guard bytes.enter() else { return .other(.nestedTooDeeply) }
    guard bytes.left(from: start) >= 3 else { return bytes.tooShort(.logicalLinkControl, at: start, required: 3) }
    let (destination, source, control) = (bytes.byte(start), bytes.byte(start + 1), bytes.byte(start + 2))
    // Unnumbered information, the only kind of LLC that carries IP.
    guard control == 0x03, destination == source else { return .other(.logicalLinkControl) }
    switch destination {
    // The access point of IP.
    case 0x06: return InnerLayer.ip(bytes, at: start + 3)
    case 0xaa: return subnetwork(bytes, at: start + 3, header: start, padding: 2)
    // That of ISO's network layers: a number says which.
    case 0xfe:
      guard bytes.left(from: start) >= 4 else { return bytes.tooShort(.logicalLinkControl, at: start, required: 4) }
      return FrameRelay.network(bytes.byte(start + 3), bytes, at: start + 4, padding: 2) ?? .other(.logicalLinkControl)
    default: return .other(.logicalLinkControl)
    }
  }

  /// From the organisation of a SNAP header on.
  /// - Parameters:
  ///   - header: where the header that it belongs to starts.
  ///   - padding: bytes in front of a bridged Ethernet frame: 2 over ATM (RFC 2684 section 5.2), none over Frame Relay
  ///     (RFC 2427 section 4.2).
  static func subnetwork(_ bytes: FrameBytes, at start: Int, header: Int, padding: Int) -> FrameContent {
    guard bytes.left(from: start) >= 5 else {
      return bytes.tooShort(.logicalLinkControl, at: header, required: start - header + 5)
    }
    let type = bytes.word16(start + 3)
    switch bytes.word32(start) >> 8 {
    // With the organisation 00-00-00 (RFC 1042) or 00-00-f8 (IEEE 802.1H) an EtherType follows.
    case 0, 0xf8: return type >= 0x0600 ? InnerLayer.etherType(type, bytes, at: start + 5) : .other(.logicalLinkControl)
    // Bridged Ethernet (IEEE 802.1), with and without the checksum at its end.
    case 0x80c2 where type == 1 || type == 7:
      guard bytes.left(from: start + 5) >= padding else {
        return bytes.tooShort(.logicalLinkControl, at: header, required: start - header + 5 + padding)
      }
      return InnerLayer.ethernet(bytes, at: start + 5 + padding)
    default: return .other(.logicalLinkControl)
    }
  }
}
