public import PacketFormats

/// What became of the frames of a trace, reason by reason, with the first frame of each.
///
/// Nothing is left out silently: every frame has one `Fate`, and frames, bytes and messages of all fates add up to
/// `frames`, `bytes` and `messages` (less `messagesAtEnd`). What cannot be told frame by frame, such as the bytes a
/// stream lacks, stands in `diagnostics`.
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
  /// UDP datagrams.
  public internal(set) var datagrams = 0
  /// TCP segments, with or without payload.
  public internal(set) var segments = 0
  /// SIP messages handed over, cut ones included.
  public internal(set) var messages = 0
  /// UDP datagrams that hold no SIP: media, names.
  public internal(set) var datagramsWithoutSIP = 0
  /// Datagrams and runs of stream bytes that are nothing but line ends.
  public internal(set) var keepAlives = 0
  /// Messages completed by the end of the trace rather than by a frame.
  public internal(set) var messagesAtEnd = 0
  var fateTable = FateTable()
  /// What became of the frames, in order of the first frame of each fate.
  public var fates: [(fate: Fate, tally: Tally)] { Array(zip(fateTable.fates, fateTable.tallies)) }
  /// Reasons for concern, by name.
  public internal(set) var diagnostics: [Diagnostic: Entry] = [:]

  /// An account of nothing: every count 0.
  public init() {}

  /// A reason why something may be missing.
  public enum Diagnostic: Hashable, Sendable {
    /// An IP fragment, which this version does not put together.
    case ipFragment
    /// A header that does not fit into its frame; the name of the layer.
    case malformedFrame(layer: String)
    /// Neither UDP nor TCP; what it was instead.
    case notCarried(String)
    /// A SIP message whose headers or body are cut off by the capture's snap length, by its own datagram, or because
    /// its body is longer than a stream is read for. It is handed over with what there is of it.
    case messageCut
    /// Looks like SIP and is not; the parser's reason.
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
  }

  mutating func note(_ diagnostic: Diagnostic, at position: Position, count: Int = 1) {
    var entry = diagnostics[diagnostic] ?? Entry(count: 0, first: position)
    entry.count += count
    diagnostics[diagnostic] = entry
  }
}

extension CaptureAccount.Diagnostic {
  /// A stable name for reports.
  public var name: String {
    switch self {
    case .ipFragment: "ip-fragment"
    case .malformedFrame(let layer): "malformed-frame: \(layer)"
    case .notCarried(let what): "not-udp-or-tcp: \(what)"
    case .messageCut: "message-cut"
    case .unreadableMessage(let reason): "unreadable-message: \(reason)"
    case .streamGap: "stream-gap-bytes"
    case .streamUnfinished: "stream-unfinished-bytes"
    case .streamForgotten: "stream-forgotten"
    case .streamJunk: "stream-junk-bytes"
    case .encrypted(let obstacle): "encrypted: \(obstacle.name)"
    case .compressedWebSocket: "compressed-websocket"
    case .compressedHEP: "compressed-hep"
    case .otherStream: "other-stream"
    }
  }

  /// Whether messages may have been lost by it.
  public var mayHideMessages: Bool {
    switch self {
    case .ipFragment, .malformedFrame, .messageCut, .unreadableMessage, .streamGap, .streamForgotten, .encrypted,
      .compressedWebSocket, .compressedHEP:
      true
    // Most streams carry other things than SIP, and few of them end at a line's end.
    case .streamJunk, .streamUnfinished, .otherStream: false
    case .notCarried(let what): ["pppoe", "mpls", "gre", "ip-in-ip", "sctp", "ipsec"].contains(what)
    }
  }
}
