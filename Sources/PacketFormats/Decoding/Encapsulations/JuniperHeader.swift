/// What Juniper's routers put in front of the frames they record (LINKTYPE_JUNIPER_ETHER and its kind): three letters,
/// flags, and perhaps extensions with their length. Nothing on the wire.
///
/// Source: the header as the printers of tcpdump and Wireshark describe it.
enum JuniperHeader {
  static func decode(_ bytes: FrameBytes, _ linkType: LinkType) -> FrameContent {
    guard bytes.left(from: 0) >= 4 else { return bytes.tooShort(.juniper, at: 0, required: 4) }
    // "MGC".
    guard bytes.word32(0) >> 8 == 0x4d_4743 else { return .other(.unknownRecorderHeader) }
    let flags = bytes.byte(3)
    var length = 4
    if flags & 0x80 != 0 {
      guard bytes.left(from: 0) >= 6 else { return bytes.tooShort(.juniper, at: 0, required: 6) }
      length = 6 + Int(bytes.word16(4))
    }
    // The link layer is left out, and four bytes stand in its place.
    let isBare = flags & 0x02 != 0
    if isBare { length += 4 }
    guard bytes.left(from: 0) >= length else { return bytes.tooShort(.juniper, at: 0, required: length) }
    if isBare { return InnerLayer.ip(bytes, at: length) }
    switch linkType.rawValue {
    case 179: return PointToPoint.ppp(bytes, at: length)
    case 180: return FrameRelay.decode(bytes, at: length)
    case 181: return PointToPoint.serial(bytes, at: length)
    // Ethernet, and the PPPoE in it.
    default: return InnerLayer.ethernet(bytes, at: length)
    }
  }
}
