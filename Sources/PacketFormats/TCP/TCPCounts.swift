/// What reassembly met, and what it gave up. Counts of bytes are named so; the rest counts segments or events.
public struct TCPCounts: Hashable, Sendable {
  /// Segments taken in.
  public var segments = 0
  /// Connections seen, each SYN on known endpoints counting as another.
  public var connections = 0
  /// Segments that brought only bytes known before.
  public var retransmitted = 0
  /// Segments that brought new bytes behind known ones.
  public var overlapping = 0
  /// Segments that came before the bytes in front of them.
  public var outOfOrder = 0
  /// Holes given up.
  public var gaps = 0
  /// Bytes the trace lacks, over all gaps.
  public var bytesSkipped = 0
  /// Bytes the consumer had left that can't be completed: a gap, a limit or the end of the connection followed.
  public var bytesAbandoned = 0
  /// Sequence numbers so far from the expected one that the stream was taken up anew there.
  public var jumps = 0
  /// Connections begun anew on endpoints in use, by a SYN.
  public var restarts = 0
  /// Holes given up because too many segments or bytes waited behind them.
  public var holesOverLimit = 0
  /// Times the consumer left more bytes than may be kept.
  public var leftBytesOverLimit = 0
  /// Connections without an end that were forgotten because nothing came for longer than `Limits.idle`.
  public var connectionsForgottenIdle = 0
  /// Connections without an end that made room for another, at `Limits.connectionsMax`.
  public var connectionsForgottenForTableSize = 0
  /// Connections forgotten because all together kept more than `Limits.bufferedBytesMax`.
  public var connectionsForgottenForMemory = 0

  /// All zero.
  public init() {}
}
