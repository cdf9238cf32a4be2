/// A hole given up, with what lay before and behind it, for the segment that fills it after all.
///
/// A capture may hold a segment after the peer's acknowledgment of it: two queues of a network card, or the traces of
/// the two directions put together. Filled, the bytes are read apart from the stream, which has gone on by then.
struct TCPLapse: Sendable {
  /// Bytes kept on either side of a hole, and of the hole itself; a lapse beyond it is not remembered.
  static let bytesMax = 16 * 1024

  private let start: UInt32
  private let holeEnd: UInt32
  /// From `start` on: what was left in front of the hole, and what fills it as far as it has come.
  private var bytes: [UInt8]
  private let behind: [UInt8]

  /// What it keeps.
  var byteCount: Int { bytes.count + behind.count }
  /// Bytes at the end of a filled lapse that were handed over before.
  var knownByteCount: Int { behind.count }

  /// - Parameters:
  ///   - front: bytes in front of the hole that were not taken.
  ///   - hole: the sequence numbers of its first byte and of the first one behind it.
  ///   - behind: bytes behind it.
  init?(front: [UInt8], hole: (start: UInt32, end: UInt32), behind: [UInt8]) {
    guard front.count <= Self.bytesMax, Int(hole.end &- hole.start) <= Self.bytesMax else { return nil }
    start = hole.start &- UInt32(truncatingIfNeeded: front.count)
    holeEnd = hole.end
    bytes = front
    self.behind = behind
  }

  /// Takes what a late segment has of the hole's next bytes.
  /// - Returns: all bytes in order, when the hole is full.
  mutating func fill(_ segment: UnsafeRawBufferPointer, from first: UInt32) -> [UInt8]? {
    let expected = start &+ UInt32(truncatingIfNeeded: bytes.count)
    let missing = Int(holeEnd &- expected)
    let offset = Int(Int32(bitPattern: expected &- first))
    guard offset >= 0, offset < segment.count, missing > 0 else { return nil }
    let fresh = segment[offset..<min(segment.count, offset + missing)]
    bytes += fresh
    return fresh.count == missing ? bytes + behind : nil
  }
}
