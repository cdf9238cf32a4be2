public import Primitives

/// A client of SuiteCRM's V8 API, as an administrator makes one.
public struct SugarClient: Hashable, Sendable, Codable {
  /// A UUID in most installations.
  public var id: String
  /// Shown once.
  public var secret: Secret
  /// The one grant it may use; refreshing comes with `password` (measured).
  public var grant: Grant

  /// What a client logs in with.
  public enum Grant: String, Hashable, Sendable, Codable, CaseIterable {
    case password
    /// Acts for the first user.
    case clientCredentials
  }

  /// A client with this secret.
  public init(id: String, secret: Secret, grant: Grant) {
    self.id = id
    self.secret = secret
    self.grant = grant
  }
}
