/// Packets that travel in one frame of a wireless network (A-MSDU, IEEE 802.11-2020 section 9.3.2.2): each behind two
/// addresses and its length, and all but the last filled up to a multiple of four bytes.
enum WirelessAggregate {
  private static let header = 14

  /// What the only packet holds, or that there are more to be asked for.
  static func decode(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    guard bytes.left(from: start) >= header else {
      return bytes.tooShort(.wirelessSubframe, at: start, required: header)
    }
    guard bytes.left(from: end(bytes, at: start)) >= header else { return packet(bytes, at: start) }
    return .aggregate(FrameAggregate(rest: start..<bytes.end, encapsulations: bytes.encapsulations))
  }

  /// The next packet, and where the one behind it would begin; nil where no header fits any more, as behind the last
  /// one, where a checksum may stand.
  static func next(_ bytes: FrameBytes, at start: Int) -> (content: FrameContent, end: Int)? {
    guard bytes.left(from: start) >= header else { return nil }
    return (packet(bytes, at: start), min(bytes.end, end(bytes, at: start)))
  }

  private static func end(_ bytes: FrameBytes, at start: Int) -> Int {
    start + (header + Int(bytes.word16(start + 12)) + 3) & ~3
  }

  private static func packet(_ bytes: FrameBytes, at start: Int) -> FrameContent {
    var bytes = bytes
    bytes.limit(to: header + Int(bytes.word16(start + 12)), from: start, source: .subframeLength)
    return LogicalLink.decode(bytes, at: start + header)
  }
}
