/// A cloud that can stand behind a listener: it says which hosts it answers for.
public protocol HostedCloud: Cloud {
  /// Every host the cloud answers for, in a fixed order.
  var hosts: [VirtualHost] { get }
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
