public import HTTPTypes

/// A cloud that can stand behind a listener: it says which hosts it answers for.
public protocol HostedCloud: Cloud {
  /// Every host the cloud answers for, in a fixed order.
  var hosts: [VirtualHost] { get }

  /// Path and query of a request as a journal may show them: with `<secret>` for the path's parts that let the client
  /// in, as the code of a webhook does. What else in it is secret is told by its name.
  func shownPath(of request: HTTPRequest) -> String
}

extension HostedCloud {
  /// The path as it is: most clouds look for credentials elsewhere.
  public func shownPath(of request: HTTPRequest) -> String { request.path ?? "/" }
}

/// A host name that a cloud answers for.
public struct VirtualHost: Hashable, Sendable {
  /// As it stands in a request's authority, without a port, as `accounts.zoho.eu`.
  public let name: String
  /// What is behind it, for people: `accounts, eu`.
  public let purpose: String

  /// Takes both as they are.
  public init(name: String, purpose: String) {
    self.name = name
    self.purpose = purpose
  }
}
