/// A chunk of user data: DATA (RFC 9260 section 3.3.1) or I-DATA (RFC 8260 section 2.1).
struct SCTPDataChunk: Hashable {
  /// What the pieces of one user message have in common.
  struct Message: Hashable {
    let isInterleaved: Bool
    let isUnordered: Bool
    let stream: UInt16
    /// The number of the message in its stream; 0 for unordered DATA, where it says nothing.
    let number: UInt32
  }

  let message: Message
  let transmission: UInt32
  /// Pieces of one message follow one another by it: the transmission number, or that of I-DATA's own.
  let position: UInt32
  let isFirst: Bool
  let isLast: Bool
  /// The captured data within the frame.
  let data: Range<Int>
  /// The data was longer than what the frame holds.
  let isCut: Bool
}

/// Walks over the chunks of a packet.
struct SCTPChunkReader {
  enum Step {
    case data(SCTPDataChunk)
    /// Anything but user data.
    case other
    case end
    case malformed(FrameError)
  }

  private let bytes: FrameBytes
  private var offset: Int

  init(_ packet: SCTPPacket, frame: UnsafeRawBufferPointer) {
    let chunks = packet.chunks.clamped(to: 0..<frame.count)
    var bytes = FrameBytes(frame)
    bytes.end = chunks.upperBound
    bytes.missing = packet.lengthOnWire - packet.chunks.count
    self.bytes = bytes
    offset = chunks.lowerBound
  }

  mutating func next() -> Step {
    let start = offset
    let left = bytes.left(from: start)
    guard left > 0 else { return .end }
    guard left >= 4 else { return error(required: 4, available: left, .capturedFrame) }
    let length = Int(bytes.word16(start + 2))
    guard length >= 4 else { return error(required: 4, available: length, .sctpChunkLength) }
    guard length <= left + bytes.missing else { return error(required: length, available: left, bytes.source) }
    // Padding to a multiple of four is no part of the length (RFC 9260 section 3.2).
    offset = min(bytes.end, start + (length + 3) / 4 * 4)
    let type = bytes.byte(start)
    guard type == 0 || type == 64 else { return .other }
    let headerLength = type == 0 ? 16 : 20
    guard length > headerLength else {
      // User data without data is an error of its own (RFC 9260 section 3.3.10.9).
      offset = start
      return error(required: headerLength + 1, available: length, .sctpChunkLength)
    }
    guard left >= headerLength else {
      offset = start
      return error(required: headerLength, available: left, .capturedFrame)
    }
    let data = start + headerLength..<min(start + length, bytes.end)
    return .data(chunk(at: start, isInterleaved: type == 64, data, isCut: data.upperBound < start + length))
  }

  private func chunk(at start: Int, isInterleaved: Bool, _ data: Range<Int>, isCut: Bool) -> SCTPDataChunk {
    let flags = bytes.byte(start + 1)
    let (isLast, isFirst, isUnordered) = (flags & 1 != 0, flags & 2 != 0, flags & 4 != 0)
    let transmission = bytes.word32(start + 4)
    let number: UInt32 =
      isInterleaved ? bytes.word32(start + 12) : isUnordered ? 0 : UInt32(bytes.word16(start + 10))
    return SCTPDataChunk(
      message: SCTPDataChunk.Message(
        isInterleaved: isInterleaved, isUnordered: isUnordered, stream: bytes.word16(start + 8), number: number),
      // The first piece of I-DATA has the payload's protocol where the others have their number.
      transmission: transmission, position: !isInterleaved ? transmission : isFirst ? 0 : bytes.word32(start + 16),
      isFirst: isFirst, isLast: isLast, data: data, isCut: isCut)
  }

  private func error(required: Int, available: Int, _ source: FrameError.LengthSource) -> Step {
    .malformed(
      FrameError(layer: .sctpChunk, offset: offset, required: required, available: available, source: source))
  }
}
