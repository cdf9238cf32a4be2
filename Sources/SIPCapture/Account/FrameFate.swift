public import PacketFormats
public import SIP

extension CaptureAccount {
  /// What became of one frame. Every frame has exactly one fate, so the counts of all fates add up to the trace.
  public enum Fate: Hashable, Sendable {
    /// It completed at least one SIP message.
    case message
    /// It completed a SIP message whose headers or body are cut off by the capture's snap length, by its own datagram,
    /// or because its body is longer than a stream is read for. It is handed over with what there is of it.
    case cutMessage
    /// Nothing but the line ends, NULs or pings that keep a way through a NAT open (RFC 5626 section 4.4).
    case keepAlive
    /// Its bytes were kept for what the following frames complete: a fragment, a part of a stream.
    case kept
    /// A UDP datagram or SCTP user message without SIP.
    case notSIP(Payload)
    /// A TCP segment or SCTP packet without data: handshakes and acknowledgments.
    case segmentWithoutPayload
    /// The same packet as one just before, as `DuplicateFilter` tells it: SIP datagrams and segments with data are
    /// compared, media is not.
    case duplicate
    /// A TCP segment or SCTP packet that brought nothing new.
    case retransmission
    /// Bytes of a TCP stream that belong to no message.
    case junk
    /// A part of what TLS or WebSocket say before they carry anything.
    case handshake
    /// A TCP segment of a connection that carries another protocol.
    case otherStream
    /// A TCP segment of a TLS connection without keys.
    case encrypted
    /// What it was instead of a datagram or segment.
    case notCarried(OtherReason)
    /// A header that does not fit into its frame.
    case malformed(FrameError.Layer)
    /// Looks like SIP and is not.
    case unreadable(SIPParseError.Reason)
  }

  /// What a UDP payload without SIP looks like; a guess by its first bytes.
  public enum Payload: String, Hashable, Sendable, CaseIterable {
    /// RTP or RTCP: version 2 in the first two bits (RFC 3550).
    case media
    /// A STUN message with its magic cookie (RFC 8489).
    case stun
    /// A DTLS record (RFC 6347).
    case dtls
    /// None of these.
    case other
  }

  /// How much had a fate.
  public struct Tally: Hashable, Sendable {
    /// Frames with it.
    public internal(set) var frames = 0
    /// Captured bytes of those frames.
    public internal(set) var bytes = 0
    /// SIP messages those frames completed.
    public internal(set) var messages = 0
    /// The first of those frames.
    public let first: Position

    @inline(__always)
    mutating func add(bytes: Int, messages: Int) {
      frames &+= 1
      self.bytes &+= bytes
      self.messages &+= messages
    }
  }

  /// Where in the traces something was met.
  public struct Position: Hashable, Sendable {
    /// Index of the trace among those read together.
    public let file: Int
    /// Number of the frame in that trace, from 1.
    public let frame: Int
    /// Offset in the frame, where one byte can be pointed at.
    public let byte: Int?

    /// Takes the place as it is.
    public init(file: Int = 0, frame: Int, byte: Int? = nil) {
      self.file = file
      self.frame = frame
      self.byte = byte
    }
  }
}

extension CaptureAccount.Fate {
  /// Whether there was a packet that could not be read, whatever else was in the frame.
  var hidesPacket: Bool {
    switch self {
    case .malformed: true
    case .notCarried(let reason): reason.mayHideIP
    case .message, .cutMessage, .keepAlive, .kept, .notSIP, .segmentWithoutPayload, .duplicate, .retransmission, .junk,
      .handshake, .otherStream, .encrypted, .unreadable:
      false
    }
  }
}

/// The fates met so far, in order of their first frame.
struct FateTable: Hashable, Sendable {
  private(set) var fates: [CaptureAccount.Fate] = []
  private(set) var tallies: [CaptureAccount.Tally] = []
  private var latest = 0
  /// Where the commonest fate stands, which is asked for without a comparison.
  private var messageIndex: Int?

  mutating func add(
    _ fate: CaptureAccount.Fate, bytes: Int, messages: Int, at position: @autoclosure () -> CaptureAccount.Position
  ) {
    if case .message = fate, let messageIndex { return tallies[messageIndex].add(bytes: bytes, messages: messages) }
    // Frames of one kind come in a row, and there are few kinds.
    if latest >= fates.count || fates[latest] != fate {
      latest = fates.firstIndex(of: fate) ?? fates.count
      if latest == fates.count {
        fates.append(fate)
        tallies.append(CaptureAccount.Tally(first: position()))
        if case .message = fate { messageIndex = latest }
      }
    }
    tallies[latest].add(bytes: bytes, messages: messages)
  }
}
