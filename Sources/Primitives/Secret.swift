/// A secret of the user's, a client secret or a token: never printed, compared only for equality.
public struct Secret: Hashable, Sendable, CustomStringConvertible, CustomReflectable {
  public let value: String
  public init(_ value: String) { self.value = value }
  public var description: String { "<secret>" }
  public var customMirror: Mirror { Mirror(self, children: []) }
}
