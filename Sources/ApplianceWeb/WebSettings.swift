public import ApplianceAPI

/// Who may use the web interface, and how it is reached.
public struct WebSettings: Hashable, Sendable {
  /// The administrator's name; `admin` on the appliance (observed).
  public var administrator = "admin"
  /// Of the administrator; nil for nobody.
  public var password: PasswordHash?
  /// Of every extension at the user portal, which is invented: site files hold no passwords. nil for nobody.
  public var portalPassword: PasswordHash?
  /// Compared for users there are not; of a password of chance, and as costly as the others.
  public var decoy: PasswordHash
  /// Whether cookies go over TLS alone.
  public var isSecure = true
  /// A session ends so long after its last request (assumed to be that of the API).
  public var sessionSeconds: Int64 = 600

  /// An administrator, and a portal for every extension.
  public init(password: PasswordHash?, portalPassword: PasswordHash?, decoy: PasswordHash) {
    self.password = password
    self.portalPassword = portalPassword
    self.decoy = decoy
  }
}
