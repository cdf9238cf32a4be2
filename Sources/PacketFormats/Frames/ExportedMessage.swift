public import Primitives

/// Bytes of an application that Wireshark took out of a stream and wrote down on their own, with the endpoints they
/// had (LINKTYPE_WIRESHARK_UPPER_PDU). Those of UDP are a `UDPDatagram` as any other.
public struct ExportedMessage: Hashable, Sendable {
  /// Sender, by the tags in front of the message.
  public var source: IPEndpoint
  /// Receiver, by the tags in front of the message.
  public var destination: IPEndpoint
  /// IANA's number of the protocol that carried it: 6 is TCP, 132 SCTP.
  public var transport: UInt8
  /// The bytes within the frame.
  public var payload: Range<Int>
  /// The bytes are a message as its reader saw it. Otherwise they are what the layer below handed up, which may be more
  /// than one message, or a part of one that comes again as a whole.
  public var isWhole: Bool

  /// Takes every part as given; `payload` is not checked against any frame.
  public init(
    source: IPEndpoint, destination: IPEndpoint, transport: UInt8, payload: Range<Int>, isWhole: Bool = true
  ) {
    self.source = source
    self.destination = destination
    self.transport = transport
    self.payload = payload
    self.isWhole = isWhole
  }
}
