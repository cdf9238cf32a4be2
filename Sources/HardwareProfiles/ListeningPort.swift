/// What carries a service's packets. The raw values are those of `transport:` in a profile file.
public enum PortTransport: String, Hashable, Sendable, CaseIterable {
  /// Datagrams.
  case udp
  /// Streams.
  case tcp
}

/// A port the appliance listens on, and for what.
public struct ListeningPort: Hashable, Sendable, CustomStringConvertible {
  /// 1 to 65535.
  public var port: Int
  /// What carries the packets.
  public var transport: PortTransport
  /// The service, in a word or two.
  public var service: String

  /// Takes every part as it is.
  public init(port: Int, transport: PortTransport, service: String) {
    self.port = port
    self.transport = transport
    self.service = service
  }

  /// `5060/udp SIP`.
  public var description: String { "\(port)/\(transport.rawValue) \(service)" }
}
