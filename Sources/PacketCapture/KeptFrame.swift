public import PacketFormats
public import Primitives

/// A captured packet with bytes of its own, which outlive the reader's buffer.
public struct KeptFrame: Hashable, Sendable {
  /// When it was captured, as the trace says.
  public let time: Instant
  /// How `bytes` begin.
  public let linkType: LinkType
  /// What was captured, from the link layer on.
  public let bytes: [UInt8]
  /// The packet's length on the wire; more than `bytes.count` where the snap length cut it.
  public let originalLength: Int

  /// Copies the bytes.
  public init(_ frame: Frame) {
    self.init(
      time: frame.time, linkType: frame.linkType, bytes: Array(frame.bytes), originalLength: frame.originalLength)
  }

  /// A packet as it was captured.
  public init(time: Instant, linkType: LinkType, bytes: [UInt8], originalLength: Int) {
    self.time = time
    self.linkType = linkType
    self.bytes = bytes
    self.originalLength = originalLength
  }
}
