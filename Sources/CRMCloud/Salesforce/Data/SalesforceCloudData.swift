public import Primitives

/// What Salesforce holds at its beginning: one organisation.
public struct SalesforceCloudData: Hashable, Sendable {
  /// The organisation's name.
  public var name = "Example Office"
  /// The organisation's own host (My Domain), in lower case.
  public var host = "example.my.salesforce.com"
  /// Whether it is a sandbox, whose users log in at `test.salesforce.com`.
  public var isSandbox = false
  /// When it was made, which decides whether the SOAP login is off by default; nil for long before.
  public var createdAt: Instant?
  /// Never empty: what belongs to nobody belongs to the first.
  public var users = [User(userName: "admin@example.com", fullName: "CRM Administrator")]
  /// Connected apps.
  public var clients: [Client] = []
  /// By object, in order: `Contact`, `Lead`, `Account`, `Task`.
  public var records: [String: [Record]] = [:]
  /// How it behaves.
  public var settings = SalesforceCloudSettings()

  /// An empty organisation with one user who cannot log in.
  public init() {}

  /// A person who logs in.
  public struct User: Hashable, Sendable {
    /// 15 or 18 characters beginning with `005`; nil for the next free one.
    public var id: String?
    /// Has the form of an e-mail address; upper and lower case are alike.
    public var userName: String
    /// First and last name.
    public var fullName: String
    /// nil for nobody who logs in with one.
    public var password: Secret?
    /// What is put behind the password; nil for none, and then none is wanted.
    public var securityToken: Secret?
    /// Whether the user may log in.
    public var isActive = true
    /// The permission API Enabled.
    public var hasAPI = true

    /// A user who may do everything; everything else at its default.
    public init(id: String? = nil, userName: String, fullName: String) {
      self.id = id
      self.userName = userName
      self.fullName = fullName
    }
  }

  /// A connected app.
  public struct Client: Hashable, Sendable {
    /// The consumer key.
    public var id: String
    /// The consumer secret.
    public var secret: Secret
    /// Tokens given out to users, by user name.
    public var refreshTokens: [RefreshToken] = []
    /// The user whom client credentials act as; nil where that flow is off.
    public var runsAs: String?

    /// An app without tokens.
    public init(id: String, secret: Secret) {
      self.id = id
      self.secret = secret
    }
  }

  /// A refresh token and whose it is.
  public struct RefreshToken: Hashable, Sendable {
    /// The token.
    public var token: Secret
    /// Whom it logs in.
    public var userName: String

    /// A token that lives until it is revoked.
    public init(token: Secret, userName: String) {
      self.token = token
      self.userName = userName
    }
  }

  /// One record: values as text by the fields' API names, `Id` among them where it has one already.
  public typealias Record = [String: String]
}
