public import Primitives

/// One SCTP packet (RFC 9260). `chunks` holds offsets into its frame.
public struct SCTPPacket: Hashable, Sendable {
  /// Source address of the IP header and source port of the SCTP header.
  public var source: IPEndpoint
  /// Destination address of the IP header and destination port of the SCTP header.
  public var destination: IPEndpoint
  /// What the receiver chose to know the association by.
  public var verificationTag: UInt32
  /// The captured chunks within the frame.
  public var chunks: Range<Int>
  /// Bytes of chunks there were on the wire; never less than `chunks.count`.
  public var lengthOnWire: Int

  /// The packet was longer than what the frame holds.
  public var isCut: Bool { lengthOnWire > chunks.count }

  /// - Parameter lengthOnWire: nil where nothing was cut off; a value below `chunks.count` counts as that.
  public init(
    source: IPEndpoint, destination: IPEndpoint, verificationTag: UInt32, chunks: Range<Int>,
    lengthOnWire: Int? = nil
  ) {
    self.source = source
    self.destination = destination
    self.verificationTag = verificationTag
    self.chunks = chunks
    self.lengthOnWire = max(chunks.count, lengthOnWire ?? 0)
  }
}
