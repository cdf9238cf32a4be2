public import Primitives

/// What one frame carried. Byte ranges are offsets into the frame handed in.
public enum FrameContent: Hashable, Sendable {
  /// A UDP datagram, whole or cut.
  case udp(UDPDatagram)
  /// A TCP segment, whole or cut, with or without payload.
  case tcp(TCPSegment)
  /// An SCTP packet, whole or cut; its chunks are not looked at yet.
  case sctp(SCTPPacket)
  /// A fragment of an IP datagram, the first or a later one; `FragmentReassembler` puts them together.
  case fragment(IPFragment)
  /// Bytes of a stream's application, taken out of the stream by whoever wrote the trace.
  case exported(ExportedMessage)
  /// Several packets; `FrameDecoder.next` hands them out.
  case aggregate(FrameAggregate)
  /// Well-formed as far as it was read, but carrying neither UDP, TCP nor SCTP.
  case other(OtherReason)
  /// A header that doesn't fit into the bytes there are.
  case malformed(FrameError)
}

/// One UDP datagram (RFC 768).
public struct UDPDatagram: Hashable, Sendable {
  /// Source address of the IP header and source port of the UDP header.
  public var source: IPEndpoint
  /// Destination address of the IP header and destination port of the UDP header.
  public var destination: IPEndpoint
  /// The captured payload within the frame.
  public var payload: Range<Int>
  /// The datagram was longer than what the frame holds, because of the snap length or a wrong length field.
  public var isCut: Bool
  /// The Identification of the IPv4 header, by which copies of one packet are known; 0 over IPv6, which has none.
  public var identification: UInt16

  /// Takes every part as given; `payload` is not checked against any frame.
  public init(
    source: IPEndpoint, destination: IPEndpoint, payload: Range<Int>, isCut: Bool = false, identification: UInt16 = 0
  ) {
    self.source = source
    self.destination = destination
    self.payload = payload
    self.isCut = isCut
    self.identification = identification
  }
}

/// One TCP segment (RFC 9293).
public struct TCPSegment: Hashable, Sendable {
  /// Source address of the IP header and source port of the TCP header.
  public var source: IPEndpoint
  /// Destination address of the IP header and destination port of the TCP header.
  public var destination: IPEndpoint
  /// The sequence number of the first payload byte, or of the SYN where there is one.
  public var sequence: UInt32
  /// Meaningful only with the flag `ack`.
  public var acknowledgment: UInt32
  /// The control bits.
  public var flags: TCPFlags
  /// The captured payload within the frame.
  public var payload: Range<Int>
  /// Payload bytes the segment had on the wire; never less than `payload.count`.
  public var lengthOnWire: Int
  /// The Identification of the IPv4 header, by which copies of one packet are known; 0 over IPv6, which has none.
  public var identification: UInt16

  /// The segment was longer than what the frame holds.
  public var isCut: Bool { lengthOnWire > payload.count }

  /// - Parameter lengthOnWire: nil where nothing was cut off; a value below `payload.count` counts as that.
  public init(
    source: IPEndpoint, destination: IPEndpoint, sequence: UInt32, acknowledgment: UInt32 = 0, flags: TCPFlags,
    payload: Range<Int>, lengthOnWire: Int? = nil, identification: UInt16 = 0
  ) {
    self.source = source
    self.destination = destination
    self.sequence = sequence
    self.acknowledgment = acknowledgment
    self.flags = flags
    self.payload = payload
    self.lengthOnWire = max(payload.count, lengthOnWire ?? 0)
    self.identification = identification
  }
}

/// The control bits of a TCP header (RFC 9293, section 3.1).
public struct TCPFlags: OptionSet, Hashable, Sendable {
  /// The eight low bits of the flags field as they stand in the header; bits without a name here are kept.
  public let rawValue: UInt8

  /// Takes the bits as they are.
  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  /// The sender has no more to send.
  public static let fin = TCPFlags(rawValue: 0x01)
  /// Opens a connection; the sequence number is the initial one.
  public static let syn = TCPFlags(rawValue: 0x02)
  /// Ends the connection at once.
  public static let rst = TCPFlags(rawValue: 0x04)
  /// Asks for delivery without waiting for more; means nothing to reassembly.
  public static let psh = TCPFlags(rawValue: 0x08)
  /// The acknowledgment number counts.
  public static let ack = TCPFlags(rawValue: 0x10)
  /// The urgent pointer counts; means nothing to reassembly.
  public static let urg = TCPFlags(rawValue: 0x20)
}
