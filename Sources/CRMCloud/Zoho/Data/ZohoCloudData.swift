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
  /// Clients registered in the API console, with what users granted them.
  public var clients: [Client]
  /// The module Contacts, in the order searches find them.
  public var contacts: [Contact]
  /// The module Leads, in the order searches find them.
  public var leads: [Lead]
  /// The module Accounts, in the order searches find them.
  public var accounts: [Account]

  /// An organisation; what is left out is empty, but for its one user.
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

  /// Someone who works with the CRM and owns records.
  public struct User: Hashable, Sendable {
    /// Decimal text; nil for one made from the seed.
    public var id: String?
    /// As records show their owner.
    public var fullName: String

    /// A user; without an id, one follows from the seed.
    public init(id: String? = nil, fullName: String) {
      self.id = id
      self.fullName = fullName
    }
  }

  /// A client registered in the API console of this data centre.
  public struct Client: Hashable, Sendable {
    /// `client_id`.
    public var id: String
    /// `client_secret`.
    public var secret: Secret
    /// Tokens of every user who let this client in.
    public var refreshTokens: [RefreshToken]

    /// A client and every refresh token users gave it.
    public init(id: String, secret: Secret, refreshTokens: [RefreshToken]) {
      self.id = id
      self.secret = secret
      self.refreshTokens = refreshTokens
    }
  }

  /// What a user granted a client.
  public struct RefreshToken: Hashable, Sendable {
    /// As pasted into the appliance.
    public var token: Secret
    /// `ZohoCRM.modules.ALL` and the like; upper and lower case are the same.
    public var scopes: [String]
    /// Who granted it; nil for the first user.
    public var userID: String?

    /// A grant; without scopes the token opens nothing.
    public init(token: Secret, scopes: [String], userID: String? = nil) {
      self.token = token
      self.scopes = scopes
      self.userID = userID
    }
  }
}
