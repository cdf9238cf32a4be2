public import Primitives
public import SIP

/// How a message travelled.
public enum SIPTransport: String, Hashable, Sendable, CaseIterable {
  case udp, tcp
}

/// A SIP message with its place in the trace; valid only during the call that hands it over.
public struct CapturedMessage {
  /// Number of the frame that completed the message, from 1, in the trace file it came from.
  public let frame: Int
  public let time: Instant
  public let transport: SIPTransport
  public let source: IPEndpoint
  public let destination: IPEndpoint
  public let message: SIPMessage

  public init(
    frame: Int, time: Instant, transport: SIPTransport, source: IPEndpoint, destination: IPEndpoint,
    message: SIPMessage
  ) {
    self.frame = frame
    self.time = time
    self.transport = transport
    self.source = source
    self.destination = destination
    self.message = message
  }
}
