public import Primitives

extension ZohoCloudData {
  /// Someone who works with the CRM and owns records.
  public struct User: Hashable, Sendable {
    /// Decimal text; nil for one made from the seed.
    public var id: String?
    /// As records show their owner.
    public var fullName: String
    /// Signs in with it; nil for an address made from the name. Users of one address in one data centre are one person.
    public var email: String?
    /// nil for nobody who can sign in.
    public var password: Secret?
    /// Whether the account's password opens no API, so that the v1 token takes an application's password.
    public var usesTwoFactor: Bool
    /// Passwords of applications, without spaces.
    public var applicationPasswords: [Secret]
    /// Tokens of the v1 API (GUI: Active Authtokens).
    public var authTokens: [Secret]
    /// One of `profiles`.
    public var profile: String
    /// A disabled user's tokens open nothing.
    public var isActive: Bool

    /// Names of the profiles an organisation has.
    public static var profiles: [String] { ZohoProfile.standard.map(\.name) }

    /// A user; without an id, one follows from the seed.
    public init(
      id: String? = nil, fullName: String, email: String? = nil, password: Secret? = nil, usesTwoFactor: Bool = false,
      applicationPasswords: [Secret] = [], authTokens: [Secret] = [], profile: String = "Administrator",
      isActive: Bool = true
    ) {
      self.id = id
      self.fullName = fullName
      self.email = email
      self.password = password
      self.usesTwoFactor = usesTwoFactor
      self.applicationPasswords = applicationPasswords
      self.authTokens = authTokens
      self.profile = profile
      self.isActive = isActive
    }
  }

  /// How a client is registered (documented: the console's client types).
  public enum ClientKind: String, Hashable, Sendable, CaseIterable {
    case serverBased, clientBased, mobile, nonBrowser, selfClient
  }

  /// A client registered in the API console.
  public struct Client: Hashable, Sendable {
    /// `client_id`.
    public var id: String
    /// `client_secret` in the data centre it is registered in.
    public var secret: Secret
    /// What it is shown as.
    public var name: String
    /// A self client needs no redirect.
    public var kind: ClientKind
    /// Allowed targets of the authorization answer, compared character by character.
    public var redirectURIs: [String]
    /// Location of the data centre it is registered in; nil for that of the first organisation.
    public var dataCentre: String?
    /// Secrets in the other data centres it is enabled in, by location (GUI: Multi-DC).
    public var otherDataCentres: [String: Secret]
    /// Tokens of every user who let this client in.
    public var refreshTokens: [RefreshToken]

    /// A client and every refresh token users gave it.
    public init(
      id: String, secret: Secret, name: String = "Client", kind: ClientKind = .selfClient, redirectURIs: [String] = [],
      dataCentre: String? = nil, otherDataCentres: [String: Secret] = [:], refreshTokens: [RefreshToken] = []
    ) {
      self.id = id
      self.secret = secret
      self.name = name
      self.kind = kind
      self.redirectURIs = redirectURIs
      self.dataCentre = dataCentre
      self.otherDataCentres = otherDataCentres
      self.refreshTokens = refreshTokens
    }
  }

  /// What a user granted a client.
  public struct RefreshToken: Hashable, Sendable {
    /// As pasted into the appliance.
    public var token: Secret
    /// `ZohoCRM.modules.ALL` and the like; upper and lower case are the same.
    public var scopes: [String]
    /// Who granted it; nil for the first user of the first organisation.
    public var userID: String?

    /// A grant; without scopes the token opens nothing.
    public init(token: Secret, scopes: [String], userID: String? = nil) {
      self.token = token
      self.scopes = scopes
      self.userID = userID
    }
  }
}
