/// Something in a message that its RFC does not allow, with its place.
public struct MessageProblem: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Hashable, Sendable {
    /// The RFC has the message refused or discarded.
    case error
    /// The RFC has receivers bear it, or leaves it to them.
    case warning
  }

  /// What is wrong.
  public let kind: Kind
  /// The usual name of the header; empty for the start line, the body and the message as a whole.
  public let header: String
  /// Byte within the message, from 0 at the start line; for what is missing, where the headers end.
  public let offset: Int

  /// Whether it is to be refused or borne.
  public var severity: Severity { kind.severity }
}
