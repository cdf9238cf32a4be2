public import CRMCloud

/// One place to listen on, and what a request to it is for.
public struct ListenAddress: Hashable, Sendable {
  /// An address of this machine, or a name that stands for one.
  public var host: String
  /// 0 for any that is free.
  public var port: Int
  /// Whether TLS is spoken.
  public var isSecure: Bool
  /// The host every request is taken to be for, whatever it says; nil to believe its `Host`.
  public var virtualHost: VirtualHost?

  /// Takes all as they are.
  public init(host: String, port: Int, isSecure: Bool, virtualHost: VirtualHost? = nil) {
    self.host = host
    self.port = port
    self.isSecure = isSecure
    self.virtualHost = virtualHost
  }
}
