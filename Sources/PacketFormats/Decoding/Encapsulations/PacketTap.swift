/// What macOS puts in front of a frame recorded on `pktap`, the device of all interfaces (LINKTYPE_PKTAP): the length,
/// what follows, and its link type, least byte first.
enum PacketTap {
  static func decode(_ bytes: FrameBytes) -> FrameContent {
    guard bytes.left(from: 0) >= 12 else { return bytes.tooShort(.packetTap, at: 0, required: 12) }
    // A packet.
    guard bytes.little32(4) == 1 else { return .other(.unknownRecorderHeader) }
    let length = Int(bytes.little32(0))
    guard length >= 12 else {
      return .malformed(
        FrameError(layer: .packetTap, offset: 0, required: 12, available: length, source: .recorderHeaderLength))
    }
    guard bytes.left(from: 0) >= length else { return bytes.tooShort(.packetTap, at: 0, required: length) }
    return EnclosedFrame.decode(
      LinkType(rawValue: Int32(truncatingIfNeeded: bytes.little32(8))), bytes, at: length)
  }
}
