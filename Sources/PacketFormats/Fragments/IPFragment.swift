public import Primitives

/// A part of an IP datagram (RFC 791 section 3.2, RFC 8200 section 4.5). `payload` holds offsets into its frame.
public struct IPFragment: Hashable, Sendable {
  /// Source address of the header that was split.
  public var source: IPAddress
  /// Destination address of that header.
  public var destination: IPAddress
  /// What the whole datagram carries: the protocol of IPv4, the Next Header of an IPv6 fragment header.
  public var protocolNumber: UInt8
  /// Equal for all fragments of one datagram; 16 bits in IPv4, 32 in IPv6.
  public var identification: UInt32
  /// Where in the datagram's payload the fragment belongs, in bytes: a multiple of 8.
  public var offset: Int
  /// It isn't the last one.
  public var hasMore: Bool
  /// The captured payload within the frame.
  public var payload: Range<Int>
  /// Payload bytes the fragment had on the wire; never less than `payload.count`.
  public var lengthOnWire: Int

  /// The fragment was longer than what the frame holds.
  public var isCut: Bool { lengthOnWire > payload.count }

  /// Takes every part as given, but for `lengthOnWire`: nil or less than `payload.count` counts as that.
  public init(
    source: IPAddress, destination: IPAddress, protocolNumber: UInt8, identification: UInt32, offset: Int,
    hasMore: Bool, payload: Range<Int>, lengthOnWire: Int? = nil
  ) {
    self.source = source
    self.destination = destination
    self.protocolNumber = protocolNumber
    self.identification = identification
    self.offset = offset
    self.hasMore = hasMore
    self.payload = payload
    self.lengthOnWire = max(payload.count, lengthOnWire ?? 0)
  }
}

/// The payload of an IP datagram, put together from its fragments.
public struct IPDatagram: Hashable, Sendable {
  /// Source address of the datagram.
  public let source: IPAddress
  /// Destination address of the datagram.
  public let destination: IPAddress
  /// What `bytes` begins with: a transport protocol, or an IPv6 extension header.
  public let protocolNumber: UInt8
  /// The identification its fragments had.
  public let identification: UInt32
  /// The bytes in front of the first one that the capture cut off; all of them where it cut none.
  public let bytes: [UInt8]
  /// Bytes there were on the wire.
  public let lengthOnWire: Int
}
