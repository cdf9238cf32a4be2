import ApplianceAPI
import CRMConnectors
import ConfigurationFiles
import HardwareProfiles
import Primitives

extension CRMPages {
  /// The pages as a site file fills them in.
  ///
  /// - Parameters:
  ///   - offers: the firmware's menu; nil for one that is not known, and then there is every system.
  ///   - isAsked: whether the CRM of the site file is asked at all.
  init(_ file: SiteFile?, offers: [CRMOffer]?, isAsked: Bool) {
    let menu = CRMMenu(offers: offers, file: file).forms
    guard let file, let crm = file.crm else {
      self.init(menu: menu)
      return
    }
    var settings = Settings()
    if isAsked {
      settings.module = crm.system.rawValue
      settings.address = crm.serverAddress
      settings.lookups = crm.contactLookups.map(\.rawValue)
      settings.addsTo = crm.addUnknownNumber?.rawValue ?? ""
    }
    let users = file.crmUsers.mapValues { page in
      var user = User()
      user.isEnabled = page.isEnabled
      user.values = page.credentials.fieldValues
      return user
    }
    self.init(menu: menu, settings: settings, users: users)
  }
}

extension CRMCredentials {
  /// By the field of the user's page that holds it.
  var fieldValues: [String: Secret] {
    let values: [String: Secret] =
      switch self {
      case .zohoV1(let credentials): ["security_token": credentials.securityToken]
      case .zohoV2(let credentials):
        Self.client(credentials.clientID, credentials.clientSecret, credentials.refreshToken)
      case .vtiger(let credentials), .sugarCRM(let credentials): Self.user(credentials)
      case .salesforce(.password(let credentials, let token)):
        Self.user(credentials).merging(["security_token": token]) { first, _ in first }
      case .salesforce(.oauth(let clientID, let secret, let token)): Self.client(clientID, secret, token)
      case .described(let credentials):
        Dictionary(uniqueKeysWithValues: credentials.parameters.map { (CRMMenu.fieldName(of: $0), $1) })
      }
    return values.filter { !$0.value.value.isEmpty }
  }

  private static func user(_ credentials: PasswordCredentials) -> [String: Secret] {
    ["crm_username": Secret(credentials.userName), "crm_password": credentials.password]
  }

  private static func client(_ clientID: String, _ secret: Secret, _ refreshToken: Secret) -> [String: Secret] {
    ["client_id": Secret(clientID), "client_secret": secret, "refresh_token": refreshToken]
  }

  /// What a user's page holds for a system; nil where something that it asks for is missing.
  ///
  /// - Parameter description: of a described system.
  init?(_ system: CRMSystem, from values: [String: Secret], described description: ConnectorDescription?) {
    func value(_ name: String) -> Secret? { values[name].flatMap { $0.value.isEmpty ? nil : $0 } }
    func user() -> PasswordCredentials? {
      guard let name = value("crm_username"), let password = value("crm_password") else { return nil }
      return PasswordCredentials(userName: name.value, password: password)
    }
    func client() -> ZohoV2Credentials? {
      guard let clientID = value("client_id"), let secret = value("client_secret"), let token = value("refresh_token")
      else { return nil }
      return ZohoV2Credentials(clientID: clientID.value, clientSecret: secret, refreshToken: token)
    }
    let made: CRMCredentials? =
      switch system {
      case .zohoV1: value("security_token").map { .zohoV1(ZohoV1Credentials(securityToken: $0)) }
      case .zohoV2: client().map { .zohoV2($0) }
      case .vtiger: user().map { .vtiger($0) }
      case .sugarCRM: user().map { .sugarCRM($0) }
      case .salesforce:
        if let user = user(), let token = value("security_token") {
          .salesforce(.password(user, securityToken: token))
        } else {
          client().map {
            .salesforce(.oauth(clientID: $0.clientID, clientSecret: $0.clientSecret, refreshToken: $0.refreshToken))
          }
        }
      case .described: description.flatMap { Self.described($0, from: values) }
      }
    guard let made else { return nil }
    self = made
  }

  private static func described(_ description: ConnectorDescription, from values: [String: Secret]) -> CRMCredentials? {
    var parameters: [String: Secret] = [:]
    for parameter in description.parameters {
      parameters[parameter.name] = values[CRMMenu.fieldName(of: parameter.name)]
    }
    let credentials = DescribedCredentials(parameters: parameters)
    return description.faults(of: credentials).isEmpty ? .described(credentials) : nil
  }
}
