public import Primitives

/// Who may use the web interface, and how it is reached.
public struct WebSettings: Hashable, Sendable {
  /// The administrator's name; `admin` on the appliance (observed).
  public var administrator = "admin"
  /// Of the administrator; empty for nobody.
  public var password: Secret
  /// Of every extension at the user portal, which is invented: site files hold no passwords. Empty for nobody.
  public var portalPassword: Secret
  /// Whether cookies go over TLS alone.
  public var isSecure = true
  /// A session ends so long after its last request (assumed to be that of the API).
  public var sessionSeconds: Int64 = 600

  /// An administrator, and a portal for every extension.
  public init(password: Secret, portalPassword: Secret) {
    self.password = password
    self.portalPassword = portalPassword
  }
}
