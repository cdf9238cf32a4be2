public import Primitives

/// What a Zoho organisation holds before the run: people, companies, users and the clients allowed in.
public struct ZohoCloudData: Hashable, Sendable {
  /// `us`, `eu`, `in`, `cn`, `au`, `jp`, `ca`, `sa` or `uk`.
  public var dataCentre: String
  /// The organisation's clock, which its timestamps show.
  public var timeZone: SiteTimeZone
  /// When the records here came into being, for their `Created_Time`.
  public var createdAt: Instant
  /// The first is the one that tokens without `userID` act for.
  public var users: [User]
  public var clients: [Client]
  public var contacts: [Contact]
  public var leads: [Lead]
  public var accounts: [Account]

  public init(
    dataCentre: String = "us", timeZone: SiteTimeZone = .utc, createdAt: Instant = .epoch,
    users: [User] = [User(fullName: "CRM Administrator")],
    clients: [Client] = [], contacts: [Contact] = [], leads: [Lead] = [], accounts: [Account] = []
  ) {
    self.dataCentre = dataCentre
    self.timeZone = timeZone
    self.createdAt = createdAt
    self.users = users
    self.clients = clients
    self.contacts = contacts
    self.leads = leads
    self.accounts = accounts
  }

  public struct User: Hashable, Sendable {
    /// Decimal text; nil for one made from the seed.
    public var id: String?
    public var fullName: String

    public init(id: String? = nil, fullName: String) {
      self.id = id
      self.fullName = fullName
    }
  }

  /// A client registered in the API console of this data centre.
  public struct Client: Hashable, Sendable {
    public var id: String
    public var secret: Secret
    public var refreshTokens: [RefreshToken]

    public init(id: String, secret: Secret, refreshTokens: [RefreshToken]) {
      self.id = id
      self.secret = secret
      self.refreshTokens = refreshTokens
    }
  }

  /// What a user granted a client.
  public struct RefreshToken: Hashable, Sendable {
    public var token: Secret
    /// `ZohoCRM.modules.ALL` and the like; upper and lower case are the same.
    public var scopes: [String]
    /// Who granted it; nil for the first user.
    public var userID: String?

    public init(token: Secret, scopes: [String], userID: String? = nil) {
      self.token = token
      self.scopes = scopes
      self.userID = userID
    }
  }
}
