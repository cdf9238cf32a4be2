public import PacketFormats

/// What became of the frames of a trace, reason by reason, with the first frame of each.
///
/// Nothing is left out silently: every frame has one `Fate`, and frames, bytes and messages of all fates add up to
/// `frames`, `bytes` and `messages` (less `messagesAtEnd`). What cannot be told frame by frame, such as the bytes a
/// stream lacks, stands in `diagnostics`; what a fate says does not stand there again.
public struct CaptureAccount: Hashable, Sendable {
  /// How often a reason was met, and the number of the first frame it was met in.
  public struct Entry: Hashable, Sendable {
    /// Frames, messages or streams; bytes for the diagnostics of a stream that say so.
    public var count: Int
    /// Where it was first met.
    public var first: Position
    /// Number of that frame, from 1, in its trace file.
    public var firstFrame: Int { first.frame }

    /// Takes both as they are.
    public init(count: Int, first: Position) {
      self.count = count
      self.first = first
    }

    /// A place in the only trace there is.
    public init(count: Int, firstFrame: Int) {
      self.init(count: count, first: Position(frame: firstFrame))
    }
  }

  /// Frames read, of whatever content.
  public internal(set) var frames = 0
  /// Captured bytes of those frames; what the snap length cut off is not counted.
  public internal(set) var bytes = 0
  /// UDP datagrams, copies of one included.
  public internal(set) var datagrams = 0
  /// TCP segments, with or without payload.
  public internal(set) var segments = 0
  /// SCTP packets, with or without user data.
  public internal(set) var sctpPackets = 0
  /// SIP messages handed over, cut ones included.
  public internal(set) var messages = 0
  /// UDP datagrams and SCTP user messages that hold no SIP: media, names.
  public internal(set) var datagramsWithoutSIP = 0
  /// Datagrams and runs of stream bytes that are nothing but line ends.
  public internal(set) var keepAlives = 0
  /// Messages completed by the end of the trace rather than by a frame.
  public internal(set) var messagesAtEnd = 0
  var fateTable = FateTable()
  /// What became of the frames, in order of the first frame of each fate.
  public var fates: [(fate: Fate, tally: Tally)] { Array(zip(fateTable.fates, fateTable.tallies)) }
  /// Remarks on what cannot be told frame by frame; they add up to nothing.
  public internal(set) var diagnostics: [Diagnostic: Entry] = [:]

  /// An account of nothing: every count 0.
  public init() {}

  /// A remark on something that is no frame: bytes of a stream, a connection, a message among others.
  public enum Diagnostic: Hashable, Sendable {
    /// Looks like SIP and is not, in a stream's segment that has another fate; the parser's reason.
    case unreadableMessage(String)
    /// Bytes missing from a TCP stream, and bytes of it that were the front of a message the gap broke.
    case streamGap
    /// Bytes of a message whose end never came: a gap, a limit or the end of the connection followed.
    case streamUnfinished
    /// TCP connections let go in their middle because too many were open at once.
    case streamForgotten
    /// Bytes of a TCP stream that belong to no message.
    case streamJunk
    /// A direction of a TLS connection that cannot be read, or not all of it; why.
    case encrypted(TLSObstacle)
    /// A message compressed in a WebSocket connection (RFC 7692), which this version does not unpack.
    case compressedWebSocket
    /// A HEP packet with a compressed payload, which this version does not unpack.
    case compressedHEP
    /// A direction of a TCP connection that carries another protocol.
    case otherStream
    /// Packets forgotten before a copy of them could come, because too many came at once.
    case duplicatesNotCompared
    /// IP fragments that never made a datagram: others are not in the trace or came too late, or too many datagrams
    /// were open at once. Counted where the datagram is given up, told with its first fragment.
    case ipFragment
    /// Pieces of SCTP user messages that never became whole.
    case sctpFragment
    /// A chunk that does not fit into its SCTP packet, behind others that have been read.
    case malformedChunk
    /// Packets that came and were dropped before anybody could read them, where an interface is listened on.
    case notCaptured
  }

  mutating func note(_ diagnostic: Diagnostic, at position: Position, count: Int = 1) {
    guard count > 0 else { return }
    var entry = diagnostics[diagnostic] ?? Entry(count: 0, first: position)
    entry.count += count
    diagnostics[diagnostic] = entry
  }
}
