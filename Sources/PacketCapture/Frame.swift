public import PacketFormats
public import Primitives

/// One captured packet.
///
/// `bytes` lie in the reader's buffer: they are valid only until the next call of `next()` on the same reader.
public struct Frame {
  /// The frame's number within its trace file, from 1, counting also the frames a filter passes over.
  public let number: Int
  /// The index of its trace among the merged ones; 0 for a single trace.
  public internal(set) var file: Int
  /// When it was captured, as the trace says.
  public let time: Instant
  /// How `bytes` begin.
  public let linkType: LinkType
  /// What was captured, from the link layer on.
  public let bytes: UnsafeRawBufferPointer
  /// The packet's length on the wire; more than `bytes.count` where the snap length cut it.
  public let originalLength: Int

  /// Takes all as they are; whoever has the bytes keeps them valid.
  public init(
    number: Int, file: Int = 0, time: Instant, linkType: LinkType, bytes: UnsafeRawBufferPointer, originalLength: Int
  ) {
    self.number = number
    self.file = file
    self.time = time
    self.linkType = linkType
    self.bytes = bytes
    self.originalLength = originalLength
  }
}
