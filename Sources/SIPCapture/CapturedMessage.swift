public import Primitives
public import SIP

/// How a message travelled.
public enum SIPTransport: String, Hashable, Sendable, CaseIterable {
  /// In a UDP datagram, one message each (RFC 3261 section 18).
  case udp
  /// In a TCP stream, cut at Content-Length (RFC 3261 section 18.3).
  case tcp
  /// In an SCTP user message, one each (RFC 4168).
  case sctp
  /// In a decrypted TLS stream over TCP, cut at Content-Length.
  case tls
  /// In the frames of a WebSocket connection (RFC 7118), one message each.
  case ws
  /// The same over TLS, decrypted.
  case wss
}

extension SIPTransport {
  /// Whether messages have to say where they end (RFC 3261 section 18.3); the others hand over one at a time.
  public var isStream: Bool {
    switch self {
    case .tcp, .tls: true
    case .udp, .sctp, .ws, .wss: false
    }
  }
}

/// A SIP message with its place in the trace; valid only during the call that hands it over.
public struct CapturedMessage {
  /// Number of the frame that completed the message, from 1, in the trace file it came from.
  public internal(set) var frame: Int
  /// Capture time of that frame.
  public internal(set) var time: Instant
  /// Sender by the IP and transport headers; behind NAT not the address the message names.
  public internal(set) var source: IPEndpoint
  /// Receiver by the IP and transport headers.
  public internal(set) var destination: IPEndpoint
  /// The message, a view over the frame's bytes or the stream's buffer; copy what must outlive the call.
  public internal(set) var message: SIPMessage
  /// What carried the message on the wire, whatever its Via says.
  public let transport: SIPTransport

  /// Takes the place as it is; only a capture or a test knows it to be true.
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
