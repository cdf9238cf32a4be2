/// LLC and SNAP (IEEE 802.2, RFC 1042), as far as they carry IP.
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
    case 0xaa:
      guard bytes.left(from: start) >= 8 else {
        return bytes.tooShort(.logicalLinkControl, at: start, required: 8)
      }
      // With the organisation 00-00-00 (RFC 1042) or 00-00-f8 (IEEE 802.1H) an EtherType follows.
      let organisation = bytes.word32(start + 2) & 0x00ff_ffff
      guard organisation == 0 || organisation == 0xf8 else { return .other(.logicalLinkControl) }
      let type = bytes.word16(start + 6)
      guard type >= 0x0600 else { return .other(.logicalLinkControl) }
      return InnerLayer.etherType(type, bytes, at: start + 8)
    default: return .other(.logicalLinkControl)
    }
  }
}
