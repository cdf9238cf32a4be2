public import Primitives

/// With what a user logs in, by system.
public enum CRMCredentials: Hashable, Sendable {
  case zohoV1(ZohoV1Credentials)
  case zohoV2(ZohoV2Credentials)
  case vtiger(PasswordCredentials)
  case sugarCRM(PasswordCredentials)
  case salesforce(SalesforceCredentials)
  case described(DescribedCredentials)

  /// The system that takes them.
  public var system: CRMSystem {
    switch self {
    case .zohoV1: .zohoV1
    case .zohoV2: .zohoV2
    case .vtiger: .vtiger
    case .sugarCRM: .sugarCRM
    case .salesforce: .salesforce
    case .described: .described
    }
  }
}

/// What a user enters for Zoho v1.
public struct ZohoV1Credentials: Hashable, Sendable {
  /// The authtoken, which the page calls Security Token (guide, documented); lives until it is removed.
  public var securityToken: Secret

  /// Takes the token as entered.
  public init(securityToken: Secret) { self.securityToken = securityToken }
}

/// What a user enters for Zoho v2.
public struct ZohoV2Credentials: Hashable, Sendable {
  /// Client id of the user's Self Client in Zoho's API console; no secret.
  public var clientID: String
  /// Client secret of the same client.
  public var clientSecret: Secret
  /// The token from which access tokens are made; lives until it is revoked.
  public var refreshToken: Secret

  /// Takes the fields as entered.
  public init(clientID: String, clientSecret: Secret, refreshToken: Secret) {
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.refreshToken = refreshToken
  }
}

/// What a user enters for a CRM on a server of one's own (keys `crm_username`, `crm_password`; reference section 6.1).
public struct PasswordCredentials: Hashable, Sendable {
  /// The CRM's user.
  public var userName: String
  /// For vTiger the access key of My Preferences, not the password of the login page.
  public var password: Secret

  /// Takes the fields as entered.
  public init(userName: String, password: Secret) {
    self.userName = userName
    self.password = password
  }
}

/// What a user enters for Salesforce.
public enum SalesforceCredentials: Hashable, Sendable {
  /// The page's three fields: user name, password, security token (observed; reference section 6.1).
  case password(PasswordCredentials, securityToken: Secret)
  /// A connected app's client and a refresh token: not on the appliance's page, for orgs where the SOAP login is off.
  case oauth(clientID: String, clientSecret: Secret, refreshToken: Secret)
}

/// What a user enters for a described CRM: the values of its parameters.
public struct DescribedCredentials: Hashable, Sendable {
  /// By the parameter's name; whether a value is secret is the description's to say, so all are kept as if they were.
  public var parameters: [String: Secret]

  /// Takes the fields as entered.
  public init(parameters: [String: Secret]) { self.parameters = parameters }
}
