public import NIOCore

/// What a client may take of the server.
public struct ServerLimits: Sendable {
  /// Longer request bodies are answered with 413 and the connection ends.
  public var bodyBytes = 2 << 20
  /// Of all header fields of a request.
  public var headerBytes = 64 << 10
  /// Header fields of a request.
  public var headerFields = 100
  /// A request has to be there whole within this, from the connection's beginning or the last answer on.
  public var requestTime = Duration.seconds(30)
  /// An answer has to be taken within this, slow ones of a fault script apart.
  public var answerTime = Duration.seconds(30)
  /// More connections wait until one ends.
  public var connections = 256

  /// Every limit at its default.
  public init() {}
}

extension Duration {
  /// The same length for NIO, cut to whole nanoseconds.
  public var timeAmount: TimeAmount {
    let (seconds, attoseconds) = components
    return .seconds(seconds) + .nanoseconds(attoseconds / 1_000_000_000)
  }
}
