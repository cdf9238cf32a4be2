public import Primitives

/// The admin's page (Value-added Features > CRM; reference section 6.1).
public struct CRMSettings: Hashable, Sendable {
  /// Which CRM is asked (key `crm_module`).
  public var system: CRMSystem
  /// The pick of the guide's server list, e.g. `https://www.zohoapis.com`.
  public var serverAddress: String
  /// The table a number found nowhere is added to (key `number_add`); nil for nowhere. Should be one of
  /// `contactLookups`, as the page demands.
  public var addUnknownNumber: CRMTable?
  /// In order; never empty.
  public var contactLookups: [CRMTable]
  /// How numbers are spelt, asked for and compared.
  public var numbers = NumberPlan()

  /// Takes the page as filled in; the rules of the page are checked where site files are read.
  public init(system: CRMSystem, serverAddress: String, addUnknownNumber: CRMTable?, contactLookups: [CRMTable]) {
    self.system = system
    self.serverAddress = serverAddress
    self.addUnknownNumber = addUnknownNumber
    self.contactLookups = contactLookups
  }
}

/// The systems that can be picked, by their command-line names.
public enum CRMSystem: String, Hashable, Sendable, CaseIterable {
  /// Zoho CRM, API version 1, which ended on 2019-12-31 (documented): for traces and sites of that time.
  case zohoV1 = "zoho-v1"
  /// Zoho CRM, API version 2.
  case zohoV2 = "zoho-v2"
}

/// One user's page (User Portal > Value-added Features > CRM User Settings).
public struct CRMUserSettings: Hashable, Sendable {
  /// Enable CRM (key `enable_crm`); without it nothing is looked up or logged for this user.
  public var isEnabled: Bool
  /// What the page's other fields hold; which these are depends on the system.
  public var credentials: CRMCredentials

  /// Takes the page as filled in; whether the CRM takes the credentials shows at login.
  public init(isEnabled: Bool, credentials: CRMCredentials) {
    self.isEnabled = isEnabled
    self.credentials = credentials
  }
}

extension CRMUserSettings {
  /// A page of Zoho v2.
  public init(isEnabled: Bool, clientID: String, clientSecret: Secret, refreshToken: Secret) {
    self.init(
      isEnabled: isEnabled,
      credentials: .zohoV2(
        ZohoV2Credentials(clientID: clientID, clientSecret: clientSecret, refreshToken: refreshToken)))
  }
}

/// With what a user logs in, by system.
public enum CRMCredentials: Hashable, Sendable {
  case zohoV1(ZohoV1Credentials)
  case zohoV2(ZohoV2Credentials)

  /// The system that takes them.
  public var system: CRMSystem {
    switch self {
    case .zohoV1: .zohoV1
    case .zohoV2: .zohoV2
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
