/// GTP-U, in which mobile networks carry their users' packets (3GPP TS 29.281 sections 5.1 and 5.2).
enum UserPlaneTunnel {
  /// - Parameter start: where a header of at least 8 bytes stands.
  static func decode(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    bytes.limit(to: 8 + Int(bytes.word16(start + 2)), from: start, source: .gtpULength)
    let flags = bytes.byte(start) & 0x07
    guard flags != 0 else { return InnerLayer.ip(bytes, at: start + 8) }
    // With any of the three flags all three fields are there.
    guard bytes.left(from: start) >= 12 else { return bytes.tooShort(.gtpU, at: start, required: 12) }
    var offset = start + 12
    var next = flags & 0x04 == 0 ? 0 : bytes.byte(start + 11)
    while next != 0 {
      guard bytes.left(from: offset) >= 4 else { return bytes.tooShort(.gtpUExtension, at: offset, required: 4) }
      let length = Int(bytes.byte(offset)) * 4
      guard length > 0 else {
        return .malformed(
          FrameError(layer: .gtpUExtension, offset: offset, required: 4, available: 0, source: .gtpUExtensionLength))
      }
      guard bytes.left(from: offset) >= length else {
        return bytes.tooShort(.gtpUExtension, at: offset, required: length)
      }
      next = bytes.byte(offset + length - 1)
      offset += length
    }
    return InnerLayer.ip(bytes, at: offset)
  }
}
