public import Primitives

/// The admin's page (Value-added Features > CRM; reference section 6.1).
public struct CRMSettings: Hashable, Sendable {
  /// Which CRM is asked (key `crm_module`).
  public var system: CRMSystem
  /// Zoho: the pick of the guide's server list, e.g. `https://www.zohoapis.com`. SugarCRM, vTiger: the address of the
  /// installation, `http` or `https`, with its path. Salesforce: its login host.
  public var serverAddress: String
  /// The table a number found nowhere is added to (key `number_add`); nil for nowhere. Should be one of
  /// `contactLookups`, as the page demands.
  public var addUnknownNumber: CRMTable?
  /// In order; never empty.
  public var contactLookups: [CRMTable]
  /// How numbers are spelt, asked for and compared.
  public var numbers = NumberPlan()
  /// Which of SugarCRM's APIs is spoken; of no matter for other systems.
  public var sugarAPI = SugarAPI.v4_1
  /// Where vTiger keeps calls; nil for what the client's own settings say, and of no matter for other systems.
  public var vtigerCalls: VtigerSettings.CallPlace?
  /// How a described CRM is spoken to; nil for other systems.
  public var connector: ConnectorDescription?

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
  /// vTiger, by `webservice.php` (assumed: it is what takes what the appliance's page asks for).
  case vtiger
  /// SugarCRM, or SuiteCRM.
  case sugarCRM = "sugarcrm"
  case salesforce
  /// Any other, by a description of its API; the appliance knows no such system.
  case described
}

/// SugarCRM's APIs. That the appliance speaks `v4_1` is assumed: it takes what the page asks for, and the vendor's own
/// softphone speaks it (observed).
public enum SugarAPI: String, Hashable, Sendable, CaseIterable {
  /// `service/v4_1/rest.php`: Sugar CE 6.5, SuiteCRM 7.
  case v4_1 = "v4_1"
  /// `rest/v10`: Sugar 7 and later.
  case v10
  /// `rest/v11`: later versions of the same.
  case v11
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
