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
  /// Zoho CRM, API version 2; version 1 ended in 2019 (reference section 6.1, documented).
  case zohoV2 = "zoho-v2"
}

/// One user's page (User Portal > Value-added Features > CRM User Settings).
public struct CRMUserSettings: Hashable, Sendable {
  /// Enable CRM (key `enable_crm`); without it nothing is looked up or logged for this user.
  public var isEnabled: Bool
  /// Client id of the user's Self Client in Zoho's API console; no secret.
  public var clientID: String
  /// Client secret of the same client.
  public var clientSecret: Secret
  /// The token from which access tokens are made; lives until it is revoked.
  public var refreshToken: Secret

  /// Takes the page as filled in; whether the CRM takes the credentials shows at login.
  public init(isEnabled: Bool, clientID: String, clientSecret: Secret, refreshToken: Secret) {
    self.isEnabled = isEnabled
    self.clientID = clientID
    self.clientSecret = clientSecret
    self.refreshToken = refreshToken
  }
}
