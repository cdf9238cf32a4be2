public import Logging

/// Passes errors on to the operator; what libraries say besides is dropped.
public struct ProblemLog: LogHandler {
  private let tell: @Sendable (String) -> Void
  /// Not told.
  public var metadata: Logger.Metadata = [:]
  /// Errors and worse.
  public var logLevel = Logger.Level.error

  /// - Parameter tell: gets each message in a line.
  public init(tell: @escaping @Sendable (String) -> Void) { self.tell = tell }

  /// One entry of `metadata`.
  public subscript(metadataKey key: String) -> Logger.Metadata.Value? {
    get { metadata[key] }
    set { metadata[key] = newValue }
  }

  /// Tells the message.
  public func log(event: LogEvent) {
    tell(event.message.description)
  }
}
