/// A secret of the user's, a client secret or a token: never printed, compared only for equality.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  /// The secret in clear text, for the one place that sends it; must not reach a log, an error or a file.
  public let value: String
  /// Wraps the clear text as it is; an empty one is allowed.
  public init(_ value: String) { self.value = value }
  /// Always `<secret>`, whatever the value and its length.
  public var description: String { "<secret>" }
  /// Shows no children, so that `dump` and a failed assertion print nothing of the value.
  public var customMirror: Mirror { Mirror(self, children: []) }
}
