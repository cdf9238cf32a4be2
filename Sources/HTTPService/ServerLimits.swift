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
  /// What waits to be taken by a client (from some tens of kilobytes on) may wait so long; then its connection ends.
  public var answerTime = Duration.seconds(30)
  /// When a listener is told to stop, what its clients are being answered gets this long; then every connection ends.
  public var closingTime = Duration.milliseconds(1000)
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
